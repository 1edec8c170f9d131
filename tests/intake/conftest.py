from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .loads import settled


@pytest.fixture
def small_province(db: None, package: Callable[..., Path]) -> None:
    settled(package)
