"""Answers side by side, searched without marks, added up where that is right, quoted with their source."""

from datetime import date

import pytest
from django.db import connection

from congvu.access.rules import SYSTEM
from congvu.collection.aggregation import (
    AnswerNotFound,
    NotAddedUp,
    answers_beside,
    missing_of,
    quote,
    source,
    sum_words,
    sums_of,
)
from congvu.collection.filling import Entry, Item
from congvu.collection.models import ReportAnswer
from congvu.collection.queries import RequestNotFound
from congvu.collection.weaknesses import weaknesses
from congvu.journal.services import act
from congvu.kernel.text import fold
from congvu.reports.sources import Sources
from congvu.reports.template import make_template
from congvu.reports.writer import ReportNotBuilt, write
from tests.reports.conftest import TEMPLATE

from .conftest import CODE, NO_DOSSIERS


@pytest.fixture
def answered(hand_in, accept):
    """X1 and SNV accepted, X2 handed in, H still owing."""
    weak = Entry(items=(Item("Còn hồ sơ trễ hạn", "question:tre", "Phân công lại"),))
    hand_in("X1", {"tu-kiem-tra": Entry("4"), "nguoi": Entry("9"), "lop": Entry("2"), "han-che": weak})
    accept("X1", "H")
    hand_in("SNV", NO_DOSSIERS | {"tu-kiem-tra": Entry("2,5"), "lop": Entry("3"), "uu-diem": Entry("Kỷ luật nghiêm")})
    accept("SNV")
    hand_in("X2", {"tu-kiem-tra": Entry("100"), "uu-diem": Entry("Đường sá 100% tốt_đẹp")})


LETTERS = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"


def found(reader, **asked):
    return [(line.agency, line.question) for line in answers_beside(reader, CODE, **asked).lines]


def test_the_answers_to_one_question_stand_side_by_side(answered, officer):
    assert found(officer, question="tu-kiem-tra") == [
        ("SNV", "tu-kiem-tra"),
        ("X1", "tu-kiem-tra"),
        ("X2", "tu-kiem-tra"),
    ]


def test_what_is_not_handed_in_is_nobody_else_s(answered, officer, head):
    from congvu.collection.services import fill

    fill(head("H"), CODE, "H", {"uu-diem": Entry("Đang viết dở")})

    assert found(officer, words="đang viết dở") == []


@pytest.mark.parametrize("words", ["kỷ luật", "KY LUAT", "ky luat nghiem", "  kỷ   LUẬT ", "ky\u0309 lua\u0323\u0302t"])
def test_words_are_found_without_case_tones_and_marks(answered, officer, words):
    assert found(officer, words=words) == [("SNV", "uu-diem")]


def test_signs_of_a_pattern_are_looked_for_as_they_are(answered, officer):
    assert found(officer, words="100%") == [("X2", "uu-diem")]
    assert found(officer, words="tot_dep") == [("X2", "uu-diem")]
    assert found(officer, words="tot%dep") == []
    assert found(officer, words="\\") == []


def test_remedies_are_searched_too(answered, officer):
    assert found(officer, words="phan cong lai") == [("X1", "han-che")]


def test_a_head_sees_the_answers_of_those_below_and_no_other(answered, head):
    assert found(head("H"), question="uu-diem") == [("X1", "uu-diem"), ("X2", "uu-diem")]
    assert found(head("X1"), question="uu-diem") == [("X1", "uu-diem")]
    assert sums_of(head("H"), CODE)["tu-kiem-tra"].value == 4


def test_the_list_goes_on_where_a_page_ended(answered, officer):
    whole = found(officer)
    pages, after = [], None
    while True:
        page = answers_beside(officer, CODE, after=after, limit=2)
        pages += [(line.agency, line.question) for line in page.lines]
        after = page.after
        if after is None:
            break

    assert pages == whole
    assert page.total == len(whole)


def test_accepted_numbers_are_added_up_and_others_are_not(answered, officer):
    assert sum_words(officer, CODE, "tu-kiem-tra") == "6,50"
    assert sum_words(officer, CODE, "lop") == "5"
    assert sum_words(officer, CODE, "tre") == "1", "X2 has not been accepted"


@pytest.mark.parametrize(
    ("question", "words"),
    [("ty-le", "Tỷ lệ"), ("nguoi", "đếm số người"), ("ky-luat", "tính trùng"), ("uu-diem", "không phải là số")],
)
def test_shares_persons_and_words_are_not_added_up_and_it_says_why(answered, officer, question, words):
    with pytest.raises(NotAddedUp, match=words):
        sum_words(officer, CODE, question)
    assert sums_of(officer, CODE)[question].value is None


def test_nothing_accepted_is_no_sum(asked, officer):
    with pytest.raises(AnswerNotFound, match="chưa có câu trả lời nào được duyệt"):
        sum_words(officer, CODE, "lop")


