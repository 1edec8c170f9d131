"""What is done to users and their seats. Each function is one act in the journal; a password never stands in it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal

from .models import Seat, User
from .queries import agency_exists, find_user, require
from .rules import ROLE_NAMES, SYSTEM, Permission, Reader, Role

_TABLE = "access_user"


class UsernameTaken(Refusal):
    code = "user.username_taken"
    status = 409


class WeakPassword(Refusal):
    code = "user.weak_password"


class SeatNotPossible(Refusal):
    code = "seat.not_possible"
    status = 409


class LastAdministrator(Refusal):
    code = "user.last_administrator"
    status = 409


def create_user(
    *, actor: Reader, username: str, full_name: str, password: str | None = None, demo_card: str = ""
) -> str:
    """Create a user and return the password; one that we made has to be changed at the first sign-in.

    Raises
    ------
    NotForThisSeat, UsernameTaken, WeakPassword
    """
    require(actor, Permission.MANAGE_USERS)
    user = User(username=username, full_name=full_name, demo_card=demo_card)
    user.must_change_password = password is None
    password = password or _temporary_password()
    _check_password(password, user)
    user.set_password(password)
    with act("user:create", actor=actor, subject=(_TABLE, username), data={"full_name": full_name}):
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError:
            raise UsernameTaken(f"Đã có người dùng «{username}». Hãy chọn tên đăng nhập khác.") from None
    return password


def set_active(*, actor: Reader, username: str, active: bool) -> None:
    """Open or shut a user's way in; their seats and acts stay as they are.

    Raises
    ------
    NotForThisSeat, UserNotFound, LastAdministrator
    """
    require(actor, Permission.MANAGE_USERS)
    with act("user:change", actor=actor, subject=(_TABLE, username), data={"is_active": active}):
        user = find_user(username)
        if not active:
            _keep_an_administrator(without_user=user)
        user.is_active = active
        user.save(update_fields=["is_active"])


def reset_password(*, actor: Reader, username: str) -> str:
    """Give a user a temporary password, which is returned once, and which they must change.

    Raises
    ------
    NotForThisSeat, UserNotFound
    """
    require(actor, Permission.MANAGE_USERS)
    password = _temporary_password()
    with act("user:password", actor=actor, subject=(_TABLE, username), data={"temporary": True}):
        user = find_user(username)
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
    return password


def change_password(*, user: User, password: str) -> None:
    """Let a user change their own password; no seat is needed for it.

    Raises
    ------
    WeakPassword
        If it is too short, too common, or too like the user's name.
    """
    _check_password(password, user)
    author = replace(SYSTEM, user_id=user.pk, name=user.full_name, agency_name="")
    with act("user:password", actor=author, subject=(_TABLE, user.username)):
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])


def give_seat(
    *, actor: Reader, username: str, role: Role, agency: str, valid_from: date, valid_to: date | None = None
) -> None:
    """Let a user work in ``agency`` in ``role`` from one day to another, both inclusive.

    Raises
    ------
    NotForThisSeat, UserNotFound
    SeatNotPossible
        If the agency does not exist on the first day, the days are reversed, or they overlap the same seat.
    """
    require(actor, Permission.MANAGE_USERS)
    if valid_to is not None and valid_to < valid_from:
        raise SeatNotPossible("Ngày kết thúc của vị trí làm việc phải không trước ngày bắt đầu.")
    if not agency_exists(agency, valid_from):
        raise SeatNotPossible(
            f"Không có cơ quan mã «{agency}» vào ngày {valid_from:%d/%m/%Y}. Hãy xem mã ở trang Cơ quan."
        )
    seat = {"role": role.value, "agency": agency, "valid_from": valid_from, "valid_to": valid_to}
    with act("seat:give", actor=actor, subject=(_TABLE, username), data=seat):
        # the lock makes two administrators who give the same seat at once wait for each other
        user = User.objects.select_for_update().get(pk=find_user(username).pk)
        if _overlapping(user, role, agency, valid_from, valid_to):
            raise SeatNotPossible(
                f"{user.full_name} đã giữ vị trí «{ROLE_NAMES[role]}» ở cơ quan này trong thời gian ấy."
            )
        Seat.objects.create(user=user, **seat)


def end_seat(*, actor: Reader, username: str, seat_id: int) -> None:
    """End a seat: yesterday was its last day. One that began today or later is taken away.

    Raises
    ------
    NotForThisSeat, SeatNotPossible, LastAdministrator
    """
    require(actor, Permission.MANAGE_USERS)
    today = clock.today()
    with act("seat:end", actor=actor, subject=(_TABLE, username), data={"seat": seat_id}):
        seat = Seat.objects.select_for_update().filter(pk=seat_id, user__username=username).first()
        if seat is None or (seat.valid_to is not None and seat.valid_to < today):
            raise SeatNotPossible("Vị trí làm việc này không có hoặc đã kết thúc. Hãy tải lại trang.")
        if seat.role == Role.ADMINISTRATOR:
            _keep_an_administrator(without_seat=seat)
        if seat.valid_from >= today:
            seat.delete()
        else:
            seat.valid_to = date.fromordinal(today.toordinal() - 1)
            seat.save(update_fields=["valid_to"])


def _overlapping(user: User, role: Role, agency: str, first: date, last: date | None) -> bool:
    same = Seat.objects.filter(user=user, role=role, agency=agency)
    if last is not None:
        same = same.filter(valid_from__lte=last)
    return same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first)).exists()


def _keep_an_administrator(*, without_user: User | None = None, without_seat: Seat | None = None) -> None:
    """Refuse to leave the system without anybody who may give seats.

    Every administrator's seat is locked, so that two who end each other's at once cannot both succeed.
    """
    today = clock.today()
    seats = Seat.objects.select_for_update().filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        role=Role.ADMINISTRATOR,
        user__is_active=True,
        valid_from__lte=today,
    )
    held = list(seats.order_by("pk"))
    left = [seat for seat in held if seat != without_seat and seat.user_id != getattr(without_user, "pk", None)]
    if held and not left:
        raise LastAdministrator("Đây là người quản trị cuối cùng. Hãy giao vị trí quản trị cho một người khác trước.")


def _temporary_password() -> str:
    return secrets.token_urlsafe(12)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(_WORDS.get(e.code or "", e.messages[0]) for e in error.error_list)) from None


_WORDS = {
    "password_too_short": "Mật khẩu phải có ít nhất 10 ký tự.",
    "password_too_common": "Mật khẩu này quá phổ biến, dễ bị đoán. Hãy đặt mật khẩu khác.",
    "password_too_similar": "Mật khẩu quá giống tên đăng nhập hoặc họ tên. Hãy đặt mật khẩu khác.",
}
"""Django's validators say the rest; these three are the ones in settings, in our words."""
