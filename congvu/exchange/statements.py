"""What agencies state: members, statements that overlap, and rows beside a statement that stands for them.

What two statements, or a statement and rows, must not both give is one member of one figure: level and member
count only where the figure has that dimension. Which rows a figure counts, the figure itself says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis

from congvu.figures.catalogue import ADDITIVE
from congvu.figures.compile import table as fact_table
from congvu.figures.definition import Asked, Dimension, Figure

from .after import After
from .tables import tables

_STATED = """
SELECT r.row AS s_row, r.line AS s_line, r.figure AS s_figure, a.id AS s_agency, r.agency AS s_code,
       r.level AS s_level, r.member AS s_member, r.period_from AS s_from, r.period_to AS s_to,
       extract(year FROM r.period_to)::bigint AS s_year
FROM {statements} r
JOIN agencies a ON a.code = r.agency AND r.period_to BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity')
WHERE r.mode = 'instead'
"""
_COLUMNS = {
    "s_row": "int64",
    "s_figure": "string",
    "s_agency": "int64",
    "s_level": "string",
    "s_member": "string",
    "s_from": "date",
    "s_to": "date",
    "s_year": "int64",
}


def check_statements(after: After) -> None:
    """Check the statements that are sent, and those stored that rows now stand beside."""
    if "agencies" in after.unread or "statements" in after.unread:
        return
    if after.loads("statements"):
        _check_members(after)
    facts = {figure.fact for figure in ADDITIVE.values()}
    if not after.loads("statements", "agencies", *(fact.table for fact in facts)):
        return
    source = "statements" if "statements" in after.staged else "(SELECT *, NULL::int AS line FROM statements)"
    after.cursor.execute(f"CREATE TEMP TABLE stated ON COMMIT DROP AS {_STATED.format(statements=source)}")
    _check_overlaps(after)
    after.cursor.execute("SELECT DISTINCT s_figure FROM stated ORDER BY 1")
    figures = [ADDITIVE[row[0]] for row in after.cursor.fetchall() if row[0] in ADDITIVE]
    for fact in {figure.fact for figure in figures}:
        after.shadow_fact(fact)
    for figure in figures:
        if figure.fact.table not in after.unread:
            _check_rows(after, figure)
    after.cursor.execute("DROP TABLE stated")


def _beside_level(figure: Figure) -> Dimension | None:
    return next((dimension for dimension in figure.dimensions if dimension.name != "level"), None)


def _check_members(after: After) -> None:
    file = after.file("statements")
    after.cursor.execute("SELECT line, figure, member FROM load_statements WHERE figure IS NOT NULL ORDER BY line")
    for line, id_, member in after.cursor.fetchall():
        dimension = _beside_level(ADDITIVE[id_])
        if dimension is None:
            if member is not None:
                after.report.error(file, line, "member", member, f"chỉ tiêu {id_} không phân loại; cần để trống")
        elif member is None:
            after.report.warn(file, line, "member", None, f"trống nên không vào chỉ tiêu {id_}[{dimension.name}=…]")
        elif dimension.choices and member not in dimension.choices.values:
            known = ", ".join(dimension.choices.values)
            after.report.error(file, line, "member", member, f"không có trong danh mục; cần một trong: {known}")


def _one_member(figures: Iterator[Figure], left: str, right: str) -> str:
    by_level, by_member = [], []
    for figure in figures:
        by_level += [figure.id] if any(d.name == "level" for d in figure.dimensions) else []
        by_member += [figure.id] if _beside_level(figure) else []
    return (
        f"({left}.s_level = {right}.s_level OR {left}.s_figure NOT IN ({_texts(by_level)})) AND "
        f"({left}.s_member IS NOT DISTINCT FROM {right}.s_member OR {left}.s_figure NOT IN ({_texts(by_member)}))"
    )


def _texts(values: list[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _check_overlaps(after: After) -> None:
    if not after.loads("statements"):
        return
    found = after.found(
        "SELECT a.s_line, a.s_figure, a.s_code, b.s_from::text, b.s_to::text, b.s_line FROM stated a JOIN stated b "
        "ON a.s_figure = b.s_figure AND a.s_agency = b.s_agency AND a.s_row <> b.s_row "
        f"AND {_one_member(iter(ADDITIVE.values()), 'a', 'b')} AND a.s_from <= b.s_to AND b.s_from <= a.s_to "
        "WHERE a.s_line IS NOT NULL AND (b.s_line IS NULL OR b.s_line < a.s_line) "
        "AND (a.s_from, a.s_to, a.s_level, a.s_member) IS DISTINCT FROM (b.s_from, b.s_to, b.s_level, b.s_member) "
        "ORDER BY a.s_line"
    )
    for line, figure, agency, first, last, other in found:
        place = after.report.place(other) if other else "cơ sở dữ liệu"
        after.report.error(
            after.file("statements"),
            line,
            "period_from",
            None,
            f"báo cáo thay cho hồ sơ (instead) của {agency} cho {figure} trùng ngày với báo cáo từ {first} đến {last} "
            f"ở {place}",
        )


def _check_rows(after: After, figure: Figure) -> None:
    """Report each statement for whose member and days its agency has rows as well."""
    table = tables()[figure.fact.table]
    sent = table.name in after.staged
    key = dict(zip(table.key, figure.fact.key, strict=True))
    line, join = "NULL::int", ""
    if sent:
        same = " AND ".join(
            f'l."{column}" {"=" if table.column(column).required else "IS NOT DISTINCT FROM"} f."{name}"'
            for column, name in key.items()
        )
        line, join = "l.line", f"LEFT JOIN {after.staged[table.name].name} l ON {same}"
    shown = ", ".join(f'f."{name}"::text' for name in key.values())
    found = after.found(
        "SELECT DISTINCT ON (s.s_row) s.s_line, s.s_code, s.s_from::text, s.s_to::text, "
        f"count(*) OVER (PARTITION BY s.s_row), concat_ws(', ', {shown}), {line} "
        f"FROM ({_rows_beside(figure)}) f JOIN stated s ON s.s_row = f.s_row {join} "
        f"ORDER BY s.s_row, {line}, {shown}"
    )
    for stated_line, agency, first, last, rows, example, row_line in found:
        days = f"của {agency} từ {first} đến {last}"
        if stated_line is not None:
            after.report.error(
                after.file("statements"),
                stated_line,
                "figure",
                figure.id,
                f"báo cáo thay cho hồ sơ (instead) {days}, nhưng có {rows} dòng ở bảng {table.name} "
                f"được tính vào chỉ tiêu này trong những ngày ấy, ví dụ «{example}»",
            )
        else:
            after.report.error(
                after.file(table.name) if sent else after.file("agencies"),
                row_line,
                None,
                None,
                f"«{example}» được tính vào {figure.id}, mà đã có báo cáo thay cho hồ sơ (instead) {days} "
                f"(cả thảy {rows} dòng như vậy)",
            )


def _rows_beside(figure: Figure) -> str:
    """Return SQL for the pairs of a row that ``figure`` counts and the statement that stands for it."""
    stated: Any = ibis.table(_COLUMNS, name="stated")
    t = fact_table(figure.fact.name)
    conditions = [t.agency == stated.s_agency, stated.s_figure == figure.id]
    for dimension in figure.dimensions:
        column = stated.s_level if dimension.name == "level" else stated.s_member
        conditions.append(t[dimension.column] == column)
    pairs = t.join(stated, conditions)
    pairs = pairs.filter(figure.numerator.where(pairs, Asked(pairs.s_from, pairs.s_to, pairs.s_year)))
    return str(ibis.to_sql(pairs.select("s_row", *figure.fact.key), dialect="postgres"))
