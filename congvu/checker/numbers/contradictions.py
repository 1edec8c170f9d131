"""One quantity that a text states twice with two values."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from congvu.press.manuscript import Manuscript

from ..findings import Finding, Kind
from ..grammar.masks import masked
from ..grammar.passages import ITEM, Passage, passages
from ..grammar.quantities import Quantity, Span
from ..grammar.slips import is_slip, written
from ..grammar.tokens import Sort, sentences, tokens
from ..grammar.units import POINTS, same_unit
from ..grammar.vocabulary import said, words
from .rates import is_growth

_EMPTY = words(
    """đã đang được là có các của trong và trên với cho tại từ đến theo về do bị số tổng này đó nêu qua ra cả để
    mà khi nay như những một việc toàn địa bàn tính ngày năm tháng quý đạt chiếm tỷ lệ gồm thì cũng đều còn
    vào ở nhằm bằng khoảng gần hơn dưới kết quả thực hiện công tác cụ thể hiện rõ nhờ sẽ lại nhận"""
)
_COMPARED = said(
    """cùng kỳ, năm trước, thêm, mỗi, từng, bình quân, trung bình, lần lượt, riêng, còn lại, khác, phấn đấu đạt,
    mục tiêu, lũy kế, luỹ kế, cộng dồn"""
)
# What tells one kind of a thing from another: two numbers of which one alone has such a phrase are of two things.
_KINDS = said(
    """đúng hạn, trước hạn, trễ hạn, quá hạn, chậm hạn, không đạt, chưa, không, mới tiếp nhận, tiếp nhận mới, kỳ
    trước, nam, nữ, trực tuyến, trực tiếp, bưu chính, cấp tỉnh, cấp huyện, cấp xã, các sở, sở ngành, đất đai,
    tư pháp, hộ tịch, nghèo, cận nghèo, toàn trình, một phần, đầu năm, cuối năm, đầu kỳ, cuối kỳ, tái phát,
    phát sinh, thoát, còn lại, hoàn thành, giải quyết xong, đã giải quyết, đang, chuyển, rút, từ chối, đình
    chỉ, nhập khẩu, xuất khẩu, nội địa, quốc tế, khởi tố, chết, bị thương, mất tích, khiếu nại, tố cáo, phản
    ánh, điện tử, bản giấy, thu hồi, xử phạt, nộp, giải ngân, kế hoạch, dự toán, hỗ trợ, vận động, tử vong,
    khỏi bệnh"""
)
_PART = said("trong đó, gồm, riêng")
_EVERYWHERE = said("toàn tỉnh, cả tỉnh, toàn huyện, cả nước, toàn quốc, toàn thành phố")
_AGAIN = said("trong tổng số, trên tổng số, tổng số, như đã nêu, nêu trên, nói trên")
_OF_ALL = words("trung ương chính phủ bộ thủ tướng nhà nước đảng quốc gia chủ tịch nội vụ")
LEAST_SLIP = 100
MOST_EARLIER = 40  # statements of one unit with which a later one is compared
LONGEST_TITLE = 25  # words


@dataclass(frozen=True)
class Statement:
    """A quantity with the words of its clause (``topic``), the ``kinds`` they tell, the names of its sentence and the
    time (day, month or year) that stands nearest.

    ``place`` counts the passages before its own; ``item`` says that it stands in a list, ``alone`` that its sentence
    has no other number of its unit.
    """

    passage: Passage
    quantity: Quantity
    topic: frozenset[str]
    kinds: frozenset[str]
    names: frozenset[str]
    time: str
    place: int
    item: bool
    alone: bool


def find(manuscript: Manuscript) -> Iterator[Finding]:
    found = list(passages(manuscript))
    stated = list(_statements(found))
    told: set[int] = set()
    for earlier, later in (*_titles(manuscript, stated), *_again(stated)):
        if id(later.quantity) not in told:
            told.add(id(later.quantity))
            yield _finding(earlier, later)


def _statements(found: Iterable[Passage]) -> Iterator[Statement]:
    for place, passage in enumerate(found):
        item = bool(ITEM.match(passage.text)) or "\n" in passage.text
        spans = list(sentences(passage.text))
        for quantity in passage.quantities:
            if quantity.unit == POINTS or quantity.value < 2 or (quantity.is_share and is_growth(quantity)):
                continue
            if _COMPARED.search(quantity.before[-60:]):
                continue
            begin, end = next((s for s in spans if s[0] <= quantity.start < s[1]), (0, len(passage.text)))
            told = _told(passage, quantity)
            topic = frozenset(w for w in told.split() if w.isalpha() and w not in _EMPTY)
            kinds = frozenset(_KINDS.findall(told))
            others = (q for q in passage.quantities if q is not quantity and begin <= q.start < end)
            alone = not any(same_unit(q.unit, quantity.unit) for q in others)
            names = _names(passage.text[begin:end])
            time = _time(passage, quantity, begin, end)
            yield Statement(passage, quantity, topic - names, kinds, names, time, place, item, alone)


def _names(sentence: str) -> frozenset[str]:
    inside = [token for token in tokens(sentence) if token.sort is Sort.WORD]
    named = frozenset(t.word for t in inside[1:] if t.text[0].isupper() and not t.text.isupper())
    return named | frozenset(_EVERYWHERE.findall(sentence.lower()))


def _told(passage: Passage, quantity: Quantity) -> str:
    """Return the words of a number's clause; a number alone in brackets is told by the words before them."""
    before = quantity.before
    if not before and quantity.depth:
        outside = passage.text[: quantity.start].rstrip(" (")
        before = " ".join(t.word for t in tokens(re.split(r"[.;:\n]", outside)[-1]))
    return f"{before} {re.split(r'(?:^| ), ', quantity.after)[0]}"


