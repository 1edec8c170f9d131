"""The pages of docs/reference that are made from the code say what the code says; the glossary leaves nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from congvu.commands import COMMANDS
from congvu.province.records import record_models
from congvu.web.reference import pages

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", ["figures.md", "data-dictionary.md", "permissions.md"])
def test_a_generated_page_is_as_the_code_is(name: str) -> None:
    written = (REFERENCE / name).read_text(encoding="utf-8")
    assert written == pages()[name], f"run `congvu dev reference` and commit docs/reference/{name}"


def test_every_generated_page_is_compared() -> None:
    assert set(pages()) == {"figures.md", "data-dictionary.md", "permissions.md"}


@pytest.fixture(scope="module")
def glossary() -> str:
    return (REFERENCE / "glossary.md").read_text(encoding="utf-8")


def test_the_glossary_has_every_record(glossary: str) -> None:
    missing = [model.__name__ for model in record_models() if f"`{model.__name__}`" not in glossary]
    assert missing == []


def test_the_glossary_has_every_room(glossary: str) -> None:
    rooms = {
        ".".join(path.parent.relative_to(ROOT / "congvu").parts)
        for path in (ROOT / "congvu").rglob("__init__.py")
        if len(path.parent.relative_to(ROOT / "congvu").parts) == 1 or path.parent.parent.name == "work"
    }
    assert {"kernel", "work.dossiers"} <= rooms
    missing = sorted(room for room in rooms - {"work"} if f"`{room.replace('.', '/')}/`" not in glossary)
    assert missing == []


def test_every_command_is_in_the_reference() -> None:
    written = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    missing = [name for name in COMMANDS if f"| `{name}" not in written]
    assert missing == []


def test_every_setting_is_in_the_reference() -> None:
    written = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    code = "".join((ROOT / "congvu" / name).read_text(encoding="utf-8") for name in ("settings.py", "kernel/clock.py"))
    names = set(re.findall(r'"((?:CONGVU|DATABASE)_[A-Z_]+)"', code))
    assert {"CONGVU_HOME", "DATABASE_URL", "CONGVU_NOW"} <= names
    assert sorted(name for name in names if f"| `{name}`" not in written) == []


def pages_of_docs() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages_of_docs()
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages_below = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    missing = [page for page in pages_below if page != "README.md" and f"({page})" not in index]
    assert missing == []
