"""Instants, codes that change hands, statements: where a careless count goes wrong, counted by hand."""

from datetime import date
from fractions import Fraction

import pytest

from . import Answer, count, key_of
from .small import FIRST, LAST, answer, dossiers, keys, numbered, province, stated, value

# Border instants


def test_a_period_begins_and_ends_at_vietnamese_midnight_however_the_instant_is_written() -> None:
    package = province(
        dossiers=dossiers(
            {"received_at": "2021-12-31T23:59:59+07:00"},
            {"received_at": "2021-12-31T17:00:00Z"},
            {"received_at": "2022-12-31T23:59:59"},
            {"received_at": "2022-12-31T16:59:59+00:00"},
            {"received_at": "2022-12-31T17:00Z"},
            {"received_at": "2023-01-01T00:00:00"},
        )
    )
    assert keys(package, "dossiers.carried_over", level="province") == ["0"]
    assert keys(package, "dossiers.received", level="province") == ["1", "2", "3"]
    assert keys(package, "dossiers.pending", level="province") == ["0", "1", "2", "3"]


def test_feedback_resolved_in_the_first_second_after_the_last_day_is_unresolved() -> None:
    common = {
        "agency": "S1",
        "category": "Đất đai",
        "about_procedure": "false",
        "received_at": "2022-12-31T08:00",
    }
    package = province(
        feedback=numbered(
            "code",
            common,
            {"resolved_at": "2022-12-31T23:59:59"},
            {"resolved_at": "2023-01-01T00:00:00", "about_procedure": "true"},
            {"received_at": "2021-12-31T23:59:59", "resolved_at": "2022-05-05T08:00"},
            {"received_at": "2023-01-01T00:00:00"},
            {"received_at": "2022-01-01T00:00:00", "resolved_at": "2022-01-01T00:00:00"},
        )
    )
    assert answer(package, "feedback.resolution_rate") == Answer(Fraction(2, 3), 2, 3, None, 0)
    assert answer(package, "feedback.procedure_share") == Answer(Fraction(1, 3), 1, 3, None, 0)
    assert keys(package, "feedback.received_by_category", category="Đất đai") == ["0", "1", "4"]


# Dossiers


def test_only_what_was_finished_before_the_period_is_not_carried_over() -> None:
    before = {"received_at": "2021-11-01T08:00"}
    package = province(
        dossiers=dossiers(
            {**before, "finished_at": "2021-12-31T23:59:59"},
            {**before, "finished_at": "2022-01-01T00:00:00"},
            {**before, "finished_at": "2022-03-01T08:00", "outcome": "withdrawn"},
            {**before, "finished_at": "2023-01-01T00:00:00"},
            before,
        )
    )
    assert keys(package, "dossiers.carried_over", level="province") == ["1", "2", "3", "4"]
    assert keys(package, "dossiers.finished", level="province") == ["1"]
    assert keys(package, "dossiers.withdrawn", level="province") == ["2"]
    assert keys(package, "dossiers.pending", level="province") == ["3", "4"]
    assert value(package, "dossiers.received", level="province") == 0


def test_on_time_is_to_the_second_and_early_is_by_the_vietnamese_day() -> None:
    due = {"received_at": "2022-03-01T08:00", "due_at": "2022-03-10T17:00"}
    package = province(
        dossiers=dossiers(
            {**due, "finished_at": "2022-03-10T10:00:00Z"},
            {**due, "finished_at": "2022-03-10T17:00:01"},
            {**due, "finished_at": "2022-03-09T23:59:59"},
            {**due, "finished_at": "2022-03-09T17:00:00Z"},
            {**due, "due_at": "", "finished_at": "2022-12-01T08:00"},
            {**due, "finished_at": "2022-03-02T08:00", "outcome": "withdrawn"},
            {**due, "finished_at": "2022-03-02T08:00", "outcome": "refused"},
        )
    )
    assert keys(package, "dossiers.on_time", level="province") == ["0", "2", "3", "4", "6"]
    assert keys(package, "dossiers.early", level="province") == ["2", "6"]
    assert keys(package, "dossiers.late", level="province") == ["1"]
    assert value(package, "dossiers.late_rate", level="province") == Fraction(1, 6)
    assert value(package, "dossiers.on_time_rate", level="province") == Fraction(5, 6)


