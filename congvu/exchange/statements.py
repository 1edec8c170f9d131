from __future__ import annotations

from .after import After


def check_statements(after: After) -> None:
    pass
