"""What a proposal adds to the columns that match: day and time joined, terms split, levels, groups, constants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from congvu.kernel.text import fold
from congvu.sheets.grid import Grid
from congvu.sheets.layout import Layout
from congvu.sheets.mapping import Mapping, Rule
from congvu.sheets.target import Target, TargetTable

from .evidence import Known, Seen, percent
from .left_over import left_over
from .naming import contains_phrase, name_score
from .ordering import in_order
from .proposal import Guess, Proposal, Spare

_AGENCY_TARGETS = ("agency", "lead_agency", "issuer", "host_agency", "handling_agency")
_GROUP_TARGETS = ("field", "category", "topic", "portfolio")
_YEAR = re.compile(r"năm\s+((?:19|20|21)\d{2})", re.IGNORECASE)
_SAID = re.compile(
    r"(?:tên\s+)?(?:đơn vị|cơ quan|nơi)(?:\s+(?:báo cáo|lập|tiếp nhận|xử lý|công tác|xuất|gửi|ban hành))?\s*:\s*(.+)",
    re.IGNORECASE,
)
_TICKS = frozenset({"x", "v", "co", "1", "✓", "✔"})
LEFT_OVER = 0.35
"""How certain a column is that nothing but its content speaks for."""
_NEARLY = 0.6
_ENOUGH_MATCHED, _CLEAR_WORDS, _NEVER = 2, 3, 99
_TITLED = frozenset({"direction"})
"""Choices that titles of lists say in many ways."""


def derive(
    columns: Sequence[Seen],
    grid: Grid,
    layout: Layout,
    table: TargetTable,
    known: Known,
    rules: dict[str, Rule],
    guesses: dict[str, Guess],
) -> Proposal:
    """Return the proposal for what was matched, together with what can be made of the rest."""
    work = _Work(columns, grid, layout, table, known, dict(rules), dict(guesses))
    work.symbols()
    work.remaining()
    work.times()
    work.terms()
    work.levels()
    work.groups()
    work.filled()
    work.constants()
    work.outcomes()
    work.order()
    return work.proposal()


@dataclass
class _Work:
    columns: Sequence[Seen]
    grid: Grid
    layout: Layout
    table: TargetTable
    known: Known
    rules: dict[str, Rule]
    guesses: dict[str, Guess]

    def free(self) -> Iterator[Seen]:
        """Yield the columns that no rule reads."""
        used = {source for rule in self.rules.values() for source in rule.source}
        return (seen for seen in self.columns if seen.heading.title not in used and seen.values)

    def lacking(self, *names: str) -> list[Target]:
        return [target for target in self.table.targets if target.name in names and target.name not in self.rules]

    def seen(self, title: str) -> Seen:
        return next(seen for seen in self.columns if seen.heading.title == title)

    def source_of(self, *names: str) -> Seen | None:
        """Return the column behind the first of ``names`` that has one."""
        found = (self.rules[name].source for name in names if name in self.rules and self.rules[name].source)
        return next((self.seen(source[0]) for source in found), None)

    def add(self, rule: Rule, certainty: float, *reasons: str) -> None:
        self.rules[rule.target] = rule
        self.guesses[rule.target] = Guess(rule.target, rule.source, certainty, reasons)

    # The steps, in order

    def remaining(self) -> None:
        """What every row needs, and no title says, is the one column whose content can be it."""
        if len(self.rules) < _ENOUGH_MATCHED:
            return
        for target in self.table.targets:
            if not target.required or target.name in self.rules:
                continue
            found = left_over(target, list(self.free()))
            if found is not None:
                reason = f"không cột nào mang tên «{target.label}»; nội dung cột «{found.heading.title}» có thể là nó"
                self.add(Rule(target.name, (found.heading.title,)), LEFT_OVER, reason)

    def times(self) -> None:
        """A day in one column and its time in another become one source."""
        for target in self.table.targets:
            rule = self.rules.get(target.name)
            if target.kind != "instant" or rule is None or len(rule.source) != 1:
                continue
            seen = self.seen(rule.source[0])
            free = list(self.free())
            if seen.share("time") >= 0.8:
                days = [d for d in free if d.share("day") >= 0.8 and _beside(d, seen)]
                pair = (days[0], seen) if days else None
            else:
                times = [t for t in free if t.share("time") >= 0.8 and (_beside(t, seen) or _named(t, target))]
                times.sort(key=lambda t: (-name_score(t.heading.title, target).score, not _beside(t, seen)))
                pair = (seen, times[0]) if times else None
            if pair is not None:
                titles = (pair[0].heading.title, pair[1].heading.title)
                self.rules[target.name] = replace(rule, source=titles)
                old = self.guesses[target.name]
                told = (*old.reasons, f"ngày ở cột «{titles[0]}», giờ ở cột «{titles[1]}»")
                self.guesses[target.name] = replace(old, sources=titles, reasons=told)

    def terms(self) -> None:
        """Terms in words give amount and unit."""
        unit_of = ""
        for name in ("legal_time", "reduced_time"):
            rule = self.rules.get(name)
            if rule is None or not rule.source:
                continue
            seen = self.seen(rule.source[0])
            if seen.share("number") < 0.8 and seen.share("term", "text") > 0:
                self.rules[name] = replace(rule, derive="term_amount")
                unit_of = unit_of or rule.source[0]
        if unit_of and self.lacking("legal_unit"):
            reason = f"đơn vị lấy từ thời hạn bằng chữ ở cột «{unit_of}»"
            self.add(Rule("legal_unit", (unit_of,), derive="term_unit"), 0.8, reason)

    def symbols(self) -> None:
        """A document's symbol gives its number and, with the day, what it is known by."""
        symbol = self.source_of("symbol")
        if symbol is None:
            return
        title = symbol.heading.title
        if self.lacking("number") and symbol.share("symbol") > 0.5:
            self.add(
                Rule("number", (title,), derive="number_of_symbol"),
                0.9,
                f"số văn bản đứng đầu số, ký hiệu ở cột «{title}»",
            )
        if self.table.name == "documents" and self.lacking("id"):
            day = self.source_of("issued_on")
            sources = (title, day.heading.title) if day else (title,)
            self.add(Rule("id", sources), 0.6, "không có cột mã văn bản: ghép số, ký hiệu với ngày ban hành")

    def levels(self) -> None:
        """The level follows from the agency that a row names."""
        for target in self.lacking("level"):
            named = self.source_of("agency", "name") or next((s for s in self.free() if s.agencies > _NEARLY), None)
            if target.required and named is not None:
                title = named.heading.title
                rule = Rule("level", (title,), derive="agency_level")
                self.add(rule, 0.7, f"cấp suy từ cơ quan ở cột «{title}»")
        told = self.rules.get("level")
        if told is not None and told.source and not told.derive:
            stated = self.seen(told.source[0])
            if stated.agencies > _NEARLY and stated.said(self.table.target("level")) < 0.5:
                self.rules["level"] = replace(told, derive="agency_level")
        for target in self.lacking("year"):
            days = [s for s in self.free() if s.share("day") > 0.8]
            if target.required and days:
                self.add(
                    Rule("year", (days[0].heading.title,), derive="year"),
                    0.5,
                    f"năm lấy từ ngày ở cột «{days[0].heading.title}»",
                )

    def groups(self) -> None:
        """The rows that head groups say what no column does."""
        if not self.layout.sections:
            return
        texts = [fold(text.split(" / ")[-1]) for text in self.layout.sections.values()]
        named = Seen(self.columns[0].heading, tuple(texts), 1.0, 1.0)
        agencies = max(named.agencies, self.known.share("agencies", texts)) > _NEARLY
        names = _AGENCY_TARGETS if agencies else _GROUP_TARGETS
        choices = [
            t for t in self.lacking(*(t.name for t in self.table.targets)) if t.values and named.said(t) > _NEARLY
        ]
        for target in (choices or self._without_content(names) or self.lacking(*names))[:1]:
            example = next(iter(self.layout.sections.values()))
            self.add(Rule(target.name, derive="section"), 0.7, f"lấy từ tên nhóm đứng trên các hàng, như «{example}»")

    def _without_content(self, names: Sequence[str]) -> list[Target]:
        """Return the columns whose source has a title alone: what it should say stands over the groups."""
        return [
            target
            for target in self.table.targets
            if target.name in names
            and (rule := self.rules.get(target.name))
            and rule.source
            and not any(self.seen(title).values for title in rule.source)
        ]

    def filled(self) -> None:
        """A yes or no may be whether something stands in a column."""
        for target in self.table.targets:
            rule = self.rules.get(target.name)
            if target.kind != "boolean":
                continue
            if rule is not None and rule.source:
                seen = self.seen(rule.source[0])
                written = seen.said(target) < 0.5 and seen.share("day", "text", "symbol", "code") > 0.5
                # A tick stands where it holds; in a column of ticks a gap says that it does not.
                ticks = target.required and seen.filled < 1 and set(seen.folded) <= _TICKS
                if written or ticks:
                    self.rules[target.name] = replace(rule, derive="is_filled")
            elif target.name == "about_procedure" and (procedure := self.source_of("procedure")):
                title = procedure.heading.title
                self.add(Rule(target.name, (title,), derive="is_filled"), 0.7, f"có khi cột «{title}» có thủ tục")

    def constants(self) -> None:
        """What stands in the sheet's title, or what the table's words declare, holds for every row."""
        titles = " . ".join([self.grid.name, *self._front()])
        for target in self.table.targets:
            if target.name in self.rules:
                continue
            if target.kind == "choice":
                words = _words_in_titles(target)
                if word := contains_phrase(titles, words):
                    self.add(Rule(target.name, constant=words[word]), 0.5, f"tiêu đề của trang tính có «{word}»")
                    continue
            if target.required and target.name == "year" and (year := _YEAR.search(titles)):
                self.add(Rule("year", constant=year[1]), 0.6, f"tiêu đề của trang tính có «{year[0]}»")
            elif target.required and target.name in _AGENCY_TARGETS and (agency := self._agency_of_all()):
                reason = f"không cột nào nói về «{target.label}»; phần đầu của trang tính có «{agency}»"
                self.add(Rule(target.name, constant=agency), 0.5, reason)
            elif target.required and target.constant:
                reason = f"không cột nào nói về «{target.label}»: lấy giá trị thường gặp, cần xem lại"
                self.add(Rule(target.name, constant=target.constant), 0.5, reason)

    def outcomes(self) -> None:
        """A list without results, of dossiers that are finished, is one of dossiers that were granted."""
        for target in self.lacking("outcome"):
            finished = self.rules.get("finished_at")
            if finished is not None and finished.source and "granted" in target.values:
                reason = (
                    f"không cột nào nói về «{target.label}»: hồ sơ đã có ngày xong được coi là có kết quả, cần xem lại"
                )
                self.add(Rule(target.name, finished.source, constant="granted"), 0.4, reason)

    def order(self) -> None:
        """Days that follow each other say so; where they run backwards and no name is exact, they change places."""
        for first, second in (
            ("received_at", "due_at"),
            ("received_at", "finished_at"),
            ("received_at", "resolved_at"),
            ("date_from", "date_to"),
            ("valid_from", "valid_to"),
        ):
            one, two = self.rules.get(first), self.rules.get(second)
            if one is None or two is None or not one.source or not two.source:
                continue
            share = in_order(self.grid, self.layout, one.source[0], two.source[0])
            labels = (self.table.target(first).label, self.table.target(second).label)
            if share is None:
                continue
            guess, other = self.guesses[first], self.guesses[second]
            if share < 0.3 and max(guess.certainty, other.certainty) < 0.7:
                self.rules[first], self.rules[second] = replace(one, source=two.source), replace(two, source=one.source)
                self.guesses[first] = replace(guess, sources=two.source)
                self.guesses[second] = replace(other, sources=one.source)
                share = 1 - share
            told = f"«{labels[0]}» không sau «{labels[1]}» ở {percent(share)} số hàng"
            now = self.guesses[second]
            self.guesses[second] = replace(now, reasons=(*now.reasons, told))

    def _agency_of_all(self) -> str:
        """Return the one agency that the lines above the table name: what is said outright, else the last of them."""
        said: list[str] = []
        other: list[str] = []
        for text in (self.grid.name, *self._front()):
            for line in text.split("\n"):
                named = _SAID.match(" ".join(line.split()))
                bare = (named[1] if named else line).strip(" .:;")
                if bare and self.known.share("agencies", [bare]) == 1:
                    (said if named else other).append(bare)
        return (said or other or [""])[-1]

    # What comes out

    def _front(self) -> list[str]:
        first = self.layout.header[0] or (self.layout.rows[0] if self.layout.rows else 1)
        return [cell for row in range(1, first) for cell in self.grid.row(row) if isinstance(cell, str) and cell]

    def proposal(self) -> Proposal:
        names = [target.name for target in self.table.targets if target.name in self.rules]
        unused = tuple(map(_spare, self.free()))
        missing = tuple(t.name for t in self.table.targets if t.required and t.name not in self.rules)
        mapping = Mapping(
            self.table.name,
            tuple(self.rules[name] for name in names),
            sheet=self.grid.name,
            header=self.layout.header[1],
            kept=tuple(spare.title for spare in unused if spare.keep),
        )
        return Proposal(mapping, tuple(self.guesses[name] for name in names), missing, unused)


def _words_in_titles(target: Target) -> dict[str, str]:
    """Return the words by which a title may say a choice: of a column that may stay empty rather its labels alone."""
    least = 2 if target.required else _CLEAR_WORDS if target.name in _TITLED else _NEVER
    return {
        word: value
        for value, words in target.values.items()
        for at, word in enumerate(words)
        if len(word.split()) >= (least if at else 2)
    }


def _spare(seen: Seen) -> Spare:
    title = seen.heading.title
    if seen.lateness > _NEARLY:
        return Spare(title, True, f"«{title}» nói đúng hạn hay trễ hạn: giữ nguyên như đã ghi để đối chiếu với ngày")
    return Spare(title, False, f"không cột nào của bảng nhận «{title}»")


def _beside(one: Seen, other: Seen) -> bool:
    return abs(one.heading.column - other.heading.column) == 1


def _named(seen: Seen, target: Target) -> bool:
    return name_score(seen.heading.title, target).score >= _NEARLY
