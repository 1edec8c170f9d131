from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .province import Tables, province

Place = tuple[str, int | None, str | None]


@pytest.fixture
def load(db: None, package: Callable[..., Path]) -> Callable[..., Any]:
    """Return a function that loads tables (the whole small province where none are given)."""
    from congvu.exchange.services import load_package

    def run(tables: Tables | None = None) -> Any:
        return load_package(package(**(province() if tables is None else tables)))

    return run


@pytest.fixture
def errors(load: Callable[..., Any]) -> Callable[[Tables], list[str]]:
    """Return a function that loads tables, expects a refusal, and gives the errors as people read them."""
    from congvu.exchange.problems import PackageRefused

    def run(tables: Tables) -> list[str]:
        with pytest.raises(PackageRefused) as refused:
            load(tables)
        assert refused.value.count == len(refused.value.problems)
        return [str(problem) for problem in refused.value.problems]

    return run
