"""People, schools, health, fields, roads, storms: what a province counts."""

from __future__ import annotations

from .language import Template

TEMPLATES = (
    Template(
        "population",
        "Dân số trung bình của tỉnh {tinh} năm {nam} là {T} người; trong đó nam {a} người, chiếm {p}%, nữ {b} người, chiếm {q}%. Dân số thành thị {c} người, nông thôn {d} người.",
        "a:300000-500000; b:300000-500000; T=a+b; p=a%T; q=b%T; 100=p+q; c:90000-250000; d=T-c; T=c+d",
    ),
    Template(
        "population-table",
        "Năm\tTổng số\tNam\tNữ\n{truoc}\t{T}\t{a}\t{b}\n{nam}\t{U}\t{c}\t{d}",
        "a:300000-500000; b:300000-500000; T=a+b; c:300000-500000; d:300000-500000; U=c+d",
    ),
    Template(
        "poverty",
        "Qua rà soát, huyện {huyen1} có {T} hộ dân, trong đó {a} hộ nghèo, tỷ lệ {p}%, và {b} hộ cận nghèo, tỷ lệ {q}%.",
        "T:20000-40000; a:900-3900; b:900-2900; p=a%T; q=b%T",
    ),
    Template(
        "poverty-escaped",
        "Đầu năm {nam} toàn tỉnh có {a} hộ nghèo. Trong năm {b} hộ thoát nghèo, phát sinh mới {c} hộ; cuối năm còn {T} hộ nghèo.",
        "a:9000-20000; b:1000-4000; c:99-400; T=a-b+c",
    ),
    Template(
        "schools",
        "Năm học {truoc}-{nam}, toàn tỉnh có {T} trường, gồm {a} trường mầm non, {b} trường tiểu học, {c} trường THCS và {d} trường THPT.",
        "a:100-250; b:100-250; c:90-200; d:20-50; T=a+b+c+d",
    ),
    Template(
        "schools-standard",
        "Có {a}/{T} trường đạt chuẩn quốc gia, chiếm {p}%; còn {b} trường chưa đạt.",
        "a:200-400; b:90-200; T=a+b; p=a%T",
    ),
    Template(
        "exams",
        "Kỳ thi có {T} thí sinh dự thi, đỗ {a} thí sinh (đạt {p}%), trượt {b} thí sinh; điểm cao nhất là 29,25 điểm.",
        "a:5000-12000; b:60-400; T=a+b; p=a%T",
    ),
    Template(
        "prizes",
        "Đoàn học sinh của tỉnh đạt {T} giải, gồm {a|02} giải nhất, {b|02} giải nhì, {c|02} giải ba và {d|02} giải khuyến khích.",
        "a:1-9; b:5-15; c:6-20; d:7-25; T=a+b+c+d",
    ),
    Template(
        "hospital",
        "Các cơ sở y tế khám {T} lượt bệnh nhân; trong đó khám ngoại trú {a} lượt, điều trị nội trú {b} lượt. Công suất sử dụng giường bệnh đạt 92,4%.",
        "a:90000-400000; b:9000-50000; T=a+b",
    ),
    Template(
        "insured",
        "Số người có thẻ bảo hiểm y tế là {a} người trên tổng dân số {T} người, bao phủ {p}%.",
        "a:400000-600000; b:20000-60000; T=a+b; p=a%T",
    ),
    Template(
        "vaccinated",
        "Đã tiêm {T|d1} nghìn liều vắc xin, trong đó mũi 1 là {a} nghìn liều, mũi 2 là {b} nghìn liều.",
        "a:200.1-400.9; b:90.1-190.9; T=a+b",
    ),
    Template(
        "epidemic-places",
        "Trong ngày ghi nhận {T} ca mắc mới, tại {huyen1} {a} ca, {huyen2} {b} ca, {huyen3} {c} ca và {huyen4} {d} ca. Trong đó {x} ca phát hiện trong khu cách ly, {y} ca ngoài cộng đồng.",
        "a:20-90; b:11-60; c:11-50; d:11-40; T=a+b+c+d; y:11-40; x=T-y; T=x+y",
    ),
    Template(
        "epidemic-nested",
        "Thêm {T} ca bệnh: {a} ca nhập cảnh ({x|02} ca tại {huyen1}, {y|02} ca tại {huyen2}) và {b} ca trong tỉnh.",
        "x:3-9; y:4-12; a=x+y; b:60-300; T=a+b",
    ),
    Template(
        "storm-places",
        "Mưa lũ làm {T} ngôi nhà bị hư hỏng ({huyen1}: {a} nhà; {huyen2}: {b} nhà; {huyen3}: {c} nhà), {U|word} người bị thương ({huyen1}: {x|word} người; {huyen3}: {y|word} người).",
        "a:30-200; b:20-150; c:11-90; T=a+b+c; x:2-4; y:2-5; U=x+y",
    ),
    Template(
        "storm-hectares",
        "Diện tích lúa bị ngập là {T} ha, trong đó huyện {huyen1} {a} ha, huyện {huyen2} {b} ha, huyện {huyen3} {c} ha.",
        "a:90.1-400.9; b:40.1-200.9; c:11.1-99.9; T=a+b+c",
    ),
    Template(
        "harvest",
        "Tổng diện tích gieo trồng vụ xuân đạt {T} ha (lúa {a} ha, ngô {b} ha, rau màu {c} ha); năng suất lúa bình quân 58,4 tạ/ha.",
        "a:9000-30000; b:900-5000; c:500-3000; T=a+b+c",
    ),
    Template(
        "livestock",
        "Dịch bệnh xảy ra tại {K} hộ ở {n|02} xã, buộc tiêu hủy {T} con lợn, trong đó lợn thịt {a} con (chiếm {p}%), lợn nái {b} con (chiếm {q}%).",
        "K:60-400; n:5-30; a:900-5000; b:90-600; T=a+b; p=a%T; q=b%T; 100=p+q",
    ),
    Template(
        "new-countryside",
        "Đến nay có {a}/{T} xã đạt chuẩn nông thôn mới (chiếm {p}%), trong đó có {b} xã đạt chuẩn nâng cao; bình quân toàn tỉnh đạt 17,2 tiêu chí/xã.",
        "a:60-120; c:11-60; T=a+c; p=a%T; b:11-40",
    ),
    Template(
        "cooperatives",
        "Toàn tỉnh có {T} hợp tác xã. Trong đó, {a} hợp tác xã nông nghiệp, {b} quỹ tín dụng nhân dân, {c} hợp tác xã vận tải và {d|02} hợp tác xã xây dựng.",
        "a:150-400; b:11-40; c:11-50; d:2-9; T=a+b+c+d",
    ),
    Template(
        "jobs",
        "Giải quyết việc làm cho {T} lao động, đạt {p}% kế hoạch ({K} lao động); làm việc trong tỉnh {a} người, ngoài tỉnh {b} người, ở nước ngoài {c} người.",
        "a:5000-9000; b:2000-5000; c:300-900; T=a+b+c; K:12000-15000; p=T%K",
    ),
    Template(
        "crimes",
        "Cơ quan công an phát hiện {T} vụ, {X} đối tượng; đã khởi tố {a} vụ, {x} bị can; xử lý hành chính {b} vụ, {y} đối tượng; đang điều tra {c} vụ, {z} đối tượng.",
        "a:90-200; b:20-60; c:11-40; T=a+b+c; x:210-400; y:61-99; z:41-60; X=x+y+z",
    ),
    Template(
        "crimes-solved",
        "Xảy ra {T} vụ phạm pháp hình sự, điều tra làm rõ {a} vụ (đạt {p}%), còn {b} vụ chưa rõ thủ phạm.",
        "a:200-600; b:20-90; T=a+b; p=a%T",
    ),
    Template(
        "visitors",
        "Khách đến tỉnh đạt {T|d2} triệu lượt, trong đó khách trong nước {a} triệu lượt, khách quốc tế {b} triệu lượt.",
        "a:1.11-4.99; b:0.11-0.99; T=a+b",
    ),
    Template(
        "visitors-blurred",
        "Dịp lễ, các khu du lịch đón hơn {T|r1000} lượt khách, gồm {a} lượt khách nội địa và {b} lượt khách quốc tế.",
        "a:90000-300000; b:3000-20000; T=a+b",
    ),
    Template(
        "people-twice",
        "Huyện {huyen1} có {T} hộ nghèo theo kết quả rà soát năm {nam}.\n\nCăn cứ số hộ nghèo của huyện {huyen1} theo kết quả rà soát năm {nam} là {U} hộ, Phòng Lao động đề nghị bổ sung kinh phí.",
        "T:900-4000; U==T",
    ),
    Template(
        "forest",
        "Kiểm lâm phát hiện {T} vụ vi phạm; đã xác định đối tượng {a} vụ, chiếm {p}%, chưa xác định {b} vụ, chiếm {q}%. Khối lượng gỗ tịch thu 374 m3.",
        "a:60-200; b:20-90; T=a+b; p=a%T; q=b%T; 100=p+q",
    ),
    Template(
        "fires",
        "Từ đầu năm xảy ra {T} vụ cháy ({a} vụ cháy nhà dân, {b|02} vụ cháy cơ sở sản xuất, {c|02} vụ cháy phương tiện), thiệt hại khoảng {m} tỷ đồng.",
        "a:20-60; b:5-20; c:4-15; T=a+b+c; m:5.1-40.9",
    ),
    Template(
        "roads-by-kind",
        "Tai nạn giao thông đường bộ {a} vụ, đường sắt {b|02} vụ, đường thủy {c|02} vụ, tổng số {T} vụ; làm chết {X} người, lần lượt là {x}, {y} và {z} người.",
        "a:90-300; b:3-9; c:2-9; T=a+b+c; x:60-150; y:2-8; z:2-7; X=x+y+z",
    ),
)
