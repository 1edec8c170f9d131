from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.province.records import Line, code_field, known, ordered_days


class ReportSlot(Line):
    """Which registered document fills a citation slot of a report, in which place."""

    report = code_field()
    year = models.IntegerField()
    slot = code_field()
    position = models.IntegerField()
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document")

    key = ("report", "year", "slot", "position")

    class Meta:
        db_table = "x_report_slots"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "slot", "position"], name="x_report_slots_key")
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year} {self.slot}"


class ReportPeriod(Line):
    """The days that a named period of a report means."""

    report = code_field()
    year = models.IntegerField()
    period = code_field()
    period_from = models.DateField()
    period_to = models.DateField()

    key = ("report", "year", "period")

    class Meta:
        db_table = "x_report_periods"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "period"], name="x_report_periods_key"),
            ordered_days("period_from", "period_to", "x_report_periods_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year} {self.period}"


class ReportPending(Line):
    """A figure that the reporting officer declares not yet known; it is printed "đang tổng hợp"."""

    report = code_field()
    year = models.IntegerField()
    figure = code_field()

    key = ("report", "year", "figure")

    class Meta:
        db_table = "x_report_pending"
        constraints = [models.UniqueConstraint(fields=["report", "year", "figure"], name="x_report_pending_key")]

    def __str__(self) -> str:
        return f"{self.report} {self.year} {self.figure}"


class DraftOrigin(models.TextChoices):
    TEMPLATE = "template", _("Mẫu báo cáo")
    WORD = "word", _("Tệp Word")
    PAGE = "page", _("Trang báo cáo")


class Draft(Line):
    """One draft of a report's text; the first is the template's own, each later one changes the one before.

    ``paragraphs`` are the text in order, each ``{"key", "text", "by", "user", "at", "draft"}``: ``text`` in the
    template's marks, who changed it last, when (UTC), and in which draft; empty where it is the template's.
    ``key`` stays the same from draft to draft. ``based_on`` is the draft that its author had before them.
    """

    report = code_field()
    year = models.IntegerField()
    number = models.IntegerField()
    based_on = models.IntegerField()
    origin = models.TextField(choices=DraftOrigin)
    saved_at = models.DateTimeField()
    saved_by = models.TextField()
    template = models.TextField()
    paragraphs = models.JSONField()

    key = ("report", "year", "number")
    packaged = False
    large = frozenset({"paragraphs"})

    class Meta:
        db_table = "report_drafts"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "number"], name="report_drafts_key"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="report_drafts_from_one"),
            known("origin", DraftOrigin, "report_drafts_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}, dự thảo {self.number}"


class Revision(Line):
    """A frozen report: its document, its marks and figures, and the snapshot of facts that they open to.

    ``document``, ``marks`` and ``figures`` are as written by :mod:`congvu.reports.stored`; the snapshot is the
    folder ``frozen/<report>-<year>-<number>`` of the home, ``snapshot_hash`` its hash.
    """

    report = code_field()
    year = models.IntegerField()
    number = models.IntegerField()
    frozen_at = models.DateTimeField()
    frozen_by = models.TextField()
    version = models.TextField()
    definitions_hash = models.TextField()
    document = models.JSONField()
    marks = models.JSONField()
    figures = models.JSONField()
    snapshot_hash = models.TextField()

    key = ("report", "year", "number")
    packaged = False
    large = frozenset({"document", "marks", "figures"})

    class Meta:
        db_table = "report_revisions"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "number"], name="report_revisions_key"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="report_revisions_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}, bản {self.number}"
