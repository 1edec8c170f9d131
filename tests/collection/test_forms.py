"""Forms as data: ours are whole, a province's own is read from its home, and a bad file says where it is wrong."""

from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

from congvu.collection.form import Kind
from congvu.collection.form_reading import FormNotValid, all_forms, load_form, read_form
from congvu.figures.period import Cycle, Period

from .conftest import FORM

SHIPPED = {"annual", "par-quarter", "one-stop-month", "feedback-half-year"}


@pytest.fixture(autouse=True)
def no_home(settings, tmp_path):
    settings.HOME = tmp_path / "home"


def test_every_form_of_ours_can_be_read():
    forms, problems = all_forms()

    assert problems == []
    assert {form.id for form in forms} == SHIPPED
    assert {one.name.removesuffix(".toml") for one in (files("congvu.collection") / "forms").iterdir()} == SHIPPED


@pytest.mark.parametrize(
    ("form", "year", "number", "first", "last"),
    [
        ("annual", 2022, 1, date(2021, 12, 15), date(2022, 12, 14)),
        ("par-quarter", 2022, 1, date(2021, 12, 15), date(2022, 3, 14)),
        ("par-quarter", 2022, 4, date(2022, 9, 15), date(2022, 12, 14)),
        ("one-stop-month", 2022, 1, date(2021, 12, 15), date(2022, 1, 14)),
        ("one-stop-month", 2022, 12, date(2022, 11, 15), date(2022, 12, 14)),
        ("feedback-half-year", 2022, 1, date(2021, 12, 15), date(2022, 6, 14)),
        ("feedback-half-year", 2022, 2, date(2022, 6, 15), date(2022, 12, 14)),
    ],
)
def test_the_periods_of_our_forms(form, year, number, first, last):
    found = load_form(form)

    assert found.rule.period(found.periodicity, year, number) == Period(first, last)


@pytest.mark.parametrize("form", sorted(SHIPPED))
def test_the_periods_of_a_form_follow_each_other_without_a_gap(form):
    found = load_form(form)
    numbers = range(1, found.periods_a_year + 1)
    periods = [found.rule.period(found.periodicity, year, n) for year in (2022, 2023, 2024) for n in numbers]

    assert all((after.first - before.last).days == 1 for before, after in pairwise(periods))


def test_a_calendar_period_ends_on_the_last_day_of_its_month():
    text = FORM.replace('"year"', '"month"').replace('"15/12-1"', '"1"').replace('"14/12"', '"last"')
    form = read_form("thu", text, "thu.toml")

    assert form.rule.period(Cycle.MONTH, 2024, 2) == Period(date(2024, 2, 1), date(2024, 2, 29))


def test_a_province_adds_a_form_without_code(lay_form):
    lay_form(name="cua-tinh")

    assert load_form("cua-tinh").title == "Báo cáo thử"
    assert {form.id for form in all_forms()[0]} == {*SHIPPED, "cua-tinh"}


def test_a_bad_form_of_the_province_hides_no_other(lay_form):
    lay_form('title = "Hỏng"', "hong")
    forms, problems = all_forms()

    assert {form.id for form in forms} == SHIPPED
    assert any(problem.startswith("hong.toml: section:") for problem in problems)


