"""The numbers of documents as texts cite them: ``501/UBND-NC``, ``61/2018/NĐ-CP``, ``101-QĐ/TW``, ``42/2019/QH14``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .date_forms import DateSpan, date_spans
from .letters import LOWER, UPPER

KIND_WORDS = (
    "Thông tư liên tịch", "Văn bản hợp nhất", "Thông báo kết luận", "Nghị quyết liên tịch", "Hiến pháp", "Bộ luật",
    "Luật", "Pháp lệnh", "Lệnh", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Quy chế", "Quy định",
    "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo",
    "Biên bản", "Tờ trình", "Hợp đồng", "Công văn", "Công điện", "Kết luận", "Giấy mời", "Giấy phép", "Văn bản",
)  # fmt: skip

_NAME = {word.lower(): word for word in KIND_WORDS}
_SHORT_KINDS = {"QĐ": "Quyết định", "NQ": "Nghị quyết", "NĐ": "Nghị định", "CV": "Công văn", "KH": "Kế hoạch"}
_LOWER_IN_SYMBOL = rf"[{UPPER}][{UPPER}\d&]*(?:[{LOWER}]{{1,2}}(?![{LOWER}])[{UPPER}\d&]*)?"
_SYMBOL = rf"{_LOWER_IN_SYMBOL}(?:(?:\s?-\s?(?=[{UPPER}]{{2}})|[-/.]){_LOWER_IN_SYMBOL}){{0,6}}"
_TAIL = rf"(?![{UPPER}{LOWER}\d])"
_NUMBER = re.compile(
    rf"(?<![\w/.,&-])(?P<number>\d{{1,6}}[a-hđ]?)"
    rf"(?:\s?/\s?(?P<symbol>{_SYMBOL}){_TAIL}"
    rf"|/(?P<year>\d{{4}})[/-](?P<normative>{_SYMBOL}){_TAIL}"
    rf"|-(?P<party>[{UPPER}]{{1,5}}[{LOWER}]?/[{UPPER}]{{1,3}}[{LOWER}{UPPER}]{{0,8}}){_TAIL})"
)
_KIND_BEFORE = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(KIND_WORDS)}|QĐ|NQ|NĐ|CV|KH)(?P<numbered>\s?[Ss]ố\s?:?|\s?:)?\s{{0,2}}$", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?<!\w)[Ss]ố\s?:?\s{0,2}$")
_DATED = re.compile(r"^\s?,?\s?\(?\s?(?:ban hành |ký )?(?:ngày\s{1,2})?$")
_BARE_DATED = re.compile(r"^,?\s?\(?$")
_ISSUED = re.compile(
    rf"^\s?\)?,?\s?(?:của|do) (?P<issuer>[{UPPER}{LOWER}][^,;.:()“”\"]{{1,80}}?)"
    r"(?=\s(?:về|V/v|v/v|ban hành|quy định|phê duyệt|hướng dẫn|sửa đổi|công bố|triển khai|"
    r"thực hiện|đã|tại|giai đoạn|nhằm|để|quán triệt)\b"
    r"|\svà (?:Nghị|Quyết|Kế|Chỉ|Thông|Công|Luật|các|một|những)"
    r"|[,;.:()“”\"]|\s?$)"
)
_PLACE = re.compile(
    rf"^ (?P<place>(?:tỉnh|huyện|quận|xã|phường|thị xã|thị trấn|thành phố|TP\.?)(?: [{UPPER}][{LOWER}]*){{1,4}})"
)
_WINDOW = 40


@dataclass(frozen=True, slots=True)
class Citation:
    """A document number in a text.

    ``start`` and ``end`` bound the number itself. ``year`` is the part of the number, None without one.
    ``kind`` is the word directly before it, ``numbered`` whether "số" stands between; ``issuer`` the words after
    "của". ``dated`` is the span of the date that follows directly.
    """

    start: int
    end: int
    written: str
    number: str
    year: int | None
    symbol: str
    party: bool
    kind: str | None = None
    numbered: bool = False
    dated: DateSpan | None = None
    issuer: str | None = None

    @property
    def day(self) -> date | None:
        return self.dated.first if self.dated is not None else None

    @property
    def head(self) -> str:
        """The first part of the symbol, in which most numbers state the kind: ``QĐ`` of ``QĐ-UBND``."""
        return re.split(r"[-/.]", self.symbol, maxsplit=1)[0]

    @property
    def rest(self) -> str:
        """The symbol without its first part: the issuer's of ``QĐ-UBND``."""
        return self.symbol[len(self.head) + 1 :]


