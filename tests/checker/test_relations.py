"""Sums, shares, hundreds, lists and contradictions: what is found, how surely, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.checker import check
from congvu.checker.findings import Kind
from congvu.press.reading import read_manuscript

NUMERIC = {Kind.SUM, Kind.SHARE, Kind.SHARES_TOTAL, Kind.LIST_COUNT, Kind.CONTRADICTION}


def found(text: str) -> list[tuple[str, str, str, str]]:
    manuscript = read_manuscript(text.encode(), "doan.txt")
    return [(f.kind.value, f.certainty, f.text, f.computed) for f in check(manuscript) if f.kind in NUMERIC]


# fmt: off
# ruff: noqa: E501
WRONG = [
    # sums
    ("Tổng số hồ sơ đã giải quyết là 12.650 hồ sơ, trong đó: đúng hạn 12.560 hồ sơ; trễ hạn 80 hồ sơ.",
     ("sum", "certain", "12.650", "12.640")),
    ("Đã giải quyết 12.650 hồ sơ, trong đó giải quyết đúng hạn 12.560 hồ sơ, trễ hạn 190 hồ sơ.",
     ("sum", "certain", "12.650", "12.750")),
    ("Lấy 1.990 mẫu kiểm nghiệm, có 1.885 mẫu đạt, còn 115 mẫu không đạt.", ("sum", "certain", "1.990", "2.000")),
    ("Tiếp nhận mới 4.131 hồ sơ, kỳ trước chuyển sang 2.171 hồ sơ, tổng cộng 6.320 hồ sơ.",
     ("sum", "certain", "6.320", "6.302")),
    ("Toàn tỉnh có 2.192 TTHC, trong đó: cấp tỉnh 1.731 TTHC, cấp huyện 297 TTHC, cấp xã 194 TTHC.",
     ("sum", "likely", "2.192", "2.222")),
    ("Đoàn kiểm tra 120 đơn vị, gồm 45 đơn vị cấp huyện và 65 đơn vị cấp xã.", ("sum", "likely", "120", "110")),
    ("Mưa lớn làm ngập 717 ha lúa (Bảo Lâm 142 ha; Hà Quảng 474 ha; Hạ Lang 91 ha).", ("sum", "likely", "717", "707")),
    ("Đã giải quyết 19/33 vụ việc, còn lại 15 vụ việc.", ("sum", "certain", "33", "34")),
    ("Cả năm tuyển 120 + 35 = 165 người.", ("sum", "certain", "165", "155")),
    ("Đã mở 45 lớp cho 1.200 lượt người, trong đó 1.300 lượt người là công chức.", ("sum", "likely", "1.300", "≤ 1.200")),
    ("Kết quả tiếp nhận 5.430 hồ sơ, cụ thể:\n\n- Trực tuyến: 3.210 hồ sơ;\n\n- Trực tiếp: 2.320 hồ sơ.",
     ("sum", "certain", "5.430", "5.530")),
    ("Bão làm 317 ngôi nhà hư hỏng (Thạch An: 173 nhà; Hạ Lang: 113 nhà; Hà Quảng: 25 nhà).", ("sum", "likely", "317", "311")),
    ("Kiểm tra 689 vụ, xử lý 932 vụ: hàng cấm 96 vụ, hàng giả 24 vụ, gian lận thương mại 272 vụ.",
     ("sum", "likely", "932", "392")),
    ("Phát hiện 278 vụ, 477 đối tượng; khởi tố 174 vụ, 342 bị can; phạt hành chính 59 vụ, 81 đối tượng; đang điều tra 37 vụ, 54 đối tượng.",
     ("sum", "likely", "278", "270")),
    ("Tự kiểm tra 74 văn bản, trong đó của HĐND tỉnh 27 văn bản và của UBND tỉnh 43 văn bản; 68 văn bản phù hợp, 02 văn bản cần sửa.",
     ("sum", "likely", "74", "70")),
    ("Có 308 hợp tác xã, trong đó 254 hợp tác xã nông nghiệp, 38 quỹ tín dụng, 14 hợp tác xã vận tải và 03 hợp tác xã xây dựng.",
     ("sum", "likely", "308", "309")),
    ("Xếp loại 229 người, trong đó hoàn thành xuất sắc nhiệm vụ 36 người, hoàn thành tốt nhiệm vụ 167 người, hoàn thành nhiệm vụ 12 người, không hoàn thành nhiệm vụ 10 người.",
     ("sum", "certain", "229", "225")),
    ("Xuất khẩu đạt 1.839 triệu USD, nhập khẩu 587 triệu USD; tổng kim ngạch xuất nhập khẩu 2.398 triệu USD.",
     ("sum", "likely", "2.398 triệu", "2.426.000.000")),
    ("Giao kế hoạch giải quyết việc làm cho 9.405 lao động, đạt 94,05% kế hoạch (10.000 lao động); làm việc trong tỉnh 5.140 người, ngoài tỉnh 3.120 người, ở nước ngoài 495 người.",
     ("sum", "likely", "9.405", "8.755")),
    ("Các bệnh viện khám 41.250 lượt, trong đó ngoại trú 42.110 lượt, nội trú 3.410 lượt.", ("sum", "likely", "41.250", "45.520")),
    ("Hội đồng thi có 1.204 thí sinh, trong đó đỗ 1.106 thí sinh, trượt 139 thí sinh.",
     ("sum", "likely", "1.204", "1.245")),
    ("Có 47/52 đại biểu nhất trí với dự thảo, 08 đại biểu không nhất trí.", ("sum", "likely", "52", "55")),
    ("Trong 180 hồ sơ trễ hạn, đã xin lỗi 171 trường hợp, chưa xin lỗi 29 trường hợp.", ("sum", "likely", "180", "200")),
    ("Đến nay có 31/43 nhiệm vụ hoàn thành, 17/43 nhiệm vụ đang triển khai, 05/43 nhiệm vụ chưa triển khai.",
     ("sum", "likely", "43", "53")),
    ("Ghi nhận 138 ca mắc mới, tại Hạ Lang 47 ca, Hà Quảng 52 ca và Bảo Lâm 28 ca. Trong đó 110 ca trong khu cách ly, 28 ca ngoài cộng đồng.",
     ("sum", "likely", "138", "127")),
    ("Vốn đăng ký mới 95,8 triệu USD, vốn tăng thêm 53,1 triệu USD, góp vốn 43,8 triệu USD; tổng vốn đầu tư vào tỉnh là 182,7 triệu USD.",
     ("sum", "likely", "182,7 triệu", "192.700.000")),
    ("Toàn tỉnh tiếp nhận mới 26.691 hồ sơ, kỳ trước chuyển sang 376 hồ sơ, nâng tổng số hồ sơ phải giải quyết lên 26.967 hồ sơ.",
     ("sum", "certain", "26.967", "27.067")),
    ("Giao 3.650 tỷ đồng; giải ngân được 1.883 tỷ đồng, đạt 44,47%, trong đó vốn tỉnh 685 tỷ đồng, vốn trung ương 938 tỷ đồng.",
     ("sum", "likely", "1.883 tỷ", "1.623.000.000.000")),
    ("Đầu năm huyện có 2.418 hộ nghèo. Trong năm có 512 hộ thoát nghèo, 37 hộ tái nghèo; cuối năm còn 1.934 hộ nghèo.",
     ("sum", "likely", "1.934", "1.943")),
    ("Năm trước chuyển sang 62 việc, thụ lý mới 415 việc, đã thi hành xong 391 việc, còn 68 việc chuyển kỳ sau.",
     ("sum", "likely", "68", "86")),
    ("Các sở có 3.020 hồ sơ đến hạn phải trả. Công tác này có tiến bộ.\n\nTrong số hồ sơ đến hạn, có 1.907 hồ sơ trả đúng hạn (94,41%), 113 hồ sơ trả chậm (5,59%).",
     ("sum", "likely", "1.907", "2.020")),
    ("Cấp tỉnh tiếp nhận 54.575 hồ sơ; đã giải quyết 51.750 hồ sơ, đúng hạn 51.072 hồ sơ, đạt 98,63%; quá hạn còn 708 hồ sơ, chiếm 1,37%.",
     ("sum", "likely", "51.750", "51.780")),
    ("Có 12 ca nhập cảnh và 2.013 ca trong nước tại Bình Dương (1.117), TP. Hồ Chí Minh (523), Đồng Nai (246), Long An (121).",
     ("sum", "likely", "2.013", "2.007")),
    ("Mưa lớn làm ngập 757 ha lúa (Bảo Lâm 142 ha; Hà Quảng 474 ha; Hạ Lang 91 ha; Thạch An 1,5 ha; Hòa An 8,8 ha).",
     ("sum", "likely", "757", "717,3")),
    ("Tổng số vốn là 763.264 tỷ đồng, bao gồm: vốn đăng ký thành lập mới là 278.489 tỷ đồng và vốn tăng thêm của các doanh nghiệp thay đổi tăng vốn là 485.475 tỷ đồng.",
     ("sum", "likely", "763.264 tỷ", "763.964.000.000.000")),
    # shares
    ("Hoàn thành 55/59 nhiệm vụ, đạt 92,33% kế hoạch.", ("share", "certain", "92,33", "93,22%")),
    ("Tỷ lệ đúng hạn đạt 98,18% (635.593/643.270 hồ sơ).", ("share", "certain", "98,18", "98,81%")),
    ("Có 250 trên tổng số 1.000 đơn vị được kiểm tra, chiếm 35%.", ("share", "certain", "35", "25,00%")),
    ("Kiểm tra 22.530 cơ sở, phát hiện 8.505 cơ sở vi phạm (tỷ lệ 37,57%).", ("share", "likely", "37,57", "37,75%")),
    ("Tiếp nhận 1.200 hồ sơ, trong đó 900 hồ sơ trực tuyến, chiếm 65%.", ("share", "likely", "65", "75,00%")),
    ("Số hồ sơ tăng từ 1.000 lên 1.200 hồ sơ, tăng 25%.", ("share", "certain", "25", "20,00%")),
    ("Toàn tỉnh xảy ra 925 vụ, giảm 106 vụ (giảm 15,28%).", ("share", "likely", "15,28", "10,28%")),
    ("Có 119 doanh nghiệp ngừng hoạt động, tăng 37 trường hợp so với cùng kỳ (47%).", ("share", "likely", "47", "45,12%")),
    ("Ông A có 19 phiếu (40,53%), 2 phiếu tín nhiệm (4,26%) và 26 phiếu tín nhiệm thấp (55,32%).",
     ("share", "likely", "40,53", "40,43%")),
    ("Đã thu thuế 410 cơ sở, phải thu hồi 2.145 triệu đồng, kiến nghị xử lý khác 812 triệu đồng; đã nộp ngân sách 557 triệu đồng, đạt 62,0% số phải thu hồi.",
     ("share", "likely", "62,0", "25,97%")),
    ("Đoàn kiểm tra 840 vụ, xử lý 245 vụ, trong đó hàng cấm 45 vụ và hàng giả 200 vụ. Số vụ xử lý bằng 92,2% số vụ kiểm tra.",
     ("share", "likely", "92,2", "29,17%")),
    ("Xã phải số hóa 1.250 sổ, đã số hóa 714 sổ, chưa số hóa 536 sổ; tỷ lệ số hóa đạt 47,2%.",
     ("share", "likely", "47,2", "57,12%")),
    ("Trong 312 vụ việc đã giải quyết có 57 vụ tố cáo đúng, 203 vụ tố cáo sai và 52 vụ vừa đúng vừa sai; tỷ lệ tố cáo sai là 56,1%.",
     ("share", "likely", "56,1", "65,06%")),
    ("Huyện có 1.840 phản ánh, 662 phản ánh trong số đó gửi qua ứng dụng (đạt 63%).", ("share", "likely", "63", "35,98%")),
    ("Tiếp nhận 945 đơn (210 đơn khiếu nại, 25 đơn tố cáo, 710 đơn kiến nghị), trong đó 494 đơn thuộc thẩm quyền, chiếm 50,79%.",
     ("share", "likely", "50,79", "52,28%")),
    ("Đầu năm có 2.640 người, cuối năm còn 2.508 người, giảm 132 người, tương đương 3,8%.",
     ("share", "likely", "3,8", "5,00%")),
    ("Xảy ra 145 vụ, giảm 134 vụ (tương đương 38%) so với cùng kỳ.", ("share", "likely", "38", "48,03%")),
    ("Các sở có 2.020 hồ sơ đến hạn phải trả. Công tác này có tiến bộ.\n\nTrong số hồ sơ đến hạn, có 1.907 hồ sơ trả đúng hạn (84,81%), 113 hồ sơ trả chậm (5,59%).",
     ("share", "likely", "84,81", "94,41%")),
    ("Rừng bị phá 98,8 ha, giảm 147,3 ha (tương đương 6%).", ("share", "likely", "6", "59,85%")),
    ("Số doanh nghiệp thành lập mới là 13.536 doanh nghiệp.\n\nNhóm ngành dịch vụ có 10.177 doanh nghiệp, chiếm 78,2% tổng số doanh nghiệp thành lập mới.",
     ("share", "likely", "78,2", "75,18%")),
    # hundreds
    ("Tỷ lệ đúng hạn là 99,50%, trễ hạn là 0,60%.", ("shares_total", "likely", "99,50%, trễ hạn là 0,60", "100%")),
    ("Cơ cấu: đất đai chiếm 40,5%, tư pháp chiếm 35,2%, còn lại chiếm 24,5%.",
     ("shares_total", "likely", "40,5%, tư pháp chiếm 35,2%, còn lại chiếm 24,5", "100%")),
    ("Về trình độ, sơ cấp 4,46%, trung cấp 22,12%, cao đẳng 3,10%, đại học 65,81%, sau đại học 3,51%.",
     ("shares_total", "likely", "4,46%, trung cấp 22,12%, cao đẳng 3,10%, đại học 65,81%, sau đại học 3,51", "100%")),
    # lists
    ("Có 05 huyện: Hà Quảng, Thạch An, Bảo Lâm, Hạ Lang.", ("list_count", "certain", "05 huyện", "04")),
    ("Kiểm tra 06 sở: Lao động, TB&XH; Khoa học và Công nghệ; Giao thông vận tải; Ngoại vụ; Nội vụ.",
     ("list_count", "likely", "06 sở", "05")),
    ("Trong đó có 3 tỉnh Nam Định, Đồng Nai, Hưng Yên và Hà Nam được công nhận.", ("list_count", "certain", "3 tỉnh", "04")),
    ("Đề ra 03 nhóm giải pháp: (1) rà soát; (2) công khai; (3) kiểm tra; (4) xử lý.",
     ("list_count", "likely", "03 nhóm giải pháp", "04")),
    # contradictions
    ("Trong năm, hệ thống tiếp nhận 1.703 phản ánh của người dân.\n\nTrong tổng số 1.730 phản ánh đã tiếp nhận, nhiều nhất"
     " là về đất đai.", ("contradiction", "likely", "1.730", "1.703")),
    ("Phát hiện 8.550 cơ sở vi phạm an toàn thực phẩm\n\nTrong tháng, các đoàn phát hiện 8.505 cơ sở vi phạm an toàn thực"
     " phẩm.", ("contradiction", "likely", "8.505", "8.550")),
]
RIGHT = [
    "Phát hiện 143 vụ, cụ thể: Hương Khê 55 vụ, Hương Sơn 52 vụ, Kỳ Anh 30 vụ, Vũ Quang 4 vụ, Can Lộc và Đức Thọ cùng 1 vụ.",
    "Có 2.296 ca trong nước gồm Bình Dương 1.797 ca, Long An 476 ca, Bến Tre 11 ca, Hà Nội và Hưng Yên mỗi nơi 6 ca.",
    "Có 109 ca trong nước gồm Bình Dương 60 ca, Long An 37 ca, Hà Nội và Hưng Yên có 6 ca mỗi tỉnh.",
    "Xếp loại: 13 người hoàn thành xuất sắc nhiệm vụ, 7 người hoàn thành tốt nhiệm vụ, 11 người hoàn thành nhiệm vụ, 13 người không hoàn thành nhiệm vụ.",
    "04 sở: Nội vụ; Tài chính; Y tế; Xây dựng; 01 huyện: Hà Quảng; 01 cơ quan khác: Ban quản lý Khu kinh tế.",
    "UBND huyện tiếp nhận 3.483 hồ sơ. Kể cả kỳ trước chuyển qua, đã trả kết quả 3.487 hồ sơ; đúng hạn 3.465/3.487 hồ sơ.",
    "Tổng số hồ sơ đã giải quyết là 12.650 hồ sơ, trong đó: đúng hạn 12.560 hồ sơ; trễ hạn 90 hồ sơ.",
    "Đã tiếp nhận 659.245 hồ sơ, trong đó đã giải quyết đúng hạn 635.593 hồ sơ, quá hạn 7.677 hồ sơ.",
    "Mở 10 lớp bồi dưỡng cho 619 lượt công chức, trong đó 05 lớp về kỹ năng giao tiếp.",
    "Trong số 120 cấp ủy viên có 47 nữ, 82 người có trình độ đại học và 24 người dưới 40 tuổi.",
    "Kiểm tra 20 đơn vị, trong đó có 03 đơn vị cấp huyện và 04 đơn vị cấp xã.",
    "Kiểm tra 06 sở và 03 huyện (06 xã, thị trấn).",
    "Tuyến cáp dài 120 km, gồm 45 km ngầm, 75 km treo.",
    "Phát hiện vi phạm hơn 37,38 tỷ đồng, kiến nghị thu hồi hơn 9,19 tỷ đồng, kiến nghị khác hơn 28,15 tỷ đồng.",
    "Đã giải quyết 19/33 vụ việc, 14 vụ còn lại đang giải quyết.",
    "Toàn tỉnh có 131 cuộc thanh tra, trong đó 121 cuộc theo kế hoạch và 10 cuộc đột xuất; đã kết thúc 117 cuộc, còn 14 cuộc.",
    "Hoàn thành 55/59 nhiệm vụ, đạt 93,22% kế hoạch.",
    "Đạt 8/9 vụ, bằng 88,88%.",  # cut off, not rounded
    "Giải quyết đúng hạn 204.847 trên tổng số 207.030 hồ sơ, đạt 98,94%.",
    "Tiếp nhận 105.970 hồ sơ trực tuyến, tỷ lệ hồ sơ trực tuyến được giải quyết đúng hạn đạt 99,7%.",
    "Thu nội địa đạt 2.433 tỷ đồng, bằng 28,4% dự toán Trung ương giao, tăng 75,6% so với cùng kỳ.",
    "Phấn đấu tiếp nhận 1.000 hồ sơ, trong đó 500 hồ sơ trực tuyến, đạt tối thiểu 80% trở lên.",
    "Trung tâm nhận 10,18 ngàn hồ sơ, giải quyết 8,98 ngàn hồ sơ (đạt 88,2%), trễ 17 hồ sơ (0,2%).",
    "Thanh tra 120 cơ sở, chiếm hơn 10% của hơn 1.100 cơ sở.",
    "Tiếp nhận mới 19.630 hồ sơ, trả đúng hạn 19.255 hồ sơ (đạt 96,55%), đến hạn giải quyết 19.944 hồ sơ.",
    "Số vụ giảm 567 vụ (giảm 4,2%).",
    "Xã A tăng từ 10,85% xuống còn 1,31%; xã B giảm từ 10,55% xuống còn 2,27%.",
    "Tỷ lệ đúng hạn là 99,50%, trễ hạn là 0,50%.",
    "Tỷ lệ hài lòng đạt 95%, tỷ lệ số hóa đạt 60%, tỷ lệ thanh toán trực tuyến đạt 41%.",
    "Phải thu hồi 2.145 triệu đồng; đã nộp ngân sách 557 triệu đồng, đạt 26,0% số phải thu hồi.",
    "Phải thu hồi 2.145 triệu đồng; đã nộp ngân sách 557 triệu đồng, đạt 31,5% số đến hạn nộp trong kỳ.",
    "Đoàn kiểm tra 840 vụ, xử lý 245 vụ. Số vụ xử lý bằng 83,1% số vụ cùng kỳ.",
    "Xã phải số hóa 1.250 sổ, đã số hóa 714 sổ, chưa số hóa 536 sổ; tỷ lệ số hóa toàn huyện đạt 75,1%.",
    "Huyện có 1.840 phản ánh, 662 phản ánh gửi qua ứng dụng, 238 phản ánh trong số này (35,95%) đã trả lời.",
    "Đầu năm có 2.640 người, cuối năm còn 2.508 người, giảm 150 người theo kế hoạch, tương đương 3,8%.",
    "Hội đồng thi có 1.204 thí sinh đăng ký, trúng tuyển 110 thí sinh; huyện khác trúng tuyển 25 thí sinh.",
    "Có 47/52 đại biểu nhất trí với dự thảo, 05 đại biểu không nhất trí.",
    "Có 40/43 xã có điện, 41/43 xã có đường nhựa, 12/43 xã có chợ.",
    "Đầu năm huyện có 2.418 hộ nghèo. Trong năm có 512 hộ thoát nghèo, 37 hộ tái nghèo; cuối năm còn 1.943 hộ nghèo.",
    "Từ đầu năm có 240 vụ, phát sinh 35 vụ, đã giải quyết 190 vụ, còn 50 vụ.",
    "Đầu năm xã có 120 hộ nghèo, phát sinh 4 vụ việc, giải quyết 9 đơn, còn 100 hộ nghèo.",
    "Các sở có 3.020 hồ sơ đến hạn phải trả. Công tác này có tiến bộ.\n\nTrong số hồ sơ trực tuyến, có 1.907 hồ sơ trả đúng hạn (94,41%), 113 hồ sơ trả chậm (5,59%).",
    "Giao 3.650 tỷ đồng; giải ngân được 1.883 tỷ đồng, đạt 51,59%, trong đó vốn tỉnh 685 tỷ đồng, vốn trung ương 938 tỷ đồng.",
    "Xuất khẩu sang nước ngoài 616 tấn, trong nước 204 tấn; tổng cộng 820 tấn.",
    "Mưa lớn làm ngập 717 ha lúa (Bảo Lâm 142 ha; Hà Quảng 474 ha; Hạ Lang 91 ha; Thạch An 1,5 ha; Hòa An 8,8 ha).",
    "Có 12 ca nhập cảnh và 2.013 ca trong nước tại Bình Dương (1.117), Đồng Nai (246), Long An (121).",
    "Ngành chế biến có vốn đăng ký đạt 842 triệu USD, chiếm 46,4% tổng vốn đăng ký; bất động sản đạt 520 triệu USD, chiếm 28,7% tổng vốn đăng ký.",
    "Ngành chế biến đạt 520 triệu USD, chiếm 39,4% tổng vốn đăng ký. Tính cả vốn bổ sung, ngành này đạt 842 triệu USD, chiếm 46,4% tổng vốn đăng ký.",
    "Huyện có 34.758 hộ, trong đó 2.318 hộ nghèo, tỷ lệ 6,67%, và 1.157 hộ cận nghèo, tỷ lệ 3,33%.",
    "Thu ngân sách đạt 7. 993 tỷ đồng, gồm thu nội địa 7.078 tỷ đồng và thu từ xuất nhập khẩu 915 tỷ đồng.",
    "Ba nhóm chiếm 33,3%, 33,3% và 33,3%.",
    "Kiểm tra 06 sở: Lao động, TB&XH; Khoa học và Công nghệ; Thông tin và Truyền thông; Giao thông vận tải;"
    " Giáo dục và Đào tạo; Ngoại vụ; 03 UBND huyện: Nguyên Bình; Bảo Lâm; Bảo Lạc.",
    "Biểu dương 05 huyện: Hà Quảng, Thạch An, Bảo Lâm, Hạ Lang, Bảo Lạc...",
    "Có 3 sở (Nội vụ; Tài chính; Văn hóa, Thể thao và Du lịch) được kiểm tra.",
    "Có 03 quận, huyện (quận 8, Bình Chánh, Nhà Bè) có ổ dịch.",
    "Năm 2021 tiếp nhận 1.703 phản ánh của người dân.\n\nNăm 2022 tiếp nhận 1.730 phản ánh của người dân.",
    "Cấp huyện tiếp nhận 1.703 hồ sơ đất đai trong kỳ.\n\nCấp xã tiếp nhận 1.730 hồ sơ đất đai trong kỳ.",
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_what_does_not_hold_is_found(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize("text", RIGHT)
def test_what_a_reading_saves_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_message_names_the_readings_that_would_save_a_total() -> None:
    text = "Toàn tỉnh có 2.192 TTHC, trong đó: cấp tỉnh 1.731 TTHC, cấp huyện 297 TTHC, cấp xã 194 TTHC."
    (finding,) = check(read_manuscript(text.encode(), "doan.txt"))
    assert "nhiều cấp" in finding.message
    for saving in ("1.701", "267", "164"):
        assert saving in finding.message


@given(
    st.text(st.characters(exclude_categories=["C"]), max_size=300),
    st.text(alphabet="0123456789.,%/() \ntrongđógồmchiếmhồsơ:;-", max_size=300),
)
def test_no_text_makes_the_checker_fail(words: str, numbers: str) -> None:
    for finding in check(read_manuscript(f"x {words}{numbers}".encode(), "doan.txt")):
        assert finding.paragraph.text[finding.start : finding.end] == finding.text
        assert finding.message
