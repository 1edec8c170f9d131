"""What a due instant keeps about itself."""

import json
from datetime import date

from congvu.worktime import Extension, Nature, Pause, SkippedDay, Term, due, national_calendar

from .samples import SATURDAY_MORNING, at, off, office


def skipped(received: str, amount: int, unit: str, calendar) -> list[tuple[str, Nature]]:
    explanation = due(at(received), Term(amount, unit), calendar).explanation
    return [(f"{day.day:%m-%d}", day.nature) for day in explanation.skipped]


def test_it_names_rule_calendar_start_and_every_day_skipped():
    calendar = national_calendar()
    explanation = due(at("2025-04-25 18:00"), Term(3, "working_day"), calendar, rule="rolling").explanation

    assert explanation.rule == "rolling"
    assert (explanation.calendar, explanation.calendar_version) == (calendar.name, calendar.version)
    assert explanation.start_at == at("2025-04-26 07:30")
    assert [(f"{day.day:%m-%d}", day.nature.value) for day in explanation.skipped] == [
        ("04-27", "weekly_rest"),
        ("04-30", "holiday"),
        ("05-01", "holiday"),
        ("05-02", "compensatory_off"),
        ("05-03", "weekly_rest"),
        ("05-04", "weekly_rest"),
    ]
    assert explanation.skipped[1].name == "Ngày Chiến thắng"
    assert "holidays" in explanation.skipped[1].source


def test_days_off_before_the_start_are_skipped_too():
    calendar = office(off("2025-03-10"))

    assert skipped("2025-03-08 09:00", 1, "working_day", calendar) == [
        ("03-08", Nature.WEEKLY_REST),
        ("03-09", Nature.WEEKLY_REST),
        ("03-10", Nature.HOLIDAY),
    ]


def test_of_calendar_days_only_those_after_the_last_are_skipped():
    assert skipped("2025-03-05 09:00", 3, "calendar_day", office()) == [
        ("03-08", Nature.WEEKLY_REST),
        ("03-09", Nature.WEEKLY_REST),
    ]
    assert skipped("2025-03-05 09:00", 7, "calendar_day", office()) == []


def test_a_reception_day_is_skipped_except_as_the_day_of_receipt():
    calendar = office(week=SATURDAY_MORNING)

    assert skipped("2025-03-14 09:00", 1, "working_day", calendar) == [
        ("03-15", Nature.RECEPTION_ONLY),
        ("03-16", Nature.WEEKLY_REST),
    ]
    assert skipped("2025-03-15 09:00", 1, "working_day", calendar) == [("03-16", Nature.WEEKLY_REST)]


def test_it_says_which_days_would_be_off_if_their_rows_were_confirmed():
    explanation = due(at("2026-11-23 09:00"), Term(2, "working_day"), national_calendar()).explanation

    assert explanation.unconfirmed == (date(2026, 11, 24),)
    assert any("24/11/2026" in sentence for sentence in explanation.sentences())
    assert due(at("2026-11-25 09:00"), Term(2, "working_day"), national_calendar()).explanation.unconfirmed == ()


def test_a_day_of_rest_is_off_with_or_without_its_row():
    calendar = office(off("2025-03-09", "Nghỉ (CHƯA XÁC NHẬN)"))

    assert due(at("2025-03-07 09:00"), Term(1, "working_day"), calendar).explanation.unconfirmed == ()


def test_it_reads_as_vietnamese_sentences():
    found = due(
        at("2025-03-08 10:00"),
        Term.parse("2.5", "working_day"),
        office(),
        pauses=[Pause(at("2025-03-11 08:00"), at("2025-03-11 10:00"))],
        restarted_at=at("2025-03-10 12:15"),
        extensions=[Extension(at("2025-03-12 08:00"), at("2025-03-20 17:00"))],
    )

    assert found.explanation.sentences() == (
        "Thời hạn 2,5 ngày làm việc, tính đến hết giờ làm việc của ngày cuối (quy tắc end_of_day).",
        f"Lịch làm việc: Lịch thử, phiên bản {office().version}.",
        "Tính lại từ đầu vì hồ sơ nhận đủ lúc 12:15 thứ Hai 10/03/2025.",
        "Nhận lúc 12:15 thứ Hai 10/03/2025, ngoài giờ làm việc; bắt đầu tính từ 13:30 thứ Hai 10/03/2025.",
        "Tạm dừng từ 08:00 thứ Ba 11/03/2025 đến 10:00 thứ Ba 11/03/2025: 120 phút làm việc.",
        "Hạn đầu: 17:00 thứ Năm 13/03/2025. Đã hẹn lại một lần đến 17:00 thứ Năm 20/03/2025.",
        "Hạn trả kết quả: 17:00 thứ Năm 20/03/2025.",
    )


def test_a_skipped_day_says_why():
    assert str(SkippedDay(date(2025, 3, 9), Nature.WEEKLY_REST)) == "Chủ nhật 09/03/2025 (nghỉ hằng tuần)"
    assert str(SkippedDay(date(2025, 9, 2), Nature.HOLIDAY, "Quốc khánh")) == (
        "thứ Ba 02/09/2025 (nghỉ lễ: Quốc khánh)"
    )


def test_it_survives_json():
    found = due(
        at("2025-03-07 10:00"),
        Term(3, "calendar_day"),
        office(),
        pauses=[Pause(at("2025-03-07 11:00"), at("2025-03-10 08:00"))],
    )
    stored = json.loads(json.dumps(found.explanation.as_dict()))

    assert stored["due_at"] == "2025-03-13T17:00:00+07:00"
    assert stored["term"] == {"amount": "3", "unit": "calendar_day"}
    assert stored["restarted_at"] is None
    assert stored["given_back"] == [
        {
            "begins_at": "2025-03-07T11:00:00+07:00",
            "ends_at": "2025-03-10T08:00:00+07:00",
            "minutes": 270,
            "days": 3,
        }
    ]
