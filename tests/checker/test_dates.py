"""Dates: every form is recognised with its days, and only what cannot be is found."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.checker.words.dates import date_spans, find

from .texts import manuscript

FORMS = [
    ("08/03/2022", "08/03/2022", "2022-03-08", "2022-03-08"),
    ("ngày 8/3/2022", "8/3/2022", "2022-03-08", "2022-03-08"),
    ("ký 2.1.2018 tại Hà Nội", "2.1.2018", "2018-01-02", "2018-01-02"),
    ("ngày 15-12-2022", "15-12-2022", "2022-12-15", "2022-12-15"),
    ("ngày 05 tháng 12 năm 2022", "05 tháng 12 năm 2022", "2022-12-05", "2022-12-05"),
    ("ngày 7 tháng 3/2022", "7 tháng 3/2022", "2022-03-07", "2022-03-07"),
    ("trong tháng 9/2021", "tháng 9/2021", "2021-09-01", "2021-09-30"),
    ("tháng 2 năm 2024", "tháng 2 năm 2024", "2024-02-01", "2024-02-29"),
    ("quý III/2021", "quý III/2021", "2021-07-01", "2021-09-30"),
    ("Quý 1 năm 2022", "Quý 1 năm 2022", "2022-01-01", "2022-03-31"),
    ("từ ngày 05/12/2021-13/12/2022", "05/12/2021-13/12/2022", "2021-12-05", "2022-12-13"),
    ("từ 15/12 đến 14/12/2022", "15/12 đến 14/12/2022", "2021-12-15", "2022-12-14"),
    ("21/7 đến 20/8/2021", "21/7 đến 20/8/2021", "2021-07-21", "2021-08-20"),
    ("từ ngày 1 đến ngày 5/12/2022", "1 đến ngày 5/12/2022", "2022-12-01", "2022-12-05"),
    ("giai đoạn 2021-2025", "giai đoạn 2021-2025", "2021-01-01", "2025-12-31"),
    ("nhiệm kỳ 2021 - 2026", "nhiệm kỳ 2021 - 2026", "2021-01-01", "2026-12-31"),
    ("6 tháng đầu năm 2022", "6 tháng đầu năm 2022", "2022-01-01", "2022-06-30"),
    ("03 tháng cuối năm 2022", "03 tháng cuối năm 2022", "2022-10-01", "2022-12-31"),
    ("năm 2022", "năm 2022", "2022-01-01", "2022-12-31"),
    ("quy chế nhiệm kỳ 2021-2026⁶", "nhiệm kỳ 2021-2026", "2021-01-01", "2026-12-31"),
    ("kỳ 15/12–14/12", "15/12–14/12", None, None),
    ("ngày 30/4", "30/4", None, None),
    ("từ 8.3.2022-9.3.2022", "8.3.2022-9.3.2022", "2022-03-08", "2022-03-09"),
    ("kỳ 21/7-20/8", "21/7-20/8", None, None),
    ("sáng 5/6/22", "5/6/22", "2022-06-05", "2022-06-05"),
    ("hôm qua (21/7)", "21/7", None, None),
    ("đến 30/9 các đơn vị", "30/9", None, None),
    ("đến 9/2021 đạt", "9/2021", "2021-09-01", "2021-09-30"),
]


@pytest.mark.parametrize(("text", "written", "first", "last"), FORMS)
def test_a_form_is_recognised_with_its_first_and_last_day(
    text: str, written: str, first: str | None, last: str | None
) -> None:
    (span,) = date_spans(text)
    assert text[span.start : span.end] == written
    assert (span.first, span.last) == (
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "hoàn thành 55/59 nhiệm vụ", "10/10 UBND huyện", "48.207/48.447 hồ sơ", "61/2018/NĐ-CP", "đạt 99,29%",
        "12/15 chỉ tiêu", "điện thoại 0206.3852.123", "tỷ số 2-1", "1/3 số xã", "mục 3.1", "3/2022 hồ sơ", "24/7",
        "có đến 5/9 huyện", "đến 13/2021 đạt", "đạt 80% (12/15)",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert date_spans(text) == ()


WRONG = [
    ("Họp ngày 31/02/2022 tại tỉnh.", "31/02/2022", "certain"),
    ("Họp ngày 30/2/2023.", "30/2/2023", "certain"),
    ("Họp ngày 29/02/2023.", "29/02/2023", "certain"),
    ("Báo cáo trước ngày 31/4/2022.", "31/4/2022", "certain"),
    ("Ban hành ngày 12/13/2022.", "12/13/2022", "certain"),
    ("Ban hành ngày 05/25/2022.", "05/25/2022", "certain"),
    ("Ban hành ngày 00/5/2022.", "00/5/2022", "certain"),
    ("Ban hành ngày 32/5/2022.", "32/5/2022", "certain"),
    ("Họp ngày 31 tháng 4.", "31 tháng 4", "certain"),
    ("Họp ngày 31 tháng 9 năm 2022.", "31 tháng 9 năm 2022", "certain"),
    ("Họp ngày 30/2, sau đó nghỉ.", "30/2", "certain"),
    ("Tổng kết tháng 13/2022.", "tháng 13/2022", "certain"),
    ("Tổng kết tháng 14 năm 2022.", "tháng 14 năm 2022", "certain"),
    ("Số liệu quý V/2022.", "quý V/2022", "certain"),
    ("Số liệu quý 5 năm 2022.", "quý 5 năm 2022", "certain"),
    ("Số liệu từ ngày 13/12/2022 đến 05/12/2021.", "13/12/2022 đến 05/12/2021", "certain"),
    ("(từ ngày 13/12/2022-05/12/2021)", "13/12/2022-05/12/2021", "certain"),
    ("trong giai đoạn 2025-2021", "giai đoạn 2025-2021", "certain"),
    ("của nhiệm kỳ 2026 - 2021", "nhiệm kỳ 2026 - 2021", "certain"),
    ("Sáng thứ Hai, ngày 13/12/2022, UBND tỉnh họp.", "13/12/2022", "certain"),
    ("Chủ nhật, ngày 12/12/2022.", "12/12/2022", "certain"),
    ("Họp ngày 13/12/2022 (thứ Tư).", "13/12/2022", "certain"),
    ("Báo cáo năm 2022. Quyết định ngày 05/12/2202 của Sở.", "05/12/2202", "certain"),
    ("Kết quả năm 2022. Tổng kết năm 2202.", "năm 2202", "certain"),
    ("từ ngày 20 đến ngày 15/3/2022", "20 đến ngày 15/3/2022", "likely"),
    ("Điều chỉnh thời hạn từ ngày 31/12/2025 đến ngày 30/6/2025.", "31/12/2025 đến ngày 30/6/2025", "likely"),
]


@pytest.mark.parametrize(("text", "stated", "certainty"), WRONG)
def test_a_date_that_cannot_be_is_found(text: str, stated: str, certainty: str) -> None:
    (finding,) = find(manuscript(text))
    assert (finding.text, finding.certainty) == (stated, certainty)
    assert finding.stated in finding.message or finding.computed in finding.message


RIGHT = [
    "Họp ngày 29/02/2024.", "Họp ngày 29/02.", "Hoàn thành 55/59 nhiệm vụ.", "Sau 3 ngày 31/40 hồ sơ được trả.",
    "Tỷ số chung cuộc là 30/2.", "Chi lương tháng 13 cho công chức.", "Từ 15/12 đến 14/12/2022.", "Kỳ 15/12–14/12.",
    "Giai đoạn 2021-2025, tầm nhìn 2050.", "Đến năm 2045.", "Thứ Ba, ngày 13/12/2022.",
    "Kỳ họp thứ Ba ngày 12/12/2022.",
    "Họp lần thứ 3 ngày 13/12/2022.", "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018.", "31/12/2021 - 13/12/2022",
    "Quý IV/2022.", "Trong 12 tháng năm 2022.", "Năm 1945, năm 1010.", "Điểm 31/2 của phiếu.", "Biểu 31/02 kèm theo.",
    "Thứ Hai, ngày 15/8 (âm lịch).", "Từ ngày 05/12/2021 đến ngày 13/12/2022.", "Năm 2205 trước Công nguyên.",
    "So sánh từ năm 2020 đến năm 2021.", "Ngày 15/13 đơn vị báo cáo.",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_a_date_that_some_reading_saves_is_let_be(text: str) -> None:
    assert list(find(manuscript(text))) == []


def test_each_year_of_a_list_is_a_date_and_a_count_after_it_is_none() -> None:
    text = "so với năm 2019, 2020, 2021 và 2022; năm 2021, 2022 hồ sơ được trả"
    assert [text[span.start : span.end] for span in date_spans(text)] == [
        "năm 2019", "2020", "2021", "2022", "năm 2021",
    ]  # fmt: skip


def test_a_document_dated_after_the_report_itself_is_found() -> None:
    text = "Cao Bằng, ngày 20 tháng 12 năm 2022\n\nTheo Quyết định số 12/QĐ-UBND ngày 05/01/2023 của UBND tỉnh."
    (finding,) = find(manuscript(text))
    assert (finding.text, finding.certainty) == ("05/01/2023", "likely")


def test_a_place_and_date_below_running_text_is_not_the_day_of_the_report() -> None:
    running = "Thực hiện chỉ đạo của cấp trên, các cơ quan, đơn vị đã triển khai đầy đủ các nhiệm vụ được giao. " * 2
    letter = "Cao Bằng, ngày 20 tháng 12 năm 2022\n\nTheo Quyết định số 12/QĐ-UBND ngày 05/01/2023 của UBND tỉnh."
    assert list(find(manuscript(f"{running}\n\n{letter}"))) == []


def test_a_turned_day_and_month_is_put_right() -> None:
    (finding,) = find(manuscript("Họp ngày 12/25/2022."))
    assert finding.computed == "25/12/2022"
