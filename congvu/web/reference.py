"""The pages of docs/reference that are made from the code: figures, the data dictionary, permissions.

Each function returns a whole page as Markdown. They read declarations only: no database is asked.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.utils.translation import override

from congvu.access.rules import GRANTS, ROLE_NAMES, SEES, Area, Permission, Reach, Role
from congvu.figures.catalogue import FIGURES
from congvu.figures.definition import Count, Dimension, Figure
from congvu.province.records import AgencyCode, LocalDay, Record, record_models

WIDTH = 110
_MADE = "<!-- Made by `congvu dev reference` from {source}. Do not edit. -->"


def pages() -> dict[str, str]:
    """Return every generated page: its file name in docs/reference, and its text."""
    makers: dict[str, Callable[[], str]] = {
        "figures.md": figures,
        "data-dictionary.md": data_dictionary,
        "permissions.md": permissions,
    }
    with override("vi"):
        return {name: make() for name, make in makers.items()}


# Figures


def figures() -> str:
    """Return the catalogue of figures, grouped by the first word of their ids."""
    parts = [_page("Figures", "`congvu/figures/catalogue`", _FIGURES_FOREWORD)]
    groups: dict[str, list[Figure]] = {}
    for figure in FIGURES.values():
        groups.setdefault(figure.id.split(".")[0], []).append(figure)
    parts += ["\n".join(_figure_group(group, found)) for group, found in groups.items()]
    return "\n\n".join(parts) + "\n"


_FIGURES_FOREWORD = """\
A figure is one number with a definition. It is declared once, in `congvu/figures/catalogue`; its value, its rows, its
share and its SQL derive from that declaration. `congvu figures --from DAY --to DAY` computes them all.

- The period is two Vietnamese days, both included. "Cuối kỳ" is the end of the last day; the year is the last day's.
- A level is that of the agency on the row's own day.
- A share whose denominator is 0 has no value: a report prints "không phát sinh".
- **additive**: `instead` statements of agencies that lie within the period join the rows. Shares take the numerators
  and denominators after that.
- **policy** names the way in which lateness is judged ([deadlines](deadlines.md)).
- **rows of** is the fact behind the figure: the view `fact_<name>`.

`congvu figures --format json` prints a list of objects with `id`, `dimensions`, `value`, `unit`, `numerator`,
`denominator`, `stated` and `partial`, numbers unrounded. `stated` is the part of the value that statements give (null
for a share), `partial` how many `instead` statements touch the period without lying in it; those are not counted.
A member without rows and statements is left out. A member that is an agency is its code, `code@valid_from` where the
code had two holders in the period or stands for two agencies among the members."""


def _figure_group(group: str, found: Sequence[Figure]) -> Iterator[str]:
    yield f"## {group}\n"
    rows = [
        (f"`{_with_dimensions(f)}`", str(f.unit), _how(f), _yes(f.additive), f.policy, f"`{f.fact.name}`")
        for f in found
    ]
    yield from _table(("figure", "unit", "is", "additive", "policy", "rows of"), rows)
    yield ""
    for figure in found:
        yield _item(f"`{figure.id}` **{figure.name}.** {figure.sentence}")
        if figure.source:
            yield _item(f"Source: {figure.source}", depth=1)
    members = {d: d.choices.choices for figure in found for d in figure.dimensions if d.choices is not None}
    if members:
        yield "\nMembers:\n"
    for dimension, choices in members.items():
        yield _item(f"`{dimension.name}` ({dimension.label}): {_values(choices)}")


def _with_dimensions(figure: Figure) -> str:
    names = ",".join(dimension.name for dimension in figure.dimensions)
    return f"{figure.id}[{names}]" if names else figure.id


def _how(figure: Figure) -> str:
    if figure.denominator is not None:
        part, whole = (_named(count, figure.dimensions) for count in (figure.numerator, figure.denominator))
        return f"`{part}` / `{whole}`" if part and whole else "share"
    if figure.minus is not None:
        return f"`{_named(figure.numerator, figure.dimensions)}` − `{_named(figure.minus, figure.dimensions)}`"
    if figure.numerator.distinct:
        return f"distinct `{figure.numerator.distinct[0]}`"
    return "rows"


def _named(count: Count, dimensions: tuple[Dimension, ...]) -> str | None:
    """Return the id of the figure that is nothing but ``count``, None where there is no such figure."""
    return next((f.id for f in FIGURES.values() if f.counts == (count,) and f.dimensions == dimensions), None)


# Data dictionary


def data_dictionary() -> str:
    """Return every table of records: its key, its own day, its columns."""
    parts = [_page("Data dictionary", "the record models", _DICTIONARY_FOREWORD)]
    parts += ["\n".join(_record(model)) for model in sorted(record_models(), key=lambda m: m.table())]
    return "\n\n".join(parts) + "\n"


_DICTIONARY_FOREWORD = """\
The tables of records, in the order of their names. They are also the tables of the
[province package](province-package.md), which says what may be left out and what a value looks like there.

- **own day**: SQL over the row (`r`) and the joins named with it; an agency column means the agency of that code
  valid on this day. Without a day the latest agency of the code is meant.
