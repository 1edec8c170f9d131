"""Cells become values: a column of texts is checked as a whole, each distinct text once.

Values stay texts, in the form in which PostgreSQL's ``COPY`` takes them: ``\\N`` is null, and a backslash
escapes itself, tabs and line ends. What is wrong becomes null, so that the rest of its row can still be checked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .instants import EXPECTED as INSTANT_EXPECTED
from .instants import check_instants
from .tables import FIRST_YEAR, LAST_YEAR, Column, Kind

NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_SURROGATE = re.compile("[\udc80-\udcff]")
_WHOLE_DIGITS, _FRACTION_DIGITS = 20, 10
_FEW_CHOICES = 25


@dataclass
class Checked:
    """What a column's distinct cells mean: ``changed`` ones, and those in error with what was expected."""

    changed: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)


def tidy(cells: Iterable[str], *, ascii_only: bool) -> list[str]:
    """Return the cells trimmed, and in NFC."""
    trimmed = list(map(str.strip, cells))
    if ascii_only or unicodedata.is_normalized("NFC", "\n".join(trimmed)):
        return trimmed
    normal = {cell: unicodedata.normalize("NFC", cell) for cell in set(trimmed)}
    return [normal[cell] for cell in trimmed]


def check(column: Column, cells: Collection[str]) -> Checked:
    """Check the distinct, tidied, not empty cells of a column."""
    found = Checked()
    match column.kind:
        case Kind.TEXT:
            pass
        case Kind.CHOICE:
            expected = _choices(column.choices)
            found.wrong = dict.fromkeys(set(cells).difference(column.choices), expected)
        case Kind.DATE:
            found.wrong = {cell: _DATE_EXPECTED for cell in cells if not is_day(cell)}
        case Kind.INSTANT:
            found.changed, wrong = check_instants(cells)
            found.wrong = dict.fromkeys(wrong, INSTANT_EXPECTED)
        case Kind.BOOLEAN:
            found.wrong = dict.fromkeys(set(cells) - {"true", "false"}, "cần true hoặc false")
        case Kind.INTEGER:
            _check_integers(column, cells, found)
        case Kind.DECIMAL:
            _check_decimals(column, cells, found)
    return found


def not_text(cell: str) -> str | None:
    """Return why a cell cannot be text at all, if so."""
    if "\0" in cell:
        return "có ký tự NUL"
    if _SURROGATE.search(cell):
        return "có byte không phải UTF-8"
    return None


def escaped(cells: Iterable[str]) -> dict[str, str]:
    """Return the cells that ``COPY`` needs written otherwise."""
    return {cell: text for cell in cells if (text := cell.translate(_ESCAPES)) != cell}


_DATE_EXPECTED = f"không phải ngày hợp lệ; cần YYYY-MM-DD, năm {FIRST_YEAR} đến {LAST_YEAR}"


def is_day(cell: str) -> bool:
    if not _DATE.fullmatch(cell):
        return False
    try:
        return FIRST_YEAR <= date.fromisoformat(cell).year <= LAST_YEAR
    except ValueError:
        return False


def _choices(choices: tuple[str, ...]) -> str:
    shown = ", ".join(choices[:_FEW_CHOICES]) + (", …" if len(choices) > _FEW_CHOICES else "")
    return f"không có trong danh mục; cần một trong: {shown}"


def _check_integers(column: Column, cells: Collection[str], found: Checked) -> None:
    for cell in cells:
        if not _INTEGER.fullmatch(cell):
            found.wrong[cell] = "không phải số nguyên"
        elif out_of := _out_of_bounds(column, Decimal(cell)):
            found.wrong[cell] = out_of
        elif (text := str(int(cell))) != cell:
            found.changed[cell] = text


def _check_decimals(column: Column, cells: Collection[str], found: Checked) -> None:
    for cell in cells:
        if not _DECIMAL.fullmatch(cell):
            found.wrong[cell] = "không phải số; phần thập phân viết sau dấu chấm, ví dụ 2.5"
            continue
        number = Decimal(cell)
        if out_of := _out_of_bounds(column, number):
            found.wrong[cell] = out_of
        elif number.adjusted() >= _WHOLE_DIGITS:
            found.wrong[cell] = f"số quá lớn; nhiều nhất {_WHOLE_DIGITS} chữ số trước dấu chấm"
        elif len(cell.partition(".")[2].rstrip("0")) > _FRACTION_DIGITS:
            found.odd[cell] = f"được làm tròn đến {_FRACTION_DIGITS} chữ số thập phân"


def _out_of_bounds(column: Column, number: Decimal) -> str | None:
    least, most = column.least, column.most
    if (least is None or number >= least) and (most is None or number <= most):
        return None
    match least, most:
        case 0, _:
            return "số quá lớn" if number > 0 else "không được âm"
        case int(), int() if most < 2**31 - 1:
            return f"cần số từ {least} đến {most}"
    return "số quá lớn hoặc quá nhỏ"
