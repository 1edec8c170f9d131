"""Correcting when a dossier was finished, through its form: what moves, what is refused, what is written down."""

import pytest

from congvu.access.rules import Role
from congvu.journal.models import Act, Change
from congvu.work.dossiers.models import Dossier

from .province import at

YEAR = {"tu": "2022-01-01", "den": "2022-12-31"}
FORM = "/ho-so/X1-LATE/dinh-chinh/"
GOOD = {"day": "2022-03-10", "time": "16:00", "reason": "Phiếu trả kết quả ghi ngày 10/03/2022"}


def value(client, figure):
    return client.page(f"/chi-tieu/{figure}/", level="commune", **YEAR).words(".value-box .big dd")


def test_a_correction_moves_figure_and_board(officer):
    assert value(officer, "dossiers.late") == "2 hồ sơ"
    assert value(officer, "dossiers.on_time_rate") == "33,33%"

    assert officer.send(FORM, **GOOD) == "/ho-so/X1-LATE/"

    assert value(officer, "dossiers.late") == "1 hồ sơ"
    assert value(officer, "dossiers.on_time_rate") == "66,67%"
    board = officer.page("/bang-dieu-hanh/", **YEAR)
    assert "66,67%" in board.words(".cards")


def test_the_page_says_what_was_corrected_and_keeps_its_history(officer):
    officer.send(FORM, **GOOD)

    page = officer.page("/ho-so/X1-LATE/")
    assert "Đã đính chính hồ sơ X1-LATE: giải quyết xong lúc 16:00 10/03/2022." in page.words(".notice")
    assert "Đúng hạn" in page.words(".state")
    assert "Đính chính hồ sơ: Phiếu trả kết quả ghi ngày 10/03/2022" in page.words(".history")
    assert "Giải quyết xong: 09:00 15/03/2022 → 16:00 10/03/2022" in page.words(".history")


def test_the_journal_keeps_who_why_and_what_stood_before(officer):
    officer.send(FORM, **GOOD)

    deed = Act.objects.get(kind="dossier:correct")
    change = Change.objects.get(act=deed)
    assert (deed.actor_id, deed.subject_key, deed.reason) == (officer.user.pk, "X1-LATE", GOOD["reason"])
    assert change.before.keys() == change.after.keys() == {"finished_at"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "2022-02-28"}, "phải không trước lúc tiếp nhận (09:00 01/03/2022)"),
        ({"day": "2022-12-21", "time": "08:01"}, "phải không sau lúc này (08:00 21/12/2022)"),
        ({"reason": ""}, "Hãy nêu lý do đính chính"),
        ({"reason": "   "}, "Hãy nêu lý do đính chính"),
        ({"day": "2022-03-15", "time": "09:00"}, "giống thời điểm đang ghi"),
        ({"day": "30/02/2022"}, "Hãy nhập ngày"),
        ({"day": "9" * 400}, "Hãy nhập ngày"),
        ({"day": "99999-01-01"}, "Hãy nhập ngày"),
        ({"time": "25:00"}, "Hãy nhập giờ và phút"),
        ({"day": "", "time": ""}, "Hãy nhập ngày"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(officer, fields, words):
    page = officer.send(FORM, status=422, **(GOOD | fields))

    assert words in page.words("[role=alert]")
    assert page.select_one("#id_day")["value"] == (GOOD | fields)["day"]
    assert Dossier.objects.get(pk="X1-LATE").finished_at == at("03-15")
    assert not Act.objects.filter(kind="dossier:correct").exists()


@pytest.mark.parametrize(("code", "words"), [("X1-WITHDRAWN", "người nộp rút"), ("X1-OPEN", "chưa giải quyết xong")])
def test_a_dossier_without_a_finish_of_its_own_has_none_to_correct(officer, code, words):
    page = officer.send(f"/ho-so/{code}/dinh-chinh/", status=422, **GOOD)

    assert words in page.words("[role=alert]")


def test_days_may_also_be_typed_as_people_write_them(officer):
    officer.send(FORM, **(GOOD | {"day": "10/03/2022"}))

    assert Dossier.objects.get(pk="X1-LATE").finished_at == at("03-10", 16)


def test_a_clerk_corrects_the_own_communes_dossiers_and_sees_no_others(clerk):
    clerk.send(FORM, **GOOD)

    assert clerk.send("/ho-so/X2-LATE/dinh-chinh/", status=404, **GOOD).words("h1") == "Chưa làm được"
    assert Dossier.objects.get(pk="X2-LATE").finished_at == at("05-05")


def test_absent_and_not_yours_read_the_same(clerk):
    absent = clerk.page("/ho-so/ABSENT/", status=404).words(".lead")
    not_yours = clerk.page("/ho-so/X2-LATE/", status=404).words(".lead")

    assert absent.replace("ABSENT", "X2-LATE") == not_yours


def test_a_leader_reads_and_does_not_correct(as_role):
    leader = as_role(Role.PROVINCE_LEADER)

    assert not leader.page("/ho-so/X1-LATE/").select("aside.deeds")
    leader.send(FORM, status=403, **GOOD)


def test_two_browsers_do_not_share_what_their_readers_may_see(officer, clerk):
    assert value(officer, "dossiers.late") == "2 hồ sơ"
    assert value(clerk, "dossiers.late") == "1 hồ sơ"
    assert value(officer, "dossiers.late") == "2 hồ sơ"
