"""A bar on the terminal for what takes longer than two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from .services import Tell

PATIENCE = 2.0
"""Seconds before the bar appears."""


@contextmanager
def bar() -> Iterator[Tell]:
    """Yield what a service tells its progress to; nothing is shown where the standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    began, shown = time.monotonic(), False
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("", total=1.0)

    def tell(what: str, share: float) -> None:
        nonlocal shown
        progress.update(task, description=what, completed=share)
        if not shown and time.monotonic() - began > PATIENCE:
            shown = True
            progress.start()

    try:
        yield tell
    finally:
        if shown:
            progress.stop()
