"""The annual report's own Word file, edited and renewed: by the service and by the command."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.exchange.services import load_package
from congvu.figures.catalogue import FIGURES
from congvu.kernel.errors import Refusal, UsageRefusal
from congvu.press.word.reader import footnote_texts, marks
from congvu.press.word.refresh import table_of
from congvu.reports.bringing_back import bring_back
from congvu.reports.drafts import get_draft_text
from congvu.reports.refreshing import refresh_word
from congvu.reports.services import build_report, files_of, freeze_report, frozen_file
from congvu.reports.sources import Sources
from congvu.reports.template import load_template
from congvu.reports.word import NotThisReport, Renewal, origin_of
from congvu.work.dossiers.models import Dossier
from tests.conftest import EXAMPLE
from tests.press import word_file as word
from tests.press.word_file import add_paragraph, typed

from .test_annual import CLERK, OFFICER, finish_on_time, late_dossier

HEADING = "II. Đánh giá chung"


@pytest.fixture
def example(db):
    load_package(EXAMPLE / "package", actor=SYSTEM)


@pytest.fixture
def docx(example):
    return files_of(build_report("annual", 2022, reader=OFFICER)).docx


def texts(docx):
    return {mark.id: mark.text for mark in marks(docx)}


def test_the_file_tells_which_report_it_is(docx):
    origin = origin_of(table_of(docx))

    assert (origin.kind, origin.year, origin.draft, origin.revision) == ("annual", 2022, 0, 0)
    assert set(origin.periods) == {"year", "dossiers", "discipline"}
    assert origin.digest == load_template("annual").digest


def test_every_mark_of_the_template_is_a_control_that_can_be_computed_from_the_file_alone(docx):
    table = table_of(docx)

    assert {entry.id for entry in table.entries} == set(texts(docx))
    assert {"year", "from dossiers", "province", "cite par_plan"} <= {entry.source for entry in table.entries}
    assert refresh_word(docx, reader=OFFICER).changes == ()


def test_after_a_correction_only_the_figures_that_it_moves_change(docx):
    finish_on_time(late_dossier())
    word_ = refresh_word(docx, reader=OFFICER)

    assert word_.changes
    assert {change.kind for change in word_.changes} == {"renewed"}
    assert all("dossiers." in change.source for change in word_.changes)
    built = files_of(build_report("annual", 2022, reader=OFFICER)).docx
    assert texts(word_.docx) == texts(built)


def test_an_officer_s_own_words_and_marks_stay_and_count(docx):
    edited = add_paragraph(docx, typed("Riêng cấp xã trễ hạn [[dossiers.late level=commune]] hồ sơ."), before=HEADING)
    word_ = refresh_word(edited, reader=OFFICER)

    (change,) = word_.changes
    late = texts(word_.docx)[change.id]
    assert f"Riêng cấp xã trễ hạn {late} hồ sơ." in word.texts(word_.docx)
    assert change.after == late != ""


def test_a_typed_list_becomes_a_footnote_with_names(docx):
    edited = add_paragraph(docx, typed("Có kiện toàn[[note list teams.formed kind=supervision]]."), before=HEADING)
    word_ = refresh_word(edited, reader=OFFICER)

    assert len(footnote_texts(word_.docx)) == len(footnote_texts(docx)) + 1
    assert [change.kind for change in word_.changes] == ["new"]


def test_a_typed_footnote_may_hold_marks_each_computed_by_itself(docx):
    words = "Xem [[list teams.formed kind=supervision]] và [[dossiers.late level=commune]] hồ sơ."
    edited = add_paragraph(docx, typed(f"Có ghi chú[[footnote: {words}]]."), before=HEADING)
    word_ = refresh_word(edited, reader=OFFICER)

    assert [change.source for change in word_.changes] == [
        "list teams.formed kind=supervision",
        "dossiers.late level=commune",
    ]
    (note,) = [n for n in footnote_texts(word_.docx) if n.startswith("Xem ")]
    assert note == f"Xem {word_.changes[0].after} và {word_.changes[1].after} hồ sơ."
    assert refresh_word(word_.docx, reader=OFFICER).changes == ()
    bring_back(word_.docx, reader=OFFICER)
    assert f"Có ghi chú[[footnote: {words}]]." in get_draft_text(OFFICER, "annual", 2022).texts


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("[[dossiers.lates level=commune]]", "không có chỉ tiêu «dossiers.lates»"),
        ("[[dossiers.late]]", "thiếu «level=…»"),
        ("[[cite nowhere]]", "không có chỗ viện dẫn «nowhere»"),
        ("[[note]]", "thiếu dấu đứng sau «note»"),
        ("[[ ]]", "dấu không có nội dung"),
        ("[[cite directing_letter]]", "chưa chọn văn bản"),
    ],
)
def test_a_typed_mark_that_does_not_exist_stays_with_the_reason(docx, mark, reason):
    edited = add_paragraph(docx, typed(f"Trong đó {mark} hồ sơ."), before=HEADING)
    (change,) = refresh_word(edited, reader=OFFICER).changes

    assert (change.kind, change.before) == ("unknown", mark)
    assert reason in change.detail
    assert change.place.startswith("Mục «")


HEADS = (
    "",
    "list ",
    "note ",
    "note list ",
    "top ",
    "best ",
    "below ",
    "overlap ",
    "pending ",
    "from ",
    "cite ",
    "doc ",
)
ENDINGS = ("", " level=commune", " as=two", " by=level", " ²", " 0.5", " nan", " x=", " \u200b")


def test_no_mark_that_anybody_can_type_breaks_the_program(example):
    renewal = Renewal(Sources.read(load_template("annual"), 2022, OFFICER))
    names = [
        "",
        "dossiers.late",
        "dossiers.late_rate",
        "index.score",
        "procedures.in_force",
        "teams.formed",
        "par_plan",
    ]
    assert set(names[1:-1]) <= set(FIGURES)

    for head in (*HEADS, "doc ", "year ", "footnote:"):
        for name in names:
            for ending in ENDINGS:
                resolved = renewal(f"{head}{name}{ending}")
                assert bool(resolved.runs) != bool(resolved.fault)


def test_a_figure_that_the_reader_may_not_see_is_refused_as_everywhere(docx):
    edited = add_paragraph(docx, typed("[[officers.disciplined]]"), before=HEADING)
    blind = Reader(None, "X", Role.REPORTING_OFFICER, "P", "UBND tỉnh", frozenset())
    with pytest.MonkeyPatch.context() as patch:
        from congvu.access.rules import SEES, Area, Reach

        patch.setitem(SEES[Role.REPORTING_OFFICER], Area.PERSONNEL, Reach.NONE)
        changes = refresh_word(edited, reader=blind).changes

    assert ("unknown", "chỉ tiêu chưa được tính trong phạm vi được xem") in {
        (change.kind, change.detail.rpartition(": ")[2]) for change in changes
    }


def test_one_who_writes_no_reports_renews_none(docx):
    with pytest.raises(PermissionDenied):
        refresh_word(docx, reader=CLERK)


def test_another_year_s_file_is_refused(docx):
    with pytest.raises(NotThisReport, match="năm 2022, không phải báo cáo «annual» năm 2021"):
        refresh_word(docx, reader=OFFICER, kind="annual", year=2021)


def test_a_file_that_is_no_report_of_ours_needs_kind_and_year(docx):
    contents = word.parts(docx)
    del contents["docProps/custom.xml"]
    bare = add_paragraph(word.packed(contents), typed("[[dossiers.late level=commune]]"), before=HEADING)

    with pytest.raises(NotThisReport, match="không mang bảng dấu"):
        refresh_word(bare, reader=OFFICER)
    assert [c.kind for c in refresh_word(bare, reader=OFFICER, kind="annual", year=2022).changes] == ["new"]


@pytest.mark.parametrize("about", ["{}x", '{"version":1,"about":{"report":"annual"},"sections":[],"marks":[]}'])
def test_a_table_that_somebody_spoiled_is_said_so(docx, about):
    from congvu.press.word.table import MarkTable, with_table

    spoiled = with_table(word.parts(docx)["docProps/custom.xml"], MarkTable({"report": "annual", "year": about}, ()))
    with pytest.raises(NotThisReport, match="đã bị sửa"):
        refresh_word(word.packed(word.parts(docx) | {"docProps/custom.xml": spoiled}), reader=OFFICER)


def test_periods_given_once_count_again_at_the_refresh(example):
    from congvu.figures.period import Period, parse_day

    first_half = Period(parse_day("2022-01-01", ""), parse_day("2022-06-30", ""))
    built = build_report("annual", 2022, reader=OFFICER, periods={"dossiers": first_half})
    docx = files_of(built).docx

    assert refresh_word(docx, reader=OFFICER).changes == ()
    whole = Period(parse_day("2022-01-01", ""), parse_day("2022-12-31", ""))
    changed = refresh_word(docx, reader=OFFICER, periods={"dossiers": whole}).changes
    assert {"to dossiers"} <= {c.source for c in changed}


def test_a_frozen_revision_s_file_says_so_and_can_be_renewed(own_database):
    load_package(EXAMPLE / "package", actor=SYSTEM)
    frozen = freeze_report("annual", 2022, reader=OFFICER)
    docx = frozen_file(frozen, "docx")
    finish_on_time(late_dossier())

    assert origin_of(table_of(docx)).revision == 1
    assert {c.kind for c in refresh_word(docx, reader=OFFICER).changes} == {"renewed"}


# The command


def test_the_command_writes_a_new_file_and_lists_what_changed(docx, tmp_path, capsys):
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(docx)
    Dossier.objects.first()
    finish_on_time(late_dossier())
    call_command("report", "refresh", str(file), format="json")

    listed = json.loads(capsys.readouterr().out)
    assert (listed["report"], listed["year"]) == ("annual", 2022)
    assert {c["kind"] for c in listed["changes"]} == {"renewed"}
    assert file.read_bytes() == docx
    assert texts((tmp_path / "bao-cao-lam-moi.docx").read_bytes()) != texts(docx)


def test_the_command_says_each_change_in_a_line(docx, tmp_path, capsys):
    file = tmp_path / "a.docx"
    file.write_bytes(add_paragraph(docx, typed("[[dossiers.lates]]"), before=HEADING))
    call_command("report", "refresh", str(file), output=tmp_path / "b.docx")

    out = capsys.readouterr().out
    assert "Không phải dấu, giữ nguyên: [[dossiers.lates]] (" in out
    assert out.count("\n") == 1


def test_the_command_overwrites_only_when_told_to(docx, tmp_path, capsys):
    file = tmp_path / "a.docx"
    file.write_bytes(docx)
    finish_on_time(late_dossier())

    with pytest.raises(UsageRefusal, match="--in-place"):
        call_command("report", "refresh", str(file), output=file)
    assert file.read_bytes() == docx
    call_command("report", "refresh", str(file), in_place=True)
    assert file.read_bytes() != docx
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


@pytest.mark.parametrize(
    ("arguments", "options", "complaint"),
    [
        (["refresh"], {}, "Hãy nêu tệp"),
        (["refresh", "none.docx"], {}, "Không đọc được tệp none.docx"),
        (["refresh", "a.docx"], {"in_place": True, "output": "b.docx"}, "một trong hai"),
        (["annual"], {}, "cần --year"),
        (["annual", "a.docx"], {"year": 2022, "out": "x"}, "Không hiểu «a.docx»"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(db, arguments, options, complaint):
    with pytest.raises(Refusal, match=complaint):
        call_command("report", *arguments, **options)
