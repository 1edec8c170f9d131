"""Numbers as people write them in reports: how much, of what, how exactly, and the words around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from .masks import masked, ranges
from .tokens import Sort, Token, tokens
from .units import MONEY, PERCENT, POINTS
from .vocabulary import words

EPSILON: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """All that a number may mean: ``5,5 tỷ`` is anything that is so rounded, ``hơn 550`` what people call so."""

    low: float
    high: float

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)

    def over(self, other: Span) -> Span:
        """Return the quotient in per cent; ``other`` is above 0."""
        return Span(100 * self.low / other.high, 100 * self.high / other.low)

    def meets(self, other: Span) -> bool:
        slack = EPSILON * max(1.0, abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack


@dataclass(frozen=True, slots=True)
class Quantity:
    """``start``/``end`` enclose number and scale (``5,5 tỷ``), ``unit`` is what is counted (its first two words,
    ``%``, ``đồng``; empty where nothing follows), ``before`` and ``after`` the words of its own clause.

    ``step`` is the worth of the last digit written; ``depth`` how many brackets are open; ``qualifier`` is ``over``,
    ``under``, ``about`` or empty. ``part_of`` is the denominator of ``55/59`` on the 55, ``whole_of`` marks the 59.
    """

    start: int
    end: int
    text: str
    value: float
    step: float
    qualifier: str
    unit: str
    before: str
    after: str
    depth: int
    part_of: int = -1
    whole_of: int = -1

    @property
    def is_share(self) -> bool:
        return self.unit == PERCENT

    @property
    def is_count(self) -> bool:
        """Whether the number was counted and is written whole."""
        return self.step == 1 and not self.qualifier and self.unit not in (PERCENT, POINTS)

    @property
    def span(self) -> Span:
        """What the number may mean; a share may have been rounded or cut off."""
        if self.qualifier:
            return _qualified(self.value, self.step, self.qualifier)
        if self.is_share:
            return Span(self.value - self.step / 2, self.value + self.step)
        if self.step == 1:
            return Span(self.value, self.value)
        return Span(self.value - self.step / 2, self.value + self.step)

    @property
    def words(self) -> str:
        return f"{self.before} {self.after}"


def _qualified(value: float, step: float, qualifier: str) -> Span:
    room = max(step, _last_place(value, step), abs(value) * 0.02)
    match qualifier:
        case "over":
            return Span(value, value + room)
        case "under":
            return Span(value - room, value)
    return Span(value - room, value + room)


def _last_place(value: float, step: float) -> float:
    """Return the worth of the last digit that is not 0: of ``hơn 1.100`` the hundred."""
    units = round(value / step)
    place = 1
    while units and units % 10 == 0:
        units //= 10
        place *= 10
    return place * step


SCALES: Final = {"chục": 10.0, "trăm": 100.0, "nghìn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9}
_QUALIFIERS: Final = {
    "hơn": "over", "trên": "over", "quá": "over", "ngoài": "over",
    "gần": "under", "dưới": "under", "ngót": "under", "xấp": "about", "xỉ": "about",
    "khoảng": "about", "chừng": "about", "ước": "about", "tầm": "about", "độ": "about", "cỡ": "about",
}  # fmt: skip
_NO_UNIT: Final = words(
    """đạt chiếm tăng giảm so với là được đã đang có trong trên và hoặc của tại đến từ cho do bị không chưa còn
    thì nên mà nhưng về theo bằng như cùng các những này đó nêu ở để vào ra lên xuống tương gồm bao thuộc cụ
    đều vượt ứng trước trở cao thấp hơn nhất đúng trễ quá sớm phải bình tổng số qua khi vì tuy song sau nay"""
)
_NOUNS: Final = {("bị", "can"), ("bị", "cáo")}  # what begins like a verb and is none
_CLASSIFIERS: Final = {"ngôi", "căn", "chiếc"}  # "317 ngôi nhà" counts houses, as "113 nhà" does


@lru_cache(maxsize=2_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a paragraph in order."""
    found = list(_numbers(text))
    gaps = [_gap(text, left.after_at, right.start) for left, right in pairwise(found)]
    made: list[Quantity] = []
    for index, number in enumerate(found):
        begin = 0 if index == 0 else gaps[index - 1]
        end = len(text) if index + 1 == len(found) else gaps[index]
        before = _words_back(text, begin, number.start)
        after = _words_on(text, number.unit_at, end)
        made.append(
            Quantity(
                number.start, number.end, text[number.start : number.end], number.value, number.step, number.qualifier,
                number.unit, before, after, number.depth,
                index + 1 if number.slash else -1,
                index - 1 if index and found[index - 1].slash else -1,
            )
        )  # fmt: skip
    return tuple(_with_units_of_fractions(made))


