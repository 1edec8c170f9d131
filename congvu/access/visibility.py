"""Nobody gets a row except through here: set-based conditions, the same for page, export, figure and report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from congvu.kernel import clock

from .facts import Fact
from .models import Seat, User
from .rules import Reach, Reader, Role


@dataclass(frozen=True, slots=True)
class Visible:
    """Which rows of one fact a reader sees: an SQL condition over the view, and its parameters."""

    sql: str
    params: tuple[object, ...] = ()


def visible_to(reader: Reader, fact: Fact) -> Visible:
    """Return the condition that keeps what ``reader`` may know of."""
    reach = reader.reach(fact.area)
    if reach is Reach.PROVINCE or (fact.owner is None and reach is Reach.OWN):
        return Visible("true")
    if reach is Reach.NONE:
        return Visible("false")
    return Visible(f"{fact.owner} = ANY(%s)", (sorted(reader.agencies),))


def agencies_under(code: str, day: date) -> frozenset[int]:
    """Return the ids of the agency that ``code`` means on ``day``, of those below it, and of those it followed.

    A unit keeps the rows of the agency whose work it took over (``successor``): somebody must answer for them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE mine AS (
                SELECT id, code, valid_from, valid_through FROM agency_periods
                WHERE code = %(code)s AND %(day)s BETWEEN valid_from AND valid_through
                UNION
                SELECT a.id, a.code, a.valid_from, a.valid_through
                FROM mine m
                JOIN agencies r ON r.parent = m.code OR r.successor = m.code
                JOIN agency_periods a ON a.id = r.id
                WHERE (r.parent = m.code AND a.valid_from BETWEEN m.valid_from AND m.valid_through)
                   OR (r.successor = m.code AND r.valid_to + 1 BETWEEN m.valid_from AND m.valid_through)
            )
            SELECT id FROM mine
            """,
            {"code": code, "day": day},
        )
        return frozenset(row[0] for row in cursor.fetchall())


def seats_of(user: User, day: date) -> list[Seat]:
    """Return the seats that ``user`` holds on ``day``, in a stable order."""
    held = Seat.objects.filter(user=user, valid_from__lte=day)
    return [seat for seat in held.order_by("valid_from", "id") if seat.valid_to is None or seat.valid_to >= day]


def reader_for(user: User, seat_id: int | None = None) -> Reader | None:
    """Return the reader that ``user`` is in the chosen seat (else the first held today); None without a seat."""
    day = clock.today()
    seats = seats_of(user, day)
    seat = next((s for s in seats if s.pk == seat_id), seats[0] if seats else None)
    if seat is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM agency_periods WHERE code = %s AND %s BETWEEN valid_from AND valid_through",
            (seat.agency, day),
        )
        found = cursor.fetchone()
    return Reader(
        user_id=user.pk,
        name=user.full_name,
        role=Role(seat.role),
        agency_code=seat.agency,
        agency_name=found[0] if found else seat.agency,
        agencies=agencies_under(seat.agency, day),
    )
