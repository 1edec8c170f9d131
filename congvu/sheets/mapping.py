"""A mapping: how the columns of a sheet become those of a table. Saved as JSON, shown as a page, used again."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from .target import Moment

Dates = Literal["", "day_first", "month_first", "year_first"]
"""How a column writes its days: found by itself, 31/12/2022, 12/31/2022, 2022-12-31."""
Derive = Literal[
    "",
    "agency_level",
    "term_amount",
    "term_unit",
    "number_of_symbol",
    "year",
    "is_filled",
    "section",
]
"""What is made of the source: the level of the agency that it names, amount or unit of a term in words, the number
within a document's symbol, a date's year, whether it is filled; ``section``: the text over the group of rows."""


class MappingNotValid(ValueError):
    """A saved mapping is not one; the message is for who reads the journal."""


@dataclass(frozen=True)
class Rule:
    """How one column of the table gets its values.

    ``source`` are headings of the sheet: one, or a day and its time, or several that are joined by a hyphen.
    Without a source, ``constant`` is the value of every row; with one, of the rows where the source is filled.
    ``values`` translates texts of the sheet (folded, :func:`congvu.kernel.text.fold`) to values of ours, "" for
    nothing, before what the table's own words say.
    """

    target: str
    source: tuple[str, ...] = ()
    constant: str = ""
    derive: Derive = ""
    dates: Dates = ""
    moment: Moment | None = None
    values: Mapped[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """``sheet`` and ``header`` (the last row of the header) are "" and 0 where they are to be found.

    ``split`` is a heading each line of whose cells makes a row of its own. ``kept`` are headings that no column of
    the table takes, and that are kept beside the rows as they were stated.
    """

    table: str
    rules: tuple[Rule, ...]
    sheet: str = ""
    header: int = 0
    split: str = ""
    kept: tuple[str, ...] = ()

    def rule(self, target: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.target == target), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "table": self.table,
            "sheet": self.sheet,
            "header": self.header,
            "split": self.split,
            "kept": list(self.kept),
            "rules": [_told(rule) for rule in self.rules],
        }


def _told(rule: Rule) -> dict[str, Any]:
    """Return what differs from a rule that says nothing."""
    bare = Rule(rule.target)
    found = {name: getattr(rule, name) for name in Rule.__dataclass_fields__}
    return {
        name: list(value) if isinstance(value, tuple) else dict(value) if name == "values" else value
        for name, value in found.items()
        if name == "target" or value != getattr(bare, name)
    }


def mapping_from(body: Any) -> Mapping:
    """Return the mapping that :meth:`Mapping.as_json` told.

    Raises
    ------
    MappingNotValid
    """
    try:
        rules = tuple(_rule(told) for told in body["rules"])
        texts = [body["table"], body.get("sheet", ""), body.get("split", ""), *body.get("kept", [])]
        header = body.get("header", 0)
        if not all(isinstance(text, str) for text in texts) or type(header) is not int or header < 0:
            raise MappingNotValid("table, sheet, split and kept are texts, header a row")
        if len({rule.target for rule in rules}) < len(rules):
            raise MappingNotValid("two rules for one column")
        table, sheet, split, *kept = texts
    except (KeyError, TypeError, AttributeError) as error:
        raise MappingNotValid(f"not the form of a mapping: {error!r}") from error
    return Mapping(table, rules, sheet, header, split, tuple(kept))


def _rule(told: dict[str, Any]) -> Rule:
    if unknown := told.keys() - Rule.__dataclass_fields__.keys():
        raise MappingNotValid(f"unknown in a rule: {', '.join(sorted(unknown))}")
    rule = Rule(**{**told, "source": tuple(told.get("source", ())), "values": dict(told.get("values", {}))})
    texts = [rule.target, rule.constant, *rule.source, *rule.values, *rule.values.values()]
    if not all(isinstance(text, str) for text in texts):
        raise MappingNotValid(f"a rule holds texts: {rule.target}")
    if rule.derive not in get_args(Derive) or rule.dates not in get_args(Dates):
        raise MappingNotValid(f"unknown way to derive or to write days: {rule.target}")
    if rule.moment is not None and rule.moment not in get_args(Moment):
        raise MappingNotValid(f"unknown moment of a day: {rule.target}")
    return rule
