"""What comes into a closed period later: listed with what it changes, and counted in the next period, once."""

import random
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.exchange.services import load_package
from congvu.figures.catalogue import FIGURES
from congvu.figures.closed import (
    OF_A_DAY,
    ONCE_ONLY,
    closed_figures,
    figures_with_late,
    get_closed,
    late_entries,
    why_not_addable,
    with_late,
)
from congvu.figures.closing import TIER, StillNeeded, close_many, close_period, reopen
from congvu.figures.compute import compute, figure_key
from congvu.figures.gathering import OWN_FIGURES
from congvu.figures.late import Kind, LateEntry
from congvu.figures.membership import NUMERATOR, ONCE
from congvu.figures.models import Closing
from congvu.figures.period import Period
from congvu.journal.services import act
from congvu.kernel.errors import UsageRefusal
from congvu.work.dossiers.models import Dossier
from congvu.work.procedures.models import Procedure
from tests.conftest import EXAMPLE
from tests.oracle import read_package

from .closings import (
    FEBRUARY,
    JANUARY,
    MARCH,
    OFFICER,
    QUARTER,
    dossier,
    head_of,
    live,
    load,
)
from .conftest import EXAMPLE_PERIOD
from .test_single_changes import change_one

FINISHED = "dossiers.finished[level=commune]"
APRIL = Period(date(2022, 4, 1), date(2022, 4, 30))


pytestmark = pytest.mark.usefixtures("closing_day")


def entries_of(agency, period=JANUARY, reader=OFFICER, scope="own"):
    return late_entries(get_closed(reader, agency, period), reader=reader, scope=scope)


def told(entry):
    """The figures on which an entry has an effect, without the names of members."""
    return {" ".join((id_, *(m for _, m in members))): n for (id_, members, role), n in entry.effects.items()}


def withlate(agency, period, reader=OFFICER):
    """Figure's key -> value with late entries, without what cannot be added and what is zero."""
    found = figures_with_late(agency, period, reader=reader)
    return {one.answer.key: one.value for one in found if not one.why_not and one.value}


def remove(code):
    with act("package:load", actor=SYSTEM):
        Dossier.objects.filter(code=code).delete()


def test_right_after_closing_nothing_is_late(province):
    close_many("P", JANUARY, reader=OFFICER)
    assert [entries_of(code) for code in ("X1", "P")] == [[], []]
    assert entries_of("P", scope=TIER) == []


