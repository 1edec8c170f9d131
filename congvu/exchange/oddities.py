"""What looks odd and is taken all the same: the warnings of a load."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .after import After
from .tables import LATE


def look_for_oddities(after: After) -> None:
    """List what the contract calls odd among the rows that were sent."""
    for table, look in _LOOKS.items():
        if after.loads(table):
            look(after)


def _odd(after: After, sql: str) -> Iterator[tuple[Any, ...]]:
    return after.found(f"{sql} ORDER BY r.line", after.report.warnings)


def _procedure_changes(after: After) -> None:
    for line, value, issued in _odd(
        after,
        "SELECT r.line, r.effective_on::text, d.issued_on::text FROM load_procedure_changes r "
        "JOIN documents d ON d.id = r.decision WHERE r.effective_on < d.issued_on",
    ):
        file = after.file("procedure_changes")
        after.report.warn(file, line, "effective_on", value, f"có hiệu lực trước ngày ban hành quyết định ({issued})")


def _dossiers(after: After) -> None:
    file = after.file("dossiers")
    for line, procedure, day in _odd(
        after,
        "SELECT r.line, r.procedure, r.received_on::text FROM dossiers r JOIN procedures p ON p.code = r.procedure "
        "WHERE r.line IS NOT NULL AND r.received_on NOT BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')",
    ):
        after.report.warn(file, line, "procedure", procedure, f"không có hiệu lực vào ngày tiếp nhận {day}")
    for line, procedure, level in _odd(
        after,
        "WITH handled AS (SELECT procedure, array_agg(level) AS levels FROM procedure_levels GROUP BY procedure) "
        "SELECT r.line, r.procedure, a.level FROM dossiers r JOIN handled h ON h.procedure = r.procedure "
        "JOIN agencies a ON a.code = r.agency "
        "AND r.received_on BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity') "
        "WHERE r.line IS NOT NULL AND a.level <> ALL(h.levels)",
    ):
        after.report.warn(file, line, "procedure", procedure, f"không giải quyết ở cấp của cơ quan tiếp nhận ({level})")
    for line, value in _odd(
        after,
        "SELECT r.line, r.due_at::text FROM load_dossiers r WHERE r.due_at < r.received_at",
    ):
        after.report.warn(file, line, "due_at", value, "trước thời điểm tiếp nhận")
    _called_late(after)


def _called_late(after: After) -> None:
    """Name the dossiers that the sender calls late, or not late, against their own instants."""
    if not after.called_late:
        return
    after.cursor.execute("CREATE TEMP TABLE load_late (line int, late boolean) ON COMMIT DROP")
    with after.cursor.copy("COPY load_late FROM STDIN") as copy:
        copy.write("".join(f"{line}\t{late}\n" for line, late in after.called_late.items()))
    for line, late, finished, due in _odd(
        after,
        "SELECT r.line, l.late, to_char(r.finished_at AT TIME ZONE INTERVAL '+07:00', 'DD/MM/YYYY HH24:MI'), "
        "to_char(r.due_at AT TIME ZONE INTERVAL '+07:00', 'DD/MM/YYYY HH24:MI') "
        "FROM load_dossiers r JOIN load_late l ON l.line = r.line "
        "WHERE r.finished_at IS NOT NULL AND l.late <> coalesce(r.finished_at > r.due_at, false)",
    ):
        words = "trễ hạn" if late else "không trễ hạn"
        against = f"giải quyết xong {finished}, hẹn trả {due}" if due else "hồ sơ không có thời điểm hẹn trả"
        expected = f"nơi gửi ghi là {words}, nhưng {against}; chỉ tiêu tính theo thời điểm"
        after.report.warn(after.file("dossiers"), line, LATE, str(late).lower(), expected)
    after.cursor.execute("DROP TABLE load_late")


def _findings(after: After) -> None:
    for column in ("rectified_on", "verified_on"):
        for line, value, visit in _odd(
            after,
            f"SELECT r.line, r.{column}::text, i.date_from::text FROM load_findings r "
            f"JOIN inspections i ON i.id = r.inspection WHERE r.{column} < i.date_from",
        ):
            after.report.warn(after.file("findings"), line, column, value, f"trước ngày kiểm tra ({visit})")


def _posts(after: After) -> None:
    for line, value, other in _odd(
        after,
        "SELECT r.line, r.agency, min(o.officer) FROM load_posts r JOIN posts o ON o.agency = r.agency "
        "AND o.rank = 'head' AND o.officer <> r.officer "
        "AND o.valid_from <= coalesce(r.valid_to, 'infinity') AND coalesce(o.valid_to, 'infinity') >= r.valid_from "
        "JOIN agencies a ON a.code = r.agency "
        "AND r.valid_from BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity') "
        "AND o.valid_from BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity') "
        "WHERE r.rank = 'head' GROUP BY r.line, r.agency",
    ):
        expected = f"có nhiều người đứng đầu cùng lúc, ví dụ thêm {other}"
        after.report.warn(after.file("posts"), line, "agency", value, expected)


_LOOKS = {
    "procedure_changes": _procedure_changes,
    "dossiers": _dossiers,
    "findings": _findings,
    "posts": _posts,
}
