"""Pauses, restarts and the one extension; the week of 2025-03-10 has no day off."""

from itertools import permutations

import pytest

from congvu.worktime import (
    Extension,
    ExtensionNotAllowed,
    Pause,
    PauseNotValid,
    RestartNotValid,
    Term,
    YearNotCovered,
    due,
)

from .samples import PLAIN, at


def pause(begin: str, end: str | None) -> Pause:
    return Pause(at(begin), at(end) if end else None)


def due_at(received: str, amount: str, unit: str, *pauses: Pause, **more) -> str:
    found = due(at(received), Term.parse(amount, unit), PLAIN, pauses=pauses, **more)
    return f"{found.due_at:%Y-%m-%d %H:%M}"


MORNING = pause("2025-03-11 08:00", "2025-03-11 10:00")


def test_hours_move_by_exactly_the_working_time_of_a_pause():
    assert due_at("2025-03-10 09:00", "10", "working_hour") == "2025-03-11 11:30"
    assert due_at("2025-03-10 09:00", "10", "working_hour", MORNING) == "2025-03-11 15:30"


def test_a_pause_over_a_night_gives_back_its_session_time_only():
    overnight = pause("2025-03-10 16:00", "2025-03-11 08:00")

    assert due_at("2025-03-10 09:00", "10", "working_hour", overnight) == "2025-03-11 15:00"


def test_overlapping_touching_and_doubled_pauses_count_once_in_any_order():
    pieces = [
        pause("2025-03-11 08:00", "2025-03-11 09:00"),
        pause("2025-03-11 09:00", "2025-03-11 10:00"),
        pause("2025-03-11 08:30", "2025-03-11 09:45"),
        MORNING,
    ]

    for order in permutations(pieces):
        assert due_at("2025-03-10 09:00", "10", "working_hour", *order) == "2025-03-11 15:30"


def test_a_pause_across_the_due_instant_is_given_back_whole():
    across = pause("2025-03-11 10:30", "2025-03-12 08:30")

    assert due_at("2025-03-10 09:00", "10", "working_hour", across) == "2025-03-12 09:30"


def test_a_pause_in_the_time_that_an_earlier_one_gave_back_counts():
    assert due_at("2025-03-10 09:00", "10", "working_hour", MORNING, pause("2025-03-11 15:00", "2025-03-11 16:00")) == (
        "2025-03-11 16:30"
    )


@pytest.mark.parametrize("begin", ["2025-03-11 11:30", "2025-03-11 13:30"])
def test_a_pause_begun_at_or_after_the_due_instant_gives_nothing(begin):
    assert due_at("2025-03-10 09:00", "10", "working_hour", pause(begin, "2025-03-13 10:00")) == "2025-03-11 11:30"


def test_what_lies_before_the_start_gives_nothing():
    early = pause("2025-03-10 07:00", "2025-03-10 09:30")

    assert due_at("2025-03-10 09:00", "2.5", "working_hour", early) == "2025-03-10 14:00"


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], "2025-03-13 17:00"),
        ([MORNING], "2025-03-14 17:00"),
        ([pause("2025-03-11 08:00", "2025-03-11 08:01")], "2025-03-14 17:00"),
        ([pause("2025-03-11 08:00", "2025-03-12 08:00")], "2025-03-14 17:00"),
        ([pause("2025-03-11 08:00", "2025-03-12 08:01")], "2025-03-17 17:00"),
        # Two pauses of half a day each are one day together: rounded once, not twice.
        (
            [pause("2025-03-11 13:30", "2025-03-11 17:00"), pause("2025-03-12 07:30", "2025-03-12 11:30")],
            "2025-03-14 17:00",
        ),
    ],
)
def test_whole_days_move_to_the_close_of_the_day_reached(pauses, expected):
    assert due_at("2025-03-10 09:00", "3", "working_day", *pauses) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2025-03-11 08:01", "2025-03-12 17:00"),
        ("2025-03-11 11:30", "2025-03-12 17:00"),
        ("2025-03-11 13:31", "2025-03-13 11:30"),
    ],
)
def test_halves_move_to_the_close_of_the_session_reached(end, expected):
    assert due_at("2025-03-10 09:00", "1.5", "working_day", pause("2025-03-11 08:00", end)) == expected


