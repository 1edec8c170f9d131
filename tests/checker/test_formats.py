"""Numbers, words and marks as they are written."""

from __future__ import annotations

import pytest

from congvu.checker.grammar.number_words import number_of_words
from congvu.checker.words.formats import find
from congvu.checker.words.spelling import confusions
from congvu.press.reading import read_manuscript

from .texts import manuscript

WRONG = [
    ("A 5/10 hồ sơ = 50,00%; b 12.560/12.650 hồ sơ = 99, 29; hết.", "99, 29", "certain"),
    ("A 5/10 hồ sơ = 50,00%; b 12.560/12.650 hồ sơ = 99,29; hết.", "99,29", "certain"),
    ("Tỷ lệ đạt 99, 29% trong năm.", "99, 29%", "likely"),
    ("Tỷ lệ đạt 99 ,29% trong năm.", "99 ,29%", "certain"),
    ("Vi phạm hơn 37, 38 tỷ đồng, thu hồi 9,19 tỷ đồng.", "37, 38", "likely"),
    ("Giảm 39 người bị thương (-2, 29%).", "2, 29%", "likely"),
    ("Do phần mềm: 20, 2%; khác: 79,8%.", "20, 2%", "likely"),
    ("Tỷ lệ là 99, 29% và chưa đạt yêu cầu.", "99, 29%", "likely"),
    ("Từ nguồn ngân sách 1. 508 suất, từ vận động 540 suất.", "1. 508", "likely"),
    ("Tiếp 569 lượt/1. 262 người.", "1. 262", "likely"),
    ("Tổng số là 1.234. 567 người.", "1.234. 567", "likely"),
    ("Vốn là 45.70 triệu đồng, sau là 45.170 triệu đồng.", "45.70", "likely"),
    ("Đạt 1.81 tỷ đồng, bằng 127,07%.", "1.81", "likely"),
    ("Kỳ thi có 6.18 thí sinh.", "6.18", "certain"),
    ("Tiếp 418 lượt/1.94 người.", "1.94", "certain"),
    ("Đạt 84.0% kế hoạch.", "84.0", "likely"),
    ("Đạt 84.0% kế hoạch, năm trước 83.5%; năm sau 90.1%.", "84.0", "likely"),
    ("Kết quả là là tốt.", "là là", "likely"),
    ("Đạt 99,5%, 98,1% và 97,2%; còn 96,1 %, 95,1 %.", "96,1 %", "likely"),
    ("Tiếp nhận 1.23.456 hồ sơ.", "1.23.456", "certain"),
    ("Tiếp nhận 48.44 hồ sơ.", "48.44", "certain"),
    ("Tiếp nhận 48,447 hồ sơ, giải quyết 48.207 hồ sơ.", "48,447", "certain"),
    ("Đạt 99,50% và 98,10%, còn xã 99.38%.", "99.38", "certain"),
    ("Đạt 99,50% và 98,10%, còn xã 99,38 %.", "99,38 %", "likely"),
    ("Hoàn thành 55/59 và 10/10 việc, còn 05 / 12 việc.", "05 / 12", "likely"),
    ("Chỉ đạo các các sở.", "các các", "certain"),
    ("Có 499 đại biểu đại biểu Quốc hội.", "đại biểu đại biểu", "likely"),
    ("Kết quả của của tỉnh.", "của của", "certain"),
    ("Tiếp tục thực hiện thực hiện kế hoạch.", "thực hiện thực hiện", "likely"),
    ("Theo đề nghị của UBND UBND huyện.", "UBND UBND", "likely"),
    ("Các sở,, ngành.", ",,", "certain"),
    ("Các sở;; các ngành.", ";;", "certain"),
    ("Đã hoàn thành..", "..", "likely"),
    ("Các sở,; các ngành.", ",;", "likely"),
    ("Đã ban hành kế hoạch. trên cơ sở đó tỉnh làm.", "trên", "likely"),
    ("Các sở (gồm Sở Nội vụ, Sở Y tế đã họp.", "(", "likely"),
    ("Các sở gồm Sở Nội vụ) đã họp.", ")", "likely"),
    ("Phát động “Ngày chuyển đổi số cho dân.", "“", "likely"),
    ("Kiểm tra 05 (bốn) đơn vị.", "05 (bốn)", "certain"),
    ("Kinh phí 48.447 (bốn mươi tám nghìn bốn trăm bốn mươi sáu) đồng.",
     "48.447 (bốn mươi tám nghìn bốn trăm bốn mươi sáu)", "certain"),
    ("Có hành vi những nhiễu người dân.", "những nhiễu", "certain"),
    ("Chấn chỉnh lễ lối⁷, tác phong.", "lễ lối", "certain"),
    ("Chấn chỉnh lễ lối làm việc.", "lễ lối", "certain"),
    ("Trễ hạn trong giải quyết/tra kết quả TTHC.", "tra kết quả", "likely"),
    ("Người lao động trong tinh chấp hành tốt.", "trong tinh", "likely"),
    ("Luật được bổ xung năm nay.", "bổ xung", "certain"),
    ("Công văn số 501/UBND-NC ngày 08/03/2022; Công văn số 501/UBND-NC ngày 8/03/2022.", "8/03/2022", "likely"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stated", "certainty"), WRONG)
def test_a_slip_of_writing_is_found(text: str, stated: str, certainty: str) -> None:
    (finding,) = find(manuscript(text))
    assert (finding.text, finding.certainty) == (stated, certainty)


RIGHT = [
    "Tỷ lệ là 99,29%; 0,71%.", "Các năm đạt 5, 10 và 15%.", "Mục 1.2.3 và phiên bản 2.0.1.", "Ngày 2.1.2018 họp.",
    "Tiếp nhận 48.447 hồ sơ, 1.234.567 người.", "Sản lượng 12,345 tấn, 48.207 hồ sơ.",
    "Bình quân 15,625 hồ sơ; 48.207 hồ sơ.", "Có 1,234 người, 5,678 bài, đạt 99.5%.",
    "Đạt 100 % và 99,5 %.", "Luôn luôn, ngày ngày, đời đời, song song, thường thường, xanh xanh.",
    "Sương bay là là trên mặt hồ.",
    "Mức độ 3, 15% hồ sơ.", "Xã Nà Lạn 2, 15 tỷ đồng.", "Lần lượt đạt 5, 10%.", "Các mức hỗ trợ 5, 10 triệu đồng.",
    "Đã chi 5, 10 và 15 tỷ đồng.", "Đã chi 5, 10 tỷ, 15 tỷ đồng.", "Tăng thêm 5, 10% và 15%.",
    "Từ tháng 6, 15 tỷ đồng đã chi.", "Đoàn A1, 20 tỷ đồng.",
    "Đã có dịch vụ mức độ 4. 150 dịch vụ khác thì chưa.", "1. 250 hồ sơ đúng hạn.",
    "Kết quả gồm: 1. 250 hồ sơ đúng hạn; 2. 130 hồ sơ trễ hạn.", "Làm xong năm 2021. 150 hồ sơ còn lại.",
    "Xã có thôn Nà Lạn 2. 120 hộ nghèo.", "Mục tiêu có 3. 100% xã đạt.",
    "Đạt 1.8 tỷ đồng, 2.5 tỷ đồng; 12.345 hồ sơ.", "Đạt 1.81 tỷ đồng.",
    "Bình quân 12.5 thí sinh.",
    "Các tổ chức tổ chức hội nghị.", "Tiếp tục...", "Trên đây là báo cáo./.", "Đất, nước, v.v..",
    "Xem trang caobang.gov.vn.",
    "TP. huyện và ThS. nguyễn", "a) Việc thứ nhất; b) Việc thứ hai.", "1) Một\n\n2) Hai", "(xem Phụ lục 1)",
    "“Quê hương”, “Đất nước”.", "Kiểm tra 05 (năm) đơn vị.", "Kéo dài 02 (hai) năm.", "Năm 2022 (năm 2021 là 5).",
    "Số tiền 2.000.000 (hai triệu) đồng.", "Đơn vị: 12 (triệu đồng).", "Những nhiễu loạn của sóng.",
    "Kiểm tra kết quả.",
    "Tra kết quả thi trên mạng.", "Trong tinh thần đoàn kết.", "Lịch sử lý luận.", "Nộp hồ sơ xuất trình giấy tờ.",
    "Hoàn thành 55/59, 05/12 việc.", "Công văn số 501/UBND-NC ngày 08/03/2022.", "Hành chính chu đáo.",
    "“Đoạn một của lời dẫn.\n\n“Đoạn hai của lời dẫn.”",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_good_writing_is_let_be(text: str) -> None:
    assert list(find(manuscript(text))) == []


@pytest.mark.parametrize(
    ("table", "stated"),
    [
        ("Năm\tSố\n2018\t64. 183\n2019\t1.200\n", "64. 183"),
        ("Nguồn\tDự toán\nThu nội địa\t3.943\nThu khác\t603\nTổng số\t4.46\n", "4.46"),
    ],
)
def test_a_number_of_a_cell_is_read_by_its_column(table: str, stated: str) -> None:
    (finding,) = find(read_manuscript(table.encode(), "bang.txt"))
    assert (finding.text, finding.certainty) == (stated, "likely")


@pytest.mark.parametrize(
    "table",
    [
        "Số\tMục\n1.1\tA\n1.25\tB\n",
        "Điểm\tSố\n8.5\t1.200\n9.25\t1.300\n",
        "Số\tViệc\n1.234\tA\n4.46\tB\n5,25\tC\n",
        "Mục\tSố\n1. 1\t5\n1. 2\t6\n",
    ],
)
def test_sections_and_scores_of_a_column_are_let_be(table: str) -> None:
    assert list(find(read_manuscript(table.encode(), "bang.txt"))) == []


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("năm", 5), ("mười", 10), ("mười lăm", 15), ("hai mươi mốt", 21), ("một trăm linh năm", 105),
        ("hai nghìn không trăm hai mươi hai", 2022), ("bốn mươi tám nghìn bốn trăm bốn mươi bảy", 48447),
        ("một triệu hai trăm nghìn", 1_200_000), ("ba tỷ", 3_000_000_000), ("hai nghìn tỷ", 2_000_000_000_000),
        ("triệu", None), ("mươi", None), ("hai ba", None),
    ],
)  # fmt: skip
def test_number_words_are_read(words: str, number: int | None) -> None:
    assert number_of_words(words.split()) == number


def test_a_slip_of_a_fixed_phrase_is_never_its_right_form() -> None:
    rights = {phrase.right for phrase in confusions().values()}
    assert len(confusions()) >= 40
    assert not rights & set(confusions())