- A column marked *ours* is no part of the package: the database makes it from the others, or needs it as a row number.
- Text is compared byte by byte in codes, stored as Unicode NFC; instants are UTC; days are Vietnamese days.
- Every write to these tables needs an act ([journal](journal.md))."""


def _record(model: type[Record]) -> Iterator[str]:
    yield f"## {model.table()}\n"
    summary = (inspect.getdoc(model) or "").partition("\n")[0].replace("``", "`")
    described = not summary.startswith(f"{model.__name__}(")  # what Django says of a model without words of its own
    yield _wrapped(f"`{model.__module__}.{model.__name__}`." + (f" {summary}" if described else ""))
    yield ""
    yield f"- key: {_codes(model.key)}"
    if model.day != "NULL::date":
        joins = f", with `{model.day_joins}`" if model.day_joins else ""
        yield _item(f"own day: `{model.day}`{joins}")
    constraints = [constraint.name for constraint in model._meta.constraints]
    if constraints:
        yield _item(f"constraints: {_codes(constraints)}")
    yield ""
    fields = list(model._meta.concrete_fields)
    yield from _table(("column", "type", "empty", "is"), [_column(model, field) for field in fields])
    lists = [(field.column, choices) for field in fields if (choices := list(field.flatchoices))]
    if lists:
        yield ""
    for column, choices in lists:
        yield _item(f"`{column}`: {_values(choices)}")


def _column(model: type[Record], field: models.Field[Any, Any]) -> tuple[str, str, str, str]:
    kind = str(field.db_type(connection)).replace("timestamp with time zone", "timestamptz")
    return f"`{field.column}`", kind, "may be" if field.null else "", _meaning(model, field)


def _meaning(model: type[Record], field: models.Field[Any, Any]) -> str:
    target = field.related_model
    if field.column in model.omitted:
        return "*ours*: row number"
    if isinstance(field, models.GeneratedField):
        made_of: Any = field  # the stubs know no expression of it
        columns = _codes(source.name for source in made_of.expression.get_source_expressions())
        is_day = isinstance(made_of.expression, LocalDay)
        return f"*ours*: the Vietnamese day of {columns}" if is_day else f"*ours*: {columns} as searched, without marks"
    if isinstance(target, type) and issubclass(target, Record):
        return f"→ [{target.table()}](#{target.table()})"
    if isinstance(field, AgencyCode):
        meant = f", on `{field.day}`" if field.day else ""
        return f"code of an [agency](#agencies){meant}" + (", or a name" if field.names else "")
    if field.flatchoices:
        return "one of the list below"
    return ""


# Permissions


def permissions() -> str:
    """Return who may do what, who sees which rows, and who may open which page."""
    parts = [
        _page("Permissions", "`congvu/access/rules.py` and the guards of the pages", _PERMISSIONS_FOREWORD),
        "## Roles",
        "\n".join(f"- `{role.value}` {ROLE_NAMES[role]}" for role in Role),
        "## What a seat may do",
        "\n".join(_grants()),
        _GRANTS_AFTERWORD,
        "## Which rows a seat sees",
        _ROWS_FOREWORD,
        "\n".join(_reaches()),
        "## Pages",
        "\n".join(_routes()),
    ]
    return "\n\n".join(parts) + "\n"


_PERMISSIONS_FOREWORD = """\
A person works in a **seat**: a role in an agency, from one day to another. The seat decides what they may do and which
rows they see. Commands on the server's own console act as the system: they see everything, and their acts say so."""

_GRANTS_AFTERWORD = """\
`period:read` shows the closed periods of the agencies whose rows the seat sees whole. `period:close` closes them and
opens them again, with a reason: a head's own agency and those below it, the reporting officer's whole province.

`assessment:read` shows a report's weaknesses, remedies and directions, also before the report is frozen; who has
`report:write` writes them. `plan:draft` makes next year's plan of them and says with which document it was issued."""

_ROWS_FOREWORD = """\
**province**: every row. **own**: rows of the seat's agency, of those below it and of those whose work it took over.
Empty: none. A figure counts only the rows that its reader sees."""

_SHORT = {
    Role.REPORTING_OFFICER: "reporting",
    Role.PROVINCE_LEADER: "leader",
    Role.AGENCY_HEAD: "head",
    Role.ONE_STOP_CLERK: "clerk",
    Role.PERSONNEL_OFFICER: "personnel",
    Role.ADMINISTRATOR: "admin",
}


def _grants() -> Iterator[str]:
    rows = [(f"`{p.value}`", *("✓" if p in GRANTS[role] else "" for role in Role)) for p in Permission]
    return _table(("permission", *(_SHORT[role] for role in Role)), rows)


def _reaches() -> Iterator[str]:
    words = {Reach.NONE: "", Reach.OWN: "own", Reach.PROVINCE: "province"}
    rows = [(f"`{area.value}`", *(words[SEES[role][area]] for role in Role)) for area in Area]
    return _table(("kind of rows", *(_SHORT[role] for role in Role)), rows)


def _routes() -> Iterator[str]:
    from .guards import GUARDS
    from .urls import urlpatterns

    rows = [
        (
            f"`/{route.pattern}`",
            f"`{guard}`" if isinstance(guard := GUARDS[route.callback], Permission) else guard,
        )
        for pattern in urlpatterns
        for route in pattern.url_patterns
    ]
    return _table(("address", "who may come in"), rows)


# Markdown


def _page(title: str, source: str, foreword: str) -> str:
    return f"# {title}\n\n{_MADE.format(source=source)}\n\n{foreword}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _item(text: str, *, depth: int = 0) -> str:
    indent = "  " * depth
    return _wrapped(text, first=f"{indent}- ", then=f"{indent}  ")


def _wrapped(text: str, *, first: str = "", then: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    )


def _yes(holds: bool) -> str:
    return "yes" if holds else ""


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _values(choices: Iterable[tuple[Any, Any]]) -> str:
    return "; ".join(f"`{value}` {label}" for value, label in choices)
