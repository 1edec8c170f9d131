"""Reading users and their seats. Only those who manage users, and each user for themselves, come here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from axes.conf import settings as axes_settings
from axes.models import AccessAttempt
from django.db import connection
from django.utils import timezone

from congvu.kernel import clock
from congvu.kernel.errors import Refusal

from .models import User
from .rules import ROLE_NAMES, Permission, Reader, Role

PAGE = 50


class UserNotFound(Refusal):
    code = "user.not_found"
    status = 404


class NotForThisSeat(Refusal):
    code = "access.not_for_this_seat"
    status = 403


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat with the words that people read; ``current`` where it is held today."""

    id: int
    role: Role
    agency_code: str
    agency_name: str
    valid_from: date
    valid_to: date | None
    current: bool

    @property
    def role_name(self) -> str:
        return str(ROLE_NAMES[self.role])


@dataclass(frozen=True, slots=True)
class UserShown:
    username: str
    full_name: str
    is_active: bool
    must_change_password: bool
    is_demo: bool
    last_login: datetime | None
    seats: tuple[SeatShown, ...]


@dataclass(frozen=True, slots=True)
class UserPage:
    """``after`` is the username to continue from, None on the last page; ``total`` counts all pages."""

    users: tuple[UserShown, ...]
    total: int
    after: str | None


@dataclass(frozen=True, slots=True)
class DemoCard:
    username: str
    full_name: str
    description: str
    role_name: str
    agency_name: str


def users_page(reader: Reader, *, after: str = "", limit: int = PAGE) -> UserPage:
    """Return the users in the order of their names for signing in.

    Raises
    ------
    NotForThisSeat
        If the reader's seat does not manage users.
    """
    require(reader, Permission.MANAGE_USERS)
    found = list(User.objects.filter(username__gt=after).order_by("username")[: limit + 1])
    page = found[:limit]
    return UserPage(
        users=_shown(page),
        total=User.objects.count(),
        after=page[-1].username if len(found) > limit else None,
    )


def get_user(reader: Reader, username: str) -> UserShown:
    """Return one user with every seat, past ones too.

    Raises
    ------
    NotForThisSeat, UserNotFound
        If the reader's seat does not manage users; if nobody has that name.
    """
    require(reader, Permission.MANAGE_USERS)
    return _shown([find_user(username)])[0]


def find_user(username: str) -> User:
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise UserNotFound(f"Không có người dùng «{username}». Hãy chọn từ danh sách người dùng.") from None


def require(reader: Reader, permission: Permission) -> None:
    """Refuse, where ``reader`` may not: a page's guard asks first, this is the second lock."""
    if not reader.may(permission):
        raise NotForThisSeat("Vị trí làm việc này không được làm việc đó. Hãy chuyển sang vị trí khác.")


def seats_held(user: User) -> tuple[SeatShown, ...]:
    """Return the seats that ``user`` holds today, in a stable order."""
    return tuple(seat for seat in _seats([user.pk]).get(user.pk, ()) if seat.current)


def demo_cards() -> tuple[DemoCard, ...]:
    """Return the simulated roles in the order in which they were made; a card needs a seat held today."""
    users = list(User.objects.filter(is_active=True).exclude(demo_card="").order_by("id"))
    seats = _seats([user.pk for user in users])
    cards = []
    for user in users:
        seat = next((seat for seat in seats.get(user.pk, ()) if seat.current), None)
        if seat is not None:
            cards.append(DemoCard(user.username, user.full_name, user.demo_card, seat.role_name, seat.agency_name))
    return tuple(cards)


def demo_user(username: str) -> User | None:
    """Return the simulated user of that name; None for real people and those shut out."""
    return User.objects.filter(username=username, is_active=True).exclude(demo_card="").first()


def wait_before_next_attempt(username: str) -> timedelta:
    """Return how long signing in stays shut after too many wrong passwords; at least a minute."""
    latest = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    whole = timedelta(hours=axes_settings.AXES_COOLOFF_TIME)
    left = whole if latest is None else latest.attempt_time + whole - timezone.now()
    return max(left, timedelta(minutes=1))


def agency_exists(code: str, day: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM agency_periods WHERE code = %s AND %s BETWEEN valid_from AND valid_through",
            [code, day],
        )
        return cursor.fetchone() is not None


def _shown(users: Iterable[User]) -> tuple[UserShown, ...]:
    users = list(users)
    seats = _seats([user.pk for user in users])
    return tuple(
        UserShown(
            username=user.username,
            full_name=user.full_name,
            is_active=user.is_active,
            must_change_password=user.must_change_password,
            is_demo=bool(user.demo_card),
            last_login=user.last_login,
            seats=tuple(seats.get(user.pk, ())),
        )
        for user in users
    )


def _seats(user_ids: list[int]) -> dict[int, list[SeatShown]]:
    """Return the seats of many users in one query; an agency's name is that of today, else its last one."""
    day = clock.today()
    found: dict[int, list[SeatShown]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.user_id, s.id, s.role, s.agency, coalesce(a.name, s.agency), s.valid_from, s.valid_to
            FROM access_seat s
            LEFT JOIN LATERAL (
                SELECT p.name FROM agency_periods p WHERE p.code = s.agency
                ORDER BY (%s BETWEEN p.valid_from AND p.valid_through) DESC, p.valid_from DESC LIMIT 1
            ) a ON true
            WHERE s.user_id = ANY(%s) ORDER BY s.valid_from, s.id
            """,
            [day, user_ids],
        )
        for user_id, seat_id, role, code, name, first, last in cursor.fetchall():
            current = first <= day and (last is None or last >= day)
            found[user_id].append(SeatShown(seat_id, Role(role), code, name, first, last, current))
    return found
