"""Columns in CSV files: read, computed at once, and written whole or not at all."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .bulk import UNITS, ColumnNotValid, Instants, Ints, due_of_steps, elapsed_batch
from .calendar import Calendar
from .instants import OFFSET, InstantNotValid, parse_instant, ticks_of
from .limits import Rule
from .sheet import BatchNotValid, Fault, Sheet, read_sheet, refuse, write_sheet
from .terms import Term, TermNotValid

T = TypeVar("T")
_PLAIN_INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+07:00"
_PLAIN_COLUMN = re.compile(rf"{_PLAIN_INSTANT}(?:\n{_PLAIN_INSTANT})*")
_PLAIN_LENGTH = len("2022-08-15T14:05:00+07:00")


def due_csv(
    in_path: str | Path, out_path: str | Path, calendar: Calendar, *, rule: Rule | str = Rule.END_OF_DAY
) -> int:
    """Read ``id,received_at,amount,unit``, write ``id,start_at,due_at``, return the number of rows.

    Other columns are left aside. ``out_path`` appears or changes only as a whole.

    Raises
    ------
    BatchNotValid
        A column is missing, or any row is wrong or leaves the covered years; all such lines are named.
    FileNotReadable, FileNotWritable
        The system refuses the input or the output file.
    """
    sheet = read_sheet(Path(in_path), ("id", "received_at", "amount", "unit"))
    received, faults = _instants(sheet, "received_at")
    units, steps, of_terms = _terms(sheet)

    def count(rows: Ints) -> tuple[Instants, Instants]:
        return due_of_steps(received[rows], units[rows], steps[rows], calendar, rule=Rule(rule))

    start, due = _counted(sheet, faults + of_terms, "received_at", count)
    rows = zip(sheet.columns["id"], _texts(start), _texts(due), strict=True)
    write_sheet(Path(out_path), ("id", "start_at", "due_at"), rows)
    return len(sheet.lines)


def elapsed_csv(in_path: str | Path, out_path: str | Path, calendar: Calendar) -> int:
    """Read ``id,from,to``, write ``id,minutes`` (working minutes), return the number of rows.

    Raises as :func:`due_csv` does; a ``to`` before its ``from`` is a wrong row.
    """
    sheet = read_sheet(Path(in_path), ("id", "from", "to"))
    begin, of_begin = _instants(sheet, "from")
    end, of_end = _instants(sheet, "to")

    def count(rows: Ints) -> Ints:
        return elapsed_batch(begin[rows], end[rows], calendar)

    minutes = _counted(sheet, of_begin + of_end, "from, to", count)
    rows = zip(sheet.columns["id"], minutes.tolist(), strict=True)
    write_sheet(Path(out_path), ("id", "minutes"), rows)
    return len(sheet.lines)


def _counted(sheet: Sheet, faults: list[Fault], column: str, count: Callable[[Ints], T]) -> T:
    """Return what ``count`` gives for all rows; refuse, with what it finds too, if some are wrong."""
    wrong = {fault.line for fault in faults}
    rows = np.array([row for row, line in enumerate(sheet.lines) if line not in wrong], np.int64)
    try:
        counted = count(rows)
    except ColumnNotValid as refusal:
        found = [Fault(sheet.lines[rows[problem.row]], column, problem.reason) for problem in refusal.problems]
        raise BatchNotValid(sheet.name, faults + found) from refusal
    refuse(sheet.name, faults)
    return counted


def _instants(sheet: Sheet, column: str) -> tuple[Instants, list[Fault]]:
    texts = sheet.columns[column]
    plain = _plain_instants(texts)
    if plain is not None:
        return plain, []
    faults = []
    ticks = np.zeros(len(texts), np.int64)
    for row, text in enumerate(texts):
        try:
            ticks[row] = ticks_of(parse_instant(text))
        except InstantNotValid as refusal:
            faults.append(Fault(sheet.lines[row], column, str(refusal)))
    return (ticks - OFFSET).view("M8[us]"), faults


def _plain_instants(texts: list[str]) -> Instants | None:
    """Return a column written throughout as ``2022-08-15T14:05:00+07:00``; ``None`` if any cell is not.

    Five times faster than cell by cell, and most files are like this.
    """
    joined = "\n".join(texts)
    # The length keeps out a cell that itself holds a line break between two instants.
    if len(joined) != len(texts) * (_PLAIN_LENGTH + 1) - 1 or not _PLAIN_COLUMN.fullmatch(joined):
        return None
    try:
        local: Instants = np.array(texts, "S19").astype("M8[us]")
    except ValueError:
        return None
    return (local.astype(np.int64) - OFFSET).view("M8[us]")


def _terms(sheet: Sheet) -> tuple[NDArray[np.int8], Ints, list[Fault]]:
    units = np.zeros(len(sheet.lines), np.int8)
    steps = np.zeros(len(sheet.lines), np.int64)
    faults = []
    for row, stated in enumerate(zip(sheet.columns["amount"], sheet.columns["unit"], strict=True)):
        try:
            units[row], steps[row] = _steps(*stated)
        except TermNotValid as refusal:
            faults.append(Fault(sheet.lines[row], "amount, unit", str(refusal)))
    return units, steps, faults


@cache
def _steps(amount: str, unit: str) -> tuple[int, int]:
    term = Term.parse(amount, unit)
    return UNITS.index(term.unit), term.steps


def _texts(instants: Instants) -> list[str]:
    local = (instants + np.timedelta64(OFFSET, "us")).astype("M8[s]")
    return [f"{text}+07:00" for text in np.datetime_as_string(local).tolist()]
