"""Abbreviations of a text, what defines them, and those that everybody knows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from congvu.kernel.text import fold
from congvu.press.manuscript import Manuscript, Paragraph

from ..grammar.citation_forms import citation_spans
from ..grammar.letters import LOWER, UPPER, WORD_GOES_ON, in_capitals
from ..grammar.reading_order import in_order

_BARE = "ABCDEGHIKLMNOPQRSTUVXYÂĂĐÊÔƠƯ" + "FJWZ"
"""An abbreviation is put together from initials, which carry no tone mark."""

_TOKEN = re.compile(rf"(?<![\w/.&@-])[{_BARE}][{_BARE}&]{{1,14}}(?!{WORD_GOES_ON}|[&@]|[-/.]\w)")
_WORD = re.compile(rf"[{UPPER}{LOWER}]+")
_SAID = r"(?:sau đây |dưới đây )?(?:được )?(?:gọi tắt là|viết tắt là|gọi tắt|viết tắt|gọi là)\s?:?\s?"
_DEFINITION = re.compile(rf"\(\s?(?:{_SAID})?[“\"]?(?P<token>[{_BARE}][{_BARE}&]{{1,14}})[”\"]?\s?\)")
_CALLED = re.compile(rf"{_SAID}[“\"]?(?P<token>[{_BARE}][{_BARE}&]{{1,14}})\b")
_EXPLAINED = re.compile(
    rf"(?<![\w/.&-])(?P<token>[{_BARE}][{_BARE}&]{{1,14}})\s?(?:\(|:|là|=|–|-)\s?(?P<words>[^()\n]{{3,120}})"
)
_BREAK = re.compile(r"[.;:()\n!?]")
_BETWEEN_NAMES = re.compile(rf"[.;:!?\n]|(?<!\w)[{_BARE}]{{3,}}(?!\w)")
_SMALL = frozenset(
    {
        "va", "cua", "cac", "voi", "theo", "ve", "cho", "o", "tai", "tren", "trong", "den", "tu", "la", "do", "nhung",
    }
)  # fmt: skip
_RECIPIENTS = re.compile(r"^\W*Nơi nhận\W*", re.IGNORECASE)
_REACH = 160


@dataclass(frozen=True, slots=True)
class Use:
    """An abbreviation where it stands; ``order`` counts the paragraphs in reading order."""

    token: str
    paragraph: Paragraph
    start: int
    end: int
    order: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A place that says what an abbreviation stands for; ``words`` is None where its letters fit no words there."""

    token: str
    words: str | None
    use: Use
    initials: str


@cache
def well_known() -> dict[str, str]:
    """Return the abbreviations that need no definition, with what they stand for."""
    text = files(__package__).joinpath("data/abbreviations.csv").read_text(encoding="utf-8")
    return {row["abbreviation"]: row["expansion"] for row in csv.DictReader(text.splitlines())}


def letters(token: str) -> str:
    """Return the letters that words must begin with, folded."""
    return fold(token.replace("&", ""))


def _in_capital_run(text: str, start: int, end: int) -> bool:
    """Whether the word stands among capitals that are words of a title, not abbreviations."""
    before = re.search(rf"([{UPPER}]{{2,}}),?\s{{1,2}}$", text[max(0, start - 24) : start])
    after = re.match(rf",?\s{{1,2}}([{UPPER}]{{2,}})(?![{LOWER}])", text[end : end + 24])
    neighbours = [match[1] for match in (before, after) if match]
    return any(not set(word) <= set(_BARE) for word in neighbours) or len(neighbours) > 1


def uses(manuscript: Manuscript) -> Iterator[Use]:
    """Yield the abbreviations in reading order, without titles, document numbers and the list of recipients."""
    ended = False
    for order, paragraph in enumerate(in_order(manuscript)):
        in_note = paragraph.footnote is not None
        ended = ended or (not in_note and _RECIPIENTS.match(paragraph.text) is not None)
        if in_note or not ended:
            yield from _uses_in(paragraph, order)


def _uses_in(paragraph: Paragraph, order: int) -> Iterator[Use]:
    text = paragraph.text
    if in_capitals(text) and len(text.split()) > 1:
        return
    cited = {offset for c in citation_spans(text) for offset in range(c.start, c.end)}
    for match in _TOKEN.finditer(text):
        if match.start() in cited or _in_capital_run(text, *match.span()):
            continue
        if sum(c in _BARE for c in match[0]) >= 2 and not re.fullmatch("[IVX]+", match[0]):
            yield Use(match[0], paragraph, match.start(), match.end(), order)


def definitions(found: list[Use]) -> Iterator[Definition]:
    """Yield, of the uses, those that define."""
    by_place = {(id(use.paragraph), use.start): use for use in found}
    seen: set[int] = set()
    for use in found:
        if id(use.paragraph) in seen:
            continue
        seen.add(id(use.paragraph))
        text = use.paragraph.text
        for pattern in (_DEFINITION, _CALLED):
            for match in pattern.finditer(text):
                where = by_place.get((id(use.paragraph), match.start("token")))
                if where is not None:
                    yield _defined(where, text[max(0, match.start() - _REACH) : match.start()])
        for match in _EXPLAINED.finditer(text):
            where = by_place.get((id(use.paragraph), match.start("token")))
            words = _fitting_after(match["token"], match["words"])
            if where is not None and words is not None:
                yield Definition(where.token, words, where, letters(where.token))


def _defined(use: Use, before: str) -> Definition:
    piece = _BREAK.split(before)[-1]
    words = _WORD.findall(piece)
    wanted = letters(use.token)
    fitting = _fitting_before(wanted, words)
    initials = "".join(fold(word)[0] for word in words[-len(wanted) :])
    return Definition(use.token, fitting, use, initials)


def _fitting_before(wanted: str, words: list[str]) -> str | None:
    """Return the last words whose initials are ``wanted``; small words between them count for nothing."""
    for small in (frozenset[str](), _SMALL):
        place, letter = len(words), len(wanted)
        while place and letter:
            place -= 1
            plain = fold(words[place])
            if plain[0] == wanted[letter - 1] and plain not in small:
                letter -= 1
            elif plain not in _SMALL:
                break
        if not letter:
            return " ".join(words[place:])
    return None


def _fitting_after(token: str, text: str) -> str | None:
    wanted, taken, letter = letters(token), [], 0
    for word in _WORD.findall(text):
        plain = fold(word)
        taken.append(word)
        if plain[0] == wanted[letter]:
            letter += 1
            if letter == len(wanted):
                return " ".join(taken)
        elif plain not in _SMALL:
            return None
    return None


def initials_of(manuscript: Manuscript) -> str:
    """Return the initials of the words of the text, with and without its small words.

    A blank stands wherever no name goes on: between paragraphs and sentences, and for each abbreviation.
    """
    runs: list[str] = []
    for paragraph in in_order(manuscript):
        for piece in _BETWEEN_NAMES.split(paragraph.text):
            plain = [fold(word) for word in _WORD.findall(piece)]
            runs.append("".join(word[0] for word in plain))
            runs.append("".join(word[0] for word in plain if word not in _SMALL))
    return " ".join(runs)
