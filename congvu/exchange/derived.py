"""Rows that share a key, and the level of a statement, which is a part of its key and may follow from its agency."""

from __future__ import annotations

from .after import After
from .problems import Report
from .reading import Cooked
from .tables import Table
from .values import NULL


def report_twins(file: str, table: Table, cooked: Cooked, report: Report) -> None:
    """Report every row whose key an earlier row of the package has."""
    if table.name == "statements":
        return  # a part of their key may follow from their agency: complete_levels
    parts = [cooked.columns.get(name) or [NULL] * len(cooked.lines) for name in table.key]
    keys = parts[0] if len(parts) == 1 else list(zip(*parts, strict=True))
    if len(set(keys)) == len(keys):
        return
    nullable = {name for name in table.key if not table.column(name).required}
    first: dict[object, int] = {}
    for number, (key, line) in enumerate(zip(keys, cooked.lines, strict=True)):
        missing = any(
            column[number] == NULL and name not in nullable for name, column in zip(table.key, parts, strict=True)
        )
        if missing:
            continue  # reported as such
        begun = first.setdefault(key, line)
        if begun != line:
            value = ", ".join("" if column[number] == NULL else column[number] for column in parts)
            report.error(file, line, ", ".join(table.key), value, f"trùng khóa với {report.place(begun)}")


def complete_levels(after: After, file: str) -> None:
    """Give statements without a level that of their agency, and report those that then share a key."""
    after.cursor.execute(
        "UPDATE load_statements s SET level = a.level FROM agencies a WHERE s.level IS NULL AND a.code = s.agency "
        "AND s.period_to BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity')"
    )
    key = "agency, figure, level, member, period_from, period_to"
    found = after.found(
        f"SELECT line, concat_ws(', ', {key}), first FROM (SELECT *, min(line) OVER (PARTITION BY {key}) AS first "
        "FROM load_statements WHERE agency IS NOT NULL AND figure IS NOT NULL AND level IS NOT NULL "
        "AND period_from IS NOT NULL AND period_to IS NOT NULL) s WHERE line <> first ORDER BY line"
    )
    for line, value, first in found:
        after.report.error(file, line, key, value, f"trùng khóa với {after.report.place(first)}")
