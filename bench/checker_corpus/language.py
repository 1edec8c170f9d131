"""The little language of the templates: a text with slots, and what holds between them.

The text's slots are ``{name}`` or ``{name|option}`` (options: ``numbers.shown``; ``long``/``short`` for dates and
documents, ``def`` for an abbreviation). The rules, separated by ``;``:

    a:200-9000      drawn between the two (with as many decimals as these have); undrawn names lie in 40-3000
    T=a+b-c         a sum; T=a+b/1000 divides all of it
    p=a+b%T         a share in percent; g=n^o is the growth from o to n, in percent, unsigned
    100=p+q         shares that make up the whole
    U==T            the same quantity stated again
    k#L:huyen       a count and the list of that many names out of a pool
    D:date  P:period  W:weekday  C:cite  A:abbr  F:notes      slots that are no numbers
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from . import words
from .numbers import NOTHING, decimals_of, grouped, shown, to_places

SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class Template:
    name: str
    text: str
    rules: str = ""


@dataclass(frozen=True)
class Segment:
    """A piece of the text; ``slot`` names the slot that it fills. ``value`` is the number that it says."""

    text: str
    slot: str | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Relation:
    """Something that a checker could check: ``stated`` against ``computed``, equal within ``tolerance``."""

    kind: str
    slots: tuple[str, ...]
    stated: Decimal = NOTHING
    computed: Decimal = NOTHING
    tolerance: Decimal = NOTHING

    @property
    def holds(self) -> bool:
        return abs(self.stated - self.computed) <= self.tolerance


@dataclass(frozen=True)
class Passage:
    template: str
    segments: tuple[Segment, ...]
    relations: tuple[Relation, ...]

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)

    def spans(self, slots: tuple[str, ...]) -> list[tuple[int, int]]:
        """Return the stretches of ``text`` that fill one of ``slots``."""
        found, start = [], 0
        for segment in self.segments:
            end = start + len(segment.text)
            if segment.slot in slots:
                found.append((start, end))
            start = end
        return found


def dated(day: date, option: str = "") -> str:
    if option == "long":
        return f"{day.day} tháng {day.month} năm {day.year}"
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.year % 2 else f"{day.day}/{day.month}/{day.year}"


def a_day(rng: Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=rng.randrange(365))


class Draw:
    """One passage being drawn from a template."""

    def __init__(self, template: Template, rng: Random) -> None:
        self.template, self.rng = template, rng
        self.rules = [rule.strip() for rule in template.rules.split(";") if rule.strip()]
        self.values: dict[str, Decimal] = {}
        self.made: list[tuple[str, str, str, str]] = []  # name, first, operator, second
        self.lists: dict[str, tuple[list[str], bool, str]] = {}
        self.texts: dict[str, str] = {}
        self.said: dict[str, tuple[Decimal, Decimal]] = {}
        self.notes: list[str] = []
        self.year = rng.choice((2018, 2019, 2021, 2022, 2023, 2024))
        self.places = rng.choice((1, 2, 2, 2))
        self._scenery()

    def _scenery(self) -> None:
        districts, communes = self.rng.sample(words.DISTRICTS, 4), self.rng.sample(words.COMMUNES, 2)
        month = self.rng.randrange(2, 12)
        self.scenery = {
            "tinh": self.rng.choice(words.PROVINCES),
            **{f"huyen{number}": name for number, name in enumerate(districts, start=1)},
            **{f"xa{number}": name for number, name in enumerate(communes, start=1)},
            "nam": str(self.year),
            "truoc": str(self.year - 1),
            "sau": str(self.year + 1),
            "thang": str(month),
            "quy": self.rng.choice(("I", "II", "III", "IV")),
        }

    def passage(self) -> Passage:
        for rule in sorted(self.rules, key=lambda rule: not re.fullmatch(r"\w+:[\d.]+-[\d.]+", rule)):
            self._take(rule)
        segments = self._segments()
        if self.notes:
            segments += [piece for note in self.notes for piece in (Segment("\n\n"), Segment(note, "F"))]
        return Passage(self.template.name, tuple(segments), tuple(self._relations()))

    def _take(self, rule: str) -> None:
        if drawn := re.fullmatch(r"(\w+):([\d.]+)-([\d.]+)", rule):
            self._range(*drawn.groups())
        elif special := re.fullmatch(r"(\w):(date|period|weekday|cite|abbr|notes)(?::(.+))?", rule):
            self._special(special[1], special[2])
        elif listed := re.fullmatch(r"(\w+)#(\w+):(\w+)", rule):
            self._list(*listed.groups())
        elif computed := re.fullmatch(r"([A-Za-z]\w*)=([^=].*)", rule):
            self._compute(computed[1], computed[2].replace(" ", ""))
        elif again := re.fullmatch(r"(\w+)==(\w+)", rule):
            self.values[again[1]] = self._value(again[2])

    def _range(self, name: str, low: str, high: str) -> None:
        places = max(decimals_of(Decimal(low)), decimals_of(Decimal(high)))
        scale = 10**places
        drawn = self.rng.randint(int(Decimal(low) * scale), int(Decimal(high) * scale))
        if places and drawn % 10 == 0:
            drawn += 1  # a number with a nought at its end is written shorter
        self.values[name] = Decimal(drawn).scaleb(-places)

    def _value(self, name: str) -> Decimal:
        if name not in self.values:
            self.values[name] = Decimal(self.rng.randint(40, 3000))
        return self.values[name]

    def _total(self, terms: str) -> Decimal:
        signed = re.findall(r"([+-]?)(\w+)", terms)
        return sum((self._value(name) * (-1 if sign == "-" else 1) for sign, name in signed), NOTHING)

    def _compute(self, name: str, expression: str) -> None:
        operator = next((mark for mark in "%^" if mark in expression), "")
        if not operator:
            terms, _, divisor = expression.partition("/")
            self.values[name] = self._total(terms) / int(divisor or 1)
            self.made.append((name, terms, "", divisor))
            return
        first, second = expression.split(operator)
        top, bottom = self._total(first), self._total(second)
        share = 100 * (abs(top - bottom) if operator == "^" else top) / bottom
        self.values[name] = share
        self.made.append((name, first, operator, second))

    def _list(self, count: str, names: str, pool: str) -> None:
        number = self.rng.randint(3, 7)
        chosen = self.rng.sample(words.POOLS[pool], number)
        semicolons = any("," in name for name in chosen)
        self.values[count] = Decimal(number)
        self.lists[names] = (chosen, semicolons, pool)
        self.texts[names] = join_names(chosen, semicolons, self.rng.random() < 0.5 and not semicolons)

    def _special(self, name: str, kind: str) -> None:
        day = a_day(self.rng, self.year)
        if kind == "date":
            self.texts[name], self.texts[f"{name}|long"] = dated(day), dated(day, "long")
        elif kind == "period":
            later = day + timedelta(days=self.rng.randint(20, 300))
            self.texts[name] = f"{dated(day)} đến ngày {dated(later)}"
        elif kind == "weekday":
            self.texts[name] = f"{DAYS[day.weekday()]}, ngày {dated(day)}"
        elif kind == "cite":
            word, symbol = self.rng.choice(words.KINDS_OF_DOCUMENT)
            number = self.rng.randint(11, 2900)
            short = f"{word} số {number}/{symbol}"
            self.texts[f"{name}|short"], self.texts[name] = short, f"{short} ngày {dated(day)}"
        elif kind == "abbr":
            long, short = self.rng.choice(words.ABBREVIATIONS[:6])
            self.texts[name], self.texts[f"{name}|def"] = short, f"{long} ({short})"
        elif kind == "notes":
            self.notes_from = 1

    def _segments(self) -> list[Segment]:
        pieces, end = [], 0
        for slot in SLOT.finditer(self.template.text):
            pieces.append(Segment(self.template.text[end : slot.start()]))
            pieces.append(self._fill(slot[1], slot[2] or ""))
            end = slot.end()
        return [*pieces, Segment(self.template.text[end:])]

    def _fill(self, name: str, option: str) -> Segment:
        if name in self.scenery:
            return Segment(self.scenery[name])
        if name == "F" and "F:notes" in self.rules:
            return self._mark()
        text = self.texts.get(f"{name}|{option}") or self.texts.get(name)
        if text is not None:
            return Segment(text, name)
        value = self._value(name)
        if any(made[0] == name and made[2] for made in self.made) and not option.startswith(("d", "t")):
            option = f"d{self.places}"
        text, said, tolerance = shown(value, option)
        self.said[name] = (said, tolerance)
        return Segment(text, name, said)

    def _mark(self) -> Segment:
        number = self.notes_from + len(self.notes)
        word, symbol = self.rng.choice(words.KINDS_OF_DOCUMENT)
        subject, day = self.rng.choice(words.NOTE_SUBJECTS), a_day(self.rng, self.year)
        mark = str(number).translate(SUPERSCRIPT)
        source = f"{word} số {self.rng.randint(11, 2900)}/{symbol} ngày {dated(day)}"
        self.notes.append(f"{mark} {source} {subject} {self.year}.")
        return Segment(mark, "F")

    def _relations(self) -> list[Relation]:
        found: list[Relation] = []
        for made in self.made:
            relation = self._arithmetic(*made)
            if relation and not any(set(relation.slots) == set(one.slots) for one in found):
                found.append(relation)
        for rule in self.rules:
            if rule.startswith("100="):
                names = tuple(rule[4:].split("+"))
                total = sum((self.said[name][0] for name in names), NOTHING)
                spread = Decimal(len(names)) * Decimal(1).scaleb(-self.places)
                found.append(Relation("shares_total", names, Decimal(100), total, spread))
            elif again := re.fullmatch(r"(\w+)==(\w+)", rule):
                (one, loose), (two, looser) = self.said[again[1]], self.said[again[2]]
                found.append(Relation("contradiction", again.groups(), one, two, loose + looser))
            elif listed := re.fullmatch(r"(\w+)#(\w+):\w+", rule):
                length = Decimal(len(self.lists[listed[2]][0]))
                found.append(Relation("list_count", listed.groups(), self.said[listed[1]][0], length))
            elif special := re.fullmatch(r"(\w):(date|period|weekday|cite|abbr|notes)(?::.+)?", rule):
                kinds = {"cite": "citation", "abbr": "abbreviation", "notes": "footnote"}
                found.append(Relation(kinds.get(special[2], "date"), (special[1],)))
        return found

    def _leaves(self, terms: str) -> list[str]:
        """The names of ``terms``, those that the text does not show replaced by what they are made of."""
        names: list[str] = []
        for name in re.findall(r"[A-Za-z]\w*", terms):
            made = self._made_of(name)
            names += [name] if name in self.said or not made else self._leaves(made)
        return names

    def _made_of(self, name: str) -> str:
        return next((first for made, first, operator, _ in self.made if made == name and not operator), "")

    def _arithmetic(self, name: str, first: str, operator: str, second: str) -> Relation | None:
        leaves = self._leaves(first) + (self._leaves(second) if operator else [])
        if name not in self.said or any(leaf not in self.said for leaf in leaves):
            return None
        stated, own = self.said[name]
        loose = sum((self.said[leaf][1] for leaf in leaves), NOTHING)
        if not operator:
            divisor = int(second or 1)
            return Relation("sum", (name, *leaves), stated, self._said_total(first) / divisor, own + loose / divisor)
        top, bottom = self._said_total(first), self._said_total(second)
        share = 100 * (abs(top - bottom) if operator == "^" else top) / bottom
        spread = 100 * loose / bottom * 2
        return Relation("share", (name, *leaves), stated, to_places(share, 6), own + spread)

    def _said_total(self, terms: str) -> Decimal:
        total = NOTHING
        for sign, name in re.findall(r"([+-]?)([A-Za-z]\w*)", terms):
            value = self.said[name][0] if name in self.said else self._said_total(self._made_of(name))
            total += -value if sign == "-" else value
        return total


def join_names(names: list[str], semicolons: bool, with_and: bool) -> str:
    """``A, B và C``, ``A, B, C``, or with semicolons where a name has a comma of its own."""
    if semicolons:
        return "; ".join(names)
    return ", ".join(names[:-1]) + (" và " if with_and else ", ") + names[-1]


def draw(template: Template, rng: Random) -> tuple[Passage, Draw]:
    drawing = Draw(template, rng)
    return drawing.passage(), drawing


__all__ = ["Draw", "Passage", "Relation", "Segment", "Template", "draw", "grouped", "join_names"]
