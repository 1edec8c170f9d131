"""Money: budgets, inspections, capital, aid. Units of thousands of millions, words that blur."""

from __future__ import annotations

from .language import Template

TEMPLATES = (
    Template(
        "budget-collected",
        "Thu ngân sách trên địa bàn tỉnh {tinh} đạt {T} tỷ đồng, gồm thu nội địa {a} tỷ đồng và thu từ xuất nhập khẩu {b} tỷ đồng.",
        "a:1500-9000; b:200-1500; T=a+b",
    ),
    Template(
        "budget-plan",
        "Tổng thu ngân sách huyện {huyen1} năm {nam} là {T} tỷ đồng, bằng {p}% dự toán ({K} tỷ đồng).",
        "T:200-900; K:300-800; p=T%K",
    ),
    Template(
        "budget-decimals",
        "Chi thường xuyên {T} tỷ đồng, trong đó chi giáo dục {a} tỷ đồng, chi y tế {b} tỷ đồng, chi sự nghiệp kinh tế {c} tỷ đồng và chi khác {d} tỷ đồng.",
        "a:100.1-400.9; b:50.1-150.9; c:40.1-90.9; d:10.1-60.9; T=a+b+c+d",
    ),
    Template(
        "budget-blurred",
        "Qua thanh tra phát hiện sai phạm hơn {T|r1} tỷ đồng, gồm {a} tỷ đồng phải thu hồi và {b} tỷ đồng phải giảm trừ quyết toán.",
        "a:10.11-40.99; b:10.11-30.99; T=a+b",
    ),
    Template(
        "inspection-money",
        "Kết luận {k|02} cuộc thanh tra, phát hiện vi phạm {T} triệu đồng; kiến nghị thu hồi {a} triệu đồng, kiến nghị xử lý khác {b} triệu đồng. Đã thu hồi {c} triệu đồng, đạt {p}% số phải thu hồi.",
        "k:4-40; a:900-5000; b:300-3000; T=a+b; c:200-800; p=c%a",
    ),
    Template(
        "inspection-count",
        "Ngành thanh tra triển khai {T} cuộc, trong đó {a} cuộc theo kế hoạch, {b|02} cuộc đột xuất. Đến nay đã kết thúc {c} cuộc, {d} cuộc đang tiến hành.",
        "a:60-200; b:3-15; T=a+b; d:11-50; c=T-d; T=c+d",
    ),
    Template(
        "inspection-persons",
        "Đã ban hành {T} quyết định xử phạt, trong đó phạt {a} tổ chức và {b} cá nhân với tổng số tiền {m} triệu đồng; đã nộp {n} triệu đồng, đạt {p}%.",
        "a:20-90; b:60-400; T=a+b; m:900.1-1900.9; n:300.1-800.9; p=n%m",
    ),
    Template(
        "inspection-mixed-units",
        "Tổng số tiền vi phạm là {T|d3} tỷ đồng: phần phải nộp ngân sách {a} triệu đồng, phần phải trả lại cho người dân {b} triệu đồng.",
        "a:2000-9000; b:300-3000; T=a+b/1000",
    ),
    Template(
        "inspection-about",
        "Trong kỳ, cơ quan thanh tra kiến nghị thu hồi khoảng {R|r10} triệu đồng. Số liệu chính xác theo kết luận thanh tra là {T} triệu đồng.",
        "T:900-9000; R==T",
    ),
    Template(
        "capital-disbursed",
        "Kế hoạch vốn đầu tư công năm {nam} được giao {K} tỷ đồng; giải ngân đến ngày 30/9/{nam} được {T} tỷ đồng, đạt {p}%, trong đó vốn ngân sách tỉnh {a} tỷ đồng, vốn trung ương {b} tỷ đồng.",
        "a:300-900; b:400-1500; T=a+b; K:2500-4000; p=T%K",
    ),
    Template(
        "capital-projects",
        "Nguồn vốn của chương trình gồm: ngân sách trung ương {a} triệu đồng; ngân sách tỉnh {b} triệu đồng; vốn vay {c} triệu đồng; dân đóng góp {d} triệu đồng. Tổng cộng: {T} triệu đồng.",
        "a:20000-90000; b:9000-40000; c:5000-20000; d:900-5000; T=a+b+c+d",
    ),
    Template(
        "firms-founded",
        "Có {T} doanh nghiệp thành lập mới với vốn đăng ký {m} tỷ đồng; khu vực dịch vụ {a} doanh nghiệp (chiếm {p}%), công nghiệp và xây dựng {b} doanh nghiệp (chiếm {q}%), nông nghiệp {c} doanh nghiệp (chiếm {r}%).",
        "a:200-900; b:100-300; c:11-60; T=a+b+c; m:900-9000; p=a%T; q=b%T; r=c%T; 100=p+q+r",
    ),
    Template(
        "firms-parts-then-total",
        "Vốn đăng ký mới {a} triệu USD, vốn tăng thêm {b} triệu USD, góp vốn mua cổ phần {c} triệu USD; tổng vốn đầu tư nước ngoài vào tỉnh là {T} triệu USD.",
        "a:90.1-400.9; b:40.1-200.9; c:11.1-90.9; T=a+b+c",
    ),
    Template(
        "debts",
        "Tổng nợ thuế {T} tỷ đồng, gồm nợ có khả năng thu {a} tỷ đồng, chiếm {p}%, nợ khó thu {b} tỷ đồng, chiếm {q}%.",
        "a:200.1-600.9; b:90.1-300.9; T=a+b; p=a%T; q=b%T; 100=p+q",
    ),
    Template(
        "trade-balance",
        "Kim ngạch xuất khẩu đạt {a} triệu USD, nhập khẩu {b} triệu USD; tổng kim ngạch xuất nhập khẩu {T} triệu USD, xuất siêu {S} triệu USD.",
        "a:900-1900; b:300-800; T=a+b; S=a-b",
    ),
    Template(
        "aid-gifts",
        "Dịp Tết, huyện {huyen2} trao {T} suất quà cho hộ khó khăn; mỗi suất trị giá 500.000 đồng. Từ nguồn ngân sách {a} suất, từ nguồn vận động {b} suất.",
        "a:300-2000; b:200-900; T=a+b",
    ),
    Template(
        "aid-not-exhaustive",
        "Tổng kinh phí hỗ trợ sau bão là {T} triệu đồng, trong đó có {a} triệu đồng của các doanh nghiệp trên địa bàn và {b} triệu đồng của đồng hương.",
        "T:20000-30000; a:2000-6000; b:900-3000",
    ),
    Template(
        "market-control",
        "Lực lượng quản lý thị trường kiểm tra {K} vụ, xử lý {T} vụ: hàng cấm {a} vụ, hàng giả {b} vụ, gian lận thương mại {c} vụ. Số vụ xử lý bằng {p}% số vụ kiểm tra.",
        "a:20-99; b:11-60; c:90-300; T=a+b+c; K:500-700; p=T%K",
    ),
    Template(
        "budget-twice",
        "Thu nội địa của tỉnh {tinh} năm {nam} đạt {T} tỷ đồng, vượt dự toán.\n\nNhiệm vụ năm {sau}: phấn đấu tăng thu so với mức thu nội địa {U} tỷ đồng của tỉnh {tinh} năm {nam}.",
        "T:2000-9000; U==T",
    ),
    Template(
        "budget-table",
        "Nguồn\tDự toán\tThực hiện\tTỷ lệ (%)\nThu nội địa\t{a}\t{b}\t{p}\nThu khác\t{c}\t{d}\t{q}\nTổng số\t{T}\t{U}\t{r}",
        "a:2000-5000; b:2100-5500; c:200-900; d:150-800; T=a+c; U=b+d; p=b%a; q=d%c; r=U%T",
    ),
    Template(
        "budget-average",
        "Mỗi hộ được hỗ trợ từ 3,5 đến 5 triệu đồng, tùy mức thiệt hại; toàn xã {xa1} có {T} hộ được nhận, gồm {a} hộ nghèo và {b} hộ cận nghèo.",
        "a:20-200; b:11-150; T=a+b",
    ),
)
