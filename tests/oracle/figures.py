"""The contract's figures, counted a second time and in the plainest way, to check the real engine by.

Every figure is counted as the table of the contract reads, over the typed rows of a ``Package``, with
nothing but the standard library. Where the contract leaves a choice, this is what was chosen:

* ``partial`` counts ``instead`` statements only, as only these can feed a figure; that of a share is
  the sum of its numerator's and its denominator's.
* A statement that names no member of its figure's dimension (``channel``, ``result``) feeds none.
* A code "changed hands in the period" where two agencies held it, each on some day of the period; a
  takeover on the first day itself leaves one holder in the period, and the member is the bare code.
* ``--agency`` restricts by the bare code, whoever held it. The agency of a task or an inspection is
  the one leading it, of a document its issuer, of a plan its document's issuer, of a course its
  host, of an attendance and a recipient their own, of a publication the publisher, and of an agency
  itself. Catalogue figures and evaluations have none and stay as they are.
* A document is the province committee's where its issuer is the package's ``province`` code.
* ``index.score`` keeps numerator, denominator and a null ``stated`` like a share. An agency with a
  row but no score at all has 0; a framework without points has null. Scores of criteria that are no
  leaves are not looked at.
* Members are left out where they have neither rows nor statements; a course without a topic belongs
  to no topic; a dossier without ``due_at`` is on time and not early.
* A report without a date of issue was not issued after the last day.
* An empty ``due_at`` stays empty. Computing it is the deadline engine's work, not the oracle's: give
  rows whose terms are resolved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from datetime import date
from fractions import Fraction

from .names import COUNTED_AGENCIES, COUNTS, SHARES, STATABLE, UNDIVIDED
from .package import Agencies, Agency, Package, Row
from .period import Period, local_day
from .tally import Answer, Key, Tally, key_of


def count(package: Package, first_day: date, last_day: date, agency: str | None = None) -> dict[Key, Answer]:
    """Every figure of the period by ``(id, ((dimension, member), …))``, optionally of one agency code.

    Raises ``LookupError`` where a counted row names an agency that was not valid on the row's day.
    """
    return _answers(_Counting(package, Period(first_day, last_day), agency).run())


def rows(
    package: Package,
    figure: str,
    dimensions: Mapping[str, str],
    first_day: date,
    last_day: date,
    agency: str | None = None,
) -> list[Hashable]:
    """The keys of what a count counts, in order: row keys, or the distinct things.

    An agency is ``(code, valid_from)``; a row with a key of several columns is the tuple of them. What
    statements give is not among them.
    """
    if figure not in COUNTS:
        raise KeyError(figure)
    tally = _Counting(package, Period(first_day, last_day), agency).run()
    return sorted(tally.counted.get(key_of(figure, dimensions), ()), key=_in_key_order)


def _in_key_order(thing: Hashable) -> tuple[str, ...]:
    parts = thing if isinstance(thing, tuple) else (thing,)
    return tuple("" if part is None else str(part) for part in parts)


def _answers(tally: Tally) -> dict[Key, Answer]:
    answers = {
        (figure, member): tally.total((figure, member))
        for figure in COUNTS
        for member in tally.members(figure) | ({()} if figure in UNDIVIDED else set())
    }
    answers["par_tasks.remaining", ()] = tally.difference(("par_tasks.total", ()), ("par_tasks.completed", ()))
    for figure, (part, whole) in SHARES.items():
        for member in tally.members(whole) | tally.members(part) | ({()} if whole in UNDIVIDED else set()):
            answers[figure, member] = tally.share((part, member), (whole, member))
    answers.update({key: tally.scored(key) for key in tally.scores})
    return answers


class _Counting:
    """One count of one package; each method counts one part of the contract's table."""

    def __init__(self, package: Package, period: Period, agency: str | None) -> None:
        self.package = package
        self.period = period
        self.only = agency
        self.agencies: Agencies = package.agencies()
        self.tally = Tally()
        self.documents: dict[str, Row] = {row["id"]: row for row in package["documents"]}

    def run(self) -> Tally:
        self.agencies_and_tasks()
        self.documents_and_plans()
        self.outreach()
        self.procedures()
        self.dossiers()
        self.feedback()
        self.inspections()
        self.indexes()
        self.courses()
        self.personnel()
        self.statements()
        return self.tally

    def asked_for(self, code: str | None) -> bool:
        return self.only is None or code == self.only

    def agency(self, code: str, day: date | None) -> Agency:
        return self.agencies.on(code, day)

    def member(self, agency: Agency) -> str:
        holders = self.agencies.holders_between(agency.code, self.period.first, self.period.last)
        return f"{agency.code}@{agency.valid_from.isoformat()}" if holders > 1 else agency.code

    def agencies_and_tasks(self) -> None:
        period, tally = self.period, self.tally
        for agency in self.agencies:
            if agency.kind in COUNTED_AGENCIES and agency.valid_on(period.last) and self.asked_for(agency.code):
                tally.count("agencies.count", (agency.code, agency.valid_from), level=agency.level)

        plans = {plan["id"] for plan in self.package["plans"] if self.is_par_plan_of_the_province(plan)}
        for task in self.package["tasks"]:
            if task["plan"] in plans and self.asked_for(task["lead_agency"]):
                due, completed = task["due_on"], task["completed_on"]
                tally.count("par_tasks.total", task["id"])
                if period.reached(completed):
                    tally.count("par_tasks.completed", task["id"])
                if period.reached(due) and not (completed is not None and completed <= due):
                    tally.count("par_tasks.overdue", task["id"])

    def is_par_plan_of_the_province(self, plan: Row) -> bool:
        document = plan["document"]
        of_the_province = document is None or self.documents[document]["issuer"] == self.package.province
        return plan["kind"] == "par" and plan["year"] == self.period.last.year and of_the_province

    def documents_and_plans(self) -> None:
        period, tally = self.period, self.tally
        for document in self.package["documents"]:
            outgoing = document["direction"] == "outgoing"
            if outgoing and period.has(document["issued_on"]) and self.asked_for(document["issuer"]):
                tally.count("documents.issued", document["id"], kind=document["kind"])

        for recipient in self.package["document_recipients"]:
            sent = period.has(self.documents[recipient["document"]]["issued_on"])
            if sent and self.asked_for(recipient["agency"]):
                key = (recipient["document"], recipient["agency"])
                tally.count("documents._recipients", key)
                if period.reached(recipient["acknowledged_on"]):
                    tally.count("documents._acknowledged", key)

        for plan in self.package["plans"]:
            if plan["year"] != period.last.year or plan["document"] is None:
                continue
            document = self.documents[plan["document"]]
            issuer = document["issuer"]
            if issuer in self.agencies and issuer != self.package.province and self.asked_for(issuer):
                agency = self.agency(issuer, document["issued_on"])
                tally.count("plans.own", (agency.code, agency.valid_from), kind=plan["kind"])

    def outreach(self) -> None:
        period, tally = self.period, self.tally
        for row in self.package["communications"]:
            if period.has(row["held_on"]) and self.asked_for(row["agency"]):
                tally.count("communications.count", row["id"], channel=row["channel"])
        for row in self.package["regulations"]:
            if period.has(row["reviewed_on"]) and self.asked_for(row["agency"]):
                tally.count("regulations.reviewed", row["id"], result=row["result"])
        for row in self.package["teams"]:
            if period.has(row["formed_on"]) and self.asked_for(row["agency"]):
                agency = self.agency(row["agency"], row["formed_on"])
                tally.count("teams.formed", (agency.code, agency.valid_from), kind=row["kind"])

    def procedures(self) -> None:
        period, tally = self.period, self.tally
        for change in self.package["procedure_changes"]:
            if not period.has(change["effective_on"]):
                continue
            if change["change"] == "internal_process":
                tally.count("procedures.internal_process_decisions", change["decision"])
            else:
                pair = (change["decision"], change["procedure"])
                tally.count("procedures.decisions", change["decision"])
                tally.count("procedures.changed", pair, change=change["change"])

        in_force = {
            row["code"]
            for row in self.package["procedures"]
            if row["valid_from"] <= period.last and (row["valid_to"] is None or period.last <= row["valid_to"])
        }
        for code in in_force:
            tally.count("procedures.in_force", code)
        for row in self.package["procedure_levels"]:
            if row["procedure"] in in_force:
                tally.count("procedures.in_force_by_level", row["procedure"], level=row["level"])

    def dossiers(self) -> None:
        begin, end, tally = self.period.begin, self.period.end, self.tally
        for row in self.package["dossiers"]:
            received, finished = row["received_at"], row["finished_at"]
            if received >= end or (finished is not None and finished < begin) or not self.asked_for(row["agency"]):
                continue
            code, due = row["code"], row["due_at"]
            level = self.agency(row["agency"], local_day(received)).level

            if received < begin:
                tally.count("dossiers.carried_over", code, level=level)
            else:
                tally.count("dossiers.received", code, level=level)
                tally.count("dossiers._received_rows", code, level=level)
                if row["channel"] == "online":
                    tally.count("dossiers._online", code, level=level)

            if finished is None or finished >= end:
                tally.count("dossiers.pending", code, level=level)
                if due is not None and due < end:
                    tally.count("dossiers.pending_overdue", code, level=level)
            elif row["outcome"] == "withdrawn":
                tally.count("dossiers.withdrawn", code, level=level)
            else:
                self.finished_dossier(row, level)

    def finished_dossier(self, row: Row, level: str) -> None:
        tally, code, due, finished = self.tally, row["code"], row["due_at"], row["finished_at"]
        tally.count("dossiers.finished", code, level=level)
        if due is None or finished <= due:
            tally.count("dossiers.on_time", code, level=level)
            if due is not None and local_day(finished) < local_day(due):
                tally.count("dossiers.early", code, level=level)
        else:
            tally.count("dossiers.late", code, level=level)
        if due is not None and row["first_due_at"] is not None and due > row["first_due_at"]:
            tally.count("dossiers.extended", code, level=level)

    def feedback(self) -> None:
        begin, end, tally = self.period.begin, self.period.end, self.tally
        for row in self.package["feedback"]:
            if begin <= row["received_at"] < end and self.asked_for(row["agency"]):
                tally.count("feedback.received", row["code"])
                tally.count("feedback.received_by_category", row["code"], category=row["category"])
                if row["resolved_at"] is not None and row["resolved_at"] < end:
                    tally.count("feedback.resolved", row["code"])
                if row["about_procedure"]:
                    tally.count("feedback.about_procedure", row["code"])

    def inspections(self) -> None:
        period, tally = self.period, self.tally
        begun = {row["id"]: row for row in self.package["inspections"] if period.has(row["date_from"])}
        for row in begun.values():
            if self.asked_for(row["lead_agency"]):
                tally.count("inspections.count", row["id"], kind=row["kind"])

        for target in self.package["inspection_targets"]:
            if target["inspection"] in begun and self.asked_for(target["agency"]):
                inspection = begun[target["inspection"]]
                agency = self.agency(target["agency"], inspection["date_from"])
                tally.count(
                    "inspections.targets",
                    (agency.code, agency.valid_from),
                    kind=inspection["kind"],
                    level=agency.level,
                )

        for finding in self.package["findings"]:
            if finding["inspection"] in begun and self.asked_for(finding["agency"]):
                kind = begun[finding["inspection"]]["kind"]
                tally.count("findings.total", finding["id"], kind=kind)
                if period.reached(finding["rectified_on"]):
                    tally.count("findings.rectified", finding["id"], kind=kind)
                if period.reached(finding["verified_on"]):
                    tally.count("findings.verified", finding["id"], kind=kind)
                report = finding["report"]
                if report is not None and self.issued_by_the_last_day(report):
                    tally.count("findings.reports", report, kind=kind)

    def issued_by_the_last_day(self, document: str) -> bool:
        issued_on = self.documents[document]["issued_on"]
        return issued_on is None or self.period.reached(issued_on)

    def indexes(self) -> None:
        frameworks = {row["id"]: row for row in self.package["index_frameworks"]}
        for row in self.package["index_publications"]:
            communal = frameworks[row["framework"]]["scope"] == "commune"
            if communal and self.period.has(row["published_on"]) and self.asked_for(row["publisher"]):
                publisher = self.agency(row["publisher"], row["published_on"])
                if publisher.level == "district":
                    self.tally.count("index.published_districts", (publisher.code, publisher.valid_from))

        year = self.period.last.year
        for framework in frameworks.values():
            if framework["year"] in (year, year - 1):
                self.scores_of(framework)

    def scores_of(self, framework: Row) -> None:
        criteria = [row for row in self.package["index_criteria"] if row["framework"] == framework["id"]]
        parents = {row["parent"] for row in criteria}
        leaves = {row["code"]: Fraction(row["max_score"]) for row in criteria if row["code"] not in parents}
        reached: defaultdict[Agency, Fraction] = defaultdict(Fraction)
        for row in self.package["index_scores"]:
            if row["framework"] != framework["id"] or not self.asked_for(row["agency"]):
                continue
            agency = self.agency(row["agency"], date(framework["year"], 12, 31))
            score = row["self_score"] if row["appraised_score"] is None else row["appraised_score"]
            reached[agency] += Fraction(score) if score is not None and row["criterion"] in leaves else 0
        for agency, sum_of_scores in reached.items():
            self.tally.score(
                "index.score",
                sum_of_scores,
                sum(leaves.values(), Fraction()),
                framework=framework["id"],
                agency=self.member(agency),
            )

    def courses(self) -> None:
        tally = self.tally
        begun = {row["id"]: row for row in self.package["courses"] if self.period.has(row["date_from"])}
        for course in begun.values():
            if self.asked_for(course["host_agency"]):
                tally.count("courses.count", course["id"])
                if course["topic"] is not None:
                    tally.count("courses.count_by_topic", course["id"], topic=course["topic"])
        for row in self.package["attendances"]:
            if row["course"] in begun and self.asked_for(row["agency"]):
                key, topic = (row["course"], row["attendee"], row["agency"]), begun[row["course"]]["topic"]
                tally.count("courses.attendances", key)
                if topic is not None:
                    tally.count("courses.attendances_by_topic", key, topic=topic)

    def personnel(self) -> None:
        tally = self.tally
        for case in self.package["disciplinary_cases"]:
            if self.period.has(case["decided_on"]) and self.asked_for(case["agency"]):
                officer = case["officer"]
                member = self.member(self.agency(case["agency"], case["decided_on"]))
                tally.count("officers.disciplined", officer)
                tally.count("officers.disciplined_by_form", officer, form=case["form"])
                tally.count("officers.disciplined_by_agency", officer, agency=member)
        for evaluation in self.package["evaluations"]:
            if evaluation["year"] == self.period.last.year:
                tally.count("evaluations.graded", evaluation["officer"], grade=evaluation["grade"])

    def statements(self) -> None:
        first, last = self.period.first, self.period.last
        for row in self.package["statements"]:
            begins, ends = row["period_from"], row["period_to"]
            if row["mode"] != "instead" or not self.asked_for(row["agency"]) or ends < first or last < begins:
                continue
            dimension = STATABLE[row["figure"]]
            member = row["level"] if dimension == "level" else row["member"]
            if dimension is not None and member is None:
                continue
            key = key_of(row["figure"], {dimension: member} if dimension is not None else {})
            if first <= begins and ends <= last:
                self.tally.state(key, row["value"])
            else:
                self.tally.state_in_part(key)
