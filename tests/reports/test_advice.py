"""What is said about a draft: numbers typed by hand, abbreviations, documents; and what is left in peace."""

from datetime import date

import pytest
from django.utils.translation import override

from congvu.access.rules import SYSTEM
from congvu.exchange.services import load_package
from congvu.figures.period import Period
from congvu.reports.advice import Sort, advice_for
from congvu.reports.previewing import with_mark
from congvu.reports.sources import Sources
from congvu.reports.template import make_template
from congvu.reports.writer import write
from congvu.work.documents.models import Document
from tests.conftest import EXAMPLE

from .conftest import TEMPLATE


@pytest.fixture
def advised(build):
    """Return a function that builds a text and returns the advice of one sort about it, all without a sort."""

    def _advised(body, sort=None, **options):
        return [one for one in advice_for(build(body, **options)) if sort in (None, one.sort)]

    return _advised


def test_a_number_typed_by_hand_that_is_a_figure_comes_with_its_mark(advised):
    found = advised(
        "= Mục I\n\nĐã giải quyết xong 3 hồ sơ ở cấp tỉnh.\n\nCấp tỉnh đã giải quyết xong 3 hồ sơ.", Sort.TYPED
    )

    assert [(one.position, one.text, one.mark) for one in found] == [
        (position, "3", "dossiers.finished level=province") for position in (2, 3)
    ]
    one = found[1]
    assert "«Hồ sơ đã giải quyết xong, cấp tỉnh» (01/01/2024–31/12/2024)" in one.message


def test_advice_is_the_same_for_one_who_reads_english(advised):
    with override("en"):
        (one,) = advised("Cấp tỉnh đã giải quyết xong 3 hồ sơ.", Sort.TYPED)

    assert "«Hồ sơ đã giải quyết xong, cấp tỉnh»" in one.message


def test_the_mark_names_the_period_where_it_is_not_the_report_s_own(advised):
    april = {"year": Period(date(2024, 4, 1), date(2024, 4, 30))}
    (one,) = advised("Cấp tỉnh đã giải quyết xong 3 hồ sơ.", Sort.TYPED, periods=april)

    assert one.mark == "dossiers.finished level=province period=dossiers"


@pytest.mark.parametrize(
    ("typed", "option"), [("66,67%", ""), ("66,7%", " as=percent1"), ("67%", None), ("66,670%", None)]
)
def test_a_share_is_marked_with_the_decimals_that_were_typed(advised, typed, option):
    found = advised(f"Cấp tỉnh có tỷ lệ hồ sơ giải quyết xong đúng hạn là {typed}.", Sort.TYPED)

    assert [one.mark for one in found] == ([] if option is None else [f"dossiers.on_time_rate level=province{option}"])


def test_what_is_said_about_a_vietnamese_text_is_vietnamese_on_an_english_page(advised):
    with override("en"):
        (one,) = advised("Cấp tỉnh đã giải quyết xong 3 hồ sơ.", Sort.TYPED)

    assert one.mark == "dossiers.finished level=province"
    assert "«Hồ sơ đã giải quyết xong, cấp tỉnh»" in one.message


def test_what_a_mark_computed_is_never_called_typed_by_hand(advised):
    words = "Cấp tỉnh đã giải quyết xong [[dossiers.finished level=province]] hồ sơ"

    assert advised(f"{words}[[footnote: {words}.]].") == []


@pytest.mark.parametrize("typed", ["979", "997"])
def test_a_number_typed_by_hand_that_contradicts_a_figure_is_named(db, typed):
    load_package(EXAMPLE / "package", actor=SYSTEM)
    periods = {"dossiers": Period(date(2021, 12, 10), date(2022, 12, 12))}
    body = (
        f"Cấp tỉnh đã giải quyết xong {typed} hồ sơ.\n\nCấp tỉnh: [[dossiers.finished level=province period=dossiers]]."
    )
    found = advice_for(write(Sources.read(make_template(TEMPLATE, body), 2022, SYSTEM, periods)))

    assert [(one.sort, one.text) for one in found] == [(Sort.TYPED if typed == "979" else Sort.OTHERWISE, typed)]
    assert typed == "979" or "tính từ dữ liệu là 979" in found[0].message


def test_abbreviations_and_documents_that_nobody_knows_are_named(advised):
    text = (
        "Ủy ban nhân dân (UBND) tỉnh, Hội đồng nhân dân (HĐND) tỉnh, cán bộ, công chức (CBCC) thực hiện "
        "Kế hoạch số 12/KH-UBND ngày 05/01/2024 và Quyết định số 99/QĐ-UBND "
        "ngày 02/3/2024; QLNNXH được đẩy mạnh[[footnote: Theo Kế hoạch số 77/KH-UBND ngày 03/4/2024.]]."
    )
    found = advised(text)

    assert [(one.text, one.note) for one in found if one.sort is Sort.CITATION] == [
        ("99/QĐ-UBND", None),
        ("77/KH-UBND", 1),
    ]
    assert [one.text for one in found if one.sort is Sort.ABBREVIATION] == ["QLNNXH"]
    assert Document.objects.filter(symbol="12/KH-UBND").exists()


def test_what_can_only_be_wrong_comes_first(advised):
    found = advised(
        "QLNNXH tăng.\n\nUBND tỉnh có 12 sở, gồm 7 sở khối kinh tế và 4 sở khối văn hóa. Ngày 31/02/2024 họp."
    )

    assert found[0].sort is Sort.CERTAIN
    assert found[0].position == 2


@pytest.mark.parametrize(
    ("text", "number", "after"),
    [
        ("Có 3 hồ sơ, 3 việc.", "3", "Có [[x]] hồ sơ, 3 việc."),
        ("Có 13 và 3,5 và 3.000, 3.", "3", "Có 13 và 3,5 và 3.000, [[x]]."),
        ("[[best index.score 3]] {{overlap 3 4: 3 việc}}", "3", "[[best index.score 3]] {{overlap 3 4: [[x]] việc}}"),
        ("Có [[best index.score 3]].", "3", "Có [[best index.score 3]]."),
        ("Tỷ lệ 66,7% đạt.", "66,7%", "Tỷ lệ [[x]] đạt."),
    ],
)  # fmt: skip
def test_a_mark_takes_the_place_of_the_first_number_typed_by_hand(text, number, after):
    assert with_mark(text, number, "x") == after
