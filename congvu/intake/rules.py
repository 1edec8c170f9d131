"""What may be loaded by whom, and the way of a load. Pure."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from congvu.access.rules import LOADS, Area, Reader
from congvu.figures.facts import FACTS

_WITHOUT_FACT = {
    "officers": Area.PERSONNEL,
    "posts": Area.PERSONNEL,
    "document_relations": Area.DIRECTION,
    "task_cooperations": Area.DIRECTION,
    "dossier_events": Area.SERVICE,
    "index_frameworks": Area.INSPECTION,
    "index_criteria": Area.INSPECTION,
}
"""Tables over which no fact stands; a test checks that every table of the package has an area."""

AREAS: dict[str, Area] = {fact.table: fact.area for fact in FACTS} | _WITHOUT_FACT


def may_load(reader: Reader, table: str) -> bool:
    """Return whether ``reader`` may load rows into ``table``, and see what was loaded into it."""
    return reader.role is None or AREAS[table] in LOADS[reader.role]


class State(StrEnum):
    """Where a load stands."""

    DRAFT = "draft"  # its columns are being matched
    CHECKING = "checking"  # waits for the background, or is there, to be looked over
    CHECKED = "checked"  # what it would do is known
    LOADING = "loading"  # waits for the background, or is there, to be written
    LOADED = "loaded"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"  # given up before anything was written


STATE_NAMES = {
    State.DRAFT: _("Đang ghép cột"),
    State.CHECKING: _("Đang kiểm tra"),
    State.CHECKED: _("Đã kiểm tra, chưa nạp"),
    State.LOADING: _("Đang nạp"),
    State.LOADED: _("Đã nạp"),
    State.WITHDRAWN: _("Đã rút"),
    State.DROPPED: _("Đã bỏ"),
}

MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.CHECKING, State.DROPPED}),
    State.CHECKING: frozenset({State.CHECKED, State.DRAFT}),
    State.CHECKED: frozenset({State.DRAFT, State.CHECKING, State.LOADING, State.DROPPED}),
    State.LOADING: frozenset({State.LOADED, State.CHECKED}),
    State.LOADED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
    State.DROPPED: frozenset(),
}
IN_BACKGROUND = frozenset({State.CHECKING, State.LOADING})


class Severity(StrEnum):
    """How much a note about a cell matters."""

    ERROR = "error"  # its row is not taken
    REVIEW = "review"  # a person should look; the row is taken
    ODD = "odd"  # it reads well and looks odd, or differs from what is computed


TRIES = 3
"""A load whose worker died so often is not begun again by itself."""
NOTES_KEPT = 20_000
"""So many notes on cells are kept of a load; of the rest only the count."""
