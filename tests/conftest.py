"""What every test may use: a migrated database, one of one's own, and records put in as a package."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from congvu.kernel.postgres import OWNER
from tests.database import NAME, SUPERUSER_URL

DATA = Path(__file__).parent / "data"
EXAMPLE = DATA / "example-package"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> None:
    """A fresh database, brought up to date by the owner; the tests then connect as the application."""
    from congvu.kernel.postgres import fresh_database
    from congvu.web.installation import bring_up_to_date

    with django_db_blocker.unblock():
        connections.close_all()
        fresh_database(SUPERUSER_URL, NAME)
        bring_up_to_date()
        connections.close_all()


@pytest.fixture(scope="session")
def template_database(django_db_setup: None, django_db_blocker: Any) -> str:
    """The name of an empty migrated database that nobody is connected to, to copy from."""
    name = f"{NAME}_template"
    with django_db_blocker.unblock():
        connections.close_all()
    _copy_database(NAME, name)
    return name


def _copy_database(source: str, target: str) -> None:
    with psycopg.connect(SUPERUSER_URL, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [source],
        )
        server.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}" OWNER {OWNER}')


@pytest.fixture
def own_database(template_database: str, django_db_blocker: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """A database of the test's own, where commits are real; a home of its own too. Yields the name."""
    name = f"{NAME}_own"
    _copy_database(template_database, name)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    settings.HOME = tmp_path / "home"
    with django_db_blocker.unblock():
        connections.close_all()
        for alias in before:
            connections[alias].settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            for alias, kept in before.items():
                connections[alias].settings_dict["NAME"] = kept


Rows = Sequence[Mapping[str, Any]]


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a package of the given tables: ``package(agencies=[{…}], tasks=[…])``."""
    made = 0

    def write(province: str = "P", **tables: Rows) -> Path:
        nonlocal made
        made += 1
        folder = tmp_path / f"package-{made}"
        folder.mkdir()
        for table, rows in tables.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        resources = [{"name": table, "path": f"{table}.csv"} for table in tables]
        (folder / "datapackage.json").write_text(
            json.dumps(
                {
                    "profile": "tabular-data-package",
                    "name": "thu",
                    "title": "Thử",
                    "province": province,
                    "resources": resources,
                }
            ),
            encoding="utf-8",
        )
        return folder

    return write
