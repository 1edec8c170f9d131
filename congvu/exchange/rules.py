"""The contract's rules over whole rows and whole tables, judged on the province as it would stand after the load."""

from __future__ import annotations

from .after import After
from .staging import Staged

_PERIODS = (("valid_from", "valid_to"), ("date_from", "date_to"), ("period_from", "period_to"))
_NOT_BEFORE = {
    "dossiers": ("received_at", "finished_at"),
    "feedback": ("received_at", "resolved_at"),
}


def check_rules(after: After) -> None:
    for staged in after.staged.values():
        _check_order(after, staged)
    if after.loads("dossiers"):
        _check_outcome(after)
    if after.loads("agencies"):
        _check_agency_periods(after)
    if after.loads("index_criteria", "index_scores") and not after.unread & {"index_criteria", "index_scores"}:
        _check_maximums(after)
        _check_scores(after)


def _check_order(after: After, staged: Staged) -> None:
    names = set(staged.table.names)
    for first, last in _PERIODS:
        if first in names and last in names:
            found = after.found(
                f"SELECT line, {last}::text, {first}::text FROM {staged.name} WHERE {last} < {first} ORDER BY line"
            )
            for line, value, bound in found:
                after.report.error(staged.file, line, last, value, f"trước {first} ({bound})")
    if staged.table.name in _NOT_BEFORE:
        first, last = _NOT_BEFORE[staged.table.name]
        found = after.found(
            f"SELECT line, {_instant(last)}, {_instant(first)} FROM {staged.name} WHERE {last} < {first} ORDER BY line"
        )
        for line, value, bound in found:
            after.report.error(staged.file, line, last, value, f"trước {first} ({bound})")


def _instant(column: str) -> str:
    return f"to_char({column} AT TIME ZONE INTERVAL '+07:00', 'YYYY-MM-DD\"T\"HH24:MI:SS') || '+07:00'"


def _check_outcome(after: After) -> None:
    found = after.found(
        "SELECT line, outcome FROM load_dossiers WHERE (outcome IS NULL) <> (finished_at IS NULL) ORDER BY line"
    )
    for line, outcome in found:
        expected = (
            "thiếu kết quả của hồ sơ đã có finished_at" if outcome is None else "có kết quả mà chưa có finished_at"
        )
        after.report.error(after.file("dossiers"), line, "outcome", outcome, expected)


def _check_agency_periods(after: After) -> None:
    """Two agencies of one code never stand at the same time; the later line of the two is named."""
    found = after.found(
        "SELECT a.line, a.code, a.valid_from::text, a.valid_to::text, b.valid_from::text, b.valid_to::text, b.line "
        "FROM agencies a JOIN agencies b ON b.code = a.code AND b.id <> a.id AND b.valid_from <> a.valid_from "
        "AND a.valid_from <= coalesce(b.valid_to, 'infinity') AND b.valid_from <= coalesce(a.valid_to, 'infinity') "
        "WHERE a.line IS NOT NULL AND (b.line IS NULL OR b.line < a.line) ORDER BY a.line"
    )
    for line, code, first, last, other_first, other_last, other_line in found:
        other = after.report.place(other_line) if other_line else "cơ sở dữ liệu"
        after.report.error(
            after.file("agencies"),
            line,
            "valid_from",
            first,
            f"cơ quan mã {code} ({first} đến {last or 'nay'}) trùng thời gian với cơ quan cùng mã ở {other} "
            f"({other_first} đến {other_last or 'nay'})",
        )


def _check_maximums(after: After) -> None:
    """A parent's maximum is the sum of its children's, in every framework that the load touches."""
    if not after.loads("index_criteria"):
        return
    found = after.found(
        "SELECT coalesce(p.line, min(c.line)), p.framework, p.code, trim_scale(p.max_score)::text, "
        "trim_scale(sum(c.max_score))::text "
        "FROM index_criteria p JOIN index_criteria c ON c.framework = p.framework AND c.parent = p.code "
        "WHERE p.framework IN (SELECT framework FROM load_index_criteria) "
        "GROUP BY p.framework, p.code, p.line, p.max_score "
        "HAVING bool_and(c.max_score IS NOT NULL) AND sum(c.max_score) <> p.max_score ORDER BY 1, 2, 3"
    )
    for line, framework, code, value, total in found:
        after.report.error(
            after.file("index_criteria"),
            line,
            "max_score",
            value,
            f"điểm tối đa của tiêu chí {code} (bộ {framework}) phải bằng tổng các tiêu chí con là {total}",
        )


_CHILD_LINE = "(SELECT min(k.line) FROM index_criteria k WHERE k.framework = c.framework AND k.parent = c.code)"
_SCORES = """
SELECT {score_line} AS line, {criterion_line}, s.criterion, s.agency, trim_scale(c.max_score)::text,
       n.name, trim_scale(n.score)::text, l.leaf
FROM index_scores s JOIN index_criteria c ON c.framework = s.framework AND c.code = s.criterion
LEFT JOIN (SELECT DISTINCT framework, parent FROM index_criteria) k ON k.framework = c.framework AND k.parent = c.code
CROSS JOIN LATERAL (SELECT k.parent IS NULL AS leaf) l
CROSS JOIN LATERAL (
    SELECT 'criterion' AS name, NULL::numeric AS score WHERE NOT l.leaf
    UNION ALL SELECT 'self_score', s.self_score WHERE l.leaf AND s.self_score > c.max_score
    UNION ALL SELECT 'appraised_score', s.appraised_score WHERE l.leaf AND s.appraised_score > c.max_score
) n
WHERE {touched} ORDER BY 1, 2, 3, 4, 6
"""


def _check_scores(after: After) -> None:
    """Scores stand at leaves, within their maximum; criteria that change may make a stored score wrong."""
    touched = (
        f"s.framework IN (SELECT framework FROM {after.staged[name].name})"
        for name in ("index_criteria", "index_scores")
        if name in after.staged
    )
    found = after.found(
        _SCORES.format(
            score_line="s.line" if "index_scores" in after.staged else "NULL::int",
            criterion_line=f"coalesce(c.line, {_CHILD_LINE})" if "index_criteria" in after.staged else "NULL::int",
            touched=" OR ".join(touched),
        )
    )
    for line, criterion_line, criterion, agency, most, column, score, leaf in found:
        wrong = f"lớn hơn điểm tối đa của tiêu chí ({most})" if leaf else "có tiêu chí con; chỉ chấm tiêu chí cuối"
        if line is not None:
            after.report.error(after.file("index_scores"), line, column, score if leaf else criterion, wrong)
        else:
            expected = f"điểm đã lưu của {agency} ở tiêu chí {criterion} không còn đúng: {score or criterion} {wrong}"
            after.report.error(after.file("index_criteria"), criterion_line, "max_score", most, expected)