def test_an_answer_is_quoted_with_its_source(answered, officer):
    assert quote(officer, CODE, "uu-diem", "SNV").text == "Kỷ luật nghiêm"
    assert quote(officer, CODE, "xong", "X1").text == "2"
    assert quote(officer, CODE, "han-che", "X1").text == "Còn hồ sơ trễ hạn – Phân công lại"
    assert source(officer, CODE, "SNV") == "Sở Nội vụ, «Báo cáo thử – năm 2022», gửi ngày 21/12/2022"
    for question, agency in (("uu-diem", "H"), ("uu-diem", "khong-co"), ("khong-co", "X1"), ("van-ban", "X1")):
        with pytest.raises(AnswerNotFound):
            quote(officer, CODE, question, agency)
    with pytest.raises(RequestNotFound):
        quote(officer, "khong-co", "uu-diem", "X1")


def test_weaknesses_carry_their_evidence_and_remedy(answered, officer, head):
    (found,) = weaknesses(officer, CODE)

    assert (found.agency, found.text, found.remedy) == ("X1", "Còn hồ sơ trễ hạn", "Phân công lại")
    assert (found.figure, found.finding, found.question) == ("dossiers.late[level=commune]", None, "tre")
    assert weaknesses(head("X2"), CODE) == []


def test_missing_agencies_are_those_that_report_to_the_province_or_all(answered, officer):
    assert missing_of(officer, CODE) == "đến ngày 21/12/2022 còn 01 cơ quan chưa báo cáo: 01 huyện: Hà Quảng"
    assert missing_of(officer, CODE, day=date(2022, 12, 20)) == (
        "đến ngày 20/12/2022 còn 02 cơ quan chưa báo cáo: 01 sở: Nội vụ; 01 huyện: Hà Quảng"
    )
    assert "02 xã" in missing_of(officer, CODE, day=date(2022, 12, 20), everybody=True)


def built(reader, body):
    return write(Sources.read(make_template(TEMPLATE, body), 2022, reader))


def words_of(report):
    from congvu.press.model import plain_text

    return plain_text(report.document)


def test_a_report_quotes_answers_sums_and_the_missing(answered, officer):
    report = built(
        officer,
        f"Sở Nội vụ nêu: [[answer {CODE} uu-diem SNV]][[note source {CODE} uu-diem SNV]]; "
        f"cả tỉnh [[sum {CODE} lop]] lớp; [[missing {CODE} on=2022-12-20]].",
    )

    text = words_of(report)
    assert "Sở Nội vụ nêu: Kỷ luật nghiêm¹; cả tỉnh 5 lớp; đến ngày 20/12/2022 còn 02 cơ quan chưa báo cáo" in text
    assert "¹ Sở Nội vụ, «Báo cáo thử – năm 2022», gửi ngày 21/12/2022." in text
    assert [mark.kind for mark in report.marks] == ["citation", "citation", "figure", "list"]


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (f"answer {CODE} uu-diem H", "chưa gửi câu trả lời"),
        (f"answer {CODE} uu-diem", "cần 3 chữ"),
        ("answer khong-co uu-diem H", "Không tìm thấy yêu cầu"),
        (f"sum {CODE} ty-le", "Tỷ lệ"),
        (f"sum {CODE} ty-le lop", "cần 2 chữ"),
        (f"missing {CODE} on=hom-nay", "không phải là một ngày"),
        (f"missing {CODE} day=2022-12-20", "không hiểu"),
        (f"source {CODE} uu-diem H", "chưa gửi báo cáo"),
    ],
)
def test_a_mark_that_quotes_nothing_is_a_fault_with_its_place(answered, officer, mark, words):
    with pytest.raises(ReportNotBuilt, match=words):
        built(officer, f"Nêu [[{mark}]].")


@pytest.mark.parametrize(
    "text",
    [
        "Kỷ luật, kỷ cương",
        "ĐẮK LẮK – Đơn  tố cáo",
        "Ưu điểm:\n\tnghiêm túc",
        LETTERS,
        "Zürich, Ñandú",
        "e\u0302\u0301",
    ],
)
def test_the_database_folds_as_the_program_does(asked, text):
    with act("collection:fill", actor=SYSTEM):
        stored = ReportAnswer.objects.create(
            request=asked, agency="X1", question="uu-diem", text=text, filled_by="Thử", filled_at=asked.opened_at
        )
    stored.refresh_from_db()

    assert stored.folded == fold(text)


def test_a_search_of_many_answers_reads_them_once(answered, officer):
    with connection.execute_wrapper(_count := _Counter()):
        answers_beside(officer, CODE, words="khong co chu nay")
    few = _count.queries
    with act("collection:fill", actor=SYSTEM):
        ReportAnswer.objects.bulk_create(
            ReportAnswer(
                request_id=CODE,
                agency="X1",
                question="uu-diem",
                item=number + 2,
                text=f"Câu trả lời thứ {number} về kỷ luật",
                filled_by="Thử",
                filled_at=ReportAnswer.objects.first().filled_at,
            )
            for number in range(3000)
        )
    with connection.execute_wrapper(_count := _Counter()):
        page = answers_beside(officer, CODE, words="tra loi thu 29")
    assert _count.queries == few
    assert page.total == 111


class _Counter:
    def __init__(self):
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)
