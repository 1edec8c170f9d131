"""The form in which columns are matched: a mapping as its fields, and the fields as they were sent as a mapping.

Nothing here reads a database. What was typed stays as it was typed, also where no mapping can be made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from congvu.kernel.text import fold, nfc
from congvu.sheets.mapping import Dates, Derive, Rule
from congvu.sheets.mapping import Mapping as SheetMapping
from congvu.sheets.target import Moment, Target, TargetTable

SOURCE, CONSTANT, DERIVE, DATES, MOMENT, VALUES = "nguon", "hang-so", "suy-ra", "kieu-ngay", "luc", "dich"
SPLIT, KEPT, NAME, EXACT = "tach", "giu-kem", "ten", "dung-cho"

DERIVE_WORDS: Final[dict[str, Any]] = {
    "": _("Lấy như trong cột"),
    "agency_level": _("Cấp của cơ quan ghi trong cột"),
    "term_amount": _("Số lượng trong thời hạn bằng chữ"),
    "term_unit": _("Đơn vị trong thời hạn bằng chữ"),
    "number_of_symbol": _("Số trong số, ký hiệu văn bản"),
    "year": _("Năm của ngày"),
    "is_filled": _("Có hay không có ghi"),
    "section": _("Dòng tiêu đề phía trên nhóm dòng"),
}
DATES_WORDS: Final[dict[str, Any]] = {
    "": _("Tự nhận"),
    "day_first": _("Ngày trước: 31/12/2022"),
    "month_first": _("Tháng trước: 12/31/2022"),
    "year_first": _("Năm trước: 2022-12-31"),
}
MOMENT_WORDS: Final[dict[str, Any]] = {
    "": _("Như thường lệ của cột này"),
    "start": _("Đầu ngày, 00:00"),
    "close": _("Hết giờ làm việc, 17:00"),
    "end": _("Cuối ngày, 23:59"),
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_LONGEST, _LINES_MAX, _SOURCES_MAX = 500, 2_000, 6


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one column of the table; ``values`` has a line ``chữ trong tệp = giá trị`` each."""

    sources: tuple[str, ...] = ()
    constant: str = ""
    derive: str = ""
    dates: str = ""
    moment: str = ""
    values: str = ""

    @property
    def has_more(self) -> bool:
        """Whether something stands in the fields that are folded away."""
        return len(self.sources) > 1 or any((self.derive, self.dates, self.moment, self.values))


NOTHING: Final = Typed()


@dataclass(frozen=True)
class Entered:
    """The whole form. ``exact`` says that the saved mapping is for this sheet and header row alone."""

    columns: Mapping[str, Typed] = field(default_factory=dict)
    split: str = ""
    kept: tuple[str, ...] = ()
    name: str = ""
    exact: bool = False

    def column(self, name: str) -> Typed:
        return self.columns.get(name, NOTHING)


@dataclass(frozen=True, slots=True)
class Problem:
    """``place`` is the id of the field."""

    words: str
    place: str


def field_id(name: str, target: str) -> str:
    return f"{name}.{target}"


def as_entered(
    mapping: SheetMapping, table: TargetTable, *, spelled: Iterable[str] = (), name: str = "", exact: bool = False
) -> Entered:
    """Return the form that shows ``mapping``; ``spelled`` are texts of the sheet, for translations keep them folded."""
    original = {fold(text): text for text in spelled}
    targets = {target.name: target for target in table.targets}
    columns = {
        rule.target: Typed(
            sources=rule.source,
            constant=rule.constant,
            derive=rule.derive,
            dates=rule.dates,
            moment=rule.moment or "",
            values="\n".join(
                f"{original.get(text, text)} = {value_label(targets[rule.target], value)}"
                for text, value in rule.values.items()
            ),
        )
        for rule in mapping.rules
        if rule.target in targets
    }
    return Entered(columns, mapping.split, mapping.kept, name, exact)


def as_sent(sent: QueryDict, table: TargetTable) -> Entered:
    """Return the form as it was sent."""
    columns = {
        target.name: Typed(
            sources=tuple(
                text
                for title in sent.getlist(field_id(SOURCE, target.name))[:_SOURCES_MAX]
                if (text := _line(title, _LONGEST))
            ),
            constant=_line(sent.get(field_id(CONSTANT, target.name), ""), _LONGEST),
            derive=_line(sent.get(field_id(DERIVE, target.name), ""), _LONGEST),
            dates=_line(sent.get(field_id(DATES, target.name), ""), _LONGEST),
            moment=_line(sent.get(field_id(MOMENT, target.name), ""), _LONGEST),
            values=_clean(sent.get(field_id(VALUES, target.name), "")),
        )
        for target in table.targets
    }
    kept = tuple(dict.fromkeys(_line(title, _LONGEST) for title in sent.getlist(KEPT)))
    return Entered(
        columns, _line(sent.get(SPLIT, ""), _LONGEST), kept, _line(sent.get(NAME, ""), _LONGEST), bool(sent.get(EXACT))
    )


