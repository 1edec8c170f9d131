from __future__ import annotations

from django.db import models
from django.db.models import Q

from congvu.province.records import AgencyCode, Line, Record, code_field

from .rules import State


class SavedMapping(Line):
    """One version of a mapping (:mod:`congvu.sheets.mapping`), as it was saved by name.

    ``code`` is the name in an address; ``signature`` the titles of the sheet's columns, by which a later file is known.
    """

    code = code_field()
    version = models.IntegerField()
    name = models.TextField()
    target = code_field()
    body = models.JSONField()
    signature = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.TextField()

    key = ("code", "version")
    packaged = False

    class Meta:
        db_table = "x_sheet_mappings"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="x_sheet_mappings_key"),
            models.CheckConstraint(condition=Q(version__gte=1), name="x_sheet_mappings_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (bản {self.version})"


class AgencyAlias(Record):
    """Another spelling of an agency's name, as files have it. ``alias`` is folded (:func:`congvu.kernel.text.fold`)."""

    alias = code_field(primary_key=True)
    spelled = models.TextField()
    agency = AgencyCode()

    key = ("alias",)
    packaged = False

    class Meta:
        db_table = "x_agency_aliases"

    def __str__(self) -> str:
        return f"{self.spelled} = {self.agency}"


class SheetFile(models.Model):
    """A file as it was sent. It is kept as long as rows came from it, so that each can be held against it."""

    sha256 = models.TextField(primary_key=True)
    content = models.BinaryField()
    size = models.BigIntegerField()

    class Meta:
        db_table = "sheet_files"

    def __str__(self) -> str:
        return self.sha256


class SheetLoad(models.Model):
    """One file on its way into one table.

    ``mapping`` is the mapping in use, ``saved`` the version that it was saved as (code and number), if it was.
    ``facts`` is what was seen of the sheet, ``counts`` what the load would do, or did. ``stage`` and ``share`` tell
    how far the background is, ``tries`` how often it began, ``trouble`` why it gave up. ``only_right`` says that rows
    with errors were left out on purpose; they are in ``rest``. ``act`` and ``withdrawn_by`` are acts of the journal.
    """

    number = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(SheetFile, models.PROTECT, related_name="+")
    file_name = models.TextField()
    target = models.TextField()
    mapping = models.JSONField()
    saved_code = models.TextField(null=True)
    saved_version = models.IntegerField(null=True)
    state = models.TextField(default=State.DRAFT.value)
    facts = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    samples = models.JSONField(default=dict)
    stage = models.TextField(default="")
    share = models.FloatField(default=0)
    tries = models.IntegerField(default=0)
    trouble = models.TextField(default="")
    only_right = models.BooleanField(default=False)
    reason = models.TextField(default="")
    rest = models.ForeignKey(SheetFile, models.PROTECT, null=True, related_name="+")
    act = models.BigIntegerField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    by = models.TextField()
    agency = models.TextField(null=True)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sheet_loads"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="sheet_loads_state_known"
            ),
            models.CheckConstraint(
                condition=Q(act__isnull=True) | Q(state__in=[State.LOADED.value, State.WITHDRAWN.value]),
                name="sheet_loads_act",
            ),
        ]
        indexes = [
            models.Index(
                fields=["number"],
                condition=Q(state__in=[State.CHECKING.value, State.LOADING.value]),
                name="sheet_loads_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.file_name} → {self.target}"


class SheetNote(models.Model):
    """Something about one cell of a load's sheet (:class:`congvu.sheets.result.Note`)."""

    load = models.ForeignKey(SheetLoad, models.CASCADE, related_name="notes")
    severity = models.TextField()
    row = models.IntegerField()
    column = models.IntegerField(null=True)
    target = models.TextField()
    value = models.TextField()
    reason = models.TextField()

    class Meta:
        db_table = "sheet_notes"
        indexes = [models.Index(fields=["load", "severity", "row", "id"], name="sheet_notes_in_order")]

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class Origin(models.Model):
    """Where a record came from: the row of the sheet whose load wrote it. ``stated`` is what the sheet said beside."""

    id = models.BigAutoField(primary_key=True)
    record_table = code_field()
    key = code_field()
    load = models.ForeignKey(SheetLoad, models.PROTECT, related_name="origins", db_index=False)
    row = models.IntegerField()
    new = models.BooleanField()
    stated = models.JSONField(null=True)

    class Meta:
        db_table = "sheet_origins"
        indexes = [
            models.Index(fields=["record_table", "key", "id"], name="sheet_origins_by_record"),
            models.Index(fields=["load", "row"], name="sheet_origins_by_load"),
        ]

    def __str__(self) -> str:
        return f"{self.record_table} {self.key}: {self.load_id}, dòng {self.row}"
