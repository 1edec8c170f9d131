"""The blank form of a table: a workbook to fill without a connection and to load back without a doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from congvu.exchange.tables import Column as ContractColumn
from congvu.exchange.tables import tables
from congvu.kernel.format import format_number
from congvu.kernel.text import fold
from congvu.press.blank import ROWS, BlankColumn, BlankSheet, to_blank
from congvu.press.validation import Rule
from congvu.press.xlsx import Column, ColumnKind, Sheet
from congvu.sheets.target import Kind, Target, TargetTable

FILL_SHEET: Final = "Nhập liệu"
GUIDE_SHEET: Final = "Hướng dẫn"

Lists = Mapping[str, Sequence[tuple[str, str]]]
"""Codes and names to choose from, by the table that a column refers to (``agencies``)."""

_LOOKS: Final[Mapping[Kind, tuple[ColumnKind, float]]] = {
    "text": ("text", 24),
    "choice": ("text", 22),
    "boolean": ("text", 12),
    "date": ("date", 14),
    "instant": ("datetime", 19),
    "integer": ("integer", 12),
    "decimal": ("decimal", 12),
}
_KINDS: Final[Mapping[Kind, str]] = {
    "text": "Chữ",
    "choice": "Chọn trong danh sách",
    "boolean": "Có hoặc Không",
    "date": "Ngày (ngày/tháng/năm)",
    "instant": "Ngày và giờ (ngày/tháng/năm giờ:phút)",
    "integer": "Số nguyên",
    "decimal": "Số, dùng dấu phẩy cho phần lẻ",
}
_EXAMPLES: Final[Mapping[Kind, str]] = {
    "text": "Chữ tự do",
    "choice": "",
    "boolean": "Có",
    "date": "05/12/2022",
    "instant": "05/12/2022 14:05",
    "integer": "12",
    "decimal": "12,5",
}
_WIDE: Final = ("title", "name", "text", "content", "answer", "note", "portfolio")
_WIDE_LETTERS: Final = 44
_BRACKETED: Final = re.compile(r"[\w.-]*[0-9][\w.-]*")
_YES_NO: Final = ("Có", "Không")
_SHOWN_MAX: Final = 60
"""Allowed words that the guide shows; longer lists stand in the hidden sheet alone."""


def blank_form(table: TargetTable, lists: Lists | None = None) -> bytes:
    """Return the form of a table: a sheet to fill, a sheet that explains it, and the lists to choose from, hidden.

    A column that refers to one of ``lists`` offers its entries (agencies by name, with the code in brackets; all
    others by their code) and takes others too, after a question.
    """
    offered = {target.name: _choices(target, lists or {}) for target in table.targets}
    return to_blank(_fill_sheet(table, offered), _guide(table, offered))


def _fill_sheet(table: TargetTable, offered: Mapping[str, tuple[str, ...]]) -> BlankSheet:
    contract = tables().get(table.name)
    columns = []
    for target in table.targets:
        own = next((column for column in contract.columns if column.name == target.name), None) if contract else None
        kind, width = _LOOKS[target.kind]
        wide = _WIDE_LETTERS if target.name in _WIDE or target.refers == "agencies" else width
        rule = _rule(target, own, offered[target.name])
        columns.append(BlankColumn(target.label, kind, wide, rule, target.required))
    notes = (
        *((table.hint,) if table.hint else ()),
        "Mỗi dòng một mục, nhập từ dòng ngay dưới tiêu đề. Cột có dấu * phải điền. Không đổi tên các cột. "
        f"Trang «{GUIDE_SHEET}» giải thích từng cột.",
    )
    return BlankSheet(FILL_SHEET, table.label, notes, tuple(columns))


def _choices(target: Target, lists: Lists) -> tuple[str, ...]:
    """Return what a column offers, in the words that a person knows."""
    if target.kind == "boolean":
        return tuple(words[0] for words in target.values.values()) or _YES_NO
    if target.kind == "choice":
        return tuple(words[0] if words else value for value, words in target.values.items())
    return _entries(target.refers, lists.get(target.refers, ()))


def _entries(table: str, known: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the entries of a list as cells are to hold them.

    An agency is read by its name, and by the code in brackets behind it where several have had that name. Brackets
    without a figure may be part of a name: there the name stands alone, or the code where the name is not enough.
    What any other table has is read by its code.
    """
    if table != "agencies":
        return tuple(dict.fromkeys(code for code, _name in known))
    same = Counter(fold(name) for _code, name in set(known))
    found = []
    for code, name in known:
        if _BRACKETED.fullmatch(code):
            found.append(f"{name} ({code})")
        else:
            found.append(name if same[fold(name)] == 1 else code)
    return tuple(dict.fromkeys(found))


