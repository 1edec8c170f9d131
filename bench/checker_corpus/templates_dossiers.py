"""Dossiers and procedures: the one-stop desks, online services, feedback."""

from __future__ import annotations

from .language import Template

TEMPLATES = (
    Template(
        "dossiers-in-time-or-late",
        "Trong quý {quy} năm {nam}, bộ phận một cửa huyện {huyen1} giải quyết xong {T} hồ sơ, trong đó {a} hồ sơ trước và đúng hạn, chiếm {p}%; {b} hồ sơ trễ hạn, chiếm {q}%.",
        "a:800-9000; b:9-90; T=a+b; p=a%T; q=b%T; 100=p+q",
    ),
    Template(
        "dossiers-equals",
        "- Hồ sơ do các sở, ngành giải quyết đúng hạn đạt {p}% (tổng số đã giải quyết {T} hồ sơ, trong đó: đúng hạn {a}/{T} hồ sơ = {p}%; trễ hạn {b}/{T} hồ sơ = {q}%).",
        "a:900-40000; b:20-300; T=a+b; p=a%T; q=b%T",
    ),
    Template(
        "dossiers-carried-over",
        "Từ đầu năm đến nay toàn tỉnh tiếp nhận mới {a} hồ sơ, kỳ trước chuyển sang {b} hồ sơ, nâng tổng số hồ sơ phải giải quyết lên {T} hồ sơ. Đã giải quyết {c} hồ sơ, đạt {p}%; còn lại {d} hồ sơ chưa đến hạn.",
        "c:3000-60000; d:100-900; b:200-900; T=c+d; a=T-b; T=a+b; p=c%T",
    ),
    Template(
        "dossiers-three-levels",
        "Tổng số hồ sơ tiếp nhận trong năm {nam} là {T} hồ sơ. Cụ thể:\n\n- Cấp tỉnh: {a} hồ sơ;\n\n- Cấp huyện: {b} hồ sơ;\n\n- Cấp xã: {c} hồ sơ.",
        "a:5000-50000; b:4000-30000; c:9000-90000; T=a+b+c",
    ),
    Template(
        "dossiers-levels-with-rates",
        "Cấp tỉnh giải quyết {A} hồ sơ, đúng hạn {a} hồ sơ, đạt {p}%. Cấp huyện giải quyết {B} hồ sơ, đúng hạn {b} hồ sơ, đạt {q}%. Cấp xã giải quyết {C} hồ sơ, đúng hạn {c} hồ sơ, đạt {r}%.",
        "a:5000-50000; x:20-300; A=a+x; b:4000-30000; y:20-300; B=b+y; c:9000-90000; z:20-300; C=c+z; p=a%A; q=b%B; r=c%C",
    ),
    Template(
        "dossiers-parentheses",
        "Ngành chức năng huyện {huyen1} đã trả kết quả {T} bộ hồ sơ ({a} bộ đúng hạn, {b} bộ quá hạn); {U} bộ đang xem xét ({c} bộ còn hạn, {d} bộ đã quá hạn).",
        "a:900-9000; b:20-200; c:60-600; d:10-99; T=a+b; U=c+d",
    ),
    Template(
        "dossiers-remaining",
        "Bộ phận tiếp nhận và trả kết quả của Sở Xây dựng nhận {T} hồ sơ, đã trả {a} hồ sơ, còn {b} hồ sơ đang trong thời hạn xử lý.",
        "a:300-3000; b:20-200; T=a+b",
    ),
    Template(
        "dossiers-truncated-share",
        "Qua theo dõi trên hệ thống, có {a} trên tổng số {T} hồ sơ được trả trước hạn, đạt tỷ lệ {p|t2}%.",
        "a:500-5000; b:60-700; T=a+b; p=a%T",
    ),
    Template(
        "dossiers-no-decimals",
        "Toàn huyện {huyen2} có {T} hồ sơ phát sinh, {a} hồ sơ trong số đó được nộp trực tuyến (đạt {p|d0}%).",
        "a:300-3000; b:260-2700; T=a+b; p=a%T",
    ),
    Template(
        "procedures-published",
        "Chủ tịch UBND tỉnh {tinh} đã công bố {T} thủ tục hành chính, gồm {a} thủ tục ban hành mới, {b} thủ tục được sửa đổi, bổ sung và {c} thủ tục bị bãi bỏ.",
        "a:40-900; b:30-700; c:11-200; T=a+b+c",
    ),
    Template(
        "procedures-by-level",
        "Hiện nay, tổng số thủ tục thuộc thẩm quyền giải quyết của ba cấp trên địa bàn là {T} thủ tục, trong đó: cấp tỉnh {a} thủ tục ({p}%), cấp huyện {b} thủ tục ({q}%), cấp xã {c} thủ tục ({r}%).",
        "a:900-1800; b:150-400; c:90-200; T=a+b+c; p=a%T; q=b%T; r=c%T; 100=p+q+r",
    ),
    Template(
        "online-parts",
        "Số dịch vụ công trực tuyến đang cung cấp: {T} dịch vụ. Trong số này có {a} dịch vụ toàn trình, tương ứng {p}%, và {b} dịch vụ một phần, tương ứng {q}%.",
        "a:200-900; b:300-1200; T=a+b; p=a%T; q=b%T; 100=p+q",
    ),
    Template(
        "online-overlapping",
        "Toàn tỉnh có {T} thủ tục được cung cấp trực tuyến, trong đó {a} thủ tục có phát sinh hồ sơ và {b} thủ tục đã tích hợp lên Cổng dịch vụ công quốc gia.",
        "T:1500-2000; a:300-900; b:700-1400",
    ),
    Template(
        "online-rate-of-rate",
        "Số hồ sơ nộp trực tuyến là {a} hồ sơ; tỷ lệ hồ sơ trực tuyến trả kết quả đúng hạn đạt 99,6%, cao hơn mức chung của tỉnh là 98,2%.",
        "a:9000-90000",
    ),
    Template(
        "online-thousands",
        "Trong {thang} tháng, người dân thành phố nộp {T|k1} nghìn hồ sơ, gồm {a|k1} nghìn hồ sơ trực tuyến và {b|k1} nghìn hồ sơ giấy.",
        "a:9000-90000; b:9000-40000; T=a+b",
    ),
    Template(
        "feedback-handled",
        "Cổng tiếp nhận phản ánh, kiến nghị ghi nhận {T} lượt phản ánh. Các cơ quan đã trả lời {a} lượt, đạt {p}%; đang xử lý {b} lượt; {c} lượt không thuộc thẩm quyền đã được chuyển nơi khác.",
        "a:200-900; b:11-60; c:5-40; T=a+b+c; p=a%T",
    ),
    Template(
        "feedback-by-field",
        "Phản ánh của người dân tập trung vào các lĩnh vực: đất đai {a} lượt, trật tự đô thị {b} lượt, môi trường {c} lượt, lĩnh vực khác {d} lượt; cộng lại {T} lượt.",
        "a:60-300; b:40-200; c:30-180; d:20-90; T=a+b+c+d",
    ),
    Template(
        "feedback-stated-twice",
        "Năm {nam}, đường dây nóng tiếp nhận {T} cuộc gọi. Các sở, ngành phân công người trực cả ngày nghỉ, ý kiến được ghi vào sổ và trả lời bằng văn bản.\n\nViệc tiếp nhận {U} cuộc gọi qua đường dây nóng trong năm {nam} cho thấy người dân ngày càng tin vào kênh này.",
        "T:300-4000; U==T",
    ),
    Template(
        "dossiers-stated-twice",
        "Văn phòng UBND tỉnh tổng hợp: toàn tỉnh tiếp nhận {T} hồ sơ trong năm {nam}.\n\nĐánh giá chung: với {U} hồ sơ tiếp nhận trên toàn tỉnh trong năm {nam}, khối lượng công việc của bộ phận một cửa tăng rõ rệt.",
        "T:30000-400000; U==T",
    ),
    Template(
        "dossiers-headline",
        "Hơn {R|r100} hồ sơ được trả đúng hạn\n\nTrong tháng {thang}/{nam}, trung tâm phục vụ hành chính công tỉnh trả đúng hạn {T} hồ sơ, theo số liệu trích từ phần mềm một cửa.",
        "T:4000-40000; R==T",
    ),
    Template(
        "dossiers-satisfied",
        "Trong tổng số {T} phiếu khảo sát hợp lệ, mức rất hài lòng có {a} phiếu (chiếm {p}%), hài lòng {b} phiếu (chiếm {q}%), chưa hài lòng {c} phiếu (chiếm {r}%).",
        "a:400-900; b:200-700; c:11-60; T=a+b+c; p=a%T; q=b%T; r=c%T; 100=p+q+r",
    ),
    Template(
        "dossiers-digitised",
        "Số hồ sơ phải số hóa: {T} hồ sơ; đã số hóa: {a} hồ sơ; tỷ lệ số hóa: {p}%; số chưa số hóa: {b} hồ sơ.",
        "a:900-9000; b:99-900; T=a+b; p=a%T",
    ),
    Template(
        "dossiers-postal",
        "Qua dịch vụ bưu chính công ích, {a} lượt hồ sơ được tiếp nhận và {b} lượt kết quả được trả tại nhà, tổng cộng {T} lượt.",
        "a:300-3000; b:900-9000; T=a+b",
    ),
    Template(
        "dossiers-denominator-before",
        "Tháng {thang}/{nam}, các sở có {T} hồ sơ đến hạn phải trả. Phần lớn thuộc lĩnh vực đất đai và xây dựng, do người dân làm nhà nhiều vào mùa khô. Tình hình chung ổn định.\n\nTrong số hồ sơ đến hạn, có {a} hồ sơ trả đúng hạn (đạt {p}%), {b} hồ sơ trả chậm (chiếm {q}%).",
        "a:900-9000; b:20-200; T=a+b; p=a%T; q=b%T; 100=p+q",
    ),
    Template(
        "dossiers-apologies",
        "Đối với {T} hồ sơ trễ hạn, các cơ quan đã gửi thư xin lỗi {a} trường hợp, chưa gửi {b} trường hợp; việc xin lỗi đạt {p}%.",
        "a:60-300; b:11-50; T=a+b; p=a%T",
    ),
    Template(
        "dossiers-table",
        "Cấp\tTổng số\tĐúng hạn\tTrễ hạn\nCấp tỉnh\t{A}\t{a}\t{x}\nCấp huyện\t{B}\t{b}\t{y}\nCấp xã\t{C}\t{c}\t{z}\nCộng\t{T}\t{U}\t{V}",
        "a:5000-50000; x:20-300; A=a+x; b:4000-30000; y:20-300; B=b+y; c:9000-90000; z:20-300; C=c+z; T=A+B+C; U=a+b+c; V=x+y+z",
    ),
)
