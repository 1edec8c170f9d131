"""The same page, six pairs of eyes: what each role may see differs, and here is how."""

import pytest

from congvu.access.rules import Role
from congvu.journal.models import Act

YEAR = {"tu": "2022-01-01", "den": "2022-12-31"}
CARDS = {
    Role.REPORTING_OFFICER: 7,
    Role.PROVINCE_LEADER: 7,
    Role.AGENCY_HEAD: 6,  # no inspection was led by the district
    Role.ONE_STOP_CLERK: 4,  # dossiers and feedback
    Role.PERSONNEL_OFFICER: 2,  # tasks of the province and discipline
}


@pytest.mark.parametrize(("role", "cards"), CARDS.items())
def test_the_board_holds_what_the_role_may_see(as_role, role, cards):
    board = as_role(role).page("/bang-dieu-hanh/", **YEAR)

    assert len(board.select(".cards > li")) == cards


LATE = {
    (Role.REPORTING_OFFICER, "P"): ("2", "toàn tỉnh"),
    (Role.PROVINCE_LEADER, "P"): ("2", "toàn tỉnh"),
    (Role.AGENCY_HEAD, "H"): ("2", "UBND huyện Hà Quảng và các cơ quan trực thuộc"),
    (Role.AGENCY_HEAD, "SNV"): ("0", "Sở Nội vụ"),
    (Role.ONE_STOP_CLERK, "X1"): ("1", "UBND xã Đào Ngạn"),
    (Role.ONE_STOP_CLERK, "X2"): ("1", "UBND xã Trường Hà"),
}


@pytest.mark.parametrize(("seat", "seen"), LATE.items(), ids=str)
def test_a_figure_counts_what_its_reader_may_see_and_says_so(as_role, seat, seen):
    page = as_role(*seat).page("/chi-tieu/dossiers.late/", level="commune", **YEAR)

    assert (page.words(".value-box .big dd").split()[0], page.words(".scope strong")) == seen


def test_the_rows_behind_a_figure_are_those_it_counts(as_role):
    page = as_role(Role.ONE_STOP_CLERK, "X2").page("/chi-tieu/dossiers.late/", level="commune", **YEAR)

    assert [a.text for a in page.select("[aria-labelledby=cac-dong] tbody a")] == ["X2-LATE"]


@pytest.mark.parametrize("role", [Role.REPORTING_OFFICER, Role.PROVINCE_LEADER, Role.AGENCY_HEAD])
def test_names_of_the_disciplined_are_hidden_from_whom_they_do_not_concern(as_role, role):
    client = as_role(role)

    page = client.page("/chi-tieu/officers.disciplined/", **YEAR)

    assert page.words(".value-box .big dd") == "1 người"
    assert "Nông Văn An" not in page.text
    assert "CB1" not in page.text
    assert "không hiện ở vị trí làm việc này" in page.words()


def test_the_personnel_officer_sees_the_names(as_role):
    page = as_role(Role.PERSONNEL_OFFICER).page("/chi-tieu/officers.disciplined/", **YEAR)

    assert "CB1 Nông Văn An" in page.words("[aria-labelledby=cac-dong] tbody")


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.REPORTING_OFFICER, False),
        (Role.PROVINCE_LEADER, False),
        (Role.AGENCY_HEAD, True),
        (Role.ONE_STOP_CLERK, True),
    ],
)
def test_the_words_of_feedback_are_open_to_those_who_answer_it(as_role, role, shown):
    page = as_role(role).page("/chi-tieu/feedback.received/", **YEAR)

    assert "PA-1" in page.words("[aria-labelledby=cac-dong]")
    assert ("Nội dung của PA-1" in page.text) is shown


@pytest.mark.parametrize("role", [Role.REPORTING_OFFICER, Role.PERSONNEL_OFFICER])
def test_each_opening_of_personal_rows_is_an_act(as_role, role):
    client = as_role(role)

    for _time in range(2):
        assert "đã được ghi vào nhật ký" in client.page("/chi-tieu/officers.disciplined/", **YEAR).words()

    deeds = Act.objects.filter(kind="figure:open")
    assert [(d.actor_id, d.subject_key) for d in deeds] == [(client.user.pk, "officers.disciplined")] * 2


def test_looking_at_numbers_is_no_act(officer):
    officer.page("/bang-dieu-hanh/", **YEAR)
    officer.page("/chi-tieu/officers.disciplined_by_form/", **YEAR)
    officer.page("/chi-tieu/dossiers.late/", level="commune", **YEAR)

    assert not Act.objects.filter(kind="figure:open").exists()


def test_the_administrator_sees_no_records(administrator):
    for address in ("/bang-dieu-hanh/", "/chi-tieu/", "/chi-tieu/dossiers.late/", "/ho-so/X1-LATE/"):
        administrator.page(address, status=403)
