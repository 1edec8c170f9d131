"""Rows for one table: what they would do is told before, and then done, by the rules of the package."""

import pytest

from congvu.access.rules import SYSTEM
from congvu.exchange.problems import PackageRefused
from congvu.exchange.rows import Rows, foresee, load
from congvu.exchange.services import load_package
from congvu.journal.models import Act
from congvu.journal.sealing import seal_acts
from congvu.journal.verify import verify
from congvu.province.models import Officer

from .province import province

OFFICERS = {
    "code": ["CB1", "CB2", "CB3", "CB4"],
    "full_name": ["Nông Thị Ánh", "Lý Văn Đường sửa tên", "Hoàng Văn Mới", "Vi Thị Sai"],
    "category": ["civil_servant", "cadre", "cadre", "sếp"],
}


def quiet(_what, _share):
    pass


def officers(lines=(7, 8, 9, 12), **changed):
    return Rows("officers", "can-bo.xlsx", OFFICERS | changed, lines)


def written(rows, then=lambda *_: None):
    return load(rows, actor=SYSTEM, kind="sheet:load", data={"load": 1}, then=then, tell=quiet)


@pytest.fixture
def small_province(load):
    load()


@pytest.mark.usefixtures("small_province")
class TestForeseen:
    def test_new_changed_unchanged_and_refused_are_told_apart(self):
        found = foresee(officers(), quiet)
        assert (found.counts.new, found.counts.changed, found.counts.unchanged, found.wrong) == (1, 1, 1, {12})

    def test_a_changed_row_is_told_with_what_it_has_now_and_then(self):
        [change] = foresee(officers(), quiet).changed
        assert (change.line, change.before, change.after) == (
            8,
            {"full_name": "Lý Văn Đường"},
            {"full_name": "Lý Văn Đường sửa tên"},
        )

    def test_a_row_known_to_be_wrong_is_not_counted(self):
        found = foresee(officers(), quiet, wrong={9})
        assert (found.counts.new, found.new, found.wrong) == (0, (), {9, 12})

    def test_nothing_is_written(self):
        foresee(officers(), quiet)
        assert Officer.objects.count() == 2
        assert not Act.objects.filter(kind="sheet:load").exists()

    def test_an_error_stands_on_its_own_line_and_twins_name_the_other(self):
        found = foresee(officers(code=["CB1", "CB3", "CB3", "CB4"]), quiet)
        assert [(p.line, p.column, p.expected.partition(";")[0]) for p in found.errors.in_order()] == [
            (9, "code", "trùng khóa với dòng 8"),
            (12, "category", "không có trong danh mục"),
        ]

    def test_places_of_lines_can_be_called_otherwise(self):
        rows = Rows(
            "officers", "f", OFFICERS | {"code": ["A", "A", "B", "C"]}, range(1, 5), lambda n: f"dòng {n + 100}"
        )
        assert "trùng khóa với dòng 101" in {p.expected for p in foresee(rows, quiet).errors.kept}

    def test_more_errors_than_a_package_lists_are_all_kept(self):
        many = 1500
        rows = Rows(
            "officers",
            "f",
            {"code": [f"C{n}" for n in range(many)], "full_name": ["X"] * many} | {"category": ["?"] * many},
            range(2, many + 2),
        )
        found = foresee(rows, quiet)
        assert (len(found.wrong), len(found.errors.kept), found.counts.new) == (many, many, 0)


@pytest.mark.usefixtures("small_province")
class TestWritten:
    def test_one_wrong_row_and_nothing_is_written(self):
        with pytest.raises(PackageRefused) as refused:
            written(officers())
        assert refused.value.lines == {12}
        assert Officer.objects.count() == 2

    def test_without_the_wrong_rows_the_others_are_one_act_that_verifies(self):
        done = written(officers().without({12}))
        act = Act.objects.get(pk=done.act_id)
        assert (done.counts.new, done.counts.changed, done.counts.unchanged) == (1, 1, 1)
        assert (act.kind, act.data["load"], act.data["tables"]["officers"]["new"]) == ("sheet:load", 1, 1)
        assert Officer.objects.get(pk="CB2").full_name == "Lý Văn Đường sửa tên"

    def test_what_is_there_already_writes_no_act(self):
        written(officers().without({12}))
        assert written(officers().without({12})).act_id is None

    def test_what_follows_the_writing_belongs_to_it(self):
        def fail(*_):
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            written(officers().without({12}), then=fail)
        assert Officer.objects.count() == 2


@pytest.mark.usefixtures("small_province")
class TestCalledLate:
    """A sender's late flag is compared with the instants and changes none of them."""

    def rows(self, late, finished="2022-05-04T09:00:00+07:00"):
        return Rows(
            "dossiers",
            "ho-so.xlsx",
            {
                "code": ["H100"],
                "procedure": ["1.000001"],
                "agency": ["S1"],
                "channel": ["counter"],
                "received_at": ["2022-05-02T08:00:00+07:00"],
                "due_at": ["2022-05-04T17:00:00+07:00"],
                "finished_at": [finished],
                "outcome": ["granted" if finished else ""],
                "x_late": [late],
            },
            [5],
        )

    @pytest.mark.parametrize(("late", "told"), [("true", True), ("false", False), ("", False)])
    def test_only_a_contradiction_is_told(self, late, told):
        found = [p for p in foresee(self.rows(late), quiet).warnings.kept if p.column == "x_late"]
        assert bool(found) is told
        if told:
            assert "giải quyết xong 04/05/2022 09:00, hẹn trả 04/05/2022 17:00" in found[0].expected

    def test_a_late_dossier_called_in_time_is_told(self):
        found = foresee(self.rows("false", "2022-05-05T09:00:00+07:00"), quiet)
        assert [p.column for p in found.warnings.kept] == ["x_late"]

    def test_one_that_is_not_finished_is_not_judged(self):
        assert not [p for p in foresee(self.rows("true", ""), quiet).warnings.kept if p.column == "x_late"]


def test_what_a_load_of_rows_did_verifies(own_database, package):
    load_package(package(**province()))
    written(officers().without({12}))
    seal_acts()
    assert [fault.text for fault in verify(records=True)] == []
