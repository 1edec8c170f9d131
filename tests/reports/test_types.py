"""Types of report: ours over the simulated small provinces, a province's own, folders that are refused."""

from dataclasses import replace

import pytest

from congvu.access.rules import SYSTEM
from congvu.exchange.services import load_package
from congvu.figures.catalogue import FIGURES
from congvu.kernel.errors import UsageRefusal
from congvu.press.model import plain_text
from congvu.reports import queries
from congvu.reports.advice import Sort, advice_for
from congvu.reports.marking import change_in_words
from congvu.reports.models import Draft, Revision
from congvu.reports.redrafting import edit_paragraph
from congvu.reports.services import build_report, files_of, freeze_report
from congvu.reports.template import TemplateNotValid, all_templates, load_template, make_template
from congvu.reports.writer import ReportNotBuilt
from tests.conftest import EXAMPLE

from .conftest import TEMPLATE
from .test_issuing import OFFICER

BESIDE_THE_ANNUAL = {"par_quarter": 3, "feedback": 2, "inspections": 1, "training": 0}


@pytest.fixture
def example(db):
    load_package(EXAMPLE / "package", actor=SYSTEM)


def text_of(kind, year, part):
    return plain_text(build_report(kind, year, reader=SYSTEM, part=part).document)


@pytest.fixture
def own(settings, tmp_path):
    """Return a function that lays a type into the province's home."""
    settings.HOME = tmp_path

    def lay(folder="weekly", data="", body="= Mục\n\nCó [[dossiers.finished level=province]] hồ sơ.\n", **changed):
        entries = {
            "kind": f'"{folder}"',
            "name": '"Báo cáo tháng thử"',
            "cycle": '"month"',
            "kind_name": '"BÁO CÁO"',
            "symbol": '"BC-UBND"',
            "title": '"Kết quả [[term]]"',
            "subject": '"Thử"',
            "signature": '["CHỦ TỊCH"]',
            "recipients": '["- Lưu: VT."]',
        } | changed
        folder = tmp_path / "templates" / folder
        folder.mkdir(parents=True, exist_ok=True)
        lines = [f"{name} = {value}" for name, value in entries.items() if value is not None]
        (folder / "template.toml").write_text("\n".join(lines) + "\n" + (data or '[periods]\nmonth = "Tháng"\n'))
        if body is not None:
            (folder / "body.txt").write_text(body)
        return folder

    return lay


# Ours


def test_each_type_that_ships_can_be_read_and_says_how_often_it_is_due():
    templates, problems = all_templates()

    assert problems == []
    assert {t.kind: str(t.cycle) for t in templates} == {
        "annual": "year",
        "par_quarter": "quarter",
        "feedback": "half_year",
        "inspections": "half_year",
        "training": "year",
    }


@pytest.mark.parametrize(("kind", "part"), BESIDE_THE_ANNUAL.items())
@pytest.mark.parametrize("year", [2022, 2030])
def test_each_type_is_built_where_things_occurred_and_where_nothing_did_and_holds_together(example, kind, part, year):
    built = build_report(kind, year, reader=SYSTEM, part=part)

    assert [one for one in advice_for(built) if one.sort is Sort.CERTAIN] == []
    assert files_of(built).pdf.startswith(b"%PDF")
    assert "[[" not in plain_text(built.document)


def test_a_quarter_s_report_counts_its_quarter_and_compares_it_with_the_one_before(example):
    text = text_of("par_quarter", 2022, 2)

    assert "Kết quả công tác cải cách hành chính quý II năm 2022" in text
    assert "từ ngày 01/04/2022 đến ngày 30/06/2022" in text
    assert "so với kỳ trước" in text
    assert "IV. Nhiệm vụ trọng tâm quý III năm 2022" in text
    assert "Trong quý không phát sinh phản ánh, kiến nghị." in text_of("par_quarter", 2030, 1)


