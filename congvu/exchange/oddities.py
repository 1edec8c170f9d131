from __future__ import annotations

from .after import After


def look_for_oddities(after: After) -> None:
    pass
