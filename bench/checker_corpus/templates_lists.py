"""A count, and the names that follow it."""

from __future__ import annotations

from .language import Template

TEMPLATES = (
    Template("list-colon", "Đoàn kiểm tra làm việc với {k|02} sở: {L}.", "k#L:so"),
    Template(
        "list-districts",
        "Có {k|02} huyện hoàn thành trước hạn, gồm: {L}. Các huyện còn lại hoàn thành trong tháng {thang}.",
        "k#L:huyen",
    ),
    Template("list-parenthesis", "Kết quả rà soát cho thấy {k} xã ({L}) chưa niêm yết bộ thủ tục mới.", "k#L:xa"),
    Template("list-fields", "Hồ sơ trễ hạn rơi vào {k|02} lĩnh vực: {L}.", "k#L:linhvuc"),
    Template("list-bodies", "Tham dự hội nghị có đại diện {k|02} cơ quan, gồm {L}.", "k#L:coquan"),
    Template("list-word-count", "Tỉnh chọn {k|word} huyện làm điểm là {L}.", "k#L:huyen"),
    Template(
        "list-faults",
        "Qua kiểm tra, Đoàn chỉ ra {k|02} hạn chế: {L}. Các đơn vị đã có kế hoạch khắc phục.",
        "k#L:loi",
    ),
    Template("list-as-follows", "UBND tỉnh biểu dương {k|02} địa phương sau: {L}.", "k#L:huyen"),
    Template("list-fraction", "Có {k}/15 huyện bố trí đủ kinh phí: {L}.", "k#L:huyen"),
    Template(
        "list-two",
        "Đã kiểm tra {k|02} sở, ngành: {L}; {n|02} UBND huyện: {M}.",
        "k#L:coquan; n#M:huyen",
    ),
    Template(
        "list-not-all",
        "Nhiều huyện có cách làm hay, trong đó có 03 huyện được nhắc tới nhiều nhất, như {huyen1}, {huyen2}...",
    ),
    Template("list-agencies-joined", "Các sở: {L} ({k|02} đơn vị) chưa gửi báo cáo đúng hạn.", "k#L:so"),
    Template(
        "list-levels",
        "Bộ chỉ số được áp dụng ở 3 cấp: tỉnh, huyện, xã; mỗi cấp có 4 nhóm: thể chế, thủ tục, bộ máy, công vụ.",
    ),
    Template("list-at-places", "Mô hình được nhân rộng tại {k|02} xã của huyện {huyen1}: {L}.", "k#L:xa"),
    Template("list-colon-bodies", "Các cơ quan phối hợp ({k|02} cơ quan): {L}.", "k#L:coquan"),
    Template("list-press", "Bão gây mất điện ở {k} xã, bao gồm {L}; đến tối đã có điện trở lại.", "k#L:xa"),
    Template("list-late", "Đến nay còn {k|02} huyện chưa gửi báo cáo ({L}).", "k#L:huyen"),
)
