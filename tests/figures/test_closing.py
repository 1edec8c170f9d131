"""Closing a period for an agency and its tier: who may, what is refused, what is kept, how it opens."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import Http404

from congvu.access.queries import NotForThisSeat
from congvu.access.rules import SYSTEM, Area
from congvu.access.visibility import agencies_under
from congvu.exchange.services import load_package
from congvu.figures.closed import closed_figures, get_closed, late_entries, open_closed, stored_answers
from congvu.figures.closing import (
    TIER,
    BelowNotClosed,
    NothingClosed,
    PeriodClosed,
    PeriodNotOver,
    ReasonMissing,
    StillNeeded,
    close_many,
    close_period,
    reopen,
)
from congvu.figures.gathering import OWN_FIGURES
from congvu.figures.models import Closing
from congvu.figures.period import Period
from congvu.figures.store import ClosingAltered, path_of
from congvu.figures.tiers import Tiers
from congvu.figures.written import answer_to_json
from congvu.journal.models import Act
from congvu.kernel.errors import UsageRefusal
from congvu.province.queries import AgencyNotFound
from tests.conftest import EXAMPLE
from tests.oracle import count, disagreements, read_package

from .closings import (
    AGENCIES,
    BELOW_THE_PROVINCE,
    CLERK,
    FEBRUARY,
    JANUARY,
    OFFICER,
    PROCEDURES,
    QUARTER,
    dossier,
    head_of,
    live,
    load,
    values,
)
from .conftest import EXAMPLE_PERIOD

pytestmark = pytest.mark.usefixtures("closing_day")


def test_what_is_closed_equals_the_figures_of_the_agency_at_that_instant(province):
    expected = live(JANUARY, "X1", OWN_FIGURES)
    closing = close_period("X1", JANUARY, reader=head_of("X1"))

    assert values(closed_figures("X1", JANUARY, reader=OFFICER)) == expected
    assert expected["dossiers.finished[level=commune]"] == 2
    assert expected["feedback.received_by_category[category=Đất đai, môi trường]"] == 1
    assert (closing.number, closing.closed_by, closing.below, closing.missing) == (1, "Thủ trưởng X1", {}, [])


def test_a_closed_figure_stays_and_opens_to_its_rows_while_the_records_go_on(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A1", "2022-01-05", "2022-02-10"), dossier("A9", "2022-01-05", "2022-01-06")])
    closed = get_closed(OFFICER, "X1", JANUARY)

    for answer in stored_answers(closed, OFFICER):
        opened = open_closed(closed, answer.key, reader=OFFICER, limit=None)
        assert opened.answer.value == answer.value
        if not answer.figure.is_share:
            assert len(opened.rows) + sum(s["value"] for s in opened.statements) == answer.value
    rows = open_closed(closed, "dossiers.finished[level=commune]", reader=OFFICER).rows
    assert [row["code"] for row in rows] == ["A1", "A2"]
    assert live(JANUARY, "X1")["dossiers.finished[level=commune]"] == 2  # A9 came, A1 went
    assert [row["code"] for row in open_closed(closed, "dossiers.finished[level=commune]", reader=OFFICER).rows] == [
        row["code"] for row in rows
    ]


def test_the_whole_example_package_closed_agrees_with_an_independent_count(db):
    load_package(EXAMPLE / "package", actor=SYSTEM)
    package = read_package(EXAMPLE / "package")
    close_many("P", EXAMPLE_PERIOD, reader=OFFICER)

    whole = [answer_to_json(a) for a in closed_figures("P", EXAMPLE_PERIOD, reader=OFFICER, scope=TIER)]
    assert disagreements(count(package, EXAMPLE_PERIOD.first, EXAMPLE_PERIOD.last), whole) == []
    for code in ("S00", "H01", "H00X00", "H01X02"):
        own = [answer_to_json(a) for a in closed_figures(code, EXAMPLE_PERIOD, reader=OFFICER)]
        counted = count(package, EXAMPLE_PERIOD.first, EXAMPLE_PERIOD.last, code)
        assert disagreements({key: one for key, one in counted.items() if key[0] in OWN_FIGURES}, own) == []


def test_a_district_closes_after_its_communes_and_names_those_missing(province):
    with pytest.raises(BelowNotClosed, match=r"2 cơ quan bên dưới chưa chốt: .*xã Hai, .*xã Một"):
        close_period("H", JANUARY, reader=OFFICER)
    for code in ("X1", "X2"):
        close_period(code, JANUARY, reader=OFFICER)
    closing = close_period("H", JANUARY, reader=OFFICER)

    assert closing.below == {"X1": 1, "X2": 1}
    tier = values(closed_figures("H", JANUARY, reader=OFFICER, scope=TIER))
    assert tier["dossiers.finished[level=commune]"] == 3
    assert tier["dossiers.pending[level=district]"] == 1
    assert values(closed_figures("H", JANUARY, reader=OFFICER)) == live(JANUARY, "H", OWN_FIGURES)


def test_a_district_closed_without_a_commune_says_why_and_whose_rows_are_missing(province):
    close_period("X2", JANUARY, reader=OFFICER)
    closing = close_period("H", JANUARY, reader=OFFICER, reason="Xã Một mất mạng")

    assert (closing.missing, closing.missing_reason) == (["X1"], "Xã Một mất mạng")
    tier = values(closed_figures("H", JANUARY, reader=OFFICER, scope=TIER))
    assert tier["dossiers.finished[level=commune]"] == 1
    act = Act.objects.filter(kind="period:close").latest("id")
    assert act.reason == "Xã Một mất mạng"


def test_a_tier_is_made_of_what_its_communes_closed_not_of_what_came_later(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A9", "2022-01-05", "2022-01-06")])
    close_many("H", JANUARY, reader=OFFICER)

    assert values(closed_figures("H", JANUARY, reader=OFFICER, scope=TIER))["dossiers.finished[level=commune]"] == 3
    opened = open_closed(
        get_closed(OFFICER, "H", JANUARY), "dossiers.finished[level=commune]", reader=OFFICER, scope=TIER
    )
    assert [row["code"] for row in opened.rows] == ["A1", "A2", "B1"]


def test_the_province_with_everybody_below_is_one_act_and_holds_every_figure(province):
    expected = live(JANUARY)
    made = close_many("P", JANUARY, reader=OFFICER)

    assert [closing.agency for closing in made][-1] == "P"
    assert {closing.agency for closing in made} == {"P", *BELOW_THE_PROVINCE}
    assert values(closed_figures("P", JANUARY, reader=OFFICER, scope=TIER)) == expected
    assert expected["procedures.in_force"] == 1
    assert Act.objects.filter(kind="period:close").count() == 1
    assert Act.objects.get(kind="period:close").changes.count() == 5


def test_before_and_after_july_2025_the_tiers_are_those_of_the_period_s_last_day(db, package):
    ended = {"valid_to": "2025-06-30"}
    agencies = [
        *AGENCIES[:2],
        AGENCIES[2] | ended,
        AGENCIES[3] | ended | {"successor": "N"},
        AGENCIES[4] | ended | {"successor": "N"},
        {
            "code": "N",
            "name": "Ủy ban nhân dân xã Mới",
            "kind": "commune_committee",
            "level": "commune",
            "parent": "P",
            "valid_from": "2025-07-01",
        },
    ]
    dossiers = [
        dossier("A1", "2025-06-25", "2025-07-10"),
        dossier("B1", "2025-03-01", "2025-03-05", agency="X2"),
        dossier("N1", "2025-07-05", "2025-07-06", agency="N"),
    ]
    load(package, agencies=agencies, procedures=PROCEDURES, dossiers=dossiers)
    spring, autumn = Period(date(2025, 4, 1), date(2025, 6, 30)), Period(date(2025, 7, 1), date(2025, 9, 30))
    year = Period(date(2025, 1, 1), date(2025, 12, 31))

    assert Tiers.read(spring).due_below("H") == {"X1", "X2"}
    # X1 has ended, yet one of its dossiers is still open when autumn begins; H and X2 have none
    assert Tiers.read(autumn).due_below("N") == {"X1"}
    assert Tiers.read(autumn).due_below("P") == {"S1", "N", "X1"}
    assert Tiers.read(year).due_below("N") == {"X1", "X2"}
    assert Tiers.read(year).due_below("P") == {"S1", "H", "X1", "X2", "N"}

    close_many("P", autumn, reader=OFFICER)
    assert values(closed_figures("P", autumn, reader=OFFICER, scope=TIER)) == live(autumn)
    head = head_of("N", day=date(2025, 12, 1))
    assert values(closed_figures("N", autumn, reader=head, scope=TIER))["dossiers.finished[level=commune]"] == 2
    with pytest.raises(AgencyNotFound, match="«N» trong kỳ"):
        close_period("N", spring, reader=OFFICER)


def test_a_code_that_changed_hands_is_closed_by_one_who_sees_both(db, package):
    agencies = [
        *AGENCIES[:4],
        AGENCIES[4] | {"valid_to": "2022-01-15", "successor": "X1"},
        AGENCIES[4] | {"valid_from": "2022-01-16", "name": "Ủy ban nhân dân xã Khác"},
    ]
    load(package, agencies=agencies, procedures=PROCEDURES, dossiers=[dossier("B1", "2022-01-07", agency="X2")])

    with pytest.raises(NothingClosed, match="«X2»"):
        close_period("X2", JANUARY, reader=head_of("X2"))
    assert close_period("X2", JANUARY, reader=OFFICER).agency == "X2"


@pytest.mark.parametrize(
    ("period", "refusal", "words"),
    [
        (JANUARY, PeriodClosed, r"đã được Hoàng Thị Lan chốt \(lần 1\)"),
        (QUARTER, PeriodClosed, "chồng lên kỳ 01/01/2022–31/01/2022 mà .*xã Một đã chốt"),
        (Period(date(2026, 3, 1), date(2026, 3, 2)), PeriodNotOver, "chưa hết"),
        (Period(date(2027, 1, 1), date(2027, 1, 31)), PeriodNotOver, "chưa hết"),
    ],
)
def test_what_is_closed_overlaps_or_is_not_over_is_refused(province, period, refusal, words):
    close_period("X1", JANUARY, reader=OFFICER)

    with pytest.raises(refusal, match=words):
        close_period("X1", period, reader=OFFICER)
    assert Closing.objects.count() == 1


def test_the_day_after_its_last_day_a_period_may_be_closed(province):
    assert close_period("X1", Period(date(2026, 3, 1), date(2026, 3, 1)), reader=OFFICER).number == 1


def test_everybody_below_is_refused_where_one_has_closed_an_overlapping_period(province):
    close_period("X2", QUARTER, reader=OFFICER)

    with pytest.raises(PeriodClosed, match=r"chồng lên kỳ .* mà .*xã Hai đã chốt"):
        close_many("H", JANUARY, reader=OFFICER)
    assert Closing.objects.count() == 1


def test_who_may_close_and_see_what(province):
    with pytest.raises(NotForThisSeat):
        close_period("X1", JANUARY, reader=CLERK)
    with pytest.raises(NotForThisSeat):
        reopen("X1", JANUARY, "Nhầm", reader=CLERK)
    with pytest.raises(NothingClosed):
        close_period("X2", JANUARY, reader=head_of("X1"))
    with pytest.raises(NothingClosed):
        close_period("H", JANUARY, reader=head_of("X1"))
    with pytest.raises(AgencyNotFound):
        close_period("KHONG-CO", JANUARY, reader=OFFICER)
    close_many("H", JANUARY, reader=head_of("H"))

    assert get_closed(head_of("X1"), "X1", JANUARY).closing.closed_by == "Thủ trưởng H"
    for code in ("X2", "H"):
        with pytest.raises(Http404):
            get_closed(head_of("X1"), code, JANUARY)
    with pytest.raises(Http404):
        get_closed(CLERK, "X1", JANUARY)
    with pytest.raises(NothingClosed):
        reopen("X2", JANUARY, "Nhầm", reader=head_of("X1"))


def test_a_tier_is_shown_to_whom_all_of_it_is_open(province, package):
    """A commune that has gone to another district since takes its rows along: its old district sees them no more."""
    close_many("H", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("B9", "2022-01-05", agency="X2"), dossier("A9", "2022-01-05")])
    head = replace(head_of("H"), agencies=agencies_under("H", JANUARY.last) - agencies_under("X2", JANUARY.last))
    closed = get_closed(head, "H", JANUARY)

    assert stored_answers(closed, head)
    tier = {answer.figure.fact.area for answer in stored_answers(closed, head, TIER)}
    assert tier == {Area.CATALOGUE}
    opened = open_closed(closed, "dossiers.finished[level=commune]", reader=head, scope=TIER)
    assert [row["code"] for row in opened.rows] == ["A1", "A2"]
    assert [entry.key for entry in late_entries(closed, reader=head, scope=TIER)] == [("A9",)]
    assert len(late_entries(closed, reader=head_of("H"), scope=TIER)) == 2


def test_an_agency_that_ended_before_with_nothing_left_closes_nothing(db, package):
    load(package, agencies=[*AGENCIES[:4], AGENCIES[4] | {"valid_to": "2021-06-30"}])
    with pytest.raises(AgencyNotFound, match="đã thôi hoạt động trước kỳ"):
        close_period("X2", JANUARY, reader=OFFICER)


def test_the_words_of_feedback_stay_hidden_in_closed_rows(province):
    close_period("X1", JANUARY, reader=OFFICER)
    opened = open_closed(get_closed(OFFICER, "X1", JANUARY), "feedback.received", reader=OFFICER)

    assert opened.names_hidden
    assert "Nội dung" not in str(opened.rows)


def test_reopening_needs_a_reason_and_the_tiers_above_first(province):
    close_many("P", JANUARY, reader=OFFICER)

    with pytest.raises(ReasonMissing):
        reopen("P", JANUARY, "  ", reader=OFFICER)
    with pytest.raises(StillNeeded, match=r"số liệu chốt của .*huyện Đông, .*tỉnh Thử\."):
        reopen("X1", JANUARY, "Nhập thiếu", reader=OFFICER)
    for code in ("P", "H", "X1"):
        reopen(code, JANUARY, "Nhập thiếu", reader=OFFICER)
    with pytest.raises(NothingClosed):
        reopen("X1", JANUARY, "Nhập thiếu", reader=OFFICER)

    assert {c.agency for c in Closing.objects.filter(reopened_at__isnull=True)} == {"S1", "X2"}
    last = Closing.objects.get(agency="X1")
    assert (last.reopened_by, last.reason) == ("Hoàng Thị Lan", "Nhập thiếu")


def test_closed_again_it_is_number_two_and_the_first_still_opens(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    reopen("X1", JANUARY, "Nhập thiếu", reader=OFFICER)
    with pytest.raises(Http404):
        get_closed(OFFICER, "X1", JANUARY)
    load(package, dossiers=[dossier("A9", "2022-01-05", "2022-01-06")])
    assert close_period("X1", JANUARY, reader=OFFICER).number == 2

    key = "dossiers.finished[level=commune]"
    first, second = (get_closed(OFFICER, "X1", JANUARY, number) for number in (1, 2))
    assert values(stored_answers(first, OFFICER))[key] == 2
    assert values(stored_answers(second, OFFICER))[key] == 3
    assert [row["code"] for row in open_closed(first, key, reader=OFFICER).rows] == ["A1", "A2"]
    assert [row["code"] for row in open_closed(second, key, reader=OFFICER).rows] == ["A1", "A2", "A9"]


@pytest.mark.parametrize("harm", ["altered", "missing"])
def test_rows_that_were_touched_are_not_believed(province, harm):
    closing = close_period("X1", JANUARY, reader=OFFICER)
    path = path_of(closing.files["dossiers"])
    if harm == "altered":
        path.write_bytes(path.read_bytes() + b"x")
    else:
        path.unlink()

    with pytest.raises(ClosingAltered, match=rf"đã mất hoặc bị sửa .*{closing.files['dossiers']}"):
        open_closed(get_closed(OFFICER, "X1", JANUARY), "dossiers.late[level=commune]", reader=OFFICER)
    assert values(closed_figures("X1", JANUARY, reader=OFFICER))["dossiers.late[level=commune]"] == 1


def test_equal_rows_are_kept_once(province):
    first = close_period("X1", JANUARY, reader=OFFICER)
    reopen("X1", JANUARY, "Thử", reader=OFFICER)
    second = close_period("X1", JANUARY, reader=OFFICER)

    assert (first.files, first.snapshot_hash) == (second.files, second.snapshot_hash)
    kept = {path.stem for path in path_of("").parent.parent.rglob("*.parquet")}
    assert kept == set(first.files.values())


def test_only_rows_that_a_figure_of_the_period_counts_are_kept(province):
    close_period("X1", FEBRUARY, reader=OFFICER)
    opened = open_closed(
        get_closed(OFFICER, "X1", FEBRUARY), "dossiers.carried_over[level=commune]", reader=OFFICER, limit=None
    )
    closing = Closing.objects.get()

    assert [row["code"] for row in opened.rows] == ["A3"]
    assert set(closing.files) == {"agencies", "dossiers"}
    from congvu.figures.engines import DuckEngine

    engine = DuckEngine({"dossiers": [path_of(closing.files["dossiers"])]})
    assert engine.fetch("SELECT code FROM fact_dossiers ORDER BY code", {}) == [("A3",), ("A4",)]
    engine.close()


@pytest.mark.parametrize("key", ["procedures.in_force", "nonsense", "dossiers.late", "evaluations.graded[grade=good]"])
def test_a_figure_that_an_agency_cannot_close_is_refused(province, key):
    close_period("X1", JANUARY, reader=OFFICER)
    with pytest.raises(UsageRefusal):
        open_closed(get_closed(OFFICER, "X1", JANUARY), key, reader=OFFICER)
    with pytest.raises(UsageRefusal):
        open_closed(get_closed(OFFICER, "X1", JANUARY), key, reader=OFFICER, scope=TIER)
