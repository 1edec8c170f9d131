"""What is said about the cells of a load: kept, read page by page, put into the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, TextField, Value, When

from congvu.sheets.grid import cell_name
from congvu.sheets.marking.mark import mark
from congvu.sheets.result import Note

from .files import open_sheet
from .models import SheetLoad, SheetNote
from .rules import NOTES_KEPT, Severity
from .targets import target_tables

_LONGEST = 500
PAGE = 50


def keep_notes(load: SheetLoad, found: Mapping[Severity, Sequence[Note]]) -> None:
    """Keep the notes of a load in place of those of the same severities kept before."""
    SheetNote.objects.filter(load=load, severity__in=[severity.value for severity in found]).delete()
    SheetNote.objects.bulk_create(
        (
            SheetNote(
                load=load,
                severity=severity.value,
                row=note.row,
                column=note.column,
                target=note.target,
                value=note.value[:_LONGEST],
                reason=note.reason[:_LONGEST],
            )
            for severity, notes in found.items()
            for note in sorted(notes, key=lambda note: (note.row, note.column or 0))[:NOTES_KEPT]
        ),
        batch_size=2000,
    )


def errors_of(load: SheetLoad) -> list[Note]:
    """Return the errors that are kept of a load, in the order of the sheet."""
    found = SheetNote.objects.filter(load=load, severity=Severity.ERROR.value).order_by("row", "id")
    return [Note(one.row, one.column, one.target, one.value, one.reason) for one in found]


def notes_page(
    load: SheetLoad, severity: Severity, after: tuple[int, int] | None = None, *, limit: int = PAGE
) -> list[SheetNote]:
    """Return ``limit`` notes, in the order of the sheet, and one more where there are more; ``after`` is (row, id)."""
    found = SheetNote.objects.filter(load=load, severity=severity.value).order_by("row", "id")
    if after:
        row, last = after
        # no "or": the index then gives the rest in its order, without sorting it
        found = found.filter(row__gte=row).exclude(row=row, id__lte=last)
    return list(found[: limit + 1])


def marked_file(load: SheetLoad) -> bytes:
    """Return the load's file with its wrong cells marked and a sheet that lists them."""
    content, sheet = bytes(load.file.content), load.facts["sheet"]
    opened, _table = open_sheet(content, load.file_name, {}, sheet=sheet, header=load.facts["header"][1])
    return mark(content, load.file_name, sheet, errors_of(load), layout=opened.layout)


def cell_of(note: SheetNote) -> str:
    """Return how the sheet calls a note's cell, ``dòng 5`` where the row as a whole is meant."""
    return f"dòng {note.row}" if note.column is None else cell_name(note.row, note.column)


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A text of the sheet that is no agency, no choice and no key that is known; ``rows`` have it.

    An agency is called the same in every column, so all columns that have its name are in ``targets``; any other text
    may mean something else in each, and has one.
    """

    targets: tuple[str, ...]
    value: str
    rows: int


def unknown_words(load: SheetLoad) -> list[UnknownWord]:
    """Return the texts that a person could translate once for all their rows, those of most rows first."""
    table = target_tables()[load.target]
    asked = [target.name for target in table.targets if target.refers or target.kind == "choice"]
    agencies = [target.name for target in table.targets if target.refers == "agencies"]
    known_as = Case(When(target__in=agencies, then=Value("agencies")), default=F("target"), output_field=TextField())
    found = (
        SheetNote.objects.filter(load=load, severity=Severity.ERROR.value, target__in=asked)
        .exclude(value="")
        .annotate(known_as=known_as)
        .values("known_as", "value")
        .annotate(rows=Count("row", distinct=True), targets=ArrayAgg("target", distinct=True))
        .order_by("-rows", "known_as", "value")
    )
    return [UnknownWord(tuple(one["targets"]), one["value"], one["rows"]) for one in found[:PAGE]]
