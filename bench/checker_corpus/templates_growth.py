"""Against the same period: more, less, by how many and by how much."""

from __future__ import annotations

from .language import Template

TEMPLATES = (
    Template(
        "growth-both-levels",
        "Năm {nam} toàn tỉnh tiếp nhận {n} hồ sơ, tăng {g}% so với năm {truoc} ({o} hồ sơ).",
        "o:3000-9000; n:9100-15000; g=n^o",
    ),
    Template(
        "growth-fall-levels",
        "Số đơn thư giảm từ {o} đơn năm {truoc} xuống {n} đơn năm {nam}, giảm {d} đơn, tương ứng {g}%.",
        "n:300-900; o:910-1900; d=o-n; g=n^o",
    ),
    Template(
        "growth-road-accidents",
        "Trong tháng xảy ra {n} vụ tai nạn giao thông, làm chết {m} người. So với cùng kỳ năm {truoc}, giảm {d} vụ (giảm {g}%), giảm {e} người chết (giảm {h}%).",
        "n:90-300; d:11-60; m:40-90; e:5-30; o=n+d; x=m+e; g=d%o; h=e%x",
    ),
    Template(
        "growth-minus-sign",
        "Đường bộ xảy ra {n} vụ, bị thương {m} người; so với cùng kỳ giảm {d} vụ (-{g}%), giảm {e} người bị thương (-{h}%).",
        "n:300-3000; d:60-300; m:200-2000; e:30-190; o=n+d; x=m+e; g=d%o; h=e%x",
    ),
    Template(
        "growth-rise",
        "Lũy kế đã phát hiện {n} vụ vi phạm, tăng {d} vụ ({g}%) so với cùng kỳ năm trước.",
        "o:300-900; d:30-200; n=o+d; g=d%o",
    ),
    Template(
        "growth-parenthesis-before",
        "Sáu tháng đầu năm {nam}, các cơ quan tiếp {n} lượt người, so với cùng kỳ tăng {d} lượt (6 tháng đầu năm {truoc} tiếp {o} lượt).",
        "o:500-900; d:30-300; n=o+d; d=n-o",
    ),
    Template(
        "growth-points",
        "Tỷ lệ hồ sơ đúng hạn năm {nam} đạt {p} %, tăng {d} điểm phần trăm so với năm {truoc} ({q} %).",
        "q:91.1-94.9; d:1.1-4.9; p=q+d; d=p-q",
    ),
    Template(
        "growth-index-of-period",
        "Tổng mức bán lẻ đạt {n} tỷ đồng, bằng {p}% so với cùng kỳ ({o} tỷ đồng).",
        "n:900-2000; o:900-2000; p=n%o",
    ),
    Template(
        "growth-unsaid-base",
        "Giá trị sản xuất nông nghiệp ước đạt {n} tỷ đồng, tăng 3,8% so với năm {truoc}; riêng chăn nuôi tăng 5,1%.",
        "n:5000-9000",
    ),
    Template(
        "growth-forest",
        "Số vụ vi phạm lâm luật trong tháng {thang} là {n} vụ, giảm {d} vụ (tương đương {g|d0}%) so với cùng kỳ.",
        "n:40-300; d:30-200; o=n+d; g=d%o",
    ),
    Template(
        "growth-between-total-and-parts",
        "Năm {nam} phát hiện {T} vụ, giảm {d} vụ so với năm {truoc}. Trong đó, {a} vụ buôn lậu, {b} vụ hàng giả và {c} vụ gian lận.",
        "a:60-200; b:30-100; c:90-300; T=a+b+c; d:11-60",
    ),
    Template(
        "growth-two-scopes",
        "Tháng {thang}, xuất khẩu đạt {a} triệu USD, nhập khẩu đạt {b} triệu USD; lũy kế xuất khẩu {A} triệu USD, nhập khẩu {B} triệu USD. Tổng kim ngạch xuất nhập khẩu tháng {thang} là {t} triệu USD, lũy kế {T} triệu USD.",
        "a:60-120; b:30-70; A:700-1200; B:400-690; t=a+b; T=A+B",
    ),
    Template(
        "growth-times",
        "Khách quốc tế đạt {a} lượt, gấp 2,4 lần cùng kỳ; khách nội địa đạt {b} lượt, cộng chung {T} lượt.",
        "a:3000-9000; b:50000-200000; T=a+b",
    ),
    Template(
        "growth-table",
        "Chỉ tiêu\tNăm {truoc}\tNăm {nam}\tTăng, giảm (%)\nHồ sơ tiếp nhận\t{a}\t{b}\t{g}\nHồ sơ trực tuyến\t{c}\t{d}\t{h}",
        "a:30000-50000; b:51000-70000; c:9000-15000; d:16000-30000; g=b^a; h=d^c",
    ),
    Template(
        "growth-target",
        "Đến năm {sau}, phấn đấu 80% hồ sơ được số hóa, 60% thanh toán trực tuyến; thời gian chờ giảm xuống dưới 15 phút/lượt.",
    ),
)