def _clean(text: str) -> str:
    return nfc(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _line(text: str, most: int) -> str:
    return " ".join(_clean(text).split())[:most]


def mapping_of(
    entered: Entered, table: TargetTable, titles: Sequence[str], *, sheet: str = "", header: int = 0
) -> tuple[SheetMapping, list[Problem]]:
    """Return the mapping that a form says, for a sheet with these column titles, and what keeps it from being used."""
    known = _Titles(titles)
    problems: list[Problem] = []
    rules = []
    for target in table.targets:
        rule, found = _rule(target, entered.column(target.name), known)
        problems += found
        if rule is not None:
            rules.append(rule)
        elif target.required and not found:
            words = f"«{target.label}» cần có ở mọi dòng. Hãy chọn cột của tệp, hoặc ghi một giá trị chung."
            problems.append(Problem(words, field_id(SOURCE, target.name)))
    split = known.one(entered.split, SPLIT, problems)
    kept = [known.one(title, KEPT, problems) for title in entered.kept]
    used = {title for rule in rules for title in rule.source}
    kept = [title for title in dict.fromkeys(kept) if title and title not in used]
    return SheetMapping(table.name, tuple(rules), sheet, header, split, tuple(kept)), problems


class _Titles:
    """The sheet's column titles, found also where case or marks differ."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._exact = {" ".join(title.split()): title for title in titles}
        self._folded = {fold(title): title for title in reversed(titles)}

    def one(self, title: str, place: str, problems: list[Problem]) -> str:
        """Return the sheet's own title, "" for none; what the sheet has not is a problem."""
        if not title:
            return ""
        found = self._exact.get(title) or self._folded.get(fold(title))
        if found is None:
            problems.append(Problem(f"Trang này của tệp không có cột «{title}». Hãy chọn cột khác.", place))
        return found or ""


def _rule(target: Target, typed: Typed, known: _Titles) -> tuple[Rule | None, list[Problem]]:
    problems: list[Problem] = []
    place = field_id(SOURCE, target.name)
    source = [known.one(title, place, problems) for title in typed.sources]
    constant = value_in(target, typed.constant) if typed.constant else ""
    if constant is None:
        words = f"«{target.label}» không có giá trị «{typed.constant}». Hãy chọn trong danh sách."
        problems.append(Problem(words, field_id(CONSTANT, target.name)))
    for name, given, choices in (
        (DERIVE, typed.derive, get_args(Derive)),
        (DATES, typed.dates, get_args(Dates)),
        (MOMENT, typed.moment, ("", *get_args(Moment))),
    ):
        if given not in choices:
            words = f"«{target.label}»: không có cách đọc «{given}». Hãy chọn trong danh sách."
            problems.append(Problem(words, field_id(name, target.name)))
    values = dict(_translations(target, typed.values, problems))
    if problems or not (source or constant or typed.derive == "section"):
        return None, problems
    rule = Rule(
        target.name,
        tuple(source),
        constant or "",
        typed.derive,  # type: ignore[arg-type]  # one of its choices: looked at above
        typed.dates,  # type: ignore[arg-type]
        typed.moment or None,  # type: ignore[arg-type]
        values,
    )
    return rule, problems


def _translations(target: Target, text: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    place = field_id(VALUES, target.name)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > _LINES_MAX:
        problems.append(Problem(f"«{target.label}»: nhiều nhất {_LINES_MAX} dòng giải nghĩa.", place))
    for line in lines[:_LINES_MAX]:
        said, equals, meant = line.rpartition("=")
        value = value_in(target, meant.strip()) if meant.strip() else ""
        if not equals or not said.strip():
            problems.append(
                Problem(f"«{target.label}»: dòng «{line[:60]}» phải có dạng: chữ trong tệp = giá trị.", place)
            )
        elif value is None:
            known = ", ".join(words[0] for words in target.values.values())
            problems.append(Problem(f"«{target.label}» không có giá trị «{meant.strip()[:60]}»; có: {known}.", place))
        else:
            yield fold(said), value


def value_in(target: Target, words: str) -> str | None:
    """Return the value that ``words`` mean: one of a choice's by any of its words, anything else as it is."""
    if not target.values:
        return words
    asked = fold(words)
    return next((value for value, called in target.values.items() if asked in map(fold, (*called, value))), None)


def value_label(target: Target, value: str) -> str:
    """Return a value of a choice as people call it, anything else as it is."""
    words = target.values.get(value)
    return words[0] if words else value
