"""Closing a period for an agency and its tier: who may, what is refused, what is kept, how it opens."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from congvu.access.queries import NotForThisSeat
from congvu.access.rules import SYSTEM, Area
from congvu.access.visibility import agencies_under
from congvu.exchange.services import load_package
from congvu.figures.closed import closed_figures, get_closed, late_entries, open_closed, stored_answers
from congvu.figures.closing import (
    OWN_FIGURES,
    TIER,
    BelowNotClosed,
    ClosingUnderWay,
    NothingClosed,
    PeriodClosed,
    PeriodNotOver,
    ReasonMissing,
    StillNeeded,
    close_many,
    close_period,
    reopen,
)
from congvu.figures.models import Closing
from congvu.figures.period import Period
from congvu.figures.store import ClosingAltered, path_of
from congvu.figures.tiers import Tiers
from congvu.figures.written import answer_to_json
from congvu.journal.models import Act
from congvu.journal.sealing import seal_acts
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.kernel.errors import Refusal, UsageRefusal
from congvu.kernel.postgres import OWNER
from congvu.province.queries import AgencyNotFound
from congvu.work.dossiers.models import Dossier
from tests.conftest import EXAMPLE
from tests.database import url_for
from tests.oracle import count, disagreements, read_package

from .closings import (
    AGENCIES,
    BELOW_THE_PROVINCE,
    CLERK,
    FEBRUARY,
    JANUARY,
    NOW,
    OFFICER,
    PROCEDURES,
    QUARTER,
    dossier,
    head_of,
    live,
    load,
    load_all,
    values,
)
from .conftest import EXAMPLE_PERIOD


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", NOW)
    settings.HOME = tmp_path / "home"


@pytest.fixture
def province(db, package):
    load_all(package)


@pytest.fixture
def committed(own_database, package):
    load_all(package)


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


def test_a_closing_needs_an_act_like_any_record(province):
    close_period("X1", JANUARY, reader=OFFICER)
    with pytest.raises(DatabaseError, match="no act, no write"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE x_closings SET figures = '[]'")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM x_closings WHERE figures = '[]'")
        assert cursor.fetchone()[0] == 0


def test_a_closing_changed_past_the_journal_is_named(committed, own_database):
    close_period("X1", JANUARY, reader=OFFICER)
    reopen("X1", JANUARY, "Thử", reader=OFFICER)
    close_period("X1", JANUARY, reader=OFFICER)
    seal_acts()
    assert list(verify(records=True)) == []
    with psycopg.connect(url_for(OWNER, own_database), autocommit=True) as owner:
        owner.execute("ALTER TABLE x_closings DISABLE TRIGGER USER")
        owner.execute("UPDATE x_closings SET figures = '[]' WHERE number = 1")
        owner.execute("ALTER TABLE x_closings ENABLE TRIGGER USER")

    assert [fault.kind for fault in verify(records=True)] == ["record"]


def _at_once(*deeds):
    """Run the deeds at the same time; return what each returned, or its refusal."""
    gate = Barrier(len(deeds))

    def run(deed):
        gate.wait()
        try:
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result() for future in [pool.submit(run, deed) for deed in deeds]]


def test_of_two_who_close_at_once_one_is_told(committed):
    head = head_of("X1")
    found = _at_once(
        lambda: close_period("X1", JANUARY, reader=OFFICER), lambda: close_period("X1", JANUARY, reader=head)
    )

    refused = [one for one in found if isinstance(one, PeriodClosed)]
    assert len(refused) == 1
    assert refused[0].status == 409
    assert Closing.objects.count() == 1


def test_two_agencies_that_close_at_once_both_do(committed):
    found = _at_once(
        lambda: close_period("X1", JANUARY, reader=OFFICER), lambda: close_period("X2", JANUARY, reader=OFFICER)
    )
    assert sorted(closing.agency for closing in found) == ["X1", "X2"]


def test_a_commune_opened_while_its_district_closes_is_either_in_it_or_missed(committed):
    for code in ("X1", "X2"):
        close_period(code, JANUARY, reader=OFFICER)
    _at_once(
        lambda: close_period("H", JANUARY, reader=OFFICER), lambda: reopen("X1", JANUARY, "Nhập thiếu", reader=OFFICER)
    )

    open_now = {c.agency for c in Closing.objects.filter(reopened_at__isnull=True)}
    assert open_now in ({"X1", "X2", "H"}, {"X2"})


def test_one_who_has_waited_too_long_is_told(committed, own_database, monkeypatch):
    monkeypatch.setattr("congvu.figures.closing._PATIENCE", "50ms")
    with psycopg.connect(url_for(OWNER, own_database)) as other:
        other.execute("LOCK TABLE x_closings IN SHARE ROW EXCLUSIVE MODE")
        with pytest.raises(ClosingUnderWay, match="đang chạy") as refused:
            close_period("X1", JANUARY, reader=OFFICER)
    assert (refused.value.status, refused.value.exit_status) == (409, 3)


def test_a_load_that_ends_while_a_period_is_closed_is_wholly_out_of_it(committed, package, monkeypatch):
    """The rows, the values and the late entries of a closing are of one instant, whatever is committed meanwhile."""
    from congvu.figures import closing as module

    original = module.definitions_hash
    folder = package(dossiers=[dossier("A9", "2022-01-05", "2022-01-06")])

    def while_it_closes():
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_load_and_leave, folder).result()
        return original()

    monkeypatch.setattr(module, "definitions_hash", while_it_closes)
    close_period("X1", JANUARY, reader=OFFICER)

    assert Dossier.objects.filter(code="A9").exists()
    opened = open_closed(
        get_closed(OFFICER, "X1", JANUARY), "dossiers.finished[level=commune]", reader=OFFICER, limit=None
    )
    assert [row["code"] for row in opened.rows] == ["A1", "A2"]
    assert opened.answer.value == 2


def _load_and_leave(folder):
    try:
        load_package(folder, actor=SYSTEM)
    finally:
        connection.close()


def test_nothing_is_left_half_closed_where_a_file_cannot_be_kept(province, monkeypatch):
    from congvu.figures import closing as module

    original, kept = module.keep, []

    def fails_the_third_time(path):
        if len(kept) == 2:
            raise module.ClosingUnderWay("Đĩa đầy")
        kept.append(path)
        return original(path)

    monkeypatch.setattr(module, "keep", fails_the_third_time)
    with pytest.raises(ClosingUnderWay):
        close_many("H", JANUARY, reader=OFFICER)
    assert Closing.objects.count() == 0
    assert not Act.objects.filter(kind="period:close").exists()
    monkeypatch.undo()


def test_an_act_of_closing_does_not_let_the_board_count_anew(province):
    from congvu.figures.cached import state_of_records

    before = state_of_records()
    close_period("X1", JANUARY, reader=OFFICER)
    assert state_of_records() == before
    with act("dossier:correct", actor=SYSTEM):
        Dossier.objects.filter(code="A1").update(finished_at="2022-01-11T09:00:00+07:00")
    assert state_of_records() != before


def test_a_command_closes_lists_and_opens_again(province, capsys):
    call_command("close", agency="H", first="2022-01-01", last="2022-01-31", below=True)
    assert "Đã chốt kỳ 01/01/2022–31/01/2022 của 3 cơ quan" in capsys.readouterr().out
    call_command("close", list=True)
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines() if "01/01/2022" in line] == ["H", "X1", "X2"]
    call_command("close", agency="H", first="2022-01-01", last="2022-01-31", reopen=True, reason="Nhập thiếu")
    assert "Đã mở lại kỳ 01/01/2022–31/01/2022" in capsys.readouterr().out
    call_command("close", list=True)
    assert "đã mở lại: Nhập thiếu" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "complaint", "status"),
    [
        ({}, "Hãy nêu cơ quan", 2),
        ({"agency": "X1"}, "Hãy nêu cơ quan", 2),
        ({"agency": "X1", "first": "2022-01-31", "last": "2022-01-01"}, "bị ngược", 2),
        ({"agency": "X1", "first": "2022-13-31", "last": "2022-01-01"}, "không phải là một ngày", 2),
        ({"agency": "?", "first": "2022-01-01", "last": "2022-01-31"}, "Không có cơ quan", 1),
        ({"agency": "H", "first": "2022-01-01", "last": "2022-01-31"}, "chưa chốt", 1),
        ({"agency": "H", "first": "2022-01-01", "last": "2022-01-31", "reopen": True}, "nêu lý do", 1),
        ({"agency": "H", "first": "2022-01-01", "last": "2022-01-31", "below": True, "reopen": True}, "--below", 2),
        ({"list": True, "below": True}, "--list", 2),
    ],
)
def test_the_command_refuses_what_it_cannot_do(province, options, complaint, status):
    with pytest.raises(Refusal, match=complaint) as refused:
        call_command("close", **options)
    assert refused.value.exit_status == status
    assert Closing.objects.count() == 0