def test_rolling_days_move_by_exactly_the_working_time_of_a_pause():
    assert due_at("2025-03-10 09:00", "2", "working_day", MORNING, rule="rolling") == "2025-03-12 11:00"


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2025-03-11 08:00", "2025-03-11 16:00", "2025-03-13 17:00"),
        ("2025-03-11 16:00", "2025-03-12 08:00", "2025-03-14 17:00"),
        ("2025-03-11 16:00", "2025-03-12 00:00", "2025-03-13 17:00"),
        ("2025-03-11 16:00", "2025-03-14 08:00", "2025-03-17 17:00"),
    ],
)
def test_calendar_days_get_back_the_days_touched_after_the_first(begin, end, expected):
    assert due_at("2025-03-10 09:00", "3", "calendar_day", pause(begin, end)) == expected


def test_months_get_back_days_too():
    assert due_at("2025-03-10 09:00", "1", "month", pause("2025-03-11 09:00", "2025-03-16 09:00")) == (
        "2025-04-15 17:00"
    )


def test_two_pauses_on_one_day_do_not_give_that_day_twice():
    assert due_at(
        "2025-03-10 09:00",
        "5",
        "calendar_day",
        pause("2025-03-11 16:00", "2025-03-12 08:00"),
        pause("2025-03-12 10:00", "2025-03-13 08:00"),
    ) == ("2025-03-17 17:00")


def test_pauses_that_touch_at_midnight_are_one():
    assert due_at(
        "2025-03-10 09:00",
        "3",
        "calendar_day",
        pause("2025-03-11 16:00", "2025-03-12 00:00"),
        pause("2025-03-12 00:00", "2025-03-12 16:00"),
    ) == ("2025-03-14 17:00")


def test_the_rest_of_a_minute_is_cut_off_a_pause():
    term = ("2025-03-10 09:00", "2", "working_hour")

    assert due_at(*term, pause("2025-03-10 10:00:30", "2025-03-10 10:02:00")) == "2025-03-10 11:01"
    assert due_at(*term, pause("2025-03-10 10:00:30", "2025-03-10 10:01:29")) == "2025-03-10 11:00"


def test_a_pause_while_a_limit_waits_for_monday_counts_from_monday():
    friday = "2025-03-14 09:00"

    assert due_at(friday, "1", "calendar_day") == "2025-03-17 17:00"
    assert due_at(friday, "1", "calendar_day", pause("2025-03-17 09:00", "2025-03-18 10:00")) == "2025-03-18 17:00"


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2025-03-10 17:00", "2025-03-11 07:30"),
        ("2025-03-15 08:00", "2025-03-16 20:00"),
        ("2025-03-11 11:30", "2025-03-11 13:30"),
    ],
)
@pytest.mark.parametrize("unit", ["working_hour", "working_day", "calendar_day"])
def test_a_pause_without_working_time_changes_nothing(begin, end, unit):
    assert due_at("2025-03-10 09:00", "30", unit, pause(begin, end)) == due_at("2025-03-10 09:00", "30", unit)


def test_an_open_pause_stops_the_limit_and_gives_nothing_back_yet():
    found = due(at("2025-03-10 09:00"), Term(3, "working_day"), PLAIN, pauses=[pause("2025-03-11 08:00", None)])

    assert found.is_paused
    assert found.due_at == at("2025-03-13 17:00")


def test_a_closed_pause_is_no_longer_a_pause():
    assert not due(at("2025-03-10 09:00"), Term(3, "working_day"), PLAIN, pauses=[MORNING]).is_paused


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(PauseNotValid, match="08:00 thứ Ba 11/03/2025"):
        pause("2025-03-11 10:00", "2025-03-11 08:00")


def test_a_pause_into_a_year_not_covered_is_refused():
    with pytest.raises(YearNotCovered, match="2026"):
        due_at("2025-12-29 09:00", "1", "working_day", pause("2025-12-29 10:00", "2026-01-05 10:00"))


