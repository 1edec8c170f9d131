"""Signing in and out, passwords, the cards of simulated roles."""

import pytest
from axes.models import AccessAttempt

from congvu.access.models import User
from congvu.access.rules import Role
from congvu.journal.models import Act

from .province import PASSWORD, make_user, mark_simulated

NEW = "mot-mat-khau-khac"


def sign_in(browser, password=PASSWORD, address="/dang-nhap/", status=302):
    return browser.send(address, status=status, username="lan", password=password)


@pytest.fixture
def lan(province):
    return make_user("lan", Role.ONE_STOP_CLERK)


def test_a_stranger_is_led_to_sign_in_and_back(browser, lan):
    reply = browser.get("/chi-tieu/dossiers.late/?tu=2022-01-01&den=2022-12-31")

    back = sign_in(browser, address=reply["Location"])
    assert back == "/chi-tieu/dossiers.late/?tu=2022-01-01&den=2022-12-31"
    assert browser.page(back).words("h1") == "Hồ sơ giải quyết trễ hạn"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_host(browser, lan, elsewhere):
    assert browser.post(f"/dang-nhap/?next={elsewhere}", {"username": "lan", "password": PASSWORD})["Location"] == "/"


@pytest.mark.parametrize(
    ("role", "first_page"),
    [
        (Role.ONE_STOP_CLERK, "/bang-dieu-hanh/"),
        (Role.PERSONNEL_OFFICER, "/bang-dieu-hanh/"),
        (Role.ADMINISTRATOR, "/nguoi-dung/"),
    ],
)
def test_each_role_lands_where_its_work_begins(as_role, role, first_page):
    assert as_role(role).get("/")["Location"] == first_page


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(browser, lan):
    page = sign_in(browser, password="sai", status=422)

    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page.words("[role=alert]")
    assert page.select_one("#id_username")["value"] == "lan"
    assert not page.select_one("#id_password").get("value")


def test_an_unknown_name_is_answered_as_a_wrong_password(browser, lan):
    wrong = sign_in(browser, password="sai", status=422).words("[role=alert]")
    unknown = browser.send("/dang-nhap/", status=422, username="nobody", password="sai").words("[role=alert]")

    assert wrong == unknown


def test_an_empty_form_names_each_field_that_is_missing(browser, province):
    page = browser.send("/dang-nhap/", status=422)

    assert [a["href"] for a in page.select("[role=alert] a")] == ["#id_username", "#id_password"]


def test_after_five_wrong_passwords_the_right_one_is_refused_too(browser, lan):
    for _attempt in range(4):
        sign_in(browser, password="sai", status=422)
    locked = sign_in(browser, password="sai", status=429)
    refused = sign_in(browser, status=429)

    assert "Có thể đăng nhập lại sau 15 phút" in locked.words()
    assert "Tạm khóa đăng nhập" in refused.words("h1")
    assert browser.get("/bang-dieu-hanh/").status_code == 302
    assert AccessAttempt.objects.get().username == "lan"


def test_the_cards_of_roles_show_in_a_simulated_province_only(browser, province):
    make_user("motcua", Role.ONE_STOP_CLERK, demo_card="Xem hồ sơ của xã")
    make_user("that", Role.ONE_STOP_CLERK, agency="X2")

    assert not browser.page("/dang-nhap/").select(".roles")
    mark_simulated()
    page = browser.page("/dang-nhap/")

    assert [li.h3.text for li in page.select(".roles li")] == ["Công chức một cửa"]
    assert "UBND xã Đào Ngạn" in page.words(".roles")


def test_a_card_signs_in_without_a_password(browser, province):
    make_user("motcua", Role.ONE_STOP_CLERK, demo_card="Xem hồ sơ của xã")
    mark_simulated()

    assert browser.send("/dang-nhap/vai-tro/", username="motcua") == "/"
    assert "Người motcua" in browser.page("/bang-dieu-hanh/").words("header")


@pytest.mark.parametrize("username", ["that", "locked", "nobody", ""])
def test_no_card_opens_a_real_or_locked_account(browser, province, username):
    make_user("that", Role.ADMINISTRATOR)
    locked = make_user("locked", Role.ONE_STOP_CLERK, demo_card="x")
    User.objects.filter(pk=locked.pk).update(is_active=False)
    mark_simulated()

    browser.send("/dang-nhap/vai-tro/", status=404, username=username)

    assert "_auth_user_id" not in browser.session


def test_no_card_opens_anything_where_records_are_real(browser, province):
    make_user("motcua", Role.ONE_STOP_CLERK, demo_card="Xem hồ sơ của xã")

    browser.send("/dang-nhap/vai-tro/", status=404, username="motcua")

    assert "_auth_user_id" not in browser.session


def test_signing_out_needs_a_form_not_a_link(clerk):
    assert clerk.get("/dang-xuat/").status_code == 405

    assert clerk.send("/dang-xuat/") == "/dang-nhap/"
    assert clerk.get("/bang-dieu-hanh/")["Location"].startswith("/dang-nhap/")


def test_a_password_is_changed_and_the_session_goes_on(clerk):
    assert clerk.send("/mat-khau/", old=PASSWORD, new=NEW, again=NEW) == "/"

    assert "Đã đổi mật khẩu" in clerk.page("/bang-dieu-hanh/").words(".notice")
    assert User.objects.get(pk=clerk.user.pk).check_password(NEW)
    deed = Act.objects.latest("id")
    assert (deed.kind, deed.subject_key, deed.actor_id) == ("user:password", clerk.user.username, clerk.user.pk)
    assert NEW not in str(deed.data) + deed.reason


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"old": "sai", "new": NEW, "again": NEW}, "Mật khẩu đang dùng không đúng"),
        ({"old": PASSWORD, "new": NEW, "again": "khac-han-nhau"}, "không giống nhau"),
        ({"old": PASSWORD, "new": "ngan", "again": "ngan"}, "ít nhất 10 ký tự"),
        ({"old": PASSWORD, "new": "password123", "again": "password123"}, "quá phổ biến"),
        ({"old": PASSWORD, "new": "one_stop_clerk-1", "again": "one_stop_clerk-1"}, "quá giống"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(clerk, fields, words):
    page = clerk.send("/mat-khau/", status=422, **fields)

    assert words in page.words("[role=alert]")
    assert User.objects.get(pk=clerk.user.pk).check_password(PASSWORD)


def test_a_temporary_password_has_to_be_changed_first(clerk):
    User.objects.filter(pk=clerk.user.pk).update(must_change_password=True)

    assert clerk.get("/bang-dieu-hanh/")["Location"] == "/mat-khau/"
    assert clerk.get("/")["Location"] == "/mat-khau/"
    assert "mật khẩu tạm" in clerk.page("/mat-khau/").words()
    clerk.send("/mat-khau/", old=PASSWORD, new=NEW, again=NEW)
    clerk.page("/bang-dieu-hanh/")


def test_one_without_a_seat_today_is_told_what_to_do(browser, province):
    browser.force_login(make_user("moi"), backend="django.contrib.auth.backends.ModelBackend")

    assert "giao vị trí" in browser.page("/", status=403).words()
    assert "giao vị trí" in browser.page("/bang-dieu-hanh/", status=403).words()
    browser.page("/mat-khau/")
    assert "Hôm nay chưa có vị trí" in browser.page("/vi-tri/").words()


def test_a_locked_account_is_out_at_once(clerk):
    User.objects.filter(pk=clerk.user.pk).update(is_active=False)

    assert clerk.get("/bang-dieu-hanh/")["Location"].startswith("/dang-nhap/")
