"""What may be typed into cells of a workbook, and the lists to choose from."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from congvu.kernel.format import format_day, format_number
from congvu.press.tidy import tidy
from congvu.press.xlsx import EXACT_MAX, FORMULA_STARTS

LISTS: Final = "Danh mục"
_PROMPT_MAX: Final = 255
_TITLE_MAX: Final = 32
_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)

Lists = Mapping[tuple[str, ...], str]
"""Where each list of choices stands, as a formula."""


@dataclass(frozen=True)
class Rule:
    """What may be typed into a cell.

    ``least`` and ``most`` bound a number, both included; ``most`` bounds a text's length, 0 leaves it free.
    ``choices`` is a list to choose from; of a ``suggestion`` other texts are taken too, after a question. ``prompt``
    is shown beside the cell that is about to be filled.
    """

    kind: Literal["whole", "number", "text", "choice", "suggestion", "date", "instant"]
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    prompt: tuple[str, str] = ("", "")


def write_lists(book: xlsxwriter.Workbook, lists: Iterable[tuple[str, ...]]) -> Lists:
    """Write every list of choices into a hidden sheet, a column each; return where they stand."""
    distinct = [choices for choices in dict.fromkeys(lists) if choices]
    if not distinct:
        return {}
    page = book.add_worksheet(LISTS)
    page.hide()
    quoted = book.add_format({"quote_prefix": True})
    for column, choices in enumerate(distinct):
        for row, words in enumerate(choices):
            page.write_string(row, column, tidy(words), quoted if words.startswith(FORMULA_STARTS) else None)
    return {
        choices: f"='{LISTS}'!${xl_col_to_name(column)}$1:${xl_col_to_name(column)}${len(choices)}"
        for column, choices in enumerate(distinct)
    }


def validation(rule: Rule, lists: Lists) -> dict[str, Any]:
    """Return the rule as xlsxwriter takes it."""
    title, prompt = (tidy(words) for words in rule.prompt)
    told = {
        "error_title": "Chưa đúng",
        "ignore_blank": True,
        "input_title": _cut(title, _TITLE_MAX),
        "input_message": _cut(prompt, _PROMPT_MAX),
    }
    return {name: value for name, value in told.items() if value} | _criteria(rule, lists)


def _criteria(rule: Rule, lists: Lists) -> dict[str, Any]:
    match rule.kind:
        case "whole" | "number":
            return _within(rule)
        case "choice" if rule.choices:
            message = "Hãy chọn một mục trong danh sách."
            return {"validate": "list", "source": lists[rule.choices], "error_message": message}
        case "suggestion" if rule.choices:
            message = "Mục này không có trong danh sách gợi ý. Vẫn ghi?"
            source = {"validate": "list", "source": lists[rule.choices]}
            return source | {"error_type": "warning", "error_message": message}
        case "date" | "instant":
            example = "05/12/2022" if rule.kind == "date" else "05/12/2022 14:05"
            span = f"từ {format_day(_FIRST_DAY)} đến {format_day(_LAST_DAY)}"
            bounds = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
            return bounds | {"error_message": f"Hãy nhập ngày {span}, ví dụ {example}."}
        case _ if rule.most:
            message = f"Nhiều nhất {rule.most} ký tự."
            return {"validate": "length", "criteria": "<=", "value": rule.most, "error_message": message}
        case _:
            return {"validate": "any"}


def _within(rule: Rule) -> dict[str, Any]:
    whole = rule.kind == "whole"
    words = "số nguyên" if whole else "số"
    told = {"validate": "integer" if whole else "decimal"}
    if rule.most and rule.most < EXACT_MAX:
        span = f"từ {format_number(rule.least)} đến {format_number(rule.most)}"
        return told | {
            "criteria": "between",
            "minimum": rule.least,
            "maximum": rule.most,
            "error_message": f"Hãy nhập {words} {span}.",
        }
    least = max(rule.least, 1 - EXACT_MAX)
    span = f" từ {format_number(least)}" if least > 1 - EXACT_MAX else ""
    example = ", ví dụ 1250" if whole and least == 0 else ""
    return told | {"criteria": ">=", "value": least, "error_message": f"Hãy nhập {words}{span}{example}."}


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
