"""The figures' names, and what kind of number each of them is."""

from collections.abc import Mapping

COUNTED_AGENCIES = {"department", "province_office", "district_committee", "commune_committee"}

STATABLE: Mapping[str, str | None] = {
    "communications.count": "channel",
    "regulations.reviewed": "result",
    "dossiers.received": "level",
    "dossiers.finished": "level",
    "dossiers.on_time": "level",
    "dossiers.late": "level",
    "courses.count": None,
    "courses.attendances": None,
}
"""The additive figures and the dimension that a statement of theirs names."""

COUNTS = (
    *("agencies.count", "par_tasks.total", "par_tasks.completed", "par_tasks.overdue", "documents.issued"),
    *("plans.own", "communications.count", "regulations.reviewed", "teams.formed", "procedures.decisions"),
    *("procedures.changed", "procedures.internal_process_decisions", "procedures.in_force"),
    *("procedures.in_force_by_level", "dossiers.received", "dossiers.carried_over", "dossiers.finished"),
    *("dossiers.on_time", "dossiers.early", "dossiers.late", "dossiers.extended", "dossiers.withdrawn"),
    *("dossiers.pending", "dossiers.pending_overdue", "feedback.received", "feedback.received_by_category"),
    *("feedback.resolved", "feedback.about_procedure", "inspections.count", "inspections.targets"),
    *("findings.total", "findings.rectified", "findings.verified", "findings.reports"),
    *("index.published_districts", "courses.count", "courses.attendances", "courses.count_by_topic"),
    *("courses.attendances_by_topic", "officers.disciplined", "officers.disciplined_by_form"),
    *("officers.disciplined_by_agency", "evaluations.graded"),
)

UNDIVIDED = {
    *("par_tasks.total", "par_tasks.completed", "par_tasks.overdue", "procedures.decisions"),
    *("procedures.internal_process_decisions", "procedures.in_force", "feedback.received"),
    *("feedback.resolved", "feedback.about_procedure", "index.published_districts", "courses.count"),
    *("courses.attendances", "officers.disciplined", "documents._recipients"),
}
"""Counts without a dimension: they have a value, at least 0, in every period."""

SHARES: Mapping[str, tuple[str, str]] = {
    "par_tasks.completion_rate": ("par_tasks.completed", "par_tasks.total"),
    "documents.acknowledged_share": ("documents._acknowledged", "documents._recipients"),
    "dossiers.on_time_rate": ("dossiers.on_time", "dossiers.finished"),
    "dossiers.late_rate": ("dossiers.late", "dossiers.finished"),
    "dossiers.online_share": ("dossiers._online", "dossiers._received_rows"),
    "feedback.resolution_rate": ("feedback.resolved", "feedback.received"),
    "feedback.procedure_share": ("feedback.about_procedure", "feedback.received"),
}
"""Share to numerator and denominator; a part with an underscore is counted but not a figure."""
