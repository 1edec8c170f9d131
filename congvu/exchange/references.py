"""What a row names must be there after the load: rows of other tables, criteria, agencies on the row's own day."""

from __future__ import annotations

import re

from congvu.journal.hashes import key_sql

from .after import After
from .problems import DESCRIPTION
from .staging import Staged
from .tables import Column, Table, tables

_JOINED = re.compile(r"JOIN (\w+) (\w+) ON")


def check_references(after: After, province: str) -> None:
    for staged in after.staged.values():
        for column in staged.table.columns:
            if column.references and column.references not in after.unread:
                _check_reference(after, staged, column.name, column.references)
            if column.agency and "agencies" not in after.unread:
                _check_agency(after, staged, column)
    if "index_criteria" not in after.unread:
        _check_criteria(after)
    if "agencies" not in after.unread:
        for table in tables().values():
            for column in table.columns:
                if column.agency:
                    _check_stored(after, table, column)
        _check_province(after, province)


def _check_reference(after: After, staged: Staged, column: str, target: str) -> None:
    key = tables()[target].key[0]
    found = after.found(
        f'SELECT s.line, s."{column}" FROM {staged.name} s WHERE s."{column}" IS NOT NULL '
        f'AND NOT EXISTS (SELECT FROM {target} t WHERE t."{key}" = s."{column}") ORDER BY s.line'
    )
    for line, value in found:
        after.report.error(
            staged.file, line, column, value, f"không có trong bảng {target}, cả ở gói lẫn ở cơ sở dữ liệu"
        )


def own_day(table: Table, column: Column) -> tuple[str, str]:
    """Return the SQL for the day on which the agency of a row ``r`` is meant, and the joins that it needs."""
    assert column.agency is not None
    return (column.agency.day, "") if column.agency.day else (table.model.day, table.model.day_joins)


def _valid(column: str, day: str) -> str:
    return (
        f'a.code = r."{column}" AND (({day}) IS NULL OR ({day}) BETWEEN a.valid_from '
        "AND coalesce(a.valid_to, 'infinity'))"
    )


def _meant(table: Table, name: str) -> str:
    if (table.name, name) == ("dossiers", "handling_agency"):
        return "r.handling_agency <> r.agency"  # where it is the receiving agency, that one is checked
    return f'r."{name}" IS NOT NULL'


def _check_agency(after: After, staged: Staged, column: Column) -> None:
    assert column.agency is not None
    table, name = staged.table, column.name
    day, joins = own_day(table, column)
    a_name = f'r."{name}" ~ \'[[:space:]\u00a0]\' AND NOT EXISTS (SELECT FROM agencies a WHERE a.code = r."{name}")'
    found = after.found(
        f'SELECT r.line, r."{name}", ({day})::text, EXISTS (SELECT FROM agencies a WHERE a.code = r."{name}") '
        f"FROM {table.name} r {joins} WHERE r.line IS NOT NULL AND {_meant(table, name)} "
        f"AND NOT EXISTS (SELECT FROM agencies a WHERE {_valid(name, day)}) "
        f"AND NOT ({a_name if column.agency.names else 'false'}) ORDER BY r.line"
    )
    for line, value, on, known in found:
        if known:
            expected = f"không có cơ quan nào mang mã này vào ngày {on}"
        elif column.agency.names:
            expected = "không phải mã cơ quan nào; nếu là tên nơi ban hành thì tên phải có dấu cách"
        else:
            expected = "không phải mã của cơ quan nào, cả ở gói lẫn ở cơ sở dữ liệu"
        after.report.error(staged.file, line, name, value, expected)


def _check_criteria(after: After) -> None:
    """A criterion's parent stands in its own framework; a score is for a leaf."""
    if after.loads("index_criteria"):
        found = after.found(
            "SELECT s.line, s.parent FROM load_index_criteria s WHERE s.parent IS NOT NULL AND NOT EXISTS "
            "(SELECT FROM index_criteria c WHERE c.framework = s.framework AND c.code = s.parent) ORDER BY s.line"
        )
        for line, value in found:
            after.report.error(
                after.file("index_criteria"), line, "parent", value, "không có tiêu chí mang mã này trong bộ chỉ số"
            )
    if after.loads("index_scores"):
        found = after.found(
            "SELECT s.line, s.criterion FROM load_index_scores s WHERE s.criterion IS NOT NULL AND NOT EXISTS "
            "(SELECT FROM index_criteria c WHERE c.framework = s.framework AND c.code = s.criterion) ORDER BY s.line"
        )
        for line, value in found:
            after.report.error(
                after.file("index_scores"), line, "criterion", value, "không có tiêu chí mang mã này trong bộ chỉ số"
            )


def _check_stored(after: After, table: Table, column: Column) -> None:
    """A load must leave no stored row without its agency: an agency's period, or a parent row's day, may have moved."""
    assert column.agency is not None
    name = column.name
    day, joins = own_day(table, column)
    moved = [(parent, alias) for parent, alias in _JOINED.findall(joins) if after.changes(parent)]
    reasons = [f"{alias}.changed" for _parent, alias in moved]
    by_agency = "NULL::int"
    if after.changes("agencies"):
        by_agency = f'(SELECT max(g.line) FROM load_agencies g WHERE g.changed AND g.code = r."{name}")'
        reasons.append(f"{by_agency} IS NOT NULL")
    if not reasons:
        return
    not_sent = "r.line IS NULL AND " if table.name in after.staged else ""
    lines = "".join(f", CASE WHEN {alias}.changed THEN {alias}.line END" for _parent, alias in moved)
    a_name = f'EXISTS (SELECT FROM agencies a WHERE a.code = r."{name}")' if column.agency.names else "true"
    found = after.found(
        f'SELECT {key_sql(table.model)}, r."{name}", ({day})::text, {by_agency}{lines} FROM {table.name} r {joins} '
        f'WHERE {not_sent}r."{name}" IS NOT NULL AND ({" OR ".join(reasons)}) AND {a_name} '
        f"AND NOT EXISTS (SELECT FROM agencies a WHERE {_valid(name, day)}) ORDER BY 1"
    )
    for key, code, on, agency_line, *parent_lines in found:
        causes = [("agencies", agency_line), *zip((parent for parent, _alias in moved), parent_lines, strict=True)]
        cause, line = next((cause, line) for cause, line in causes if line is not None)
        after.report.error(
            after.file(cause),
            line,
            "valid_to" if cause == "agencies" else None,
            None,
            f"làm cho dòng đã lưu «{key.replace(chr(31), ', ')}» của bảng {table.name} mất cơ quan: "
            f"cột {name} ghi {code}, không cơ quan nào mang mã này vào ngày {on}",
        )


def _check_province(after: After, province: str) -> None:
    """The package's province is an agency, once there are agencies; of which kind, only a warning says."""
    after.cursor.execute("SELECT count(*), count(*) FILTER (WHERE code = %s) FROM agencies", [province])
    stored, found = after.cursor.fetchone()
    if not province or not stored:
        return
    if not found:
        after.report.error(DESCRIPTION, None, "province", province, "không phải mã của cơ quan nào")
        return
    after.cursor.execute(
        "SELECT EXISTS (SELECT FROM agencies WHERE code = %s AND kind = 'province_committee')", [province]
    )
    if not after.cursor.fetchone()[0]:
        after.report.warn(DESCRIPTION, None, "province", province, "không phải mã của Ủy ban nhân dân tỉnh")
