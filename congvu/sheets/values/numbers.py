"""A column's numbers, and codes that a workbook took for numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from congvu.kernel.format import format_number
from congvu.sheets.grid import Cell

from .cells import Reading, as_text, plain_number, says_nothing, tidied, tidied_column

_Separator = Literal[".", ","]
_NUMBER = re.compile(r"(?P<open>\()?(?P<sign>[+-])?(?P<digits>\d[\d.,]*|[.,]\d+)(?P<percent>%)?(?(open)\))")
_GAPS = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_WELL_FORMED: Mapping[_Separator, re.Pattern[str]] = {
    ",": re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:,\d+)?"),
    ".": re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?"),
}
_BLANKS = re.compile(r"\s\s|[\n\t]")
_LOST_DIGITS = 15
_LOOKS_OF_CODES = re.compile(r"\d+\.(\d+)")
_FEWEST_PLACES = 3


def read_numbers(counts: Mapping[Cell, int], *, whole: bool, empty: tuple[str, ...] = ()) -> Reading:
    """Return what the distinct cells of a column mean as numbers, with a point before decimals.

    Whether a point or a comma stands before the decimals is what the column's own cells prove. Where none does,
    ``1.234`` is a thousand in a column of whole numbers, and read as Vietnamese is written in others, with a note.
    """
    found = Reading()
    texts: dict[str, re.Match[str]] = {}
    for cell in counts:
        match cell:
            case str() if not cell or (says_nothing(cell, empty) and not cell.isdigit()):
                found.values[cell] = ""
            case str() if match := _NUMBER.fullmatch(_GAPS.sub("", tidied(cell)).replace("−", "-").replace("- ", "-")):
                texts[cell] = match
            case str():
                found.refuse(cell, _no_number(cell, whole))
            case float():
                found.values[cell] = plain_number(cell)
                if whole and not cell.is_integer():
                    found.refuse(cell, "cần số nguyên")
            case _:
                found.refuse(cell, "là ngày hoặc giờ, không phải số (Excel có thể đã đổi số thành ngày)")
    _read_texts(texts, counts, found, whole=whole)
    return found


def _no_number(cell: str, whole: bool) -> str:
    if re.search(r"\d", cell) and re.search(r"[^\W\d]", cell):
        return "có chữ bên cạnh số; chỉ ghi số"
    return "không phải số; cần số nguyên, ví dụ 15" if whole else "không phải số; cần ví dụ 2,5"


def _read_texts(texts: Mapping[str, re.Match[str]], counts: Mapping[Cell, int], found: Reading, *, whole: bool) -> None:
    proofs: Counter[_Separator] = Counter()
    proven = {text: _decimal_mark(match["digits"]) for text, match in texts.items()}
    for text, mark in proven.items():
        if mark:
            proofs[mark] += counts[text]
    usual: _Separator = "." if proofs["."] > proofs[","] else ","
    for text, match in texts.items():
        digits = match["digits"]
        if (mark := proven[text]) and mark != usual:
            example = "1.234,5" if usual == "," else "1,234.5"
            found.refuse(
                text, f"cột này viết số theo kiểu {example} ở {format_number(proofs[usual])} ô, ô này kiểu khác"
            )
            continue
        if not _WELL_FORMED[usual].fullmatch(digits) and not _GROUPED.fullmatch(digits):
            found.refuse(text, _no_number(text, whole))
            continue
        unsure = bool(_GROUPED.fullmatch(digits)) and not mark
        if whole and unsure and not sum(proofs.values()):
            told = re.sub("[.,]", "", digits)
        else:
            told = digits.replace("." if usual == "," else ",", "").replace(",", ".")
            if unsure and not sum(proofs.values()):
                found.odd[text] = f"được đọc là {told.replace('.', ',')}"
        _settle(text, match, told, found, whole=whole)


def _settle(text: str, match: re.Match[str], told: str, found: Reading, *, whole: bool) -> None:
    number = Decimal(told)
    if match["percent"]:
        number /= 100
        found.odd[text] = f"được đọc là {format(number, 'f').replace('.', ',')}"
    if match["sign"] == "-" or match["open"]:
        number = -number
    if whole and number != number.to_integral_value():
        found.refuse(text, "cần số nguyên")
        return
    found.values[text] = str(int(number)) if number == number.to_integral_value() else format(number.normalize(), "f")


def _decimal_mark(digits: str) -> _Separator | None:
    """Return the mark that must stand before the decimals of a number, None where its writing does not prove one."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rindex(".") > digits.rindex(",") else ","
    if points + commas == 0:
        return None
    if points + commas > 1:  # 1.234.567: a mark that is repeated parts thousands
        return "," if points else "."
    grouped = _GROUPED.fullmatch(digits)
    if grouped and not digits.startswith("0"):
        return None
    return "." if points else ","


def codes_column(cells: Sequence[Cell], empty: tuple[str, ...] = ()) -> list[str] | None:
    """Return a column of codes all of which are texts as they should be, None for any other column."""
    if set(map(type, cells)) != {str}:
        return None
    texts = tidied_column(cells)
    distinct = set(texts) - {""}
    if any(not text[-1:].isdigit() and says_nothing(text, empty) for text in distinct):
        return None
    return None if _BLANKS.search("\0".join(distinct)) else texts


def read_codes(counts: Mapping[Cell, int], empty: tuple[str, ...] = ()) -> Reading:
    """Return the distinct cells of a column of codes as texts.

    A workbook that took codes for numbers has lost zeros at their ends: where all codes of the column have as many
    decimals, those with fewer get them back, with a note. Codes that became days, or lost digits, are refused.
    """
    found = Reading()
    texts = [cell for cell in counts if type(cell) is str]
    tidy = tidied_column(texts)
    if _BLANKS.search("\0".join(tidy)):
        tidy = [" ".join(told.split()) for told in tidy]
    for text, told in zip(texts, tidy, strict=True):
        found.values[text] = "" if not told[-1:].isdigit() and says_nothing(told, empty) else told
    for cell in (cell for cell in counts if type(cell) is not str):
        match cell:
            case float():
                found.values[cell] = plain_number(cell)
                if len(plain_number(cell).lstrip("-").replace(".", "")) > _LOST_DIGITS:
                    found.refuse(
                        cell, "mã có hơn 15 chữ số mà ở ô kiểu số: Excel đã bỏ các chữ số cuối; hãy nhập ô kiểu chữ"
                    )
            case dt.date() | dt.time() | dt.timedelta():
                found.refuse(cell, "Excel đã đổi mã này thành ngày hoặc giờ; hãy nhập lại mã ở ô kiểu chữ")
            case _:
                found.values[cell] = as_text(cell)
    _give_back_zeros(counts, found)
    return found


def _give_back_zeros(counts: Mapping[Cell, int], found: Reading) -> None:
    numbers = [cell for cell in counts if type(cell) is float and cell not in found.wrong]
    if not numbers:
        return
    written = [match for value in found.values.values() if (match := _LOOKS_OF_CODES.fullmatch(value))]
    places = max((len(match[1]) for match in written), default=0)
    full = sum(len(match[1]) == places for match in written)
    filled = sum(1 for value in found.values.values() if value)
    if places < _FEWEST_PLACES or full * 2 <= filled:
        return
    for cell in numbers:
        whole, _point, decimals = found.values[cell].partition(".")
        if len(decimals) < places:
            found.values[cell] = f"{whole}.{decimals.ljust(places, '0')}"
            found.odd[cell] = f"mã ở ô kiểu số, Excel có thể đã bỏ số 0 ở cuối: được đọc là {found.values[cell]}"
