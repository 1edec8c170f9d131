"""What goes on beside the pages: the journal is sealed, loads of spreadsheets are worked through.

Loads run in a process of their own: a large one takes no time from the pages, gives all its memory back, and may be
killed. The next round then begins it again.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time

from django.db import close_old_connections

from congvu.intake.running import anything_waits, work
from congvu.journal.sealing import seal_acts

LOOK_EVERY = 0.5
"""Seconds between two looks for loads that wait: what a person who has just sent a file waits at most."""
REST = 2.0
"""Seconds between two processes: a load that has to wait for another one is not begun over and over."""


def run_until(stop: threading.Event, *, seal_every: float) -> None:
    """Seal and load, round by round, until ``stop`` is set; a load under way is then ended by its process's signal."""
    sealed, begun = float("-inf"), float("-inf")
    loads: subprocess.Popen[bytes] | None = None
    try:
        while not stop.wait(LOOK_EVERY):
            close_old_connections()
            if time.monotonic() - sealed >= seal_every:
                seal_acts()
                sealed = time.monotonic()
            idle = loads is None or loads.poll() is not None
            if idle and time.monotonic() - begun >= REST and anything_waits():
                begun = time.monotonic()
                loads = subprocess.Popen([sys.executable, "-m", "congvu", "import", "--waiting"])
    finally:
        if loads is not None and loads.poll() is None:
            loads.terminate()
            loads.wait(timeout=10)


def run_once() -> None:
    """Do one round in this process."""
    work()
    seal_acts()