def test_extended_counts_finished_dossiers_whose_due_moved_later() -> None:
    moved = {
        "received_at": "2022-03-01T08:00",
        "first_due_at": "2022-03-10T17:00",
        "due_at": "2022-03-20T17:00",
    }
    done = {"finished_at": "2022-03-21T08:00"}
    package = province(
        dossiers=dossiers(
            {**moved, **done},
            {**moved, **done, "first_due_at": ""},
            {**moved, **done, "due_at": "2022-03-09T17:00"},
            {**moved, **done, "first_due_at": "2022-03-20T10:00:00Z"},
            {**moved, **done, "outcome": "withdrawn"},
            {**moved, **done, "due_at": ""},
            moved,
        )
    )
    package["dossiers"][1]["first_due_at"] = None
    assert keys(package, "dossiers.extended", level="province") == ["0"]
    assert keys(package, "dossiers.late", level="province") == ["0", "1", "2", "3"]


def test_pending_dossiers_are_overdue_when_due_before_the_last_day_ends() -> None:
    received = {"received_at": "2022-12-01T08:00"}
    package = province(
        dossiers=dossiers(
            {**received, "due_at": "2022-12-31T23:59:59"},
            {**received, "due_at": "2023-01-01T00:00:00"},
            {**received, "due_at": ""},
            {**received, "due_at": "2022-12-20T17:00", "finished_at": "2023-01-05T08:00"},
            {**received, "due_at": "2022-12-20T17:00", "finished_at": "2022-12-31T23:59:59"},
        )
    )
    assert keys(package, "dossiers.pending_overdue", level="province") == ["0", "3"]


def test_the_online_share_is_of_rows_received_and_null_where_none_was() -> None:
    package = province(
        dossiers=dossiers(
            {"received_at": "2022-03-01T08:00", "channel": "online"},
            {"received_at": "2022-03-01T08:00", "channel": "postal"},
            {"received_at": "2021-03-01T08:00", "channel": "online"},
        ),
        statements=[stated("dossiers.received", 100)],
    )
    assert answer(package, "dossiers.online_share", level="province") == Answer(Fraction(1, 2), 1, 2, None, 0)
    assert answer(province(), "feedback.resolution_rate") == Answer(None, 0, 0, None, 0)


# Codes that changed hands


def test_a_dossier_has_the_level_of_the_holder_on_its_own_vietnamese_day() -> None:
    package = province(
        dossiers=dossiers(
            {"agency": "X", "received_at": "2022-06-30T16:59:59Z", "finished_at": "2022-08-01T08:00"},
            {"agency": "X", "received_at": "2022-06-30T17:00:00Z", "finished_at": "2022-08-01T08:00"},
        )
    )
    assert keys(package, "dossiers.finished", level="commune") == ["0"]
    assert keys(package, "dossiers.finished", level="district") == ["1"]
    assert answer(package, "dossiers.received", only="X", level="commune").value == 1
    assert answer(package, "dossiers.received", only="S1", level="commune").value == 0


def test_two_holders_of_one_code_are_two_agencies_and_two_members() -> None:
    common = {"officer": "C1", "agency": "X", "form": "warning"}
    package = province(
        disciplinary_cases=numbered(
            "id",
            common,
            {"decided_on": "2022-06-30"},
            {"decided_on": "2022-07-01"},
            {"decided_on": "2022-07-02"},
            {"decided_on": "2022-07-02", "agency": "S1"},
        ),
        teams=numbered(
            "id",
            {"agency": "X", "kind": "supervision"},
            {"formed_on": "2022-06-01"},
            {"formed_on": "2022-07-01"},
        ),
    )
    assert value(package, "officers.disciplined") == 1
    assert value(package, "officers.disciplined_by_agency", agency="X@1900-01-01") == 1
    assert value(package, "officers.disciplined_by_agency", agency="X@2022-07-01") == 1
    assert value(package, "officers.disciplined_by_agency", agency="S1") == 1
    assert value(package, "teams.formed", kind="supervision") == 2


def test_a_code_that_changed_hands_outside_the_period_stays_a_bare_code() -> None:
    package = province(
        disciplinary_cases=[{"id": "1", "officer": "C1", "agency": "X", "form": "warning", "decided_on": "2022-07-01"}]
    )
    answers = count(package, date(2022, 7, 1), LAST)
    assert answers[key_of("officers.disciplined_by_agency", {"agency": "X"})].value == 1


def test_agencies_are_counted_as_they_are_on_the_last_day() -> None:
    assert value(province(), "agencies.count", level="province") == 2
    assert value(province(), "agencies.count", level="district") == 2
    assert value(province(), "agencies.count", level="commune") == 0
    june = count(province(), FIRST, date(2022, 6, 30))
    assert june[key_of("agencies.count", {"level": "commune"})].value == 1


