"""Users and seats: the services refuse by themselves, whatever a page has asked before."""

from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from congvu.access import services
from congvu.access.models import Seat, User
from congvu.access.queries import NotForThisSeat, UserNotFound, get_user, users_page, wait_before_next_attempt
from congvu.access.rules import GRANTS, SYSTEM, Permission, Role
from congvu.access.visibility import reader_for
from congvu.journal.models import Act
from tests.web.province import give_seat, make_user

NEW_YEAR = date(2022, 1, 1)


@pytest.fixture
def clerk():
    return reader_for(make_user("clerk", Role.ONE_STOP_CLERK))


def give(username="moi", role=Role.ONE_STOP_CLERK, agency="X1", valid_from=NEW_YEAR, valid_to=None, actor=SYSTEM):
    services.give_seat(
        actor=actor, username=username, role=role, agency=agency, valid_from=valid_from, valid_to=valid_to
    )


DEEDS = {
    "create": lambda actor: services.create_user(actor=actor, username="ai", full_name="Ai"),
    "set active": lambda actor: services.set_active(actor=actor, username="moi", active=False),
    "reset": lambda actor: services.reset_password(actor=actor, username="moi"),
    "give": lambda actor: give(actor=actor),
    "end": lambda actor: services.end_seat(actor=actor, username="moi", seat_id=1),
    "list": lambda actor: users_page(actor),
    "look": lambda actor: get_user(actor, "moi"),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_only_who_manages_users_gets_anywhere(clerk, deed):
    make_user("moi")

    with pytest.raises(NotForThisSeat):
        deed(clerk)

    assert not Act.objects.filter(actor_id=clerk.user_id).exists()


def test_a_given_password_needs_no_change(clerk):
    services.create_user(actor=SYSTEM, username="ai", full_name="Ai", password="mat-khau-that-dai")

    user = User.objects.get(username="ai")
    assert user.check_password("mat-khau-that-dai")
    assert not user.must_change_password


def test_a_weak_given_password_creates_nobody():
    with pytest.raises(services.WeakPassword, match="ít nhất 10 ký tự"):
        services.create_user(actor=SYSTEM, username="ai", full_name="Ai", password="ngan")

    assert not User.objects.filter(username="ai").exists()


def test_a_taken_name_leaves_no_act():
    make_user("moi")

    with pytest.raises(services.UsernameTaken):
        services.create_user(actor=SYSTEM, username="moi", full_name="Khác")

    assert not Act.objects.filter(kind="user:create").exists()


def test_an_unknown_user_can_be_given_nothing():
    with pytest.raises(UserNotFound, match="«nobody»"):
        give(username="nobody")


def test_a_seat_needs_an_agency_of_its_first_day():
    make_user("moi")

    with pytest.raises(services.SeatNotPossible, match="«X1» vào ngày 31/12/1899"):
        give(valid_from=date(1899, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [
        (date(2022, 3, 1), date(2022, 5, 31), False),
        (date(2022, 6, 30), date(2022, 7, 31), False),
        (date(2022, 1, 1), None, False),
        (date(2022, 7, 1), None, True),
        (date(2022, 1, 1), date(2022, 2, 28), True),
    ],
)
def test_the_same_seat_holds_once_at_a_time(first, last, allowed):
    make_user("moi")
    give(valid_from=date(2022, 3, 1), valid_to=date(2022, 6, 30))

    if allowed:
        give(valid_from=first, valid_to=last)
    else:
        with pytest.raises(services.SeatNotPossible, match="đã giữ vị trí"):
            give(valid_from=first, valid_to=last)

    assert Seat.objects.filter(user__username="moi").count() == (2 if allowed else 1)


def test_a_seat_of_the_past_is_ended_already():
    seat = give_seat(make_user("moi"), Role.ONE_STOP_CLERK, "X1")
    services.end_seat(actor=SYSTEM, username="moi", seat_id=seat.pk)

    with pytest.raises(services.SeatNotPossible, match="đã kết thúc"):
        services.end_seat(actor=SYSTEM, username="moi", seat_id=seat.pk)


def test_a_seat_that_has_not_begun_is_taken_away():
    make_user("moi")
    give(valid_from=date(2023, 1, 1))
    seat = Seat.objects.get(user__username="moi")

    services.end_seat(actor=SYSTEM, username="moi", seat_id=seat.pk)

    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_an_administrator_who_is_locked_out_counts_for_none():
    first = make_user("first", Role.ADMINISTRATOR)
    locked = make_user("locked", Role.ADMINISTRATOR)
    User.objects.filter(pk=locked.pk).update(is_active=False)

    with pytest.raises(services.LastAdministrator):
        services.end_seat(actor=SYSTEM, username="first", seat_id=first.seats.get().pk)


def test_the_reader_of_a_seat_reaches_what_lies_below_it():
    head = reader_for(make_user("head", Role.AGENCY_HEAD))

    assert head.agency_name == "UBND huyện Hà Quảng"
    assert len(head.agencies) == 3


def test_a_seat_that_was_not_chosen_well_falls_back_to_the_first():
    user = make_user("hai", Role.ONE_STOP_CLERK)
    second = give_seat(user, Role.PROVINCE_LEADER, "P")

    assert reader_for(user).role == Role.ONE_STOP_CLERK
    assert reader_for(user, second.pk).role == Role.PROVINCE_LEADER
    assert reader_for(user, 10**9).role == Role.ONE_STOP_CLERK


def test_the_wait_is_what_is_left_of_a_quarter_of_an_hour():
    attempt = AccessAttempt.objects.create(username="lan", ip_address="127.0.0.1", failures_since_start=5)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=timezone.now() - timedelta(minutes=10))

    left = wait_before_next_attempt("lan")

    assert timedelta(minutes=4) < left <= timedelta(minutes=5)
    assert wait_before_next_attempt("nobody") == timedelta(minutes=15)


def test_every_permission_is_somebodys():
    assert frozenset().union(*GRANTS.values()) == frozenset(Permission)
