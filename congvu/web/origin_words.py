"""Where a record came from, in words, beside the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from congvu.access.facts import Fact
from congvu.access.rules import Permission, Reader
from congvu.intake.origins import OriginShown, origins_of
from congvu.intake.rules import may_load

from .listing import NONE, Cell
from .templating import url


@dataclass(frozen=True)
class Origins:
    """The origins of rows of a fact, as far as sheets brought them."""

    fact: Fact
    found: Mapping[str, OriginShown]
    linked: bool

    def __bool__(self) -> bool:
        return bool(self.found)

    def cell(self, row: Mapping[str, Any]) -> Cell:
        """Return the file, sheet and row that ``row`` came from, with a link for who may see the load."""
        origin = self.found.get(_key(self.fact, row) or "")
        if origin is None:
            return Cell(NONE)
        return Cell(place_of(origin), "one-line", load_url(origin) if self.linked else None)


def origins_for(reader: Reader, fact: Fact, rows: Sequence[Mapping[str, Any]]) -> Origins:
    """Return where ``rows`` of a fact, which the reader was given, came from: one query for all of them."""
    keys = {key for row in rows if (key := _key(fact, row))}
    return Origins(fact, origins_of(fact.table, keys) if keys else {}, may_see_load(reader, fact.table))


def _key(fact: Fact, row: Mapping[str, Any]) -> str | None:
    """Return a row's key as the journal has it; None where the row is no single record."""
    if not fact.key or any(name not in row for name in fact.key):
        return None
    return "\x1f".join("" if row[name] is None else str(row[name]) for name in fact.key)


def may_see_load(reader: Reader, table: str) -> bool:
    return reader.may(Permission.LOAD_SHEETS) and may_load(reader, table)


def place_of(origin: OriginShown) -> str:
    """Return ``ho-so.xlsx, trang «Tháng 12», dòng 17``."""
    return _("%(file)s, trang «%(sheet)s», dòng %(row)s") % {
        "file": origin.file_name,
        "sheet": origin.sheet,
        "row": origin.row,
    }


def load_url(origin: OriginShown) -> str:
    return url("sheet-load", number=origin.load)
