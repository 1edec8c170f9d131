"""What marks become, and what the writer refuses."""

from datetime import date

import pytest

from congvu.access.rules import SYSTEM
from congvu.exchange.services import load_package
from congvu.figures.period import Period
from congvu.kernel.errors import Refusal
from congvu.press.model import Footnote, Mark, block_runs, footnotes, plain_text
from congvu.reports.writer import ReportNotBuilt

from .conftest import AGENCIES


def body(built):
    """The text of the built report between its title and its recipients."""
    return plain_text(built.document).split("Kết quả năm 2024\n\n", 1)[1].split("\n\nNơi nhận:", 1)[0]


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("[[dossiers.finished level=province]]", "3"),
        ("[[dossiers.on_time_rate level=province]]", "66,67%"),
        ("[[dossiers.on_time_rate level=province as=percent1]]", "66,7%"),
        ("[[dossiers.on_time_rate level=province as=fraction]]", "2/3"),
        ("[[dossiers.on_time_rate level=commune]]", "không phát sinh"),
        ("[[dossiers.late level=commune]]", "0"),
        ("[[teams.formed kind=supervision]]", "03"),
        ("[[dossiers.finished level=province as=two]]", "03"),
        ("[[list teams.formed kind=supervision]]", "02 sở: Công Thương; Y tế; 01 huyện: Đông"),
        ("[[list teams.formed kind=inspection]]", "không phát sinh"),
        ("[[top dossiers.finished by=field]]", "đất đai"),
        ("[[overlap procedures.in_force_by_level]]", "1"),
        ("[[year]] sau [[previous_year]], trước [[next_year]]", "2024 sau 2023, trước 2025"),
        ("từ [[from dossiers]] đến [[to dossiers]]", "từ 01/01/2024 đến 31/12/2024"),
        ("UBND [[province]]", "UBND tỉnh Thử Nghiệm"),
        ("{{overlap procedures.in_force procedures.in_force_by_level: chồng}}", "chồng"),
        ("A{{directive: theo [[doc directive]]}}.", "A."),
        (
            "{{plan: Theo [[doc plan]].}}",
            "Theo Kế hoạch số 12/KH-UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh Thử Nghiệm.",
        ),
    ],
)
def test_a_mark_is_written_as_people_read_it(build, mark, text):
    assert body(build(mark)) == text


def test_a_mark_may_carry_its_own_period(build):
    built = build(
        "[[dossiers.finished level=province period=dossiers]] của [[dossiers.finished level=province]]",
        periods={"dossiers": Period(date(2024, 5, 10), date(2024, 5, 10))},
    )

    assert body(built) == "1 của 3"
    assert [(m.figure, m.period) for m in built.marks] == [
        ("dossiers.finished[level=province]", "dossiers"),
        ("dossiers.finished[level=province]", "year"),
    ]


def test_a_list_names_the_agency_of_that_time_though_its_code_means_another_now(build, package):
    load_package(
        package(
            agencies=[
                {"code": "H1", "name": AGENCIES[3]["name"], "kind": "district_committee", "level": "district"}
                | {"valid_from": "1900-01-01", "valid_to": "2024-12-31"},
                {"code": "H1", "name": "Ủy ban nhân dân xã Mới", "kind": "commune_committee", "level": "commune"}
                | {"valid_from": "2025-01-01", "valid_to": ""},
            ]
        ),
        actor=SYSTEM,
    )

    assert body(build("[[list teams.formed kind=supervision]]")).endswith("01 huyện: Đông")


def test_a_citation_is_whole_the_first_time_and_short_when_it_comes_again(build):
    built = build(
        "Kế hoạch[[cite plan]] rồi chỉ thị[[cite directive]] rồi kế hoạch[[cite plan]].", slots={"directive": ["d2"]}
    )

    notes = ["".join(run.text for run in note.runs) for note in footnotes(built.document)]
    assert notes == [
        "Kế hoạch số 12/KH-UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh Thử Nghiệm về CCHC năm 2024.",
        "Chỉ thị số 3/CT-UBND ngày 06/02/2024 của Ủy ban nhân dân tỉnh Thử Nghiệm về kỷ luật.",
        "Kế hoạch số 12/KH-UBND ngày 05/01/2024.",
    ]