def test_a_row_that_came_changed_or_went_is_listed_with_what_it_changes(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(
        package,
        dossiers=[
            dossier("A0", "2022-01-20", "2022-01-25", due="2022-01-24"),  # came
            dossier("A1", "2022-01-05", "2022-01-10", outcome="withdrawn"),  # was not finished but withdrawn
            dossier("A3", "2022-01-25", "2022-02-03", channel="postal"),  # online no more
            dossier("A5", "2022-02-20", "2022-02-21"),  # of another period
        ],
    )
    remove("A2")

    assert [(e.key, e.kind) for e in entries_of("X1")] == [
        (("A0",), Kind.NEW),
        (("A1",), Kind.CHANGED),
        (("A2",), Kind.GONE),
        (("A3",), Kind.CHANGED),
    ]
    by_key = {e.key[0]: e for e in entries_of("X1")}
    assert told(by_key["A0"]) == {
        "dossiers.received commune": 1,
        "dossiers.finished commune": 1,
        "dossiers.late commune": 1,
        "dossiers.on_time_rate commune": 1,
        "dossiers.late_rate commune": 1,
        "dossiers.online_share commune": 1,
    }
    assert told(by_key["A1"])["dossiers.finished commune"] == -1
    assert told(by_key["A1"])["dossiers.withdrawn commune"] == 1
    assert "dossiers.received commune" not in told(by_key["A1"])
    assert told(by_key["A3"]) == {"dossiers.online_share commune": -1}
    assert told(by_key["A2"])["dossiers.received commune"] == -1


def test_what_happens_after_the_period_is_not_late(province, package):
    close_period("X1", FEBRUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A4", "2022-02-10", "2022-03-05"), dossier("A6", "2022-03-10", "2022-03-11")])
    assert entries_of("X1", FEBRUARY) == []


def test_a_row_that_moved_to_another_commune_is_gone_here_and_new_there_and_the_same_above(province, package):
    close_many("P", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A1", "2022-01-05", "2022-01-10", agency="X2")])

    assert [(e.key, e.kind) for e in entries_of("X1")] == [(("A1",), Kind.GONE)]
    assert [(e.key, e.kind) for e in entries_of("X2")] == [(("A1",), Kind.NEW)]
    assert entries_of("H", scope=TIER) == []
    assert entries_of("P", scope=TIER) == []


def test_what_belongs_to_no_agency_is_late_for_the_province_as_a_whole_only(province, package):
    close_many("P", JANUARY, reader=OFFICER)
    with act("package:load", actor=SYSTEM):
        Procedure.objects.filter(code="T").update(valid_to=date(2021, 12, 31))

    assert entries_of("P") == []
    [entry] = entries_of("P", scope=TIER)
    assert (entry.fact, entry.kind, told(entry)) == ("procedures", Kind.GONE, {"procedures.in_force": -1})
    assert close_period("X1", FEBRUARY, reader=OFFICER).late == []
    assert close_many("P", FEBRUARY, reader=OFFICER)[-1].late == []


def test_a_statement_that_came_late_is_an_entry_with_its_value(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    stated = {
        "agency": "X1",
        "figure": "courses.count",
        "level": "commune",
        "period_from": "2022-01-01",
        "period_to": "2022-01-31",
        "value": "40",
        "mode": "instead",
    }
    beside = stated | {"figure": "courses.attendances", "mode": "beside"}
    load(package, statements=[stated, beside])

    [entry] = entries_of("X1")
    assert (entry.fact, entry.kind, told(entry)) == ("statements", Kind.NEW, {"courses.count": 40})
    assert withlate("X1", FEBRUARY)["courses.count"] == 40


def test_one_of_a_kind_that_changed_is_named_though_its_number_cannot_be_added(db):
    load_package(EXAMPLE / "package", actor=SYSTEM)
    close_many("P", EXAMPLE_PERIOD, reader=OFFICER)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, officer FROM disciplinary_cases WHERE decided_on BETWEEN %s AND %s ORDER BY id",
            [EXAMPLE_PERIOD.first, EXAMPLE_PERIOD.last],
        )
        case, officer = cursor.fetchall()[0]
        cursor.execute("SELECT code FROM officers WHERE code <> %s ORDER BY code LIMIT 1", [officer])
        [other] = cursor.fetchone()
        with act("package:load", actor=SYSTEM):
            cursor.execute("UPDATE disciplinary_cases SET officer = %s WHERE id = %s", [other, case])

    [entry] = entries_of("P", EXAMPLE_PERIOD, scope=TIER)
    assert (entry.key, entry.kind) == ((case,), Kind.CHANGED)
    assert ("officers.disciplined", (), ONCE) in entry.effects
    assert set(entry.effects.values()) == {0.0}


def test_the_next_period_takes_late_entries_in_once(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A0", "2022-01-20", "2022-01-25")])
    assert live(FEBRUARY, "X1")[FINISHED] == 1
    assert withlate("X1", FEBRUARY)[FINISHED] == 2
    assert withlate("X1", JANUARY)[FINISHED] == 2  # closed: A1 and A2

    closing = close_period("X1", FEBRUARY, reader=OFFICER)
    assert [entry["key"] for entry in closing.late] == [["A0"]]
    assert withlate("X1", FEBRUARY)[FINISHED] == 2
    assert withlate("X1", MARCH).get(FINISHED, 0) == 0
    load(package, dossiers=[dossier("A8", "2022-01-21", "2022-01-26"), dossier("A9", "2022-02-21", "2022-02-26")])
    assert withlate("X1", MARCH)[FINISHED] == 2
    assert withlate("X1", FEBRUARY)[FINISHED] == 2
    assert sum(withlate("X1", month)[FINISHED] for month in (JANUARY, FEBRUARY, MARCH)) == live(QUARTER, "X1")[FINISHED]


def test_what_was_taken_in_and_is_undone_since_is_taken_away_again(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A0", "2022-01-20", "2022-01-25")])
    close_period("X1", FEBRUARY, reader=OFFICER)
    remove("A0")

    assert withlate("X1", MARCH)[FINISHED] == -1
    assert sum(withlate("X1", month)[FINISHED] for month in (JANUARY, FEBRUARY, MARCH)) == live(QUARTER, "X1")[FINISHED]


def test_shares_come_from_their_parts_and_what_cannot_be_added_says_why(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A0", "2022-01-20", "2022-01-25", due="2022-01-24")])
    found = {one.answer.key: one for one in figures_with_late("X1", FEBRUARY, reader=OFFICER)}

    share = found["dossiers.late_rate[level=commune]"]
    assert (share.numerator, share.denominator, share.value) == (1, 2, 0.5)
    assert found["dossiers.pending[level=commune]"].why_not == OF_A_DAY
    assert found["officers.disciplined"].why_not == ONCE_ONLY
    assert found["feedback.resolution_rate"].why_not == OF_A_DAY
    assert found["officers.disciplined"].value is None


def test_a_period_that_overlaps_a_closed_one_has_no_late_entries_of_its_own(province):
    close_period("X1", JANUARY, reader=OFFICER)
    with pytest.raises(UsageRefusal, match="chồng lên kỳ đã chốt 01/01/2022–31/01/2022"):
        figures_with_late("X1", QUARTER, reader=OFFICER)


def test_a_period_whose_late_entries_a_later_one_took_opens_after_it(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A0", "2022-01-20", "2022-01-25")])
    close_period("X1", FEBRUARY, reader=OFFICER)

    with pytest.raises(StillNeeded, match=r"Kỳ 01/02/2022–28/02/2022 .* đã nhận các dòng phát sinh muộn"):
        reopen("X1", JANUARY, "Nhập thiếu", reader=OFFICER)
    reopen("X1", FEBRUARY, "Nhập thiếu", reader=OFFICER)
    reopen("X1", JANUARY, "Nhập thiếu", reader=OFFICER)
    close_period("X1", JANUARY, reader=OFFICER)
    assert close_period("X1", FEBRUARY, reader=OFFICER).late == []


def test_a_member_that_only_late_entries_have_is_there(province, package):
    close_period("X2", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("B9", "2022-01-20", "2022-01-25", agency="X2")])

    assert FINISHED not in live(FEBRUARY, "X2")
    assert withlate("X2", FEBRUARY)[FINISHED] == 1


def test_entries_of_records_that_a_reader_may_not_see_are_left_out(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A0", "2022-01-20", "2022-01-25")])
    clerk_of_persons = Reader(None, "Đàm Văn Quý", Role.PERSONNEL_OFFICER, "P", "UBND tỉnh", frozenset())
    closed = get_closed(OFFICER, "X1", JANUARY)

    assert len(late_entries(closed, reader=head_of("X1"))) == 1
    assert late_entries(closed, reader=clerk_of_persons) == []


def test_an_entry_survives_being_stored(province, package):
    close_period("X1", JANUARY, reader=OFFICER)
    load(package, dossiers=[dossier("A0", "2022-01-20", "2022-01-25")])
    [entry] = entries_of("X1")
    close_period("X1", FEBRUARY, reader=OFFICER)

    [stored] = Closing.objects.get(period_from=FEBRUARY.first).late
    assert LateEntry.from_json(stored) == entry


def test_what_the_contract_calls_additive_can_take_late_entries():
    assert [id_ for id_, figure in FIGURES.items() if figure.additive and why_not_addable(figure)] == []
    assert why_not_addable(FIGURES["dossiers.on_time_rate"]) == ""
    for id_ in ("teams.formed", "inspections.targets", "findings.reports", "plans.own"):
        assert why_not_addable(FIGURES[id_]) == ONCE_ONLY
    for id_ in ("dossiers.pending", "dossiers.carried_over", "par_tasks.remaining", "index.score", "agencies.count"):
        assert why_not_addable(FIGURES[id_]) == OF_A_DAY


SEEDS, CHANGES = range(4), 15


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_changes_the_closed_value_and_the_late_entries_are_the_live_value(db, seed):
    load_package(EXAMPLE / "package", actor=SYSTEM)
    package = read_package(EXAMPLE / "package")
    close_many("P", EXAMPLE_PERIOD, reader=OFFICER)
    chance, done = random.Random(f"late {seed}"), []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    while len(done) < CHANGES:
        try:
            with transaction.atomic():
                done.append(change_one(chance, package))
        except IntegrityError:
            continue

    entries = entries_of("P", EXAMPLE_PERIOD, scope=TIER)
    assert entries
    closed = closed_figures("P", EXAMPLE_PERIOD, reader=OFFICER, scope=TIER)
    total = {}
    for entry in entries:
        for (id_, members, role), amount in entry.effects.items():
            if role == NUMERATOR:
                total[id_, members] = total.get((id_, members), 0) + amount
    counts = [f.id for f in FIGURES.values() if not f.is_share and f.minus is None and not f.numerator.distinct]
    now = {(a.figure.id, a.members): a.value for a in compute(EXAMPLE_PERIOD, ids=counts)}
    then = {(a.figure.id, a.members): a.value for a in closed if a.figure.id in counts}
    for place in {*now, *then, *(place for place in total if place[0] in counts)}:
        assert then.get(place, 0) + total.get(place, 0) == now.get(place, 0), (place, done)
    for code in ("P", "S00", "H01", "H00X00", "H02X01"):
        _own_values_and_late_entries_are_live(code, done)
    shown = {one.answer.key: one.value for one in with_late(closed, entries, OFFICER) if not one.why_not}
    for answer in compute(EXAMPLE_PERIOD):
        if not why_not_addable(answer.figure):
            assert (shown.get(answer.key) or 0) == pytest.approx(answer.value or 0), (answer.key, done)


def _own_values_and_late_entries_are_live(code, done):
    counts = [id_ for id_ in OWN_FIGURES if not FIGURES[id_].is_share and not FIGURES[id_].numerator.distinct]
    counts = [id_ for id_ in counts if FIGURES[id_].minus is None]
    total = {a.key: a.value for a in closed_figures(code, EXAMPLE_PERIOD, reader=OFFICER) if a.figure.id in counts}
    for entry in entries_of(code, EXAMPLE_PERIOD):
        assert entry.agency == code
        for (id_, members, role), amount in entry.effects.items():
            if role == NUMERATOR and id_ in counts:
                key = figure_key(id_, members)
                total[key] = total.get(key, 0) + amount
    assert {key: value for key, value in total.items() if value} == live(EXAMPLE_PERIOD, code, counts), (code, done)


@pytest.mark.parametrize("seed", SEEDS)
def test_closed_months_with_their_late_entries_add_up_to_the_live_quarter(province, package, seed):
    """Whatever is entered, changed, moved or taken away between the closings, and after them."""
    chance = random.Random(f"months {seed}")
    months = (JANUARY, FEBRUARY, MARCH)
    for month in months:
        for _ in range(6):
            _meddle(chance, package)
        close_period("X1", month, reader=OFFICER)
    for _ in range(6):
        _meddle(chance, package)

    after = figures_with_late("X1", APRIL, reader=OFFICER)
    addable = [id_ for id_ in OWN_FIGURES if not why_not_addable(FIGURES[id_]) and not FIGURES[id_].is_share]
    expected = live(Period(JANUARY.first, APRIL.last), "X1", addable)
    total = {}
    for month in months:
        for key, value in withlate("X1", month).items():
            total[key] = total.get(key, 0) + value
    for one in after:
        total[one.answer.key] = total.get(one.answer.key, 0) + (one.value or 0)
    assert {k: v for k, v in total.items() if v and k.partition("[")[0] in addable} == expected
    assert len(Closing.objects.filter(late__0__isnull=False)) > 0


def _meddle(chance, package):
    code = f"A{chance.randint(0, 14)}"
    if chance.random() < 0.3:
        remove(code)
        return
    received, finished = sorted(f"2022-{chance.randint(1, 4):02d}-{chance.randint(1, 28):02d}" for _ in range(2))
    load(
        package,
        dossiers=[
            dossier(
                code,
                received,
                finished if chance.random() < 0.8 else None,
                agency=chance.choice(["X1", "X1", "X1", "X2"]),
                due=f"2022-{chance.randint(1, 4):02d}-28",
                outcome=chance.choice(["granted", "granted", "withdrawn"]),
                channel=chance.choice(["online", "counter"]),
            )
        ],
    )
