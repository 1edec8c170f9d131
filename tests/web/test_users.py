"""Users and their seats, as the administrator handles them."""

import pytest

from congvu.access.models import Seat, User
from congvu.access.rules import Role
from congvu.journal.models import Act

from .conftest import Browser
from .province import PASSWORD, give_seat, make_user


def test_a_user_is_created_with_a_password_that_shows_once(administrator):
    reply = administrator.post("/nguoi-dung-moi/", {"username": "lan.hoang", "full_name": "Hoàng Thị Lan"})

    page = administrator.checked(reply)
    password = page.words(".secret")
    assert reply["Cache-Control"] == "no-store"
    user = User.objects.get(username="lan.hoang")
    assert user.check_password(password)
    assert user.must_change_password
    assert Act.objects.filter(kind="user:create", subject_key="lan.hoang").exists()
    assert password not in "".join(str(row) for row in Act.objects.values_list("data", "reason"))


@pytest.mark.parametrize(
    ("username", "words"),
    [("Lan Hoàng", "chữ thường không dấu"), ("", "chữ thường không dấu"), ("taken", "Đã có người dùng «taken»")],
)
def test_a_name_that_will_not_do_is_refused(administrator, username, words):
    make_user("taken")

    page = administrator.send("/nguoi-dung-moi/", status=422, username=username, full_name="Ai đó")

    assert words in page.words("[role=alert]")
    assert page.select_one("#id_full_name")["value"] == "Ai đó"


SEAT = {"role": "one_stop_clerk", "agency": "X1", "valid_from": "2022-12-01", "valid_to": ""}


def test_a_seat_is_given_and_lets_in(administrator):
    user = make_user("moi")
    administrator.send("/nguoi-dung/moi/", **SEAT)

    browser = Browser()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    browser.page("/bang-dieu-hanh/")
    assert "Công chức một cửa UBND xã Đào Ngạn 01/12/2022" in administrator.page("/nguoi-dung/moi/").words("table")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"agency": "NOWHERE"}, "Không có cơ quan mã «NOWHERE»"),
        ({"valid_to": "2022-11-30"}, "phải không trước ngày bắt đầu"),
        ({"valid_from": "hôm qua"}, "Hãy nhập ngày bắt đầu"),
        ({"role": "king"}, "một vai trò trong danh sách"),
        ({"agency": ""}, "Hãy nhập mã cơ quan"),
    ],
)
def test_a_seat_that_cannot_be_is_refused(administrator, fields, words):
    make_user("moi")

    page = administrator.send("/nguoi-dung/moi/", status=422, **(SEAT | fields))

    assert words in page.words("[role=alert]")
    assert not Seat.objects.filter(user__username="moi").exists()


def test_the_same_seat_is_not_given_twice_for_the_same_days(administrator):
    make_user("moi")
    administrator.send("/nguoi-dung/moi/", **SEAT)

    page = administrator.send("/nguoi-dung/moi/", status=422, **SEAT)

    assert "đã giữ vị trí «Công chức một cửa»" in page.words("[role=alert]")


def test_an_ended_seat_lets_nobody_in(administrator, as_role):
    clerk = as_role(Role.ONE_STOP_CLERK)
    seat = clerk.user.seats.get()
    clerk.page("/bang-dieu-hanh/")

    administrator.send(f"/nguoi-dung/{clerk.user.username}/vi-tri/{seat.id}/ket-thuc/")

    clerk.page("/bang-dieu-hanh/", status=403)
    assert "20/12/2022" in administrator.page(f"/nguoi-dung/{clerk.user.username}/").words("table")
    assert Act.objects.filter(kind="seat:end", subject_key=clerk.user.username).exists()


def test_a_seat_is_ended_under_its_own_users_name_only(administrator):
    seat = give_seat(make_user("moi"), Role.ONE_STOP_CLERK, "X1")
    make_user("khac")

    administrator.send(f"/nguoi-dung/khac/vi-tri/{seat.id}/ket-thuc/", status=409)

    assert Seat.objects.get(pk=seat.pk).valid_to is None


def test_the_last_administrator_cannot_be_taken_away(administrator):
    name, seat = administrator.user.username, administrator.user.seats.get()

    ended = administrator.send(f"/nguoi-dung/{name}/vi-tri/{seat.id}/ket-thuc/", status=409)
    locked = administrator.send(f"/nguoi-dung/{name}/trang-thai/", status=409, active="0")

    assert "người quản trị cuối cùng" in ended.words()
    assert "người quản trị cuối cùng" in locked.words()
    make_user("other", Role.ADMINISTRATOR)
    administrator.send(f"/nguoi-dung/{name}/vi-tri/{seat.id}/ket-thuc/")


def test_a_locked_account_opens_again(administrator):
    make_user("moi", Role.ONE_STOP_CLERK)

    administrator.send("/nguoi-dung/moi/trang-thai/", active="0")
    assert Browser().send("/dang-nhap/", status=422, username="moi", password=PASSWORD)
    administrator.send("/nguoi-dung/moi/trang-thai/", active="1")

    assert Browser().send("/dang-nhap/", username="moi", password=PASSWORD) == "/"


def test_a_password_is_reset_to_a_temporary_one(administrator):
    user = make_user("moi", Role.ONE_STOP_CLERK)

    password = administrator.send("/nguoi-dung/moi/mat-khau/", status=200).words(".secret")

    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change_password


def test_users_are_listed_page_by_page(administrator):
    for number in range(55):
        make_user(f"u{number:02d}")

    first = administrator.page("/nguoi-dung/")
    second = administrator.page(first.select_one("a[rel=next]")["href"])

    names = [row.a.text for page in (first, second) for row in page.select("tbody tr")]
    assert names == sorted([f"u{n:02d}" for n in range(55)] + [administrator.user.username])
    assert "56 người dùng" in first.words(".head")
    assert not second.select("a[rel=next]")