def _rule(target: Target, own: ContractColumn | None, choices: tuple[str, ...]) -> Rule:
    prompt = (target.label, target.hint)
    match target.kind:
        case "choice" | "boolean":
            return Rule("choice", choices=choices, prompt=prompt)
        case "date" | "instant":
            return Rule(target.kind, prompt=prompt)
        case "integer" | "decimal":
            least = own.least if own and own.least is not None else -(10**15)
            most = own.most if own and own.most is not None else 0
            return Rule("whole" if target.kind == "integer" else "number", least, most, prompt=prompt)
    return Rule("suggestion", choices=choices, prompt=prompt) if choices else Rule("text", prompt=prompt)


def _guide(table: TargetTable, offered: Mapping[str, tuple[str, ...]]) -> Sheet:
    columns = (
        Column("Cột", width=28),
        Column("Bắt buộc", width=10),
        Column("Nội dung", width=56),
        Column("Cách ghi", width=24),
        Column("Từ được dùng", width=48),
        Column("Ví dụ", width=26),
    )
    rows = tuple(
        (
            target.label,
            "Có" if target.required else "",
            target.hint,
            _manner(target, offered[target.name]),
            _allowed(target, offered[target.name]),
            _example(target, offered[target.name]),
        )
        for target in table.targets
    )
    keys = ", ".join(f"«{target.label}»" for target in table.targets if target.key)
    notes = (
        f"Điền trang «{FILL_SHEET}», lưu lại dạng .xlsx rồi nạp ở mục nạp bảng tính. Ô chưa đúng sẽ được trả lại "
        "trong chính tệp này, có tô màu và chú thích.",
        *((f"Mỗi dòng được nhận ra bằng {keys}: nạp lại dòng đã có thì sửa dòng ấy.",) if keys else ()),
        f"{format_number(ROWS)} dòng đầu có kiểm tra khi gõ; các dòng sau vẫn nhập được. "
        "Danh sách để chọn ở trang ẩn «Danh mục» (bấm chuột phải vào tên trang, chọn Bỏ ẩn để xem).",
    )
    return Sheet(GUIDE_SHEET, f"Cách điền: {table.label}", columns, rows, notes)


def _manner(target: Target, choices: tuple[str, ...]) -> str:
    if target.refers and target.kind == "text":
        return "Tên hoặc mã cơ quan" if target.refers == "agencies" else "Mã"
    return "Chọn trong danh sách" if choices and target.kind != "boolean" else _KINDS[target.kind]


def _allowed(target: Target, choices: tuple[str, ...]) -> str:
    if target.refers and target.kind == "text":
        return f"Danh sách gợi ý có {len(choices)} mục" if choices else ""
    shown = "; ".join(choices[:_SHOWN_MAX])
    return f"{shown}; …" if len(choices) > _SHOWN_MAX else shown


def _example(target: Target, choices: tuple[str, ...]) -> str:
    if choices:
        return choices[0]
    if target.key and target.kind == "text":
        return "A-001"
    if target.refers and target.kind == "text":
        return "UBND xã Mẫu" if target.refers == "agencies" else "A-001"
    return _EXAMPLES[target.kind]