BAD = {
    "no TOML": (FORM + "[[", "không phải tệp TOML"),
    "unknown key": (FORM.replace("title =", "tieude =", 1), "thu.toml: đầu tệp: không hiểu «tieude»"),
    "no title": (FORM.replace('title = "Báo cáo thử"', ""), "đầu tệp: title: cần một đoạn chữ"),
    "periodicity": (FORM.replace('"year"', '"week"'), "periodicity: cần một trong: month, quarter"),
    "rule of a year": (FORM.replace('"15/12-1"', '"15-1"'), 'from: cần viết như "15/12-1"'),
    "rule of a month": (FORM.replace('"year"', '"month"'), 'from: cần viết như "15-1"'),
    "no such day": (FORM.replace('"14/12"', '"14/13"'), "to: không có ngày «14/13»"),
    "reversed": (FORM.replace('"15/12-1"', '"15/12"'), "ngày đầu kỳ phải không sau ngày cuối kỳ"),
    "no terms": (FORM.replace("commune = 3\ndistrict = 4\nprovince = 4", ""), "due: cần số ngày"),
    "days": (FORM.replace("commune = 3", 'commune = "3"'), "due: commune: cần một số nguyên"),
    "unit": (FORM.replace("[due]", '[due]\nunit = "month"'), "unit: cần working_day hoặc calendar_day"),
    "nobody owes": (FORM.replace('kinds = ["department", "district_committee", "commune_committee"]', ""), "owed_by"),
    "kind of agency": (FORM.replace('"department"', '"ministry"'), "kinds: cần một danh sách lấy từ"),
    "no figure": (FORM.replace("courses.count", "courses.counts"), "câu 4 («lop»): figure: Không có chỉ tiêu"),
    "members": (FORM.replace("dossiers.late[level=own]", "dossiers.late"), "Chỉ tiêu «dossiers.late» viết là"),
    "member": (FORM.replace("late[level=own]", "late[level=village]"), "level=village: cần một trong: own"),
    "no agency": (FORM.replace("courses.count", "procedures.in_force"), "không thuộc cơ quan nào"),
    "difference": (FORM.replace("courses.count", "par_tasks.remaining"), "không hỏi cơ quan được"),
    "below, once": (FORM.replace("dossiers.late[level=commune]", "officers.disciplined"), "scope: chỉ tiêu đếm mỗi"),
    "twice": (FORM.replace('id = "lop"', 'id = "tre"'), "phần 1: câu 4: mã «tre» đã dùng"),
    "id": (FORM.replace('id = "lop"', 'id = "Lớp"'), "id: chỉ gồm chữ thường"),
    "kind": (FORM.replace('kind = "documents"', 'kind = "files"'), "kind: cần một trong: figure, number"),
    "key of another kind": (FORM.replace("limit = 200", "additive = true"), "không hiểu «additive»"),
    "flag": (FORM.replace("central = true", 'central = "có"'), "central: cần true hoặc false"),
    "unit of a number": (FORM.replace('unit = "lần"', ""), "unit: cần một đoạn chữ"),
    "both": (FORM.replace("distinct = true", "distinct = true\nadditive = true"), "cần bỏ một mục"),
    "no section": ('title = "x"', "section: cần ít nhất một phần"),
    "empty section": (FORM + '[[section]]\ntitle = "Trống"', "phần 3: cần ít nhất một câu hỏi"),
    "check": (FORM + '[[check]]\ntotal = "xong"\nparts = ["uu-diem", "tre"]', "check 1: parts"),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD)
def test_a_bad_file_says_the_file_the_place_and_what_is_expected(text, words):
    with pytest.raises(FormNotValid) as refused:
        read_form("thu", text, "thu.toml")

    assert words in str(refused.value)
    assert all(problem.startswith("thu.toml: ") for problem in refused.value.problems)


def test_all_problems_are_told_at_once():
    text = (
        FORM.replace('"year"', '"week"').replace("courses.count", "courses.counts").replace("limit = 200", "limit = -1")
    )

    with pytest.raises(FormNotValid) as refused:
        read_form("thu", text, "thu.toml")
    assert len(refused.value.problems) >= 3


@pytest.mark.parametrize("text", ["section = 1", "section = [1]", "due = 3", "owed_by = []", 'check = "x"', "from = 3"])
def test_a_value_of_another_kind_is_refused_not_stumbled_over(text):
    with pytest.raises(FormNotValid):
        read_form("thu", text, "thu.toml")


def test_a_file_that_is_no_text_is_refused(settings):
    folder = settings.HOME / "forms"
    folder.mkdir(parents=True)
    (folder / "nhi-phan.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(FormNotValid, match=r"nhi-phan\.toml: không đọc được tệp"):
        load_form("nhi-phan")


def test_a_figure_may_be_typed_where_it_counts_the_agency_s_own_things():
    questions = read_form("thu", FORM, "thu.toml").questions

    typed = {q.id for q in questions.values() if q.may_be_typed}
    assert typed == {"xong", "tre", "lop", "ky-luat"}
    assert {q.id for q in questions.values() if q.may_be_stated} == {"xong", "tre", "lop"}


def test_what_must_not_be_added_up_says_why():
    questions = read_form("thu", FORM, "thu.toml").questions
    why = {id_: question.why_not_added() or "" for id_, question in questions.items()}

    assert {id_ for id_, words in why.items() if not words} == {"xong", "tre", "lop", "cap-duoi", "tu-kiem-tra"}
    assert "Tỷ lệ" in why["ty-le"]
    assert "tính trùng" in why["ky-luat"]
    assert "đếm số người" in why["nguoi"]
    assert questions["uu-diem"].kind is Kind.TEXT
    assert "không phải là số" in why["uu-diem"]
