"""Names of agencies become codes: of those that were agencies on the row's day, and never by a guess between two."""

from __future__ import annotations

import datetime as dt
import difflib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from congvu.kernel.format import format_day
from congvu.kernel.text import fold, nfc

from .spelling import COMMITTEE, TYPES, code_aside, initials, tokens, tonal, type_of, without_desk

_MOST_CANDIDATES = 5
_LATEST, _EVER = -1, -2


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency as the province's records have it; ``valid_to`` is its last day, None while it goes on."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent: str
    valid_from: dt.date
    valid_to: dt.date | None = None

    def is_valid(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Found:
    code: str
    level: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """``reason`` is a Vietnamese sentence; ``candidates`` are the codes that may be meant, the likelier first."""

    reason: str
    candidates: tuple[str, ...] = ()


class Register:
    """The agencies of the province over time, and the spellings that somebody has settled before.

    ``aliases`` has codes by texts as :func:`congvu.kernel.text.fold` returns them.
    """

    def __init__(self, known: Sequence[KnownAgency], aliases: Mapping[str, str] | None = None) -> None:
        self._known = tuple(known)
        self._aliases = dict(aliases or {})
        turns = {agency.valid_from for agency in known}
        turns |= {agency.valid_to + dt.timedelta(days=1) for agency in known if agency.valid_to}
        self._turns = sorted(turns)
        self._among: dict[int, _Among] = {}
        self._resolved: dict[tuple[str, int], Found | Unclear] = {}

    def period(self, day: dt.date | None) -> int:
        """Return the number of the span of days, within which the agencies are the same; for None of the latest."""
        return _LATEST if day is None else bisect_right(self._turns, day)

    def resolve(self, text: str, day: dt.date | None) -> Found | Unclear:
        """Return the agency that a text names or gives the code of, among those of ``day``; None is the latest."""
        return self.resolve_in(text, self.period(day))

    def resolve_in(self, text: str, period: int) -> Found | Unclear:
        """Return what :meth:`resolve` does, for a span of days that :meth:`period` gave."""
        if (text, period) not in self._resolved:
            self._resolved[text, period] = self._resolve(text, period)
        return self._resolved[text, period]

    def names(self, texts: Iterable[str]) -> float:
        """Return the share of the distinct texts that name an agency of ours, at whatever time; 0 where none is."""
        distinct = {text.strip() for text in texts} - {""}
        named = sum(bool(self._matches(text, self._agencies(_EVER))) for text in distinct)
        return named / len(distinct) if distinct else 0.0

    def _agencies(self, period: int) -> _Among:
        if period not in self._among:
            self._among[period] = _Among(self._of(period))
        return self._among[period]

    def _of(self, period: int) -> tuple[KnownAgency, ...]:
        if period == _EVER:
            return self._known
        if period == _LATEST:
            latest: dict[str, KnownAgency] = {}
            for agency in self._known:
                if agency.code not in latest or latest[agency.code].valid_from < agency.valid_from:
                    latest[agency.code] = agency
            return tuple(latest.values())
        if period == 0:
            return ()
        return tuple(agency for agency in self._known if agency.is_valid(self._turns[period - 1]))

    def _matches(self, text: str, among: _Among) -> list[KnownAgency]:
        if found := among.by_code(text):
            return [found]
        code = self._aliases.get(fold(nfc(text)))
        if code is not None:
            return among.codes.get(code, [])
        return among.named(text)

    def _resolve(self, text: str, period: int) -> Found | Unclear:
        matches = self._matches(text, self._agencies(period))
        if not matches:
            ever = self._matches(text, self._agencies(_EVER))
            if not ever:
                return self._unknown(text, period)
            if period != _LATEST:
                spans = "; ".join(
                    dict.fromkeys(f"{agency.name} ({_span(agency)})" for agency in ever[:_MOST_CANDIDATES])
                )
                return Unclear(f"không có cơ quan này vào ngày của dòng: {spans}", _codes(ever))
            matches = ever
        if len({agency.code for agency in matches}) == 1:
            return Found(matches[0].code, matches[0].level)
        parents = self._agencies(_EVER)
        names = "; ".join(f"{parents.full_name(agency)} ({agency.code})" for agency in matches[:_MOST_CANDIDATES])
        return Unclear(f"có thể là nhiều cơ quan: {names}; hãy ghi rõ tên hoặc mã", _codes(matches))

    def _unknown(self, text: str, period: int) -> Unclear:
        near = self._agencies(period).near(text)
        if not near:
            return Unclear("không có cơ quan nào mang tên hoặc mã này")
        names = "; ".join(f"{agency.name} ({agency.code})" for agency in near)
        return Unclear(f"không có cơ quan nào mang tên hoặc mã này; gần giống: {names}", _codes(near))


def _codes(agencies: Iterable[KnownAgency]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(agency.code for agency in agencies))


def _span(agency: KnownAgency) -> str:
    begins = f"từ {format_day(agency.valid_from)}" if agency.valid_from.year > 1900 else ""
    ends = f"đến {format_day(agency.valid_to)}" if agency.valid_to else ""
    return f"{begins} {ends}".strip()


class _Among:
    """Some agencies, by everything that may be written for them."""

    def __init__(self, agencies: Sequence[KnownAgency]) -> None:
        self.agencies = agencies
        self.codes: dict[str, list[KnownAgency]] = {}
        self._names: dict[str, list[KnownAgency]] = {}
        self._places: dict[tuple[str, ...], list[tuple[str, KnownAgency]]] = {}
        for agency in agencies:
            self.codes.setdefault(agency.code, []).append(agency)
            for name in filter(None, {agency.name, agency.short_name}):
                _add(self._names, "".join(tokens(name)), agency)
            if agency.kind.endswith("_committee") and (place := _place(agency)):
                self._places.setdefault(place[1], []).append((place[0], agency))
        self._longest = max(map(len, self._places), default=0)

    @cached_property
    def _provinces(self) -> set[tuple[str, ...]]:
        return {name for name, places in self._places.items() for _type, one in places if one.level == "province"}

    @cached_property
    def _shortened(self) -> dict[str, list[KnownAgency]]:
        """The offices without the province's name behind theirs, and by their initials."""
        found: dict[str, list[KnownAgency]] = {}
        for agency in self.agencies:
            if agency.kind.endswith("_committee"):
                continue
            for name in filter(None, {agency.name, agency.short_name}):
                words = self._without_province(tokens(name))
                for form in ("".join(words), *initials(words)):
                    _add(found, form, agency)
        return found

    @cached_property
    def _folded_codes(self) -> dict[str, list[KnownAgency]]:
        found: dict[str, list[KnownAgency]] = {}
        for agency in self.agencies:
            for form in {agency.code.lower(), agency.code.lstrip("0").lower()}:
                _add(found, form, agency)
        return found

    def by_code(self, text: str) -> KnownAgency | None:
        """Return the agency of a code, also of one that has lost the zeros before it where it is the only one."""
        text = text.strip()
        if exact := self.codes.get(text):
            return max(exact, key=lambda agency: agency.valid_from)
        loose = self._folded_codes.get(text.lower(), []) or self._folded_codes.get(text.lstrip("0").lower() or "0", [])
        return loose[0] if loose and len({agency.code for agency in loose}) == 1 else None

    def named(self, text: str) -> list[KnownAgency]:
        """Return the agencies that a text may name."""
        name, code = code_aside(text)
        matches = self._by_spelling(name) or (self._by_spelling(text) if code else [])
        if len(_codes(matches)) > 1:
            matches = [agency for agency in matches if agency.code == code] or _of_same_tones(matches, name)
        return matches

    def _by_spelling(self, text: str) -> list[KnownAgency]:
        words = tokens(text)
        if found := self._names.get("".join(words)):
            return found
        rest, is_centre = without_desk(words)
        for told in (words, rest):
            compact = "".join(self._without_province(told))
            if told and (found := self._names.get("".join(told)) or self._shortened.get(compact)):
                return found if told is words or not is_centre else self._below_province(found)
        parts = self._parts(rest)
        found = self._within(parts) if parts else []
        return self._below_province(found) if is_centre else found

    def _below_province(self, agencies: list[KnownAgency]) -> list[KnownAgency]:
        return [agency for agency in agencies if agency.level != "province"]

    def _without_province(self, words: list[str]) -> list[str]:
        for name in self._provinces:
            if len(words) > len(name) + 1 and tuple(words[-len(name) :]) == name:
                words = words[: -len(name)]
        return words[:-1] if len(words) > 1 and type_of(words[-1]) == "tinh" else words

    def _parts(self, words: list[str]) -> list[list[KnownAgency]]:
        """Return the places that the words name one after the other, [] where a word belongs to none."""
        parts: list[list[KnownAgency]] = []
        at = 0
        while at < len(words):
            if words[at] in (COMMITTEE, "thuoc", "cua"):
                at += 1
                continue
            kind = type_of(words[at])
            places, length = self._place_at(words, at + 1, kind) if kind else ([], 0)
            if places:
                length += 1
            elif len(words[at]) < 2 or not kind or not (places := self._only_one(kind, words, at)):
                places, length = self._place_at(words, at, "")
            else:
                length = 1
            if not places:
                return []
            parts.append(places)
            at += length
        return parts

    def _place_at(self, words: list[str], at: int, kind: str) -> tuple[list[KnownAgency], int]:
        """Return the places of the longest name that begins at a word; of the kind, else of its level."""
        for length in range(min(self._longest, len(words) - at), 0, -1):
            places = self._places.get(tuple(words[at : at + length]), [])
            if kind:
                same = [(of, agency) for of, agency in places if of == kind]
                places = same or [(of, agency) for of, agency in places if TYPES.get(of) == TYPES[kind]]
            if places:
                return [agency for _of, agency in places], length
        return [], 0

    def _only_one(self, kind: str, words: list[str], at: int) -> list[KnownAgency]:
        """Return the place of "UBND tỉnh": a kind without a name, of which there is one."""
        if at + 1 < len(words) and not type_of(words[at + 1]):
            return []
        places = [agency for places in self._places.values() for of, agency in places if of == kind]
        return places if len(_codes(places)) == 1 else []

    def _within(self, parts: list[list[KnownAgency]]) -> list[KnownAgency]:
        """Return the places of one part that lie within a place of every other part."""
        return [
            agency
            for number, part in enumerate(parts)
            for agency in part
            if all(
                any(place.code in self._above(agency) for place in other)
                for position, other in enumerate(parts)
                if position != number
            )
        ]

    def _above(self, agency: KnownAgency) -> set[str]:
        codes = {agency.code}
        while agency.parent and agency.parent not in codes and agency.parent in self.codes:
            codes.add(agency.parent)
            agency = self.codes[agency.parent][-1]
        return codes

    def full_name(self, agency: KnownAgency) -> str:
        """Return an agency's name with that of the district above it."""
        parent = self.codes.get(agency.parent, [])
        if parent and parent[-1].level == "district":
            return f"{agency.name}, {parent[-1].name.removeprefix('Ủy ban nhân dân ').removeprefix('UBND ')}"
        return agency.name

    def near(self, text: str) -> list[KnownAgency]:
        """Return the agencies whose names are spelt most like a text."""
        names = {" ".join(tokens(agency.name)): agency for agency in self.agencies}
        close = difflib.get_close_matches(" ".join(tokens(text)[:20]), names, n=3, cutoff=0.75)
        return [names[name] for name in close]


def _add(index: dict[str, list[KnownAgency]], form: str, agency: KnownAgency) -> None:
    agencies = index.setdefault(form, [])
    if agency not in agencies:
        agencies.append(agency)


def _place(agency: KnownAgency) -> tuple[str, tuple[str, ...]] | None:
    """Return the kind and the name of the place that a committee governs."""
    words = [word for word in tokens(agency.name) if word != COMMITTEE]
    if len(words) > 1 and words[0] in TYPES:
        return words[0], tuple(words[1:])
    return ("", tuple(words)) if words else None


def _of_same_tones(agencies: list[KnownAgency], text: str) -> list[KnownAgency]:
    """Return those of the agencies whose names have the tones of the text too; all where tones tell none apart."""
    if text.isascii():
        return agencies
    told = f" {tonal(text)} "
    same = [agency for agency in agencies if any(f" {one} " in told for one in _tonal_names(agency))]
    return same if len(_codes(same)) == 1 else agencies


def _tonal_names(agency: KnownAgency) -> set[str]:
    place = _place(agency) if agency.kind.endswith("_committee") else None
    if place is None:
        return {tonal(agency.name)}
    words = nfc(agency.name).split()
    return {tonal(" ".join(words[-len(place[1]) :]))}
