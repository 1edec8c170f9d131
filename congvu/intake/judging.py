"""Looking a load over: what each cell becomes, what would be new, changed, unchanged, and what cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from congvu.exchange.problems import Problem
from congvu.exchange.rows import Foreseen, Rows, foresee
from congvu.exchange.services import Tell
from congvu.sheets.mapping import Mapping as SheetMapping
from congvu.sheets.result import Note, Outcome
from congvu.sheets.values.applying import apply
from congvu.sheets.values.cells import as_text

from .files import Opened, open_sheet
from .known import agencies_of, codes_named, register
from .models import SheetLoad
from .notes import keep_notes
from .rules import Severity, State
from .taking import mapping_of, move
from .targets import target_tables
from .wording import for_clerks

_SAMPLES = 20


@dataclass(frozen=True)
class Ready:
    """A load's sheet as columns of its table, ready for the rules of the package."""

    opened: Opened
    outcome: Outcome
    rows: Rows
    row_of: Mapping[int, int]

    @property
    def wrong(self) -> Set[int]:
        """The lines whose cells could not be translated."""
        rows = {note.row for note in self.outcome.errors}
        return {line for line, row in self.row_of.items() if row in rows} if rows else set()

    def notes_of(self, problems: Iterable[Problem]) -> list[Note]:
        """Return what the package's rules found, at the cells of the sheet."""
        told = {(note.row, note.target) for note in self.outcome.errors}
        notes = (self._note(problem) for problem in problems)
        return [note for note in notes if (note.row, note.target) not in told]

    def _note(self, problem: Problem) -> Note:
        row = self.row_of.get(problem.line or 0, 0)
        target = problem.column or ""
        column = next((self.outcome.sources[name] for name in target.split(", ") if name in self.outcome.sources), None)
        value = problem.value or ""
        if column is not None and row:
            value = as_text(self.opened.filled.columns[column][row - 1]) or value
        return Note(row, column, target, value, for_clerks(problem.expected, target_tables()[self.rows.table]))


def make_ready(load: SheetLoad, tell: Tell) -> Ready:
    """Open the load's file and translate it.

    Raises
    ------
    SheetRefused
        The file does not fit the mapping.
    """
    tell("Mở tệp", 0.0)
    mapping, table = _with_stated(mapping_of(load)), target_tables()[load.target]
    sheet, header = load.facts["sheet"], load.facts["header"][1]
    opened, _table = open_sheet(bytes(load.file.content), load.file_name, {}, sheet=sheet, header=header)
    filled, layout = opened.filled, opened.layout
    tell("Ghép cột", 0.1)
    agencies = register()
    outcome = apply(mapping, filled, layout, table, agencies, names=codes_named, epoch_1904=opened.book.epoch_1904)
    if table.name == "agencies" and (own := agencies_of(outcome.columns)):
        # Agencies name each other: what the file itself brings is known to its own rows.
        agencies = register(own)
        outcome = apply(mapping, filled, layout, table, agencies, names=codes_named, epoch_1904=opened.book.epoch_1904)
    split = len(set(outcome.rows)) < len(outcome.rows)
    lines: Sequence[int] = range(1, len(outcome.rows) + 1) if split else outcome.rows
    row_of = dict(zip(lines, outcome.rows, strict=True))
    place = (lambda line: f"dòng {row_of[line]}") if split else "dòng {}".format
    rows = Rows(load.target, load.file_name, outcome.columns, lines, place)
    return Ready(opened, outcome, rows, row_of)


def _with_stated(mapping: SheetMapping) -> SheetMapping:
    """Return the mapping that also keeps, as they were stated, the columns that no record has (a late flag)."""
    stated = [title for rule in mapping.rules if rule.target.startswith("x_") for title in rule.source]
    return replace(mapping, kept=tuple(dict.fromkeys((*mapping.kept, *stated))))


def judge(load: SheetLoad, tell: Tell) -> None:
    """Look a load over and keep what was found with it; nothing else is written.

    Raises
    ------
    SheetRefused, PackageRefused
    """
    ready = make_ready(load, tell)
    foreseen = foresee(ready.rows, tell, wrong=ready.wrong, samples=_SAMPLES)
    keep_findings(load, ready, foreseen)


def keep_findings(load: SheetLoad, ready: Ready, foreseen: Foreseen) -> None:
    """Store counts, samples and notes; the load is then looked over."""
    outcome = ready.outcome
    errors = [*outcome.errors, *ready.notes_of(foreseen.errors.kept)]
    odd = ready.notes_of(foreseen.warnings.kept)
    refused = {ready.row_of[line] for line in foreseen.wrong}
    counts = {
        "rows": len(outcome.rows),
        "new": foreseen.counts.new,
        "changed": foreseen.counts.changed,
        "unchanged": foreseen.counts.unchanged,
        "refused": len(refused),
        Severity.ERROR: len(errors) + foreseen.errors.beyond,
        Severity.REVIEW: len(outcome.reviews),
        Severity.ODD: len(odd) + foreseen.warnings.beyond,
    }
    with transaction.atomic():
        locked = SheetLoad.objects.select_for_update().get(pk=load.pk)
        move(locked, State.CHECKED)
        locked.counts, locked.samples = counts, _samples(ready, foreseen)
        locked.stage, locked.share = "", 1
        locked.save()
        keep_notes(load, {Severity.ERROR: errors, Severity.REVIEW: outcome.reviews, Severity.ODD: odd})


def _samples(ready: Ready, foreseen: Foreseen) -> dict[str, Any]:
    place = {line: number for number, line in enumerate(ready.rows.lines)} if foreseen.new else {}
    columns = ready.outcome.columns
    return {
        "columns": list(columns),
        "new": [
            {"row": ready.row_of[line], "values": [cells[place[line]] for cells in columns.values()]}
            for line in foreseen.new
        ],
        "changed": [
            {"row": ready.row_of[one.line], "before": one.before, "after": one.after} for one in foreseen.changed
        ],
    }
