"""What the package's rules say, in the words of who has a spreadsheet: titles of columns, days as people write them."""

from __future__ import annotations

import re

from congvu.sheets.target import TargetTable

from .targets import target_tables

_NOT_THERE = re.compile(r"không có trong bảng (\w+), cả ở gói lẫn ở cơ sở dữ liệu")
_NO_AGENCY = "không phải mã của cơ quan nào, cả ở gói lẫn ở cơ sở dữ liệu"
_TABLE = re.compile(r"\bbảng ([a-z_]+)\b")
_COLUMN = re.compile(r"\b(?<![.«])[a-z]+(?:_[a-z]+)+\b(?!\.)")
_BEFORE = re.compile(r"^trước ([a-z_]+ \(.*\))$")
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d):\d\d\+07:00)?(?![\w-])")


def for_clerks(sentence: str, table: TargetTable) -> str:
    """Return a sentence of the package's rules without names of tables and columns that only the package has."""
    tables = target_tables()
    if (found := _NOT_THERE.fullmatch(sentence)) and found[1] in tables:
        return f"chưa có trong dữ liệu «{tables[found[1]].label}»; hãy sửa lại mã hoặc tên, hoặc nạp dữ liệu ấy trước"
    if sentence == _NO_AGENCY:
        return "không phải mã của cơ quan nào đã có; hãy sửa lại mã hoặc tên, hoặc nạp cơ quan ấy trước"
    labels = {target.name: target.label for target in table.targets}
    sentence = _BEFORE.sub(r"không được trước \1; hãy sửa một trong hai ô", sentence)
    told = _TABLE.sub(lambda one: f"bảng «{tables[one[1]].label}»" if one[1] in tables else one[0], sentence)
    told = _COLUMN.sub(lambda one: f"«{labels[one[0]]}»" if one[0] in labels else one[0], told)
    return _DAY.sub(lambda one: f"{one[3]}/{one[2]}/{one[1]}" + (f" {one[4]}" if one[4] else ""), told)