def test_drafts_and_frozen_revisions_of_the_parts_of_a_year_are_kept_apart(own_database):
    load_package(EXAMPLE / "package", actor=SYSTEM)
    edit_paragraph("par_quarter", 2022, 0, 1, "= I. Chỉ đạo", reader=OFFICER, part=2)
    freeze_report("par_quarter", 2022, reader=OFFICER, part=2)
    freeze_report("par_quarter", 2022, reader=OFFICER, part=3)

    assert "I. Chỉ đạo\n" in text_of("par_quarter", 2022, 2)
    assert "I. Chỉ đạo\n" not in text_of("par_quarter", 2022, 3)
    assert set(Draft.objects.values_list("part", "number")) == {(2, 1), (2, 2)}
    assert set(Revision.objects.values_list("part", "number")) == {(2, 1), (3, 1)}
    second = queries.get_revision(OFFICER, "par_quarter", 2022, 1, part=2)
    assert second.term.words == "quý II năm 2022"
    assert "quý II năm 2022" in plain_text(queries.frozen_document(second))


@pytest.mark.parametrize(("kind", "part"), [("par_quarter", 0), ("par_quarter", 5), ("annual", 1), ("feedback", 3)])
def test_a_part_that_a_type_does_not_have_is_refused(example, kind, part):
    with pytest.raises(UsageRefusal, match="không có kỳ"):
        build_report(kind, 2022, reader=SYSTEM, part=part)


# Marks and conditions


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("change dossiers.finished level=province", "tăng 3 hồ sơ, kỳ trước không phát sinh"),
        ("change dossiers.finished level=province period=dossiers", "tăng 3 hồ sơ, kỳ trước không phát sinh"),
        ("change dossiers.finished level=commune", "không đổi so với kỳ trước"),
        ("change dossiers.on_time_rate level=province", "không có số liệu để so với kỳ trước"),
        ("change procedures.in_force", "không đổi so với kỳ trước"),
        ("term", "năm 2024"),
        ("previous_term", "năm 2023"),
        ("next_term", "năm 2025"),
    ],
)
def test_a_mark_tells_how_a_figure_changed(build, mark, words):
    (use,) = build(f"Số [[{mark}]].").marks

    assert use.text == words


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (9, 8, "tăng 12,5% so với kỳ trước"),
        (8, 16, "giảm 50,0% so với kỳ trước"),
        (0, 4, "giảm 100,0% so với kỳ trước"),
        (10_001, 10_000, "tăng 0,01% so với kỳ trước"),
        (7, 7, "không đổi so với kỳ trước"),
    ],
)
def test_growth_is_computed_from_both_periods(build, now, then, words):
    sources = build("Chữ.").sources
    answer = sources.answer(FIGURES["dossiers.finished"], (("level", "province"),), "year")

    assert change_in_words(replace(answer, value=now), replace(answer, value=then)) == words


@pytest.mark.parametrize(
    ("condition", "stands"),
    [
        ("some dossiers.finished level=province", True),
        ("none dossiers.finished level=province", False),
        ("some dossiers.finished level=commune", False),
        ("none dossiers.finished level=commune period=dossiers", True),
        ("none feedback.resolution_rate", True),
    ],
)
def test_words_stand_under_the_condition_that_a_figure_counts_something(build, condition, stands):
    text = plain_text(build(f"Đầu. {{{{{condition}: Có đoạn này.}}}}").document)

    assert ("Có đoạn này." in text) is stands


@pytest.mark.parametrize(
    "body",
    [
        "[[change]]",
        "[[change dossiers.finished]]",
        "[[change dossiers.lates]]",
        "[[change x y]]",
        "[[change dossiers.finished level=province as=two]]",
        "{{some: x}}",
        "{{some dossiers.finished: x}}",
        "{{none dossiers.finished level=province as=two: x}}",
    ],
)
def test_a_comparison_that_cannot_be_made_names_its_place(build, body):
    with pytest.raises(ReportNotBuilt, match=r"Mục «I\. Mục», đoạn 1"):
        build(f"= I. Mục\n\n{body}")


# A province's own


def test_a_province_adds_a_type_without_code(example, own):
    own(
        body="Tháng này [[change dossiers.finished level=province]]; từ đầu năm "
        "[[dossiers.finished level=province period=so_far]] hồ sơ.\n",
        data='[periods]\nmonth = "Tháng"\nso_far = { name = "Lũy kế", days = "year_to_date" }\n',
    )
    built = build_report("weekly", 2022, reader=SYSTEM, part=3)

    assert "weekly" in {template.kind for template in all_templates()[0]}
    assert built.document.title == "Kết quả tháng 3 năm 2022"
    assert str(built.sources.periods["so_far"]) == "01/01/2022–31/03/2022"


