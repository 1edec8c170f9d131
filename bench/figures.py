"""All figures of the simulated province, beside SQL written by hand for the same numbers.

    make demo SERVE=0
    .venv/bin/python bench/figures.py [--home var] [--rounds 15]

One warm process asks both in turn: ``compute`` with its catalogue, and one sensible scan a table, each agency joined
by the days on which its code means it. Every number must be equal before anything is timed. The statistics are
brought up to date first, as the server does by itself within a minute of a load. Aim: at most 1.25 times by hand.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from congvu.kernel.postgres import running

PERIODS = ((date(2021, 12, 5), date(2022, 12, 13)), (date(2022, 1, 1), date(2022, 12, 31)))
AIM = 1.25

Number = tuple[Any, Any]
"""A numerator (or the whole value) and, for a share, its denominator."""


@dataclass(frozen=True)
class Scan:
    """``sql`` yields the members named by ``members``, then one number for each of ``names``."""

    sql: str
    names: tuple[str, ...]
    members: tuple[str, ...] = ()


IN_FINISH = "r.finished_on BETWEEN %(first)s AND %(last)s AND r.outcome <> 'withdrawn'"
PENDING = "r.received_on <= %(last)s AND (r.finished_on IS NULL OR r.finished_on > %(last)s)"


def agency(code: str, day: str) -> str:
    return (
        f"JOIN agencies a ON a.code = {code} AND {day} >= a.valid_from AND (a.valid_to IS NULL OR {day} <= a.valid_to)"
    )


OF_PROVINCE = "(p.document IS NULL OR i.kind = 'province_committee')"
ISSUER = """
    LEFT JOIN documents d ON d.id = p.document
    LEFT JOIN agencies i ON i.code = d.issuer AND coalesce(d.issued_on, 'infinity') >= i.valid_from
        AND (i.valid_to IS NULL OR d.issued_on <= i.valid_to)"""

SCANS = (
    Scan(
        """
        SELECT level, count(*) FROM agencies
        WHERE kind IN ('department', 'province_office', 'district_committee', 'commune_committee')
          AND valid_from <= %(last)s AND (valid_to IS NULL OR valid_to >= %(last)s)
        GROUP BY level""",
        ("agencies.count",),
        ("level",),
    ),
    Scan(
        f"""
        SELECT count(*), count(*) FILTER (WHERE r.completed_on <= %(last)s),
               count(*) - count(*) FILTER (WHERE r.completed_on <= %(last)s),
               count(*) FILTER (WHERE r.due_on <= %(last)s AND (r.completed_on IS NULL OR r.completed_on > r.due_on))
        FROM tasks r JOIN plans p ON p.id = r.plan {ISSUER}
        WHERE p.kind = 'par' AND p.year = %(year)s AND {OF_PROVINCE}""",
        ("par_tasks.total", "par_tasks.completed", "par_tasks.remaining", "par_tasks.overdue"),
    ),
    Scan(
        """
        SELECT kind, count(*) FROM documents
        WHERE direction = 'outgoing' AND issued_on BETWEEN %(first)s AND %(last)s GROUP BY kind""",
        ("documents.issued",),
        ("kind",),
    ),
    Scan(
        f"""
        SELECT p.kind, count(DISTINCT i.id) FROM plans p {ISSUER}
        WHERE p.year = %(year)s AND i.id IS NOT NULL AND NOT {OF_PROVINCE} GROUP BY p.kind""",
        ("plans.own",),
        ("kind",),
    ),
    Scan(
        "SELECT channel, count(*) FROM communications WHERE held_on BETWEEN %(first)s AND %(last)s GROUP BY channel",
        ("communications.count",),
        ("channel",),
    ),
    Scan(
        """
        SELECT count(*), count(*) FILTER (WHERE r.acknowledged_on <= %(last)s)
        FROM document_recipients r JOIN documents d ON d.id = r.document
        WHERE d.issued_on BETWEEN %(first)s AND %(last)s""",
        ("sent", "acknowledged"),
    ),
    Scan(
        "SELECT result, count(*) FROM regulations WHERE reviewed_on BETWEEN %(first)s AND %(last)s GROUP BY result",
        ("regulations.reviewed",),
        ("result",),
    ),
    Scan(
        f"""
        SELECT r.kind, count(DISTINCT a.id) FROM teams r {agency("r.agency", "r.formed_on")}
        WHERE r.formed_on BETWEEN %(first)s AND %(last)s GROUP BY r.kind""",
        ("teams.formed",),
        ("kind",),
    ),
    Scan(
        """
        SELECT change, count(*) FROM procedure_changes
        WHERE effective_on BETWEEN %(first)s AND %(last)s AND change <> 'internal_process' GROUP BY change""",
        ("procedures.changed",),
        ("change",),
    ),
    Scan(
        """
        SELECT count(DISTINCT decision) FILTER (WHERE change <> 'internal_process'),
               count(DISTINCT decision) FILTER (WHERE change = 'internal_process')
        FROM procedure_changes WHERE effective_on BETWEEN %(first)s AND %(last)s""",
        ("procedures.decisions", "procedures.internal_process_decisions"),
    ),
    Scan(
        """
        SELECT count(*) FROM procedures WHERE valid_from <= %(last)s AND (valid_to IS NULL OR valid_to >= %(last)s)""",
        ("procedures.in_force",),
    ),
    Scan(
        """
        SELECT r.level, count(*) FROM procedure_levels r JOIN procedures p ON p.code = r.procedure
        WHERE p.valid_from <= %(last)s AND (p.valid_to IS NULL OR p.valid_to >= %(last)s) GROUP BY r.level""",
        ("procedures.in_force_by_level",),
        ("level",),
    ),
    Scan(
        f"""
        SELECT a.level,
               count(*) FILTER (WHERE r.received_on BETWEEN %(first)s AND %(last)s),
               count(*) FILTER (WHERE r.received_on < %(first)s
                                AND (r.finished_on IS NULL OR r.finished_on >= %(first)s)),
               count(*) FILTER (WHERE {IN_FINISH}),
               count(*) FILTER (WHERE {IN_FINISH} AND (r.due_at IS NULL OR r.finished_at <= r.due_at)),
               count(*) FILTER (WHERE {IN_FINISH} AND r.finished_at <= r.due_at AND r.finished_on < r.due_on),
               count(*) FILTER (WHERE {IN_FINISH} AND r.finished_at > r.due_at),
               count(*) FILTER (WHERE {IN_FINISH} AND r.due_at > r.first_due_at),
               count(*) FILTER (WHERE r.finished_on BETWEEN %(first)s AND %(last)s AND r.outcome = 'withdrawn'),
               count(*) FILTER (WHERE {PENDING}),
               count(*) FILTER (WHERE {PENDING} AND r.due_on <= %(last)s),
               count(*) FILTER (WHERE r.received_on BETWEEN %(first)s AND %(last)s AND r.channel = 'online')
        FROM dossiers r {agency("r.agency", "r.received_on")} GROUP BY a.level""",
        (
            *("dossiers.received", "dossiers.carried_over", "dossiers.finished", "dossiers.on_time", "dossiers.early"),
            *("dossiers.late", "dossiers.extended", "dossiers.withdrawn", "dossiers.pending"),
            *("dossiers.pending_overdue", "online"),
        ),
        ("level",),
    ),
    Scan(
        """
        SELECT count(*), count(*) FILTER (WHERE resolved_on <= %(last)s), count(*) FILTER (WHERE about_procedure)
        FROM feedback WHERE received_on BETWEEN %(first)s AND %(last)s""",
        ("feedback.received", "feedback.resolved", "feedback.about_procedure"),
    ),
    Scan(
        "SELECT category, count(*) FROM feedback WHERE received_on BETWEEN %(first)s AND %(last)s GROUP BY category",
        ("feedback.received_by_category",),
        ("category",),
    ),
    Scan(
        "SELECT kind, count(*) FROM inspections WHERE date_from BETWEEN %(first)s AND %(last)s GROUP BY kind",
        ("inspections.count",),
        ("kind",),
    ),
    Scan(
        f"""
        SELECT i.kind, a.level, count(DISTINCT a.id)
        FROM inspection_targets r JOIN inspections i ON i.id = r.inspection {agency("r.agency", "i.date_from")}
        WHERE i.date_from BETWEEN %(first)s AND %(last)s GROUP BY i.kind, a.level""",
        ("inspections.targets",),
        ("kind", "level"),
    ),
    Scan(
        """
        SELECT i.kind, count(*), count(*) FILTER (WHERE r.rectified_on <= %(last)s),
               count(*) FILTER (WHERE r.verified_on <= %(last)s),
               count(DISTINCT r.report) FILTER (WHERE d.issued_on IS NULL OR d.issued_on <= %(last)s)
        FROM findings r JOIN inspections i ON i.id = r.inspection LEFT JOIN documents d ON d.id = r.report
        WHERE i.date_from BETWEEN %(first)s AND %(last)s GROUP BY i.kind""",
        ("findings.total", "findings.rectified", "findings.verified", "findings.reports"),
        ("kind",),
    ),
    Scan(
        f"""
        SELECT count(DISTINCT a.id)
        FROM index_publications r JOIN index_frameworks f ON f.id = r.framework
        {agency("r.publisher", "r.published_on")}
        WHERE r.published_on BETWEEN %(first)s AND %(last)s AND f.scope = 'commune' AND a.level = 'district'""",
        ("index.published_districts",),
    ),
    Scan(
        f"""
        WITH leaves AS (
            SELECT c.framework, c.code, c.max_score, make_date(f.year, 12, 31) AS day
            FROM index_criteria c JOIN index_frameworks f ON f.id = c.framework
            WHERE f.year IN (%(year)s, %(year)s - 1) AND NOT EXISTS (
                SELECT FROM index_criteria child WHERE child.framework = c.framework AND child.parent = c.code)
        ), most AS (SELECT framework, day, sum(max_score) AS score FROM leaves GROUP BY framework, day)
        SELECT s.framework, a.code,
               coalesce(sum(coalesce(s.appraised_score, s.self_score)) FILTER (WHERE l.code IS NOT NULL), 0),
               max(m.score)
        FROM index_scores s JOIN most m ON m.framework = s.framework
        LEFT JOIN leaves l ON l.framework = s.framework AND l.code = s.criterion
        {agency("s.agency", "m.day")} GROUP BY s.framework, a.code""",
        ("scored", "most"),
        ("framework", "agency"),
    ),
    Scan(
        "SELECT topic, count(*) FROM courses WHERE date_from BETWEEN %(first)s AND %(last)s GROUP BY topic",
        ("courses.count_by_topic",),
        ("topic",),
    ),
    Scan(
        """
        SELECT c.topic, count(*) FROM attendances r JOIN courses c ON c.id = r.course
        WHERE c.date_from BETWEEN %(first)s AND %(last)s GROUP BY c.topic""",
        ("courses.attendances_by_topic",),
        ("topic",),
    ),
    Scan(
        "SELECT count(DISTINCT officer) FROM disciplinary_cases WHERE decided_on BETWEEN %(first)s AND %(last)s",
        ("officers.disciplined",),
    ),
    Scan(
        """
        SELECT form, count(DISTINCT officer) FROM disciplinary_cases
        WHERE decided_on BETWEEN %(first)s AND %(last)s GROUP BY form""",
        ("officers.disciplined_by_form",),
        ("form",),
    ),
    Scan(
        f"""
        SELECT a.code, count(DISTINCT r.officer)
        FROM disciplinary_cases r {agency("r.agency", "r.decided_on")}
        WHERE r.decided_on BETWEEN %(first)s AND %(last)s GROUP BY a.code""",
        ("officers.disciplined_by_agency",),
        ("agency",),
    ),
    Scan(
        "SELECT grade, count(*) FROM evaluations WHERE year = %(year)s GROUP BY grade",
        ("evaluations.graded",),
        ("grade",),
    ),
)
SUMS = {"courses.count": "courses.count_by_topic", "courses.attendances": "courses.attendances_by_topic"}
"""The total of a scan by topic is its sum: two scans the fewer."""

STATED = """
    SELECT figure, coalesce(level, member), sum(value) FROM statements
    WHERE mode = 'instead' AND period_from >= %(first)s AND period_to <= %(last)s GROUP BY 1, 2"""
STATED_DIMENSIONS = {"communications.count": "channel", "regulations.reviewed": "result"}

SHARES = {
    "par_tasks.completion_rate": ("par_tasks.completed", "par_tasks.total"),
    "documents.acknowledged_share": ("acknowledged", "sent"),
    "dossiers.on_time_rate": ("dossiers.on_time", "dossiers.finished"),
    "dossiers.late_rate": ("dossiers.late", "dossiers.finished"),
    "dossiers.online_share": ("online", "counted dossiers.received"),
    "feedback.resolution_rate": ("feedback.resolved", "feedback.received"),
    "feedback.procedure_share": ("feedback.about_procedure", "feedback.received"),
    "index.score": ("scored", "most"),
}
PARTS = {"acknowledged", "sent", "online", "counted dossiers.received", "scored", "most"}


def by_hand(fetch: Callable[[str, dict[str, Any]], list[tuple[Any, ...]]], asked: dict[str, Any]) -> dict[str, Number]:
    """Return figure key -> number."""
    counted: dict[str, dict[str, Any]] = {}
    for scan in SCANS:
        width = len(scan.members)
        for row in fetch(scan.sql, asked):
            inside = ",".join(f"{name}={member}" for name, member in zip(scan.members, row, strict=False))
            for name, number in zip(scan.names, row[width:], strict=True):
                counted.setdefault(name, {})[f"[{inside}]" if inside else ""] = number
    for name, parts in SUMS.items():
        counted[name] = {"": sum(counted.get(parts, {}).values())}
    counted["counted dossiers.received"] = dict(counted.get("dossiers.received", {}))
    for name, member, number in fetch(STATED, asked):
        inside = f"[{STATED_DIMENSIONS.get(name, 'level')}={member}]" if member else ""
        whole = counted.setdefault(name, {})
        whole[inside] = whole.get(inside, 0) + number
    numbers = {
        f"{name}{inside}": (number, None)
        for name, found in counted.items()
        if name not in PARTS
        for inside, number in found.items()
    }
    for name, (numerator, denominator) in SHARES.items():
        for inside, number in counted.get(denominator, {}).items():
            numbers[f"{name}{inside}"] = (counted.get(numerator, {}).get(inside, 0), number)
    return numbers


def differences(ours: dict[str, Number], hand: dict[str, Number]) -> list[str]:
    """Return where the two differ; what one has as nothing, the other may leave out."""
    nothing = ((0, None), (0, 0))
    return [
        f"{key}: {ours.get(key)} computed, {hand.get(key)} by hand"
        for key in sorted(ours.keys() | hand.keys())
        if ours.get(key) != hand.get(key) and not all(side.get(key, (0, 0)) in nothing for side in (ours, hand))
    ]


def measure(rounds: int) -> bool:
    """Print each period's medians; return whether every ratio is within the aim."""
    from congvu.access.rules import SYSTEM
    from congvu.figures.compute import compute, parameters
    from congvu.figures.engines import PostgresEngine
    from congvu.figures.period import Period

    engine, within = PostgresEngine(), True
    for first, last in PERIODS:
        period = Period(first, last)
        asked = parameters(period, SYSTEM, None)
        answers = {a.key: (a.numerator if a.figure.is_share else a.value, a.denominator) for a in compute(period)}
        found = differences(answers, by_hand(engine.fetch, asked))
        assert not found, "\n".join(found)
        ours: list[float] = []
        hand: list[float] = []
        for _ in range(rounds):
            ours.append(timed(lambda: compute(period)))  # noqa: B023 - called at once
            hand.append(timed(lambda: by_hand(engine.fetch, asked)))  # noqa: B023
        ratio = statistics.median(ours) / statistics.median(hand)
        within &= ratio <= AIM
        print(f"{period}: {len(answers)} numbers, all equal")
        print(f"  compute  median {statistics.median(ours) * 1e3:7.1f} ms   best {min(ours) * 1e3:7.1f} ms")
        print(f"  by hand  median {statistics.median(hand) * 1e3:7.1f} ms   best {min(hand) * 1e3:7.1f} ms")
        print(f"  ratio of the medians {ratio:.2f} (aim: at most {AIM})")
    return within


def timed(what: Callable[[], object]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--home", type=Path, default=Path(os.environ.get("CONGVU_HOME") or "var"))
    arguments.add_argument("--rounds", type=int, default=15)
    options = arguments.parse_args()
    home = options.home.absolute()
    with running(home) as cluster:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "congvu.settings",
            "CONGVU_HOME": str(home),
            "DATABASE_URL": cluster.app_url,
            "DATABASE_OWNER_URL": cluster.owner_url,
        }
        import django

        django.setup()
        from django.db import connections

        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
        try:
            return 0 if measure(options.rounds) else 1
        finally:
            connections.close_all()


if __name__ == "__main__":
    raise SystemExit(main())
