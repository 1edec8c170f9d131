"""Numbers, shares and dates as people here write them; pages, reports and the workbook use the same."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from .clock import VIETNAM

Number = int | float | Decimal | Fraction

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_PERCENT = 100


def format_number(value: Number, places: int = 0) -> str:
    """Return ``value`` with a dot between thousands and a comma before decimals, rounded half up.

    >>> format_number(48447), format_number(-1234.5, 1)
    ('48.447', '-1.234,5')
    """
    exact = _exact(value)
    scaled = abs(exact) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, decimals = divmod(units, 10**places)
    sign = "-" if exact < 0 and units else ""
    return f"{sign}{whole:,d}".replace(",", ".") + (f",{decimals:0{places}d}" if places else "")


def format_percent(share: Number, places: int = 2) -> str:
    """Return a share in [0, 1] as a percentage, rounded half up.

    A float stands for its shortest decimal writing; where numerator and denominator are known,
    :func:`format_ratio` rounds the quotient itself.

    >>> format_percent(0.995, 2)
    '99,50%'
    """
    return format_number(_exact(share) * _PERCENT, places) + "%"


def format_ratio(numerator: int | Decimal, denominator: int | Decimal, places: int = 2) -> str:
    """Return ``numerator / denominator`` as a percentage, rounded half up without going through a float.

    >>> format_ratio(55, 59)
    '93,22%'

    Raises
    ------
    ZeroDivisionError
        If ``denominator`` is 0; a page then says "không phát sinh".
    """
    return format_percent(Fraction(numerator) / Fraction(denominator), places)


def format_part(part: int, whole: int) -> str:
    """Return a part of a whole.

    >>> format_part(55, 1259)
    '55/1.259'
    """
    return f"{format_number(part)}/{format_number(whole)}"


def format_count_in_text(count: int) -> str:
    """Return a count as running text writes it: below ten with a leading zero.

    >>> format_count_in_text(6), format_count_in_text(43)
    ('06', '43')
    """
    return f"{count:02d}" if 0 <= count < 10 else format_number(count)


def format_day(day: date) -> str:
    """Return ``05/12/2022``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_period(first: date, last: date) -> str:
    """Return ``05/12/2021–13/12/2022``; one day alone where both are the same."""
    return format_day(first) if first == last else f"{format_day(first)}–{format_day(last)}"


def format_month(day: date) -> str:
    """Return the month of ``day``: ``12/2022``."""
    return f"{day.month:02d}/{day.year:04d}"


def format_day_in_words(day: date) -> str:
    """Return the day as the head of a document writes it (Decree 30/2020/NĐ-CP, annex I).

    A zero stands before days under 10 and before months 1 and 2 only.

    >>> format_day_in_words(date(2022, 2, 8)), format_day_in_words(date(2022, 12, 21))
    ('ngày 08 tháng 02 năm 2022', 'ngày 21 tháng 12 năm 2022')
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def format_time(instant: datetime) -> str:
    """Return the Vietnamese time of day of an aware instant: ``17:00``."""
    local = _local(instant)
    return f"{local.hour:02d}:{local.minute:02d}"


def format_instant(instant: datetime) -> str:
    """Return an aware instant in Vietnamese time: ``17:00 05/12/2022``."""
    return f"{format_time(instant)} {format_day(_local(instant))}"


def format_due(instant: datetime) -> str:
    """Return an instant that people wait for, with its weekday: ``17:00 thứ Hai, 12/12/2022``."""
    local = _local(instant)
    return f"{format_time(instant)} {WEEKDAYS[local.weekday()]}, {format_day(local)}"


def _local(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a zone has no Vietnamese day: {instant}")
    return instant.astimezone(VIETNAM)


def _exact(value: Number) -> Fraction:
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