def _with_units_of_fractions(made: list[Quantity]) -> Iterator[Quantity]:
    from dataclasses import replace

    for quantity in made:
        if quantity.part_of >= 0 and not quantity.unit and quantity.part_of < len(made):
            whole = made[quantity.part_of]
            yield replace(quantity, unit=whole.unit, after=whole.after)
        else:
            yield quantity


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    unit_at: int
    after_at: int
    value: float
    step: float
    qualifier: str
    unit: str
    depth: int
    slash: bool


_BROKEN = re.compile(r"(?<![\d.,])(\d{1,3}), (\d{1,2})(?=\s*%|\s*[;)])")


def _numbers(text: str) -> Iterator[_Number]:
    hidden = masked(text)
    ranged = ranges(text)
    found = tokens(text)
    depth, skip_to, mask_at = 0, 0, 0
    for index, token in enumerate(found):
        if token.text in "([":
            depth += 1
        elif token.text in ")]":
            depth = max(0, depth - 1)
        if token.sort is not Sort.NUMBER or token.start < skip_to:
            continue
        while mask_at < len(hidden) and hidden[mask_at][1] <= token.start:
            mask_at += 1
        if mask_at < len(hidden) and hidden[mask_at][0] < token.end:
            continue
        if any(start <= token.start < end for start, end in ranged):
            continue
        number = _number(text, found, index, depth)
        if number is not None:
            skip_to = number.end
            yield number


def _number(text: str, found: tuple[Token, ...], index: int, depth: int) -> _Number | None:
    token = found[index]
    broken = _BROKEN.match(text, token.start)
    if broken is not None:
        # "99, 29": a blank inside a share; the slip is reported as one of form
        value, step, end = float(f"{broken[1]}.{broken[2]}"), 10.0 ** -len(broken[2]), broken.end()
        index = next(i for i, t in enumerate(found) if t.start >= broken.start(2))
        if not text[end:].lstrip().startswith("%"):
            return _Number(token.start, end, end, end, value, step, "", PERCENT, depth, False)
    else:
        parsed = parse_number(token.text, _is_measured(found, index))
        if parsed is None:
            return None
        (value, step), end = parsed, token.end
    after = index + 1
    if (
        after < len(found)
        and found[after].sort is Sort.WORD
        and found[after].start == end
        and len(found[after].text) < 3
        and found[after].word not in ("ha", "km", "m", "kg", "tr")
    ):
        return None  # 4G, 20a
    while after < len(found) and found[after].word in SCALES and found[after].start - end <= 1:
        scale = SCALES[found[after].word]
        value, step, end = value * scale, step * scale, found[after].end
        after += 1
        if after < len(found) and found[after].sort is Sort.NUMBER and found[after].start - end == 1:
            # "1 tỷ 200 triệu"
            smaller = parse_number(found[after].text, False)
            if smaller is not None and after + 1 < len(found) and SCALES.get(found[after + 1].word, scale) < scale:
                value, step = value + smaller[0] * SCALES[found[after + 1].word], SCALES[found[after + 1].word]
                end, after = found[after + 1].end, after + 2
                break
    slash = text[end : end + 1] == "/" and text[end + 1 : end + 2].isdigit()
    if (
        index
        and found[index - 1].text == "/"
        and found[index - 1].end == token.start
        and not text[token.start - 2].isdigit()
    ):
        return None
    unit, unit_at, after_at = _unit(found, after, end)
    if not unit and step == 1 and 1900 <= value <= 2099 and len(token.text) == 4:
        return None  # a year that no word says to be one
    qualifier = _qualifier(found, index)
    return _Number(token.start, end, unit_at, after_at, value, step, qualifier, unit, depth, slash)


def parse_number(text: str, measured: bool) -> tuple[float, float] | None:
    """Return value and step of a number as written; ``measured`` where a share or a scale follows.

    >>> parse_number("48.447", False), parse_number("99,50", True), parse_number("1.234,5", False)
    ((48447.0, 1.0), (99.5, 0.01), (1234.5, 0.1))
    """
    if re.fullmatch(r"\d+", text):
        return float(text), 1.0
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text) and not (measured and text.startswith("0")):
        return float(text.replace(".", "")), 1.0
    if found := re.fullmatch(r"(\d{1,3}(?:\.\d{3})+|\d+),(\d+)", text):
        whole, decimals = found[1].replace(".", ""), found[2]
        if not measured and len(decimals) == 3 and "." not in found[1] and not whole.startswith("0"):
            return float(whole + decimals), 1.0  # 48,447 hồ sơ
        return float(f"{whole}.{decimals}"), 10.0 ** -len(decimals)
    if found := re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.(\d+))?", text):
        return float(text.replace(",", "")), 10.0 ** -len(found[1] or "")
    if found := re.fullmatch(r"(\d+)\.(\d{1,2})", text):
        return float(text), 10.0 ** -len(found[2])
    return None


