"""Shares without their numbers, which make up the whole; and quantities that are stated again elsewhere."""

from __future__ import annotations

from .language import Template

TWO = "h:100-100; p:30.1-70.9; q=h-p; 100=p+q"
THREE = "h:100-100; p:40.1-60.9; q:20.1-35.9; r=h-p-q; 100=p+q+r"
FOUR = "h:100-100; p:40.11-55.99; q:20.11-25.99; r:9.11-15.99; s=h-p-q-r; 100=p+q+r+s"

TEMPLATES = (
    Template("shares-sexes", "Trong số người lao động được hỏi, nam chiếm {p}%, nữ chiếm {q}%.", TWO),
    Template("shares-origin", "Cơ cấu nguồn vốn: ngân sách nhà nước {p}%, vốn khác {q}%.", TWO),
    Template(
        "shares-economy",
        "Cơ cấu kinh tế của tỉnh {tinh}: nông, lâm, thủy sản chiếm {r}%; công nghiệp - xây dựng chiếm {p}%; dịch vụ chiếm {q}%.",
        THREE,
    ),
    Template(
        "shares-ways",
        "Người dân nộp hồ sơ theo ba cách: trực tiếp {p}%, trực tuyến {q}%, qua bưu chính {r}%.",
        THREE,
    ),
    Template(
        "shares-grades",
        "Kết quả xếp loại trường học: loại tốt chiếm {p}%, loại khá chiếm {q}%, loại trung bình chiếm {r}%, loại yếu chiếm {s}%.",
        FOUR,
    ),
    Template(
        "shares-schooling",
        "Về trình độ, tiến sĩ và thạc sĩ chiếm {r}%, đại học chiếm {p}%, cao đẳng chiếm {q}%, còn lại {s}% là trung cấp.",
        FOUR,
    ),
    Template(
        "shares-land",
        "Đất của huyện {huyen1} gồm đất nông nghiệp ({p}%), đất phi nông nghiệp ({q}%) và đất chưa sử dụng ({r}%).",
        THREE,
    ),
    Template(
        "shares-bullets",
        "Nguyên nhân trễ hạn được phân chia như sau:\n\n- Do phối hợp giữa các cơ quan: {p}%;\n\n- Do phần mềm: {q}%;\n\n- Do người nộp bổ sung giấy tờ chậm: {r}%.",
        THREE,
    ),
    Template(
        "shares-answers",
        "Khi được hỏi về thái độ phục vụ, {p}% người dân trả lời rất hài lòng, {q}% hài lòng, {r}% bình thường và {s}% chưa hài lòng.",
        FOUR,
    ),
    Template("shares-votes", "Tỷ lệ phiếu đồng ý là {p}%, không đồng ý là {q}%.", TWO),
    Template(
        "shares-not-all",
        "Một số nhóm hàng tăng khá: dệt may chiếm 18,4% kim ngạch, điện tử chiếm 31,7%, gỗ chiếm 6,2%...",
    ),
    Template(
        "shares-several-answers",
        "Người được hỏi có thể chọn nhiều ý: 64,5% cần rút ngắn thời gian, 48,2% cần bớt giấy tờ, 33% cần thêm hướng dẫn.",
    ),
    Template(
        "again-communes",
        "Tỉnh {tinh} hiện có {T} đơn vị hành chính cấp xã.\n\nPhần mềm đã cài đặt đủ cho {U} đơn vị hành chính cấp xã của tỉnh {tinh}.",
        "T:90-290; U==T",
    ),
    Template(
        "again-plan",
        "Kế hoạch vốn năm {nam} của dự án là {T} triệu đồng. Chủ đầu tư đã giải phóng mặt bằng và chọn xong nhà thầu. Kế hoạch vốn năm {nam} của dự án ({U} triệu đồng) dự kiến giải ngân hết.",
        "T:9000-90000; U==T",
    ),
    Template(
        "again-summary",
        "Tóm tắt: thanh tra tỉnh thu hồi {T} triệu đồng trong năm {nam}.\n\nCông tác thanh tra có nhiều chuyển biến, các cuộc đều kết thúc đúng hạn.\n\nTrong năm {nam}, thanh tra tỉnh thu hồi {U} triệu đồng, nộp đủ vào tài khoản tạm giữ.",
        "T:900-9000; U==T",
    ),
    Template(
        "again-rate",
        "Tỷ lệ hồ sơ đúng hạn của huyện {huyen1} năm {nam} đạt {p}%.\n\nTuy còn khó khăn, tỷ lệ hồ sơ đúng hạn của huyện {huyen1} năm {nam} đạt {q}%, thuộc nhóm khá.",
        "p:90.11-98.99; q==p",
    ),
    Template(
        "again-headline",
        "{T} học sinh được hỗ trợ học bổng\n\nChiều qua, quỹ khuyến học huyện {huyen2} trao học bổng cho {U} học sinh có hoàn cảnh khó khăn.",
        "T:60-900; U==T",
    ),
    Template(
        "again-conclusion",
        "Mở đầu, báo cáo nêu rõ toàn huyện {huyen1} đã số hóa {T} hồ sơ lưu trữ.\n\nKết luận: việc số hóa {U} hồ sơ lưu trữ của huyện {huyen1} là cố gắng lớn.",
        "T:3000-90000; U==T",
    ),
    Template(
        "again-as-said",
        "Đường dây nóng của Sở Y tế nhận {T} tin nhắn trong quý {quy}. Phần lớn hỏi về lịch tiêm. Như đã nêu, {U} tin nhắn mà đường dây nóng của Sở Y tế nhận trong quý {quy} đều được trả lời.",
        "T:200-3000; U==T",
    ),
    Template(
        "again-area",
        "Diện tích rừng trồng mới năm {nam} của xã {xa1} là {T} ha.\n\nXã {xa1} đề nghị nghiệm thu {U} ha rừng trồng mới năm {nam}.",
        "T:40.1-300.9; U==T",
    ),
    Template(
        "again-title-money",
        "Thu hồi {U} tỷ đồng qua thanh tra\n\nSáng nay, thanh tra tỉnh {tinh} cho biết đã thu hồi {T} tỷ đồng qua thanh tra từ đầu năm {nam}.",
        "T:3.1-90.9; U==T",
    ),
    Template(
        "again-thousands",
        "Cả tỉnh có khoảng {R|k1} nghìn lao động đi làm ăn xa.\n\nTheo thống kê, số lao động đi làm ăn xa của cả tỉnh là {T} lao động.",
        "T:20000-90000; R==T",
    ),
)
