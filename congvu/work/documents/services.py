"""Taking a number in the register of documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from congvu.journal.services import OpenAct
from congvu.kernel.errors import Refusal, SurroundingsRefusal
from congvu.kernel.format import format_day

from .models import Direction, Document, DocumentKind

_PATIENCE = "8s"
_NUMBER = re.compile(r"0*([1-9][0-9]{0,8})/(.+)", re.DOTALL)


class NumberRefused(Refusal):
    """The series of numbers does not allow a number on that day."""

    code = "documents.number_refused"
    status = 409


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the agency's code, and the names under which the register may know it too."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int
    symbol: str
    document: Document


def lock_register() -> None:
    """Wait until nobody else writes documents, and let nobody do so before this transaction ends."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
            cursor.execute(f"LOCK TABLE {Document.table()} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise SurroundingsRefusal("Sổ văn bản đang được ghi. Hãy thử lại sau ít phút.") from error
        raise


def take_number(
    deed: OpenAct, *, kind: DocumentKind, symbol: str, title: str, issued_on: date, issuer: Issuer
) -> Numbered:
    """Register an outgoing document under the next number of its issuer's series of ``symbol`` and year.

    Call it after :func:`lock_register`, in the same transaction: then no number is given twice.

    Raises
    ------
    NumberRefused
        The series already has a document of a later day: its numbers would no longer follow the days.
    """
    last, day = _last_of_series(symbol, issued_on.year, issuer)
    if day is not None and issued_on < day:
        raise NumberRefused(
            f"Số {last}/{symbol} đã cấp ngày {format_day(day)}, nên số tiếp theo không được đề ngày "
            f"{format_day(issued_on)}. Hãy chọn ngày từ {format_day(day)}."
        )
    number = last + 1
    written = f"{number}/{symbol}"
    id_ = f"{number}-{symbol.lower().replace('/', '-')}-{issued_on.year}-{uuid4().hex[:8]}"
    with deed.changing(Document, [id_]):
        document = Document.objects.create(
            id=id_,
            kind=kind,
            number=str(number),
            symbol=written,
            issued_on=issued_on,
            issuer=issuer.code,
            title=title,
            direction=Direction.OUTGOING,
        )
    return Numbered(number, written, document)


def _last_of_series(symbol: str, year: int, issuer: Issuer) -> tuple[int, date | None]:
    """Return the highest number of a series and its day; 0 where the series has none yet."""
    rows = Document.objects.filter(
        issuer__in=[issuer.code, *issuer.names], issued_on__year=year, symbol__endswith=f"/{symbol}"
    )
    taken = [
        (int(found[1]), day)
        for written, day in rows.values_list("symbol", "issued_on")
        if (found := _NUMBER.fullmatch(written or "")) and found[2] == symbol
    ]
    return max(taken, default=(0, None))
