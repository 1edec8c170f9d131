"""Due instants of new dossiers that state none: computed once, from the procedure's term and the events' pauses."""

from __future__ import annotations

from .after import After


def complete_due_instants(after: After) -> None:
    pass
