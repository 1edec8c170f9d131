"""A mapping made effective: a sheet's rows become a table's, as the province package writes them.

Columns are translated as wholes, each distinct cell once.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from collections.abc import Mapping as TypingMapping
from dataclasses import dataclass, field
from functools import cached_property

from congvu.kernel.text import fold
from congvu.sheets.grid import Cell, Grid, SheetRefused
from congvu.sheets.layout import Layout
from congvu.sheets.mapping import Mapping, Rule
from congvu.sheets.result import Note, Outcome
from congvu.sheets.target import Target, TargetTable

from .agencies import Found, Register
from .cells import Reading, as_text, says_nothing, tidied_column
from .day_columns import typed_column, written_column
from .days import DaysReading, read_clocks
from .deriving import level_in_words
from .numbers import codes_column
from .sources import Sources, find_columns
from .translating import translate

_NUMBERING = re.compile(r"^\s*(?:[IVXLC]+|[A-Za-z]|\d+(?:\.\d+)*)\s*[.)/:-]\s*")
_DAY_AND_TIME, _DAY_MONTH_YEAR = 2, 3
_MOST_CODES = 5


Names = Callable[[str, Collection[str]], TypingMapping[str, Sequence[str]]]
"""Asked for a table and texts, tells the codes of each text that is the name of rows of it; other texts are absent."""


def apply(
    mapping: Mapping,
    grid: Grid,
    layout: Layout,
    table: TargetTable,
    register: Register,
    *,
    names: Names | None = None,
    epoch_1904: bool = False,
) -> Outcome:
    """Return the table's columns as a mapping makes them of a sheet; ``names`` tells codes of rows that are named.

    Raises
    ------
    SheetRefused
        Where the sheet has not the columns that the mapping names, or the mapping asks for what the table has not.
    """
    known = {target.name for target in table.targets}
    if unknown := [rule.target for rule in mapping.rules if rule.target not in known]:
        raise SheetRefused(f"bảng “{table.label}” không có cột: {', '.join(unknown)}; hãy sửa cách ghép cột")
    titles = [title for rule in mapping.rules for title in rule.source]
    columns = find_columns(layout, [*titles, *([mapping.split] if mapping.split else []), *mapping.kept])
    sources = Sources(grid, layout, columns.get(mapping.split))
    return _Applied(mapping, table, register, layout, sources, columns, names, epoch_1904).outcome()


@dataclass
class _Applied:
    mapping: Mapping
    table: TargetTable
    register: Register
    layout: Layout
    sources: Sources
    titles: dict[str, int]
    names: Names | None
    epoch_1904: bool
    columns: dict[str, list[str]] = field(default_factory=dict)
    errors: list[Note] = field(default_factory=list)
    reviews: list[Note] = field(default_factory=list)
    outside: set[int] = field(default_factory=set)

    def outcome(self) -> Outcome:
        rules = [(self.table.target(rule.target), rule) for rule in self.mapping.rules]
        for target, rule in sorted(rules, key=lambda pair: _stage(*pair)):
            self.columns[target.name] = self._column(target, rule)
        stated = {title: self._stated(title) for title in self.mapping.kept}
        columns = {
            target.name: self.columns[target.name] for target in self.table.targets if target.name in self.columns
        }
        rows = self.sources.rows
        if self.mapping.split:
            kept = self._kept_lines()
            rows = [rows[at] for at in kept]
            columns = {name: [values[at] for at in kept] for name, values in columns.items()}
            stated = {title: [values[at] for at in kept] for title, values in stated.items()}
        return Outcome(
            columns=columns,
            rows=rows,
            errors=_once(self.errors),
            reviews=_once(self.reviews),
            stated=stated,
            sources={target.name: self.titles[rule.source[0]] for target, rule in rules if rule.source},
        )

    def _stated(self, title: str) -> list[str]:
        column = self.titles[title]
        values = tidied_column(self.sources.cells(column))
        flaws = self.sources.flaws([column])
        return (
            [flaws[row].value if row in flaws else value for row, value in zip(self.sources.rows, values, strict=True)]
            if flaws
            else values
        )

    def _kept_lines(self) -> list[int]:
        """Return the positions of the rows without those that a split made twice or that do not belong here."""
        keys = [
            self.columns[target.name] for target in self.table.targets if target.key and target.name in self.columns
        ]
        seen: set[tuple[object, ...]] = set()
        kept = []
        for at, row in enumerate(self.sources.rows):
            key = (row, *(values[at] for values in keys))
            if at not in self.outside and (not keys or key not in seen):
                seen.add(key)
                kept.append(at)
        return kept

    def _column(self, target: Target, rule: Rule) -> list[str]:
        sources = [self.titles[title] for title in rule.source]
        cells = [self.sources.cells(column) for column in sources]
        if (quick := _at_once(target, rule, cells)) is not None:
            values, bare = quick
            keys: Sequence[Hashable] = values
            reading = Reading()
        else:
            keys, reading = self._read(target, rule, cells)
            if target.required:
                _refuse_emptied(reading)
            values = list(map(reading.values.__getitem__, keys))
            known = reading.bare if isinstance(reading, DaysReading) else set()
            bare = [at for at, key in enumerate(keys) if key in known] if known else []
        if target.not_before in self.columns:
            _put_after(values, bare, self.columns[target.not_before])
        self._note(target, sources, keys, reading, values)
        if self.names and target.refers and target.refers != "agencies":
            self._put_codes(target, self.names, sources, values)
        return values

    def _put_codes(self, target: Target, names: Names, sources: list[int], values: list[str]) -> None:
        """Put the code in place of each name; a name of several rows is never guessed."""
        named = names(target.refers, set(values) - {""})
        if not named:
            return
        column = sources[0] if sources else None
        for at, (row, text) in enumerate(zip(self.sources.rows, values, strict=True)):
            codes = named.get(text)
            if codes is None:
                continue
            if len(codes) == 1:
                values[at] = codes[0]
            else:
                values[at] = ""
                shown = ", ".join(codes[:_MOST_CODES]) + (", …" if len(codes) > _MOST_CODES else "")
                self.errors.append(
                    Note(row, column, target.name, text, f"là tên của {len(codes)} mã: {shown}; cần ghi mã")
                )

    def _read(self, target: Target, rule: Rule, cells: list[Sequence[Cell]]) -> tuple[Sequence[Hashable], Reading]:
        """Return a key for every row, and what the keys mean."""
        if rule.derive == "section":
            return self._read_single(target, rule, self._sections())
        if not cells:
            return self._read_single(target, rule, [rule.constant] * len(self.sources.rows))
        if rule.constant:
            filled = [
                any(cell != "" and not says_nothing(as_text(cell), target.empty) for cell in row)
                for row in zip(*cells, strict=True)
            ]
            return self._read_single(target, rule, [rule.constant if one else "" for one in filled])
        if len(cells) == 1:
            return self._read_single(target, rule, cells[0])
        if target.kind in ("date", "instant") and not rule.derive:
            if len(cells) == _DAY_AND_TIME:
                return self._read_day_and_clock(target, rule, cells[0], cells[1])
            if len(cells) == _DAY_MONTH_YEAR:
                return self._read_single(target, rule, _joined(cells, "/"))
        return self._read_single(target, rule, _joined(cells, "-"))

    def _read_single(self, target: Target, rule: Rule, cells: Sequence[Cell]) -> tuple[Sequence[Hashable], Reading]:
        if _is_agency(target, rule):
            return self._read_agencies(target, rule, cells)
        return cells, self._translated(target, rule, Counter(cells))

    def _translated(self, target: Target, rule: Rule, counts: dict[Cell, int]) -> Reading:
        """Return what cells mean, first by the words of the rule itself."""
        stated: dict[Cell, str] = {}
        if rule.values:
            stated = {cell: rule.values[told] for cell in counts if (told := fold(as_text(cell))) in rule.values}
            counts = {cell: count for cell, count in counts.items() if cell not in stated}
        noted = rule.derive != "term_unit" or not self._amount_noted(rule)
        reading = translate(target, rule, counts, noted=noted, epoch_1904=self.epoch_1904)
        for cell, value in stated.items():
            reading.values[cell] = value
        return reading

    def _amount_noted(self, rule: Rule) -> bool:
        """Return whether another column takes the amounts of a rule's terms: it notes what is unclear in them."""
        return any(other.derive == "term_amount" and other.source == rule.source for other in self.mapping.rules)

    def _read_day_and_clock(
        self, target: Target, rule: Rule, days: Sequence[Cell], clocks: Sequence[Cell]
    ) -> tuple[Sequence[Hashable], Reading]:
        if target.kind == "date":
            return self._read_single(target, rule, days)
        whole = self._translated(target, rule, Counter(days))
        clock = read_clocks(Counter(clocks))
        pairs = list(zip(days, clocks, strict=True))
        found = DaysReading(remark=whole.remark)
        for pair in set(pairs):
            day, time = pair
            found.values[pair] = whole.values[day]
            if reason := whole.wrong.get(day) or clock.wrong.get(time):
                found.refuse(pair, reason)
            elif clock.values[time] and whole.values[day]:
                found.values[pair] = f"{whole.values[day][:10]}T{clock.values[time]}+07:00"
            elif clock.values[time]:
                found.refuse(pair, "có giờ mà không có ngày")
            elif isinstance(whole, DaysReading) and day in whole.bare:
                found.bare.add(pair)
        return pairs, found

    def _read_agencies(self, target: Target, rule: Rule, cells: Sequence[Cell]) -> tuple[Sequence[Hashable], Reading]:
        texts = {cell: as_text(cell) for cell in set(cells)}
        stated = {cell: rule.values[told] for cell, text in texts.items() if (told := fold(text)) in rule.values}
        periods = self._periods
        keys: Sequence[Hashable] = cells
        distinct: dict[Hashable, tuple[Cell, int]] = {cell: (cell, periods[0]) for cell in texts}
        if len(set(periods)) > 1:
            pairs: dict[tuple[Cell, int], tuple[Cell, int]] = {}
            keys = [pairs.setdefault(pair, pair) for pair in zip(cells, periods, strict=True)]
            distinct = {pair: pair for pair in pairs}
        found = Reading()
        for key, (cell, period) in distinct.items():
            if cell in stated:
                found.values[key] = stated[cell]
            elif says_nothing(texts[cell], target.empty):
                found.values[key] = ""
            else:
                self._resolve(target, rule, found, key, texts[cell], period)
        if rule.derive == "agency_level" and self.mapping.split and target.key:
            self.outside |= {at for at, key in enumerate(keys) if key in found.odd}
        return keys, found

    def _resolve(self, target: Target, rule: Rule, found: Reading, key: Hashable, text: str, period: int) -> None:
        answer = self.register.resolve_in(text, period)
        if rule.derive == "agency_level":
            level = answer.level if isinstance(answer, Found) else level_in_words(text)
            if level and (not target.values or level in target.values):
                found.values[key] = level
            elif self.mapping.split:
                found.values[key] = ""
                found.odd[key] = (
                    f"{'không thuộc cấp nào của bảng này' if level else 'không rõ cấp'}: dòng này của ô được bỏ qua"
                )
            elif level:
                found.refuse(key, "cơ quan không thuộc cấp nào của bảng này")
            else:
                found.refuse(key, "không rõ cấp của cơ quan; ghi tên cơ quan hoặc cấp (cấp tỉnh, cấp huyện, cấp xã)")
        elif isinstance(answer, Found):
            found.values[key] = answer.code
        elif target.free and " " in text:
            found.values[key] = " ".join(text.split())
            if len(answer.candidates) > 1:
                found.odd[key] = f"{answer.reason}; được giữ nguyên như tên"
        else:
            found.refuse(key, answer.reason)

    @cached_property
    def _periods(self) -> Sequence[int]:
        """Return for every row the span of days in which its own day lies."""
        latest = self.register.period(None)
        days = self.columns.get(self.table.day)
        if not days:
            return [latest] * max(1, len(self.sources.rows))
        shortened = [day[:10] for day in days]
        periods = {day: self.register.period(dt.date.fromisoformat(day)) if day else latest for day in set(shortened)}
        return [periods[day] for day in shortened]

    def _sections(self) -> list[Cell]:
        """Return for every row the text over its group, without the number before it."""
        heads = sorted(self.layout.sections)
        texts = ["", *(_NUMBERING.sub("", self.layout.sections[row]) for row in heads)]
        return [texts[bisect_left(heads, row)] for row in self.sources.rows]

    def _note(
        self, target: Target, sources: list[int], keys: Sequence[Hashable], reading: Reading, values: list[str]
    ) -> None:
        rows = self.sources.rows
        column = sources[0] if sources else None
        flaws = self.sources.flaws(sources)
        if reading.wrong or reading.odd or flaws:
            for at, (row, key) in enumerate(zip(rows, keys, strict=True)):
                if row in flaws:
                    flaw = flaws[row]
                    values[at] = ""
                    self.errors.append(Note(row, flaw.column, target.name, flaw.value, flaw.reason))
                elif key in reading.wrong:
                    self.errors.append(Note(row, column, target.name, _shown(key), reading.wrong[key]))
                elif key in reading.odd:
                    self.reviews.append(Note(row, column, target.name, _shown(key), reading.odd[key]))
        if reading.remark and rows:
            self.reviews.append(Note(rows[0], column, target.name, "", reading.remark))
        for source in sources:
            if areas := self.sources.merged(source):
                reason = f"{len(areas)} ô gộp trong cột này, bắt đầu từ ô này: giá trị được dùng cho mọi dòng của ô gộp"
                self.reviews.append(Note(areas[0].top, source, target.name, "", reason))