def test_a_slot_that_nothing_fills_leaves_no_note_and_a_warning(build):
    built = build("Chỉ thị[[cite directive]] đã ban hành.")

    assert body(built) == "Chỉ thị đã ban hành."
    assert built.warnings == ("Mục «đầu báo cáo», đoạn 1: chưa chọn văn bản cho «Chỉ thị» (directive).",)


def test_a_figure_declared_pending_says_so(build):
    text = "[[evaluations.graded grade=good]]; {{pending evaluations.graded: chờ}}{{known evaluations.graded: có}}"

    assert body(build(text)) == "0; có"
    assert body(build(text, pending=["evaluations.graded"])) == "đang tổng hợp; chờ"


def test_every_mark_has_an_id_of_its_own_that_leads_to_what_it_states(build):
    built = build("[[dossiers.finished level=province]] [[dossiers.finished level=province]][[cite plan]]")
    runs = [run for block in built.document.blocks for run in block_runs(block)]
    inner = [r for run in runs for r in (run.runs if isinstance(run, Footnote) else (run,)) if isinstance(r, Mark)]

    assert [mark.id for mark in inner] == [use.id for use in built.marks]
    assert len({use.id for use in built.marks}) == 3
    assert [use.source for use in built.marks][:2] == ["dossiers.finished level=province"] * 2


@pytest.mark.parametrize(
    ("mark", "complaint"),
    [
        ("[[dossiers.unknown level=province]]", "không có chỉ tiêu «dossiers.unknown»"),
        ("[[dossiers.finished]]", "thiếu «level=…»"),
        ("[[dossiers.finished level=moon]]", "«level=moon» không có trong danh mục"),
        ("[[dossiers.finished level=province period=spring]]", "báo cáo không có kỳ «spring»"),
        ("[[dossiers.finished level=province colour=red]]", "không hiểu «colour=red»"),
        ("[[dossiers.finished level=province as=poem]]", "không viết được theo kiểu «poem»"),
        ("[[cite nowhere]]", "không có chỗ viện dẫn «nowhere»"),
        ("[[doc directive]]", "chưa chọn văn bản"),
        ("[[list dossiers.finished level=province]]", "không lập được danh sách"),
        ("[[list teams.formed colour=red]]", "không hiểu «colour=red»"),
        ("[[top officers.disciplined by=officer_name]]", "không có cột «officer_name»"),
        ("[[top dossiers.finished by=nothing]]", "không có cột «nothing»"),
        ("[[best dossiers.finished 3]]", "không theo cơ quan"),
        ("[[below index.score]]", "thiếu mức so sánh"),
        ("{{nonsense: text}}", "không hiểu điều kiện «nonsense»"),
    ],
)
def test_a_mark_that_cannot_be_written_is_refused_with_its_place(build, mark, complaint):
    with pytest.raises(ReportNotBuilt) as refusal:
        build(f"= I. Kết quả\n\nMột đoạn.\n\nTrong đoạn này {mark}.")

    assert len(refusal.value.faults) == 1
    assert refusal.value.faults[0].startswith("Mục «I. Kết quả», đoạn 2: ")
    assert complaint in refusal.value.faults[0]


def test_all_faults_are_named_at_once(build):
    with pytest.raises(ReportNotBuilt) as refusal:
        build("[[a.b]]\n\n[[c.d]]")

    assert len(refusal.value.faults) == 2


@pytest.mark.parametrize("text", ["[[dossiers.finished", "{{plan: a", "{{plan a}}", "a]]"])
def test_a_broken_mark_is_refused_when_the_template_is_read(build, text):
    with pytest.raises(Refusal, match="Mục «đầu báo cáo», đoạn 1"):
        build(text)


def test_what_people_registered_stays_literal(build, package):
    load_package(
        package(documents=[{"id": "d1", "kind": "plan", "issuer": "P", "title": "#x *y* [[year]] <b>"}]), actor=SYSTEM
    )

    assert "về #x *y* [[year]] <b>." in plain_text(build("Theo kế hoạch[[cite plan]].").document)
