"""What happens in the background: a load is looked over, or written. Whatever dies on the way leaves nothing half.

Who holds the advisory lock of a load works on it. A worker that is killed loses it with its connection, so the next
one begins that load again from the start; records, origins and the load's own state change in one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.db.models import F, QuerySet

from congvu.exchange.problems import PackageRefused
from congvu.exchange.services import LoadUnderWay, Tell
from congvu.kernel.errors import Refusal

from .judging import judge
from .models import SheetLoad
from .rules import IN_BACKGROUND, TRIES, State
from .taking import move
from .writing import write

_ANY = """
SELECT EXISTS (
    SELECT FROM sheet_loads s WHERE s.state = ANY(%s) AND NOT EXISTS (
        SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
        WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %s AND l.objid = s.number AND l.objsubid = 2
    )
)
"""
log = logging.getLogger(__name__)
_TELL = "UPDATE sheet_loads SET stage = %s, share = %s WHERE number = %s"
_LOCKS = 0x434F4E4C  # of advisory locks: one per load


def anything_waits() -> bool:
    """Return whether a load waits for the background and nobody works on it: none ever did, or they were killed."""
    with connection.cursor() as cursor:
        cursor.execute(_ANY, [[state.value for state in IN_BACKGROUND], _LOCKS])
        return bool(cursor.fetchone()[0])


def _waiting() -> QuerySet[SheetLoad]:
    return SheetLoad.objects.filter(state__in=[state.value for state in IN_BACKGROUND]).order_by("number")


def work() -> int:
    """Work through every load that waits and that nobody works on; return how many were begun."""
    begun = 0
    for number in _waiting().values_list("number", flat=True):
        with mine(number) as is_mine:
            if is_mine:
                with progress_of(number) as tell:
                    begun += work_on(number, tell)
    return begun


@contextmanager
def mine(number: int) -> Iterator[bool]:
    """Yield whether the load is ours to work on, and that of nobody else until the block ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, number])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, number])


def work_on(number: int, tell: Tell) -> bool:
    """Do what a load of ours waits for; False where it has to wait on. What refuses it is kept as its trouble."""
    load = SheetLoad.objects.get(pk=number)
    state = State(load.state)
    if state not in IN_BACKGROUND:
        return False  # another worker was quicker
    if load.tries >= TRIES:
        give_up(load, f"Tiến trình nền dừng giữa chừng {load.tries} lần nên không tự chạy lại nữa. Hãy báo quản trị.")
        return False
    SheetLoad.objects.filter(pk=number).update(tries=F("tries") + 1)
    deed = judge if state is State.CHECKING else write
    try:
        deed(load, tell)
    except LoadUnderWay:
        SheetLoad.objects.filter(pk=number).update(tries=F("tries") - 1, stage="Đợi một lần nạp khác xong")
        return False
    except PackageRefused as refused:
        give_up(SheetLoad.objects.get(pk=number), str(refused.problems[0]))
    except Refusal as refusal:
        give_up(SheetLoad.objects.get(pk=number), str(refusal))
    return True


def give_up(load: SheetLoad, trouble: str) -> None:
    """Put a load back to where a person can go on with it, and say why."""
    move(load, State.DRAFT if load.state == State.CHECKING else State.CHECKED)
    load.trouble = trouble
    load.save()


@contextmanager
def progress_of(number: int) -> Iterator[Tell]:
    """Yield what tells the page how far a load is, past the transaction that the load itself is in."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")

        def tell(stage: str, share: float) -> None:
            try:
                with beside.cursor() as cursor:
                    cursor.execute(_TELL, [stage, share, number])
            except OperationalError:  # only a page's bar: the load itself must not fail for it
                log.warning("the progress of load %s could not be told", number)

        yield tell
    finally:
        beside.close()
