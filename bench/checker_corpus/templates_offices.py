"""Civil servants, inspections of the service, complaints, documents: what offices report of themselves."""

from __future__ import annotations

from .language import Template

TEMPLATES = (
    Template(
        "training-classes",
        "Năm {nam}, tỉnh mở {k|02} lớp bồi dưỡng cho {T} lượt người, trong đó có {a} lượt cán bộ cấp tỉnh, {b} lượt cấp huyện và {c} lượt cấp xã.",
        "k:5-40; a:90-900; b:90-900; c:200-1900; T=a+b+c",
    ),
    Template(
        "training-nested",
        "Đã cử {T} lượt công chức, viên chức đi học: {a} lượt học lý luận chính trị (cao cấp {x} lượt, trung cấp {y} lượt), {b} lượt học quản lý nhà nước và {c} lượt học ngoại ngữ, tin học.",
        "x:11-90; y:40-200; a=x+y; b:50-300; c:30-200; T=a+b+c",
    ),
    Template(
        "training-cumulative",
        "Tháng {thang}, huyện {huyen1} bồi dưỡng {a} người; lũy kế từ đầu năm {T} người, đạt {p}% kế hoạch năm ({K} người).",
        "a:30-90; T:300-900; K:1000-1500; p=T%K",
    ),
    Template(
        "discipline-forms",
        "Các cơ quan có thẩm quyền đã xử lý kỷ luật {T} cán bộ, công chức, viên chức với các hình thức: khiển trách {a} người, cảnh cáo {b} người, cách chức {c|02} người, buộc thôi việc {d|02} người.",
        "a:12-60; b:11-40; c:2-9; d:2-9; T=a+b+c+d",
    ),
    Template(
        "discipline-levels",
        "Trong số {T} trường hợp bị xử lý kỷ luật năm {nam}, cấp tỉnh có {a} trường hợp, cấp huyện {b} trường hợp, cấp xã {c} trường hợp, lần lượt chiếm {p}%, {q}% và {r}%.",
        "a:5-20; b:10-40; c:20-80; T=a+b+c; p=a%T; q=b%T; r=c%T; 100=p+q+r",
    ),
    Template(
        "service-checks",
        "Tổ công tác kiểm tra đột xuất {T} cơ quan, đơn vị ({a|02} sở, ngành; {b|02} phòng thuộc huyện; {c|02} xã, phường), phát hiện {d|02} nơi còn thiếu sót, đã nhắc nhở tại chỗ.",
        "a:4-15; b:5-20; c:6-30; T=a+b+c; d:2-9",
    ),
    Template(
        "service-checks-plan",
        "Theo kế hoạch, năm {nam} phải kiểm tra {T} đơn vị; đến ngày báo cáo đã kiểm tra {a}/{T} đơn vị, đạt {p}%.",
        "a:11-60; b:3-20; T=a+b; p=a%T",
    ),
    Template(
        "tasks-assigned",
        "UBND tỉnh giao các cơ quan {T} nhiệm vụ; đã hoàn thành {a} nhiệm vụ (đúng hạn {x} nhiệm vụ, quá hạn {y} nhiệm vụ), đang thực hiện {b} nhiệm vụ trong hạn.",
        "x:200-900; y:11-50; a=x+y; b:30-200; T=a+b",
    ),
    Template(
        "tasks-fractions",
        "Kế hoạch cải cách hành chính đề ra {T} nhiệm vụ, đến nay có {a}/{T} nhiệm vụ hoàn thành, {b}/{T} nhiệm vụ đang triển khai, {c}/{T} nhiệm vụ chưa triển khai.",
        "a:30-60; b:5-20; c:2-9; T=a+b+c",
    ),
    Template(
        "complaints-received",
        "Toàn tỉnh tiếp nhận {T} đơn ({a} đơn khiếu nại, {b} đơn tố cáo, {c} đơn kiến nghị, phản ánh), trong đó {d} đơn đủ điều kiện xử lý, chiếm {p}%.",
        "a:90-400; b:20-90; c:300-900; T=a+b+c; d:300-500; p=d%T",
    ),
    Template(
        "citizens-received",
        "Các cấp, các ngành tiếp {a} lượt với {x} người; trong đó tiếp thường xuyên {b} lượt với {y} người, tiếp định kỳ {c} lượt với {z} người.",
        "b:200-900; c:90-400; a=b+c; y:300-1200; z:150-600; x=y+z",
    ),
    Template(
        "citizens-slash",
        "Sáu tháng đầu năm, trụ sở tiếp công dân tỉnh {tinh} tiếp {a} lượt/{x} người đến trình bày, đoàn đông người có {c|02} đoàn/{z} người.",
        "a:200-900; x:950-2000; c:2-9; z:60-200",
    ),
    Template(
        "complaints-solved",
        "Đã giải quyết {a}/{T} vụ việc khiếu nại thuộc thẩm quyền, đạt {p}%; {b} vụ việc còn lại đang được xác minh.",
        "a:40-300; b:5-60; T=a+b; p=a%T",
    ),
    Template(
        "complaints-results",
        "Kết quả giải quyết {T} vụ việc: khiếu nại đúng {a} vụ, khiếu nại sai {b} vụ, có đúng có sai {c} vụ. Như vậy tỷ lệ khiếu nại sai là {p}%.",
        "a:11-50; b:60-200; c:11-60; T=a+b+c; p=b%T",
    ),
    Template(
        "staff-qualifications",
        "Toàn tỉnh hiện có {T} công chức cấp xã. Về trình độ chuyên môn: đại học trở lên {a} người, chiếm {p}%; cao đẳng {b} người, chiếm {q}%; trung cấp {c} người, chiếm {r}%.",
        "a:700-1500; b:40-150; c:90-300; T=a+b+c; p=a%T; q=b%T; r=c%T; 100=p+q+r",
    ),
    Template(
        "staff-two-cuts",
        "Đơn vị có {T} người, gồm {a} nam và {b} nữ. Phân theo ngạch, có {c} chuyên viên chính và {d} chuyên viên.",
        "a:40-150; b:30-140; T=a+b; c:11-35; d=T-c; T=c+d",
    ),
    Template(
        "staff-graded",
        "Xếp loại cuối năm đối với {T} viên chức: hoàn thành xuất sắc {a} người ({p}%), hoàn thành tốt {b} người ({q}%), hoàn thành {c} người ({r}%), không hoàn thành {d|02} người ({s}%).",
        "a:100-400; b:400-1400; c:20-90; d:2-9; T=a+b+c+d; p=a%T; q=b%T; r=c%T; s=d%T; 100=p+q+r+s",
    ),
    Template(
        "staff-reduced",
        "Biên chế được giao đầu năm {nam} là {a} người, cuối năm còn {b} người, giảm {c} người, tương đương {p}%.",
        "b:1500-3000; c:30-200; a=b+c; c=a-b; p=c%a",
    ),
    Template(
        "recruitment",
        "Kỳ thi tuyển công chức có {T} thí sinh đăng ký, {a} thí sinh dự thi, vắng {b} thí sinh. Kết quả có {c} người trúng tuyển trên {d} chỉ tiêu.",
        "a:300-900; b:20-120; T=a+b; c:40-90; d:91-120",
    ),
    Template(
        "documents-issued",
        "UBND huyện {huyen3} ban hành {T} văn bản chỉ đạo: {a} quyết định; {b} kế hoạch; {c} công văn; {d} thông báo.",
        "a:20-99; b:20-80; c:90-400; d:11-70; T=a+b+c+d",
    ),
    Template(
        "documents-checked",
        "Sở Tư pháp tự kiểm tra {T} văn bản quy phạm pháp luật, trong đó của HĐND tỉnh {a} văn bản và của UBND tỉnh {b} văn bản; {c} văn bản phù hợp, {d|02} văn bản cần sửa.",
        "a:11-50; b:30-120; T=a+b; d:2-9; c=T-d; T=c+d",
    ),
    Template(
        "documents-electronic",
        "Văn bản đi trong năm là {T} văn bản, trong đó ký số {a} văn bản (đạt {p}%), gửi cả bản giấy {b} văn bản.",
        "a:3000-30000; b:90-900; T=a+b; p=a%T",
    ),
    Template(
        "index-scores",
        "Chỉ số cải cách hành chính năm {nam} của tỉnh {tinh} đạt 86,42/100 điểm, xếp thứ 27/63 tỉnh, thành phố, tăng 08 bậc so với năm {truoc}; nội dung thủ tục hành chính đạt 12,5/14 điểm.",
    ),
    Template(
        "meeting-votes",
        "Có {a}/{T} đại biểu dự họp tán thành nghị quyết, đạt {p}%; {b|02} đại biểu không tán thành.",
        "a:40-60; b:2-9; T=a+b; p=a%T",
    ),
    Template(
        "voters-proposals",
        "Trước kỳ họp, Thường trực HĐND chuyển {T} kiến nghị của cử tri (gồm {a} kiến nghị về giao thông, {b} kiến nghị về thủy lợi, {c|02} kiến nghị về giáo dục và {d|02} kiến nghị khác). Đã giải quyết {x} kiến nghị, bằng {p}%; đang giải quyết {y} kiến nghị.",
        "a:20-60; b:11-40; c:5-20; d:5-20; T=a+b+c+d; y:11-22; x=T-y; T=x+y; p=x%T",
    ),
    Template(
        "units-merged",
        "Sau sắp xếp, số đơn vị sự nghiệp từ {a} đơn vị giảm xuống còn {b} đơn vị, giảm {c} đơn vị.",
        "b:200-500; c:20-90; a=b+c; c=a-b",
    ),
    Template(
        "offices-stated-twice",
        "Tỉnh {tinh} có {T} công chức cấp xã đang làm việc.\n\nKiến nghị Trung ương sớm hướng dẫn chế độ đối với {U} công chức cấp xã của tỉnh {tinh} đang làm việc.",
        "T:900-2900; U==T",
    ),
)
