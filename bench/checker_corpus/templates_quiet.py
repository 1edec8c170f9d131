"""Numbers that stand in no relation: telephone numbers, articles, ranges, ranks, scores, levels."""

from __future__ import annotations

from .language import Template

TEMPLATES = (
    Template(
        "quiet-telephones",
        "Điện thoại tiếp nhận phản ánh: 0206.385.2222, 0912 345 678; thư điện tử theo địa chỉ của Sở. Giờ làm việc từ 7 giờ 30 đến 17 giờ.",
    ),
    Template(
        "quiet-articles",
        "Trình tự thực hiện theo Điều 14, Điều 15 và khoản 3 Điều 21; hồ sơ gồm 02 bản chính, 01 bản sao, thời hạn 05 ngày làm việc.",
    ),
    Template(
        "quiet-levels", "Rà soát dịch vụ mức độ 3, 4 tại {a} xã; đường tỉnh 208, quốc lộ 34 đã thông xe.", "a:20-99"
    ),
    Template(
        "quiet-scores", "Phần mềm chấm công vụ đạt 8,5/10 điểm; trường hạng II có 7,9 điểm, phòng họp số 3 tầng 2."
    ),
    Template("quiet-ranges", "Mỗi xã bố trí 2-3 người trực; mức chi 1,5-2 triệu đồng/tháng; tỷ lệ dự kiến 70-75%."),
    Template(
        "quiet-terms", "Nhiệm kỳ 2021-2026, giai đoạn 2021-2030, Nghị quyết Đại hội lần thứ XIX và kỳ họp thứ 12."
    ),
    Template(
        "quiet-ranks",
        "Tỉnh đứng thứ 12/63 về chỉ số hài lòng, thứ 31/63 về năng lực cạnh tranh, tăng 4 bậc và giảm 2 bậc.",
    ),
    Template(
        "quiet-other-measure",
        "Toàn huyện {huyen1} có {a} cán bộ, {b} máy tính và {c} phòng làm việc; mỗi xã có ít nhất 01 máy quét.",
        "a:200-900; b:200-900; c:60-190",
    ),
    Template(
        "quiet-month-and-total",
        "Tháng 3.{nam} mưa nhiều, có {a} ngày ngừng tiếp nhận tại xã {xa1}; từ đầu năm đã ngừng {b} ngày.",
        "a:2-5; b:6-15",
    ),
    Template(
        "quiet-people-and-times",
        "Đã tuyên truyền {a} buổi cho {b} lượt người, phát {c} tờ rơi, treo {d} băng rôn, viết {e} tin bài.",
        "a:20-99; b:2000-9000; c:900-5000; d:60-300; e:40-300",
    ),
    Template("quiet-signature", "Nơi nhận:\n\n- Như trên;\n\n- Lưu: VT, NC (05 bản)."),
    Template(
        "quiet-including",
        "Cả tỉnh có {T} điểm tiếp nhận, kể cả {a} điểm lưu động và {b} điểm tại bưu điện xã.",
        "T:300-400; a:5-40; b:60-180",
    ),
)