def parse_number(written: str) -> Citation | None:
    """Return the number that is the whole of ``written``, None where it is none.

    >>> parse_number("61/2018/NĐ-CP").year
    2018
    """
    match = _NUMBER.match(written)
    return _read(match) if match is not None and match.end() == len(written) else None


def _read(match: re.Match[str]) -> Citation:
    symbol = match["symbol"] or match["normative"] or match["party"]
    return Citation(
        start=match.start(),
        end=match.end(),
        written=match[0],
        number=match["number"].lstrip("0") or "0",
        year=int(match["year"]) if match["year"] else None,
        symbol=re.sub(r"\s", "", symbol),
        party=match["party"] is not None,
    )


def _citations(text: str) -> Iterator[Citation]:
    spans: tuple[DateSpan, ...] | None = None
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        kind = _KIND_BEFORE.search(before)
        numbered = _NUMBERED.search(before) is not None
        bare = _read(match)
        if not (kind or numbered or _certainly_a_number(bare)):
            continue
        if spans is None:
            spans = date_spans(text)
        dated = _date_after(text, bare.end, spans)
        name = kind["kind"] if kind else None
        yield Citation(
            bare.start,
            bare.end,
            bare.written,
            bare.number,
            bare.year,
            bare.symbol,
            bare.party,
            kind=_SHORT_KINDS.get(name) or _NAME.get(name.lower()) if name else None,
            numbered=numbered,
            dated=dated,
            issuer=_issuer(text, bare, dated),
        )


def _issuer(text: str, bare: Citation, dated: DateSpan | None) -> str | None:
    place = _PLACE.match(text[bare.end :][: 2 * _WINDOW])
    if place is not None and bare.symbol.endswith(("UBND", "HĐND")):
        return f"{bare.symbol[-4:]} {place['place']}"
    issued = _ISSUED.match(text[dated.end if dated else bare.end :][: 3 * _WINDOW])
    return issued["issuer"].strip() if issued else None


def _certainly_a_number(citation: Citation) -> bool:
    """Whether a number without kind word and "số" is one: ``653/QĐ-UBND`` is, ``12/KH`` may be twelve of a plan."""
    if citation.year is not None or citation.party:
        return True
    parts = re.split(r"[-/.]", citation.symbol)
    return "-" in citation.symbol and len(parts) > 1 and all(sum(c.isupper() for c in part) > 0 for part in parts)


def _date_after(text: str, end: int, spans: tuple[DateSpan, ...]) -> DateSpan | None:
    for span in spans:
        if end <= span.start <= end + _WINDOW:
            between = text[end : span.start]
            if span.form == "day" and _DATED.match(between):
                return span if "ngày" in between or _BARE_DATED.match(between.strip()) else None
            return None
    return None


@lru_cache(maxsize=4_000)
def citation_spans(text: str) -> tuple[Citation, ...]:
    """Return the documents that ``text`` cites by number, in order, with the offsets of their numbers.

    >>> [(c.kind, c.written, c.day.isoformat()) for c in citation_spans("Quyết định số 653/QĐ-UBND ngày 02/6/2022")]
    [('Quyết định', '653/QĐ-UBND', '2022-06-02')]
    """
    return tuple(_citations(text))
