"""One build of the simulated province for all tests of this room, as texts and as the oracle reads it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from congvu.demo.build import build
from tests.oracle.package import Package, read_package

Texts = list[dict[str, str]]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that the builder writes with its default seed."""
    out = tmp_path_factory.mktemp("demo") / "package"
    build(out)
    return out


@pytest.fixture(scope="session")
def texts(folder: Path) -> Callable[[str], Texts]:
    """Return a function that reads one table as the texts in its file; read once, do not change it."""
    read: dict[str, Texts] = {}

    def table(name: str) -> Texts:
        if name not in read:
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                read[name] = list(csv.DictReader(file))
        return read[name]

    return table


@pytest.fixture(scope="session")
def records(folder: Path) -> Package:
    """All counted tables but the dossiers."""
    return read_package(folder, without=("dossiers", "dossier_events"))
