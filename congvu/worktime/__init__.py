"""Working calendars, due instants and working time elapsed. Pure: no Django, no database, no clock.

:func:`due` counts out one dossier and explains it; :func:`due_batch` does a column, :func:`due_csv` a file.
What is counted how is in ``docs/reference/deadlines.md``.
"""

from .batch_csv import due_csv, elapsed_csv
from .bulk import ColumnNotValid, Problem, due_batch, elapsed_batch
from .calendar import Calendar, CalendarNotValid, Day, DayRow, Nature, RowKind, Session, office_week
from .due import Due, Extension, ExtensionNotAllowed, RestartNotValid, difference, due, start
from .elapsed import IntervalNotValid, elapsed
from .explanation import Explanation, GivenBack, SkippedDay
from .instants import InstantNotValid, parse_instant
from .limits import RULE_NAMES, Rule
from .national import national_calendar, read_days
from .pauses import Pause, PauseNotValid
from .policy import POLICY_NAMES, TIMELINESS_NAMES, Policy, Standing, Timeliness, standing, timeliness
from .sheet import BatchNotValid, Fault, FileNotReadable, FileNotWritable
from .terms import Term, TermNotValid, Unit
from .timeline import YearNotCovered

__all__ = [
    "POLICY_NAMES",
    "RULE_NAMES",
    "TIMELINESS_NAMES",
    "BatchNotValid",
    "Calendar",
    "CalendarNotValid",
    "ColumnNotValid",
    "Day",
    "DayRow",
    "Due",
    "Explanation",
    "Extension",
    "ExtensionNotAllowed",
    "Fault",
    "FileNotReadable",
    "FileNotWritable",
    "GivenBack",
    "InstantNotValid",
    "IntervalNotValid",
    "Nature",
    "Pause",
    "PauseNotValid",
    "Policy",
    "Problem",
    "RestartNotValid",
    "RowKind",
    "Rule",
    "Session",
    "SkippedDay",
    "Standing",
    "Term",
    "TermNotValid",
    "Timeliness",
    "Unit",
    "YearNotCovered",
    "difference",
    "due",
    "due_batch",
    "due_csv",
    "elapsed",
    "elapsed_batch",
    "elapsed_csv",
    "national_calendar",
    "office_week",
    "parse_instant",
    "read_days",
    "standing",
    "start",
    "timeliness",
]
