"""Dates, citations, footnotes, abbreviations."""

from __future__ import annotations

from .language import Template

TEMPLATES = (
    Template("date-meeting", "Ngày {D}, UBND tỉnh {tinh} họp đánh giá tiến độ số hóa hồ sơ.", "D:date"),
    Template("date-long", "{tinh}, ngày {D|long}\n\nKính gửi: Các sở, ban, ngành cấp tỉnh.", "D:date"),
    Template("date-period", "Số liệu được tổng hợp từ ngày {P}, trích từ hệ thống một cửa của tỉnh.", "P:period"),
    Template("date-period-parenthesis", "Kết quả giải quyết hồ sơ (từ ngày {P}) được nêu tại phụ lục.", "P:period"),
    Template("date-weekday", "Hội nghị tổ chức vào {W} tại trụ sở UBND huyện {huyen1}.", "W:weekday"),
    Template("date-weekday-press", "Sáng {W}, đoàn công tác của tỉnh kiểm tra việc tiếp dân ở xã {xa1}.", "W:weekday"),
    Template("date-deadline", "Các đơn vị gửi báo cáo về Sở Nội vụ trước ngày {D} để tổng hợp.", "D:date"),
    Template(
        "date-and-period",
        "Ngày {D}, Tổ công tác bắt đầu đợt kiểm tra thứ hai; đợt này kéo dài từ ngày {P}.",
        "D:date; P:period",
    ),
    Template("cite-plan", "Thực hiện {C}, các cơ quan đã xây dựng kế hoạch riêng.", "C:cite"),
    Template(
        "cite-two",
        "Căn cứ {C} và {B}, Sở Nội vụ tham mưu thành lập đoàn kiểm tra.",
        "C:cite; B:cite",
    ),
    Template(
        "cite-again",
        "UBND tỉnh ban hành {C}. Sau khi có văn bản này, các huyện đã quán triệt đến từng công chức.\n\nTiến độ thực hiện {C} được theo dõi hằng tháng.",
        "C:cite",
    ),
    Template(
        "cite-again-short",
        "Ngay sau khi {C} được ban hành, UBND huyện {huyen1} đã họp triển khai. Việc sơ kết thực hiện theo {C|short}.",
        "C:cite",
    ),
    Template("cite-of-issuer", "Nội dung này quy định tại {C} của cơ quan có thẩm quyền, khoản 2 Điều 7.", "C:cite"),
    Template(
        "cite-national",
        "Theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ và {C}, hồ sơ được trả đúng hẹn.",
        "C:cite",
    ),
    Template(
        "notes-three",
        "UBND tỉnh đã ban hành kế hoạch năm{F}, đồng thời chỉ đạo rà soát thủ tục{F}. Các huyện đã cụ thể hóa bằng văn bản của mình{F}.",
        "F:notes",
    ),
    Template(
        "notes-five",
        "Công tác tuyên truyền{F} và kiểm tra{F} được duy trì.\n\nViệc bồi dưỡng{F} và số hóa{F} thực hiện theo lộ trình; văn thư{F} đi vào nền nếp.",
        "F:notes",
    ),
    Template(
        "notes-two",
        "Đoàn kiểm tra được thành lập{F} và đã báo cáo kết quả{F} với Chủ tịch UBND tỉnh.",
        "F:notes",
    ),
    Template(
        "notes-four",
        "Sở Y tế triển khai bệnh án điện tử{F}; Sở Giáo dục và Đào tạo triển khai học bạ số{F}; Sở Tư pháp số hóa sổ hộ tịch{F}; Sở Xây dựng công khai quy hoạch{F}.",
        "F:notes",
    ),
    Template(
        "abbr-discipline",
        "Báo cáo này đánh giá việc thực hiện {A|def}. Các sở đưa nội dung {A} vào sinh hoạt cơ quan; các huyện kiểm tra {A} hai lần trong năm.\n\nKinh phí cho {A} được bố trí đủ. Năm tới tiếp tục coi trọng {A}.",
        "A:abbr",
    ),
    Template(
        "abbr-report",
        "Lãnh đạo tỉnh quan tâm chỉ đạo {A|def}. Hằng quý có báo cáo {A}, hằng năm có hội nghị {A}.\n\nTrách nhiệm về {A} thuộc người đứng đầu; kết quả {A} là căn cứ thi đua.",
        "A:abbr",
    ),
    Template(
        "abbr-press",
        "Ông chủ tịch huyện cho biết {A|def} là khâu khó nhất. Vì vậy huyện lập tổ hỗ trợ {A} ở mỗi xã. Tổ này trực {A} cả ngày thứ bảy, ghi lại việc về {A} để báo cáo.",
        "A:abbr",
    ),
    Template(
        "date-two-sessions",
        "Kỳ họp khai mạc ngày {D}, hồ sơ dự họp được gửi đại biểu trước 05 ngày. Đợt tiếp xúc cử tri từ ngày {P}.",
        "D:date; P:period",
    ),
    Template("date-in-force", "Quy chế có hiệu lực kể từ ngày {D|long} và thay thế quy chế cũ.", "D:date"),
    Template("date-press", "(Tin từ xã {xa2}) - Đến hết ngày {D}, điện lực đã đóng lại đường dây sau bão.", "D:date"),
    Template("date-survey", "Khảo sát được làm trong thời gian từ ngày {P} tại {a} hộ.", "P:period; a:200-900"),
    Template("date-sitting", "Phiên tòa mở vào {W}, có hai hội thẩm tham gia xét xử.", "W:weekday"),
    Template(
        "cite-again-attached",
        "Sở Nội vụ chấm điểm theo bộ tiêu chí ban hành kèm theo {C}. Bộ tiêu chí có ba phần.\n\nĐơn vị nào chưa làm theo {C} thì bị trừ điểm.",
        "C:cite",
    ),
    Template(
        "cite-again-note",
        "Huyện {huyen1} rà soát thủ tục theo {C}; huyện {huyen2} cũng căn cứ {C} để phân công người phụ trách.",
        "C:cite",
    ),
    Template(
        "cite-again-report",
        "Kết quả trên đã được nêu tại {C}. Các số liệu chi tiết, kể cả của cấp xã, có trong phụ lục của {C}.",
        "C:cite",
    ),
    Template("cite-bullet", "- {C} về nâng cao trách nhiệm người đứng đầu;\n\n- {B} về số hóa.", "C:cite; B:cite"),
    Template("cite-parenthesis", "Mức chi theo quy định hiện hành ({C}).", "C:cite"),
    Template(
        "notes-press",
        "Tỉnh đã giao chỉ tiêu cho từng sở{F}, từng huyện{F} và từng xã{F}; cuối năm sẽ chấm điểm{F}.",
        "F:notes",
    ),
    Template(
        "notes-bullets",
        "Các văn bản đã ban hành:\n\n- Về bộ máy{F};\n\n- Về công vụ{F};\n\n- Về tài chính{F}.",
        "F:notes",
    ),
    Template(
        "abbr-bullets",
        "Nhiệm vụ về {A|def}:\n\n- Phổ biến nội dung {A} đến từng xã;\n\n- Kiểm tra {A} theo kế hoạch;\n\n- Tổng kết {A} trước ngày 15 tháng 12.",
        "A:abbr",
    ),
    Template(
        "abbr-heading",
        "1. Về {A|def}\n\nNăm {nam} là năm đầu {A} được đưa vào tiêu chí thi đua. Có {a} đơn vị làm tốt {A}, {b} đơn vị làm chưa tốt {A}.",
        "A:abbr; a:20-60; b:3-15",
    ),
    Template(
        "abbr-quoted",
        "Người dân quan tâm đến {A|def}: ý kiến về {A} chiếm phần lớn. Một cử tri nói rằng {A} phải gần dân, cán bộ làm {A} phải biết lắng nghe.",
        "A:abbr",
    ),
    Template(
        "abbr-money",
        "Kinh phí chi cho {A|def} là {a} triệu đồng. Phần lớn kinh phí {A} dùng cho máy móc; kinh phí {A} của cấp xã còn ít, đề nghị bổ sung kinh phí {A}.",
        "A:abbr; a:300-2000",
    ),
)