def _time(passage: Passage, quantity: Quantity, begin: int, end: int) -> str:
    """Return the digits of the day, month or year that stands nearest to a number in its sentence."""
    spans = [(a, b) for a, b in masked(passage.text) if begin <= a and b <= end and re.search(r"\d", passage.text[a:b])]
    near = min(spans, key=lambda s: max(s[0] - quantity.end, quantity.start - s[1]), default=None)
    return "/".join(re.findall(r"\d+", passage.text[near[0] : near[1]])) if near else ""


# The title and its text


def _titles(manuscript: Manuscript, stated: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Yield numbers of the title with those that the beginning of the text tells otherwise."""
    head = next(iter(manuscript.paragraphs), None)
    if head is None or len(head.text.split()) > LONGEST_TITLE or head.text.rstrip().endswith((".", ":", ";")):
        return
    for title in (s for s in stated if s.place == 0 and s.quantity.value >= 10):
        body = [s for s in stated if s.place > 0 and same_unit(s.quantity.unit, title.quantity.unit)]
        if any(s.quantity.span.meets(_wide(title.quantity)) for s in stated if s.place > 0):
            continue
        for one in body:
            shared = one.topic & title.topic
            whole = not _PART.search(one.quantity.before)
            first = one is body[0] and one.place == 1
            lead = first and whole and len(shared) >= 2 and _near(one.quantity, title.quantity)
            if lead or (
                _slipped(one.quantity, title.quantity) and len(shared) >= 2 + (title.quantity.value < LEAST_SLIP)
            ):
                yield title, one
                break


def _wide(quantity: Quantity) -> Span:
    """Return what a title may mean: it rounds, and says "hơn" of what is up to a tenth more."""
    span = quantity.span
    return Span(span.low, span.high * 1.1) if quantity.qualifier == "over" else span


# The same thing again


def _again(stated: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Yield pairs that the words, names and times show to be of one thing, told twice in the whole text."""
    buckets: dict[str, deque[Statement]] = defaultdict(lambda: deque(maxlen=MOST_EARLIER))
    for later in stated:
        quantity = later.quantity
        if not quantity.unit or (quantity.whole_of >= 0 and quantity.value < LEAST_SLIP):
            continue
        bucket = buckets[quantity.unit.split()[0]]
        alike = [] if _is_told_denominator(later, bucket) else [s for s in bucket if _same_thing(s, later)]
        # a form that recurs item by item tells of several things
        if len(alike) == 1 and not alike[0].quantity.span.meets(quantity.span):
            yield alike[0], later
        bucket.append(later)


def _is_told_denominator(later: Statement, earlier: Iterable[Statement]) -> bool:
    """Return whether a fraction is of a number that its own paragraph states: "trả 3.487; đúng hạn 3.465/3.487"."""
    return later.quantity.whole_of >= 0 and any(
        one.place == later.place and one.quantity.whole_of < 0 and one.quantity.value == later.quantity.value
        for one in earlier
    )


def _same_thing(earlier: Statement, later: Statement) -> bool:
    one, other = earlier.quantity, later.quantity
    if not same_unit(one.unit, other.unit) or one.part_of >= 0 or other.part_of >= 0:
        return False
    if earlier.place == later.place and one.start > other.start - 40:
        return False
    if other.whole_of >= 0:
        return earlier.place == later.place and one.whole_of < 0 and _slipped(one, other)
    if not (earlier.time == later.time and (earlier.names <= later.names or later.names <= earlier.names)):
        return False
    shared = earlier.topic & later.topic
    slip = _slipped(one, other) and min(one.value, other.value) >= LEAST_SLIP
    if earlier.kinds != later.kinds or not (slip or _near(one, other)):
        return False
    unit = frozenset(one.unit.split())
    names = (earlier.names & later.names) - _OF_ALL
    evidence = len(shared - unit) + (2 if names else 0) + (1 if earlier.time else 0)
    evidence += 2 if _AGAIN.search(other.before) else 0
    alike = len(shared) / max(1, min(len(earlier.topic), len(later.topic)))
    if earlier.item or later.item or earlier.place == later.place:
        return (slip or bool(_AGAIN.search(other.before))) and evidence >= 4 and alike >= 0.8
    if slip:
        return evidence >= 3 and alike >= 0.6
    return bool(names) and earlier.alone and later.alone and evidence >= 4 and alike >= 0.6


def _near(one: Quantity, other: Quantity) -> bool:
    return 0.5 <= one.value / other.value <= 2


def _slipped(one: Quantity, other: Quantity) -> bool:
    if one.step != other.step or one.qualifier or other.qualifier:
        return False
    return is_slip(f"{one.value / one.step:.0f}", f"{other.value / other.step:.0f}")


def _finding(earlier: Statement, later: Statement) -> Finding:
    one, other = earlier.quantity, later.quantity
    line = earlier.passage.locate(one.start, one.end)[0].place(0).line
    mark = "%" if other.is_share else ""
    message = (
        f"Ở dòng {line} ghi {one.text}{mark}, ở đây ghi {other.text}{mark} cho cùng một nội dung;"
        " đúng nếu hai số khác phạm vi hoặc thời điểm."
    )
    computed = written(one.value, one.step) + mark
    span = (other.start, other.end)
    return later.passage.finding(Kind.CONTRADICTION, "likely", span, other.text + mark, computed, message)