def test_a_row_of_a_code_that_nobody_held_that_day_is_refused() -> None:
    package = province(teams=[{"id": "1", "agency": "Y", "kind": "inspection", "formed_on": "2022-06-01"}])
    with pytest.raises(LookupError, match="'Y' on 2022-06-01"):
        count(package, FIRST, LAST)


# Statements


def test_instead_adds_what_lies_within_and_beside_adds_nothing() -> None:
    package = province(
        dossiers=dossiers({"received_at": "2022-03-01T08:00"}),
        statements=[
            stated("dossiers.received", 40, period_to="2022-03-31"),
            stated("dossiers.received", 2, period_from="2022-04-01"),
            stated("dossiers.received", 1000, agency="S1", mode="beside"),
            stated("dossiers.received", 5000, agency="S1", mode="beside", period_to="2023-01-01"),
            stated("dossiers.received", 7, agency="H1"),
        ],
    )
    assert answer(package, "dossiers.received", level="province") == Answer(43, None, None, 42, 0)
    assert answer(package, "dossiers.received", level="district") == Answer(7, None, None, 7, 0)
    assert answer(package, "dossiers.received", only="S1", level="province").stated == 0


def test_a_statement_across_a_border_gives_nothing_and_one_outside_is_not_partial() -> None:
    package = province(
        statements=[
            stated("dossiers.late", 9, period_from="2021-12-31", period_to="2022-01-01"),
            stated("dossiers.late", 9, period_from="2022-12-31", period_to="2023-01-01"),
            stated("dossiers.finished", 9, period_from="2021-01-01", period_to="2023-12-31"),
            stated("dossiers.finished", 9, period_from="2021-01-01", period_to="2021-12-31"),
            stated("dossiers.finished", 9, period_from="2023-01-01", period_to="2023-01-31"),
        ]
    )
    assert answer(package, "dossiers.late", level="province") == Answer(0, None, None, 0, 2)
    assert answer(package, "dossiers.finished", level="province") == Answer(0, None, None, 0, 1)
    assert answer(package, "dossiers.late_rate", level="province") == Answer(None, 0, 0, None, 3)


def test_shares_are_taken_after_the_statements() -> None:
    done = {"received_at": "2022-03-01T08:00", "due_at": "2022-03-10T17:00"}
    package = province(
        dossiers=dossiers({**done, "finished_at": "2022-03-11T08:00"}),
        statements=[
            stated("dossiers.finished", 9),
            stated("dossiers.on_time", 8),
            stated("dossiers.late", 1),
        ],
    )
    rate = answer(package, "dossiers.on_time_rate", level="province")
    assert rate == Answer(Fraction(8, 10), 8, 10, None, 0)
    assert value(package, "dossiers.late_rate", level="province") == Fraction(2, 10)
    assert keys(package, "dossiers.finished", level="province") == ["0"]


def test_a_statement_has_the_level_of_its_last_day_unless_it_names_one() -> None:
    package = province(
        statements=[
            stated("dossiers.received", 3, agency="X", period_to="2022-06-30"),
            stated("dossiers.received", 5, agency="X", period_from="2022-06-01", period_to="2022-07-01"),
            stated("dossiers.received", 7, agency="X", period_from="2022-08-01", level="commune"),
        ]
    )
    assert value(package, "dossiers.received", level="commune") == 10
    assert value(package, "dossiers.received", level="district") == 5


def test_statements_feed_additive_figures_by_member_and_never_their_topics() -> None:
    package = province(
        communications=[{"id": "1", "agency": "S1", "channel": "portal", "held_on": "2022-12-31"}],
        courses=[{"id": "L", "topic": "ethics", "date_from": "2022-01-01"}],
        attendances=[{"course": "L", "attendee": "Nông Văn A", "agency": "S1"}],
        statements=[
            stated("communications.count", 4, member="portal"),
            stated("communications.count", 5),
            stated("regulations.reviewed", 6, member="kept"),
            stated("courses.count", 2),
            stated("courses.attendances", 30),
        ],
    )
    assert answer(package, "communications.count", channel="portal") == Answer(5, None, None, 4, 0)
    assert value(package, "regulations.reviewed", result="kept") == 6
    assert (value(package, "courses.count"), value(package, "courses.attendances")) == (3, 31)
    assert value(package, "courses.count_by_topic", topic="ethics") == 1
    assert value(package, "courses.attendances_by_topic", topic="ethics") == 1