def test_a_restart_counts_anew_and_drops_earlier_pauses():
    found = due(
        at("2025-03-03 09:00"),
        Term(3, "working_day"),
        PLAIN,
        pauses=[pause("2025-03-04 08:00", "2025-03-11 08:00"), pause("2025-03-05 08:00", None), MORNING],
        restarted_at=at("2025-03-10 18:00"),
    )

    assert (found.start_at, found.due_at) == (at("2025-03-11 07:30"), at("2025-03-17 17:00"))
    assert not found.is_paused
    assert [given.minutes for given in found.explanation.given_back] == [120]


def test_a_restart_before_the_receipt_is_refused():
    with pytest.raises(RestartNotValid):
        due_at("2025-03-10 09:00", "3", "working_day", restarted_at=at("2025-03-10 08:59"))


LATER = Extension(granted_at=at("2025-03-12 10:00"), due_at=at("2025-03-20 17:00"))


def extended(*pauses: Pause, extensions=(LATER,), **more) -> tuple[str, str]:
    found = due(at("2025-03-10 09:00"), Term(3, "working_day"), PLAIN, pauses=pauses, extensions=extensions, **more)
    return f"{found.first_due_at:%m-%d %H:%M}", f"{found.due_at:%m-%d %H:%M}"


def test_an_extension_moves_the_due_instant_and_not_the_first():
    assert extended() == ("03-13 17:00", "03-20 17:00")


def test_a_pause_after_the_grant_moves_both():
    assert extended(pause("2025-03-12 13:30", "2025-03-13 08:00")) == ("03-14 17:00", "03-21 17:00")


def test_a_pause_begun_after_the_first_due_instant_but_in_time_moves_both():
    assert extended(pause("2025-03-17 08:00", "2025-03-17 10:00")) == ("03-14 17:00", "03-21 17:00")


def test_a_pause_before_the_grant_is_known_to_it():
    assert extended(MORNING) == ("03-14 17:00", "03-20 17:00")


def test_of_a_pause_across_the_grant_the_rest_is_given_to_the_extension():
    assert extended(pause("2025-03-11 10:00", "2025-03-12 10:00")) == ("03-14 17:00", "03-20 17:00")
    assert extended(pause("2025-03-11 10:00", "2025-03-12 10:30")) == ("03-17 17:00", "03-21 17:00")


def test_an_extension_may_be_stated_to_any_instant():
    odd = Extension(at("2025-03-12 10:00"), at("2025-03-20 10:15:30"))

    assert extended(extensions=[odd]) == ("03-13 17:00", "03-20 10:15")


def test_a_dossier_is_extended_once():
    with pytest.raises(ExtensionNotAllowed, match="một lần"):
        extended(extensions=[LATER, Extension(at("2025-03-19 10:00"), at("2025-03-25 17:00"))])


def test_an_extension_before_a_restart_is_used_up():
    restarted_at = at("2025-03-13 09:00")

    assert extended(restarted_at=restarted_at) == ("03-18 17:00", "03-18 17:00")
    with pytest.raises(ExtensionNotAllowed):
        extended(
            extensions=[LATER, Extension(at("2025-03-17 10:00"), at("2025-03-25 17:00"))],
            restarted_at=restarted_at,
        )


@pytest.mark.parametrize("new", ["2025-03-13 17:00", "2025-03-12 17:00"])
def test_an_extension_must_be_later(new):
    with pytest.raises(ExtensionNotAllowed, match="17:00 thứ Năm 13/03/2025"):
        extended(extensions=[Extension(at("2025-03-12 10:00"), at(new))])


def test_an_extension_must_be_later_than_the_due_instant_that_pauses_moved():
    with pytest.raises(ExtensionNotAllowed):
        extended(MORNING, extensions=[Extension(at("2025-03-12 10:00"), at("2025-03-14 10:00"))])


def test_an_extension_into_a_year_not_covered_is_refused():
    with pytest.raises(YearNotCovered, match="2026"):
        extended(extensions=[Extension(at("2025-03-12 10:00"), at("2026-01-05 17:00"))])