def _is_measured(found: tuple[Token, ...], index: int) -> bool:
    after = found[index + 1] if index + 1 < len(found) else None
    return after is not None and (
        after.text == "%" or after.word in SCALES or after.word in ("ha", "km", "tấn", "m", "điểm")
    )


def _unit(found: tuple[Token, ...], after: int, end: int) -> tuple[str, int, int]:
    """Return the unit, where the words after the number begin, and where those before the next one may begin."""
    if after < len(found) and found[after].text == "/" and found[after].start == end:
        return "", end, end
    if after >= len(found):
        return "", end, end
    first = found[after]
    if first.text == "%":
        return PERCENT, first.end, first.end
    second = found[after + 1] if after + 1 < len(found) and found[after + 1].sort is Sort.WORD else None
    if first.sort is not Sort.WORD:
        return "", end, end
    if first.word == "phần" and second is not None and second.word == "trăm":
        return PERCENT, second.end, second.end
    if first.word == "điểm" and (
        (found[after + 1 : after + 2] and found[after + 1].text == "%")
        or (second is not None and second.word == "phần")
    ):
        return POINTS, first.end, first.end
    pair = (first.word, second.word if second is not None else "")
    if (first.word in _NO_UNIT and pair not in _NOUNS) or pair == ("đối", "với"):
        return "", end, end
    if first.word == "đ" and [token.word for token in found[after + 1 : after + 3]] == ["/", "c"]:
        return "đồng chí", first.start, first.end
    if first.word in ("đồng", "đ") and pair[1] != "chí":
        return MONEY, first.end, first.end
    if first.word == "bộ" and second is not None and second.word.startswith("hồ"):
        first, second = second, None
        after += 1
        if first.word == "hồ" and after + 1 < len(found):
            second = found[after + 1]
    if first.word in _CLASSIFIERS and second is not None and second.word not in _NO_UNIT:
        first, second = second, None
    parts = first.word.split("_")
    if len(parts) == 1 and second is not None and second.word not in _NO_UNIT and second.start - first.end == 1:
        parts.append(second.word.split("_")[0])
    return " ".join(parts[:2]), first.start, first.end


def _qualifier(found: tuple[Token, ...], index: int) -> str:
    for back in (1, 2):
        if index < back:
            break
        token = found[index - back]
        if token.sort is not Sort.WORD:
            break
        if token.word in _QUALIFIERS:
            if token.word == "trên" and index > back and found[index - back - 1].word in ("tính", "tổng", "cơ", "dựa"):
                return ""
            if token.word == "ngoài" and index > back and found[index - back - 1].word in ("nước", "bên", "và"):
                return ""
            if back == 2 and token.word not in ("khoảng", "gần", "hơn", "ước"):
                break
            return _QUALIFIERS[token.word]
    return ""


def _gap(text: str, left: int, right: int) -> int:
    """Return where the words of the number on the left end and those of the one on the right begin."""
    between = text[left:right]
    strong = [found.end() for found in _CLAUSE_END.finditer(text, left, right)]
    if strong and not text[strong[-1] : right].strip():
        strong.pop()
    if strong:
        return strong[-1]
    comma = between.find(",")
    if comma >= 0:
        return left + comma + 1
    joint = re.search(r"(?<!\w)(?:và|còn|trong đó|gồm|bao gồm|trên tổng|trong tổng)(?!\w)", between)
    return left + joint.start() if joint else right


_CLAUSE_END = re.compile(r"[;:()\[\]\n]|[.!?](?=\s)")


def _words_back(text: str, begin: int, start: int) -> str:
    """Return the words before a number, back to the beginning of its clause."""
    ends = [found.end() for found in _CLAUSE_END.finditer(text, begin, start)]
    # a colon directly before the number belongs to its label: "cắt giảm thời hạn: 135"
    if ends and not text[ends[-1] : start].strip():
        ends.pop()
    return _joined(text[ends[-1] if ends else begin : start])


def _words_on(text: str, start: int, end: int) -> str:
    stop = _CLAUSE_END.search(text, start, end)
    return _joined(text[start : stop.start() if stop else end])


def _joined(piece: str) -> str:
    return " ".join(token.word.replace("_", " ") for token in tokens(piece) if token.sort is not Sort.NUMBER)
