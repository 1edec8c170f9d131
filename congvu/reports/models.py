from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.figures.period import Cycle
from congvu.province.records import Line, code_field, known, ordered_days

from .term import Term


def report_key(report: str, year: int, part: int, *rest: object) -> str:
    """Return the key of a record of a report, as the journal knows it."""
    return "\x1f".join(map(str, (report, year, *([part] if part else []), *rest)))


class OfReport(Line):
    """A record of one report: its kind, its year, and the part of the year (0: the whole, see :mod:`.term`)."""

    report = code_field()
    year = models.IntegerField()
    part = models.IntegerField(default=0)

    later = MappingProxyType({"part": "0"})

    class Meta:
        abstract = True


class ReportSlot(OfReport):
    """Which registered document fills a citation slot of a report, in which place."""

    slot = code_field()
    position = models.IntegerField()
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document")

    key = ("report", "year", "part", "slot", "position")

    class Meta:
        db_table = "x_report_slots"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "part", "slot", "position"], name="x_report_slots_key")
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year} {self.slot}"


class ReportPeriod(OfReport):
    """The days that a named period of a report means."""

    period = code_field()
    period_from = models.DateField()
    period_to = models.DateField()

    key = ("report", "year", "part", "period")

    class Meta:
        db_table = "x_report_periods"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "part", "period"], name="x_report_periods_key"),
            ordered_days("period_from", "period_to", "x_report_periods_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year} {self.period}"


class ReportPending(OfReport):
    """A figure that the reporting officer declares not yet known; it is printed "đang tổng hợp"."""

    figure = code_field()

    key = ("report", "year", "part", "figure")

    class Meta:
        db_table = "x_report_pending"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "part", "figure"], name="x_report_pending_key")
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year} {self.figure}"


class DraftOrigin(models.TextChoices):
    TEMPLATE = "template", _("Mẫu báo cáo")
    WORD = "word", _("Tệp Word")
    PAGE = "page", _("Trang báo cáo")


class Draft(OfReport):
    """One draft of a report's text; the first is the template's own, each later one changes the one before.

    ``paragraphs`` are the text in order, each ``{"key", "text", "by", "user", "at", "draft"}``: ``text`` in the
    template's marks, who changed it last, when (UTC), and in which draft; empty where it is the template's.
    ``key`` stays the same from draft to draft. ``based_on`` is the draft that its author had before them.
    """

    number = models.IntegerField()
    based_on = models.IntegerField()
    origin = models.TextField(choices=DraftOrigin)
    saved_at = models.DateTimeField()
    saved_by = models.TextField()
    template = models.TextField()
    paragraphs = models.JSONField()

    key = ("report", "year", "part", "number")
    packaged = False
    large = frozenset({"paragraphs"})

    class Meta:
        db_table = "report_drafts"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "part", "number"], name="report_drafts_key"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="report_drafts_from_one"),
            known("origin", DraftOrigin, "report_drafts_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}, dự thảo {self.number}"


class ReportIssue(OfReport):
    """A frozen revision that took a number and a day in the register of documents; ``published_on`` once it is public.

    ``number``, ``symbol`` and ``issued_on`` are what its letterhead says, whatever becomes of the register's row.
    """

    revision = models.IntegerField()
    document = models.OneToOneField("documents.Document", models.PROTECT, db_column="document")
    number = models.IntegerField()
    symbol = models.TextField()
    issued_on = models.DateField()
    issued_by = models.TextField()
    published_on = models.DateField(null=True)

    key = ("report", "year", "part", "revision")
    day = "r.issued_on"

    class Meta:
        db_table = "x_report_issues"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "part", "revision"], name="x_report_issues_key"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="x_report_issues_of_a_revision"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="x_report_issues_from_one"),
            ordered_days("issued_on", "published_on", "x_report_issues_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.symbol


class Revision(OfReport):
    """A frozen report: its document, its marks and figures, and the snapshot of facts that they open to.

    ``document``, ``marks`` and ``figures`` are as written by :mod:`congvu.reports.stored`; the snapshot is the
    folder ``frozen/<report>-<year>-<number>`` of the home (``<year>.<part>`` for a part of a year),
    ``snapshot_hash`` its hash.
    """

    number = models.IntegerField()
    cycle = models.TextField(default=Cycle.YEAR)
    frozen_at = models.DateTimeField()
    frozen_by = models.TextField()
    version = models.TextField()
    definitions_hash = models.TextField()
    document = models.JSONField()
    marks = models.JSONField()
    figures = models.JSONField()
    snapshot_hash = models.TextField()

    key = ("report", "year", "part", "number")
    packaged = False
    large = frozenset({"document", "marks", "figures"})
    later = MappingProxyType({"part": "0", "cycle": Cycle.YEAR.value})

    class Meta:
        db_table = "report_revisions"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "part", "number"], name="report_revisions_key"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="report_revisions_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}, bản {self.number}"

    @property
    def term(self) -> Term:
        """For which term it is, whatever its type of report has become since."""
        return Term(self.year, Cycle(self.cycle), self.part)