def test_a_province_s_own_type_stands_before_ours_of_the_same_kind_and_changes_when_the_file_does(own):
    own("training", cycle='"year"')
    assert load_template("training").name == "Báo cáo tháng thử"
    own("training", cycle='"year"', name='"Đổi tên"')
    assert load_template("training").name == "Đổi tên"


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"kind": '"other"'}, "weekly/template.toml: kind: cần đúng tên thư mục, «weekly»"),
        ({"cycle": '"week"'}, "weekly/template.toml: cycle: «week»: cần một trong: month, quarter, half_year, year"),
        ({"symbol": '"12/BC"'}, "symbol: «12/BC»: cần ký hiệu không có số"),
        ({"title": None}, "weekly/template.toml: title: cần một đoạn chữ"),
        ({"title": "3"}, "weekly/template.toml: title: cần một đoạn chữ"),
        ({"title": '"Năm [[year"'}, "weekly/template.toml: title: dấu [["),
        ({"signature": '"A"'}, "signature: cần một danh sách dòng chữ"),
        ({"recipients": "[]"}, "recipients: cần một danh sách dòng chữ"),
        ({"colour": '"red"'}, "weekly/template.toml: colour: không hiểu mục này; các mục có thể dùng: kind, name"),
        ({"data": "[periods]\n"}, "periods: cần ít nhất một kỳ"),
        ({"data": '[periods]\nm = { name = "x", days = "before" }\n'}, "periods.m: kỳ đầu là kỳ của báo cáo"),
        ({"data": '[periods]\nm = "x"\nb = { name = "x", days = "ago" }\n'}, "periods.b: «ago»: cần một trong"),
        ({"data": '[periods]\nm = { title = "x" }\n'}, "periods.m: name: cần một đoạn chữ"),
        ({"data": '[periods]\nm = "x"\n[slots]\np = "x"\n'}, "slots.p: cần viết như"),
        (
            {"data": '[periods]\nm = "x"\n[slots]\np = { name = "x", find = "guess y" }\n'},
            "find «guess y»: cần bắt đầu",
        ),
        ({"data": "[periods\n"}, "weekly/template.toml: không phải tệp TOML"),
        ({"body": ""}, "weekly/body.txt: đầu tệp: chưa có đoạn nào"),
        ({"body": "= Mục\n\nCó [[x"}, "weekly/body.txt: Mục «Mục», đoạn 1: dấu [["),
        ({"body": None}, "weekly/body.txt: không đọc được tệp; thư mục cần có template.toml và body.txt"),
        ({"body": "a" * 300_000}, "weekly/body.txt: tệp lớn hơn 200 kB"),
    ],
)
def test_a_bad_folder_is_refused_with_file_place_and_what_is_expected(own, changed, complaint):
    own(**changed)

    with pytest.raises(TemplateNotValid) as refused:
        load_template("weekly")
    assert complaint in str(refused.value)
    assert complaint in "\n".join(all_templates()[1])


def test_all_problems_of_a_folder_are_told_at_once(own):
    own(symbol='"1"', cycle='"x"', body="Có {{x")

    with pytest.raises(TemplateNotValid) as refused:
        load_template("weekly")
    assert len(refused.value.problems) == 3


def test_a_file_that_is_no_utf_8_and_a_folder_of_an_odd_name_are_told(own):
    (own() / "body.txt").write_bytes(b"\xff\xfe\xfa")
    own("Tháng lạ")

    assert sorted(all_templates()[1]) == [
        "Tháng lạ: tên thư mục chỉ gồm chữ thường không dấu, chữ số và gạch dưới",
        "weekly/body.txt: cần văn bản UTF-8",
    ]
    for kind in ("Tháng lạ", "../annual", "nothing", ""):
        with pytest.raises(UsageRefusal):
            load_template(kind)


def test_a_template_of_tests_needs_no_cycle():
    assert make_template(TEMPLATE, "Chữ.").term(2024, 0).words == "năm 2024"
