"""One slip put into a passage: dates, citations, footnotes, abbreviations, the writing of numbers and words."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from . import words
from .errors import NUMERIC, Injected, Injector, finished, neighbours, swap, where
from .language import DAYS, Draw, Passage, Segment


def slot_of(passage: Passage, kind: str, rng: Random) -> str | None:
    names = [relation.slots[0] for relation in passage.relations if relation.kind == kind]
    return rng.choice(names) if names else None


def wrong_date(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    slot = slot_of(passage, "date", rng)
    if slot is None:
        return None
    at = where(passage, slot)
    old = passage.segments[at[0]].text
    if slot == "W":
        weekday = rng.choice([name for name in DAYS if name != old.split(",")[0]])
        return finished(swap(passage, at, weekday + old[old.index(",") :]), "date", "weekday", weekday, (slot,))
    if slot == "P" and rng.random() < 0.6:
        first, second = old.split(" đến ngày ")
        text = f"{second} đến ngày {first}"
        return finished(swap(passage, at, text), "date", "reversed", text, (slot,))
    year = drawing.year
    sort, day, month = rng.choice(
        (("31/02", 31, 2), ("30/02", 30, 2), ("month 13", 12, 13), ("day 32", 32, 5), ("31/04", 31, 4), ("day 0", 0, 6))
    )
    bad = f"{day} tháng {month} năm {year}" if "tháng" in old else f"{day:02d}/{month:02d}/{year}"
    text = f"{bad} đến ngày {old.split(' đến ngày ')[1]}" if slot == "P" else bad
    return finished(swap(passage, at, text), "date", sort, bad, (slot,))


def wrong_citation(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    slot = slot_of(passage, "citation", rng)
    if slot is None:
        return None
    at = where(passage, slot)
    old = passage.segments[at[0]].text
    word, number, symbol, day = parts_of(old)
    sort = rng.choice(("kind against symbol", "two dates", "malformed", "no number"))
    if sort == "two dates":
        if len(at) < 2 or not parts_of(passage.segments[at[1]].text)[3]:
            return None
        month = int(day.split("/")[1])
        other = f"{rng.randint(1, 28)}/{month % 12 + 1}/{day[-4:]}"
        text = passage.segments[at[1]].text.replace(day, other)
        return finished(swap(passage, at[1:2], text), "citation", sort, other, (slot,))
    if sort == "kind against symbol":
        others = [kind for kind, sign in words.KINDS_OF_DOCUMENT if sign[:2] != symbol[:2]]
        text = old.replace(word, rng.choice(others), 1)
        quote = text.split(" số ")[0]
    elif sort == "malformed":
        quote = rng.choice((f"{number}{symbol}", f"{number}//{symbol}", f"{number}/{symbol.replace('-', '')}"))
        text = old.replace(f"{number}/{symbol}", quote, 1)
    else:
        quote = f"số /{symbol}"
        text = old.replace(f"số {number}/{symbol}", quote, 1)
    return finished(swap(passage, at, text), "citation", sort, quote, (slot,))


def parts_of(citation: str) -> tuple[str, str, str, str]:
    """``Quyết định``, ``12``, ``QĐ-UBND`` and the day (empty where there is none) of a citation."""
    found = re.match(r"(.+?) số (\d+)/([^ ]+)(?: ngày ([\d/]+))?", citation)
    assert found, citation
    return found[1], found[2], found[3], found[4] or ""


def wrong_footnote(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    slot = slot_of(passage, "footnote", rng)
    if slot is None:
        return None
    pieces = list(passage.segments)
    marks = [i for i in where(passage, slot) if " " not in pieces[i].text]
    notes = [i for i in where(passage, slot) if " " in pieces[i].text]
    chosen = rng.randrange(len(marks))
    sort = rng.choice(("note missing", "mark missing", "mark doubled", "out of order"))
    quote = pieces[marks[chosen]].text
    if sort == "note missing":
        del pieces[notes[chosen] - 1 : notes[chosen] + 1]
    elif sort == "mark missing":
        pieces[marks[chosen]] = Segment("")
    elif sort == "mark doubled":
        other = marks[chosen - 1 if chosen else 1]
        pieces[marks[chosen]] = replace(pieces[marks[chosen]], text=pieces[other].text)
        quote = pieces[other].text
    else:
        one, two = marks[0], marks[-1]
        pieces[one], pieces[two] = pieces[two], pieces[one]
        quote = pieces[one].text
    return finished(replace(passage, segments=tuple(pieces)), "footnote", sort, quote, (slot,))


def wrong_abbreviation(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    slot = slot_of(passage, "abbreviation", rng)
    if slot is None:
        return None
    uses = [i for i in where(passage, slot) if "(" not in passage.segments[i].text]
    short = passage.segments[uses[0]].text
    sort = rng.choice(("letters swapped", "wrong letter", "letter missing", "letter doubled"))
    letters = [*short]
    at = rng.randrange(1, len(letters) - 1)
    if sort == "letters swapped":
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    elif sort == "wrong letter":
        letters[at] = rng.choice([letter for letter in "BGLMPVX" if letter != letters[at]])
    elif sort == "letter missing":
        del letters[at]
    else:
        letters.insert(at, letters[at])
    text = "".join(letters)
    if text == short or text in {known for _long, known in words.ABBREVIATIONS}:
        return None
    at = rng.choice(uses)
    changed = swap(passage, [at], text)
    start = len("".join(segment.text for segment in changed.segments[:at]))
    return Injected(changed, "abbreviation", sort, text, ((start, start + len(text)),))


def wrong_format(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    if rng.random() < 0.25:
        return doubled_word(passage, rng)
    pieces = passage.segments
    numbers = [i for i, piece in enumerate(pieces) if piece.value is not None and re.search(r"\d[.,]\d", piece.text)]
    if not numbers:
        return None
    at = rng.choice(numbers)
    follows = pieces[at + 1].text if at + 1 < len(pieces) else ""
    sort, text = rng.choice(misprints(pieces[at].text, follows.startswith("%")))
    changed = swap(passage, [at], text, pieces[at].value)
    start = sum(len(piece.text) for piece in changed.segments[:at])
    around = tuple(changed.spans(neighbours(passage, pieces[at].slot)))
    return Injected(changed, "format", sort, text, ((start, start + len(text)),), around)


def misprints(number: str, is_rate: bool) -> list[tuple[str, str]]:
    """The ways of printing ``number`` wrongly, each with its name."""
    mark = re.search(r"[.,]", number)
    assert mark
    ways = [("blank inside", number[: mark.end()] + " " + number[mark.end() :])]
    if "," in number:
        ways.append(("comma doubled", number.replace(",", ",,")))
    if cut := re.search(r"\.\d(?=\d\d)", number):
        ways.append(("groups of two", number[: cut.end() - 1] + number[cut.end() :]))
    if "." in number and "," in number:
        ways.append(("separators exchanged", number.translate(str.maketrans(".,", ",."))))
    elif is_rate and "," in number:
        ways.append(("point for comma", number.replace(",", ".")))
    return ways


def doubled_word(passage: Passage, rng: Random) -> Injected | None:
    found = [
        (index, match)
        for index, piece in enumerate(passage.segments)
        if piece.slot is None
        for match in re.finditer(rf" ({'|'.join(words.DOUBLED)})(?= )", piece.text)
    ]
    if not found:
        return None
    index, match = rng.choice(found)
    piece = passage.segments[index]
    text = piece.text[: match.end()] + match[0] + piece.text[match.end() :]
    changed = swap(passage, [index], text)
    start = sum(len(before.text) for before in passage.segments[:index]) + match.start() + 1
    quote = f"{match[1]} {match[1]}"
    return Injected(changed, "format", "word doubled", quote, ((start, start + len(quote)),))


INJECTORS: dict[str, Injector] = {
    **NUMERIC,
    "date": wrong_date,
    "citation": wrong_citation,
    "footnote": wrong_footnote,
    "abbreviation": wrong_abbreviation,
    "format": wrong_format,
}