def _at_once(target: Target, rule: Rule, cells: list[Sequence[Cell]]) -> tuple[list[str], list[int]] | None:
    """Return a column that needs no look at each cell, plain texts or typed days, and where its bare days are."""
    if len(cells) != 1 or rule.constant or rule.derive or rule.values:
        return None
    if target.kind in ("date", "instant"):
        moment = (rule.moment or target.moment) if target.kind == "instant" else None
        return typed_column(cells[0], moment) or written_column(cells[0], moment, rule.dates)
    if target.kind != "text" or _is_agency(target, rule):
        return None
    if target.key or target.refers:
        codes = codes_column(cells[0], target.empty)
        return None if codes is None else (codes, [])
    return None if target.empty else (tidied_column(cells[0]), [])


def _refuse_emptied(reading: Reading) -> None:
    """Refuse the cells of a column that must be filled, where our own words for "nothing" emptied them."""
    for key, value in reading.values.items():
        if not value and key not in reading.wrong and key not in reading.odd and _shown(key):
            reading.wrong[key] = "được hiểu là để trống, mà cột này bắt buộc phải có giá trị"


def _put_after(values: list[str], bare: Sequence[int], earlier: Sequence[str]) -> None:
    """Move bare days that would lie before the other instant of their day to that instant."""
    for at in bare:
        if values[at] < earlier[at] and values[at][:10] == earlier[at][:10]:
            values[at] = earlier[at]


def _stage(target: Target, rule: Rule) -> int:
    """Return when a column is translated: days before what is read by them."""
    if _is_agency(target, rule):
        return 2
    return 1 if target.not_before else 0


def _is_agency(target: Target, rule: Rule) -> bool:
    return rule.derive == "agency_level" or (target.refers == "agencies" and rule.derive in ("", "section"))


def _joined(cells: Sequence[Sequence[Cell]], mark: str) -> list[Cell]:
    """Return the texts of several columns as one, what is empty left out."""
    texts = [tidied_column(column) for column in cells]
    return [mark.join(filter(None, row)) for row in zip(*texts, strict=True)]


def _shown(key: Hashable) -> str:
    """Return a cell as people read it; of a key with a span of days behind it the cell alone."""
    if not isinstance(key, tuple):
        return as_text(key)  # type: ignore[arg-type]
    return " ".join(filter(None, (as_text(part) for part in key if type(part) is not int)))


def _once(notes: list[Note]) -> list[Note]:
    return list(dict.fromkeys(notes))
