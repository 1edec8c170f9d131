"""Counts that differ from the list that follows them: "06 sở: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from congvu.press.manuscript import Manuscript

from .findings import Certainty, Finding, Kind
from .letters import UPPER
from .passages import Passage, passages

_NUMBERS_IN_WORDS = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
# Places carry one name each; the names of departments hold commas and "và" of their own.
_PLACES = (
    r"huyện(?:, (?:thị xã, )?(?:thành phố|thị xã))?|UBND (?:các )?(?:huyện|xã)(?:, (?:thành phố|thị trấn))?"
    r"|xã(?:, (?:phường|thị trấn)(?:, (?:phường|thị trấn))?)?|phường|thị trấn|thành phố|tỉnh(?:, thành phố)?"
    r"|địa phương|quận(?:, huyện)?|thôn|ấp|bản"
)
_OFFICES = (
    r"sở(?:, (?:ban, )?ngành)?|ban|ngành|cơ quan|đơn vị|phòng|trường|doanh nghiệp|công ty|bệnh viện|tổ chức|chi cục"
    r"|trung tâm"
)
_ABSTRACT = (
    r"nội dung|nhóm(?: \w+){0,3}|giải pháp|nhiệm vụ(?: \w+){0,3}|tiêu chí|bước|vấn đề|lĩnh vực|nguyên nhân|hạn chế"
    r"|tồn tại|mục tiêu|kiến nghị|mô hình|sáng kiến|điểm|yêu cầu|nguyên tắc|đề xuất|chuyên đề|đề án|chương trình"
)
_COUNTED = re.compile(
    rf"(?<![\w.,/-])(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS_IN_WORDS)})\s+"
    rf"(?:(?P<place>{_PLACES})|(?P<office>{_OFFICES})|(?P<abstract>{_ABSTRACT}))(?P<more>(?: [^\W\d]+){{0,7}}?)"
    r"\s*(?:,\s*)?(?P<opener>:|\((?:gồm|bao gồm|đó là|là)?:?|(?:bao )?gồm(?: có| các)?:?"
    r"|là:|sau(?: đây)?:|như sau:|đó là:?)\s*",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\.\.\.|…|v\.v|(?<!\w)(?:như|tiêu biểu|điển hình|nhất là|trong đó|đặc biệt|ví dụ|chủ yếu|vân vân|kể cả|cả"
    r"|tập trung|thuộc|không)(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^(?:(?:và|các|UBND|Sở|Ban|Công an|Thanh tra|Văn phòng|Chi cục|Trung tâm|Phòng|huyện|xã|phường|thị trấn|thị xã"
    rf"|thành phố|tỉnh|TP\.?|TX\.?|TT\.?|quận|tp|thôn|bản)\s+)*[{UPPER}]"
)
# Names of departments that hold a comma or "và" of their own (sources: laws on the bodies of provinces, 2014 to 2025).
_ONE_NAME = re.compile(
    r"Lao động\s*[,-–]\s*(?:Thương binh và Xã hội|TB\s?(?:&|và)\s?XH|TBXH)|Khoa học và Công nghệ"
    r"|Thông tin và Truyền thông|Giáo dục và Đào tạo|Tài nguyên và Môi trường|Kế hoạch và Đầu tư"
    r"|Nông nghiệp và (?:Phát triển nông thôn|PTNT|Môi trường)|Văn h(?:óa|oá)\s*,\s*Thể thao(?: và Du lịch)?"
    r"|Văn h(?:óa|oá) và Thể thao|Dân tộc và Tôn giáo|Quy hoạch\s*[,-–]\s*Kiến trúc|Kinh tế và Hạ tầng"
    r"|Tài chính\s*[,-–]\s*Kế hoạch|Văn h(?:óa|oá) và Thông tin|Hội đồng nhân dân và Ủy ban nhân dân|HĐND và UBND"
    r"|Phòng cháy\s*,\s*chữa cháy và cứu nạn\s*,\s*cứu hộ|Bà Rịa\s*[,-–]\s*Vũng Tàu",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<!\w)(?:quận|phường|tổ|khu phố|thôn|ấp|Q\.|P\.)\s*\d+", re.IGNORECASE)
_DETAIL = re.compile(r"\([^()]*\)")
_NEXT_GROUP = re.compile(rf"[;,]?\s*(?:và\s+)?\d{{1,3}}\s+(?:{_PLACES}|{_OFFICES}|[^\W\d]+(?: [^\W\d]+){{0,3}}\s*[:(])")
_ITEM_NUMBER = re.compile(r"\((\d{1,2})\)")
_BULLET = re.compile(r"\s*(?:[-–+•*]\s|\d{1,2}[.)]\s|[a-zđ]\)\s)")


@dataclass(frozen=True, slots=True)
class Listed:
    """How many names follow a count: at least and at most, by where commas and "và" may belong to a name."""

    fewest: int
    most: int
    names: tuple[str, ...]


_WORD = rf"[{UPPER}][^\W\d]*"
_PLACE_NAME = rf"(?:TP\.? ?|Bà Rịa ?[-–] ?)?{_WORD}(?:[ -]{_WORD}){{0,3}}"
_BARE = re.compile(
    rf"(?<![\w.,/-])(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS_IN_WORDS)})\s+"
    r"(?P<place>tỉnh(?:, thành phố)?|huyện(?:, thành phố)?|xã|phường|quận|thị trấn)"
    rf"(?P<more>)\s+(?:là )?(?P<names>{_PLACE_NAME}(?:, {_PLACE_NAME})* và {_PLACE_NAME})(?![\w]|,? [{UPPER}])"
)


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for passage in passages(manuscript):
        for bare in _BARE.finditer(passage.text):
            number = len(re.split(r", | và ", bare["names"]))
            if number != _count(bare) > 1:
                yield _reported(passage, bare, _count(bare), number, "certain")
        for counted in _COUNTED.finditer(passage.text):
            finding = _judged(passage, counted)
            if finding is not None:
                yield finding


def _count(counted: re.Match[str]) -> int:
    word = counted["count"].lower()
    return _NUMBERS_IN_WORDS.get(word) or int(word)


def _judged(passage: Passage, counted: re.Match[str]) -> Finding | None:
    count = _count(counted)
    if count < 2 or _OPEN.search(counted["more"]):
        return None
    if counted["abstract"]:
        found = _enumerated(passage.text, counted.end())
        return _reported(passage, counted, count, found, "likely") if found not in (None, count) else None
    segment = _segment(passage.text, counted.end(), counted["opener"].startswith("("))
    listed = _names(segment, exact=bool(counted["place"]))
    if listed is None or listed.fewest <= count <= listed.most:
        return None
    number = listed.most if count > listed.most else listed.fewest
    sure = (
        listed.fewest == listed.most
        and bool(counted["place"])
        and (";" in segment or "," in segment)
        and "(" not in segment
    )
    return _reported(passage, counted, count, number, "certain" if sure else "likely")


def _segment(text: str, start: int, bracketed: bool) -> str:
    """Return the list's words: to the closing bracket, the end of the sentence or line, or the next counted group."""
    depth, end = 0, len(text)
    for at in range(start, len(text)):
        character = text[at]
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
            if depth < 0:
                end = at
                break
        elif character == "\n" or (
            character == "." and text[at + 1 : at + 2].isspace() and text[at + 2 : at + 3].isupper()
        ):
            if not (character == "." and re.search(r"(?:TP|TX|TT|Q|P)$", text[start:at])):
                end = at
                break
        elif depth == 0 and character in ";," and _NEXT_GROUP.match(text, at):
            end = at
            break
    return text[start:end].strip().rstrip(".;,/ ")


def _names(segment: str, *, exact: bool) -> Listed | None:
    """Return how many names a list holds; None where it is open or no list of names."""
    if not segment or _OPEN.search(segment):
        return None
    plain = _NUMBERED.sub("Tên", _ONE_NAME.sub("Tên", _DETAIL.sub("", segment)))
    if re.search(r"\d", plain) or ":" in plain:
        return None
    if ";" in plain:
        items = [item.strip() for item in plain.split(";") if item.strip()]
        pieces = [piece for item in items for piece in _pieces(item)]
        fewest, most = len(items), len(pieces)
    else:
        items = _pieces(plain)
        most = len(items)
        fewest = most if exact else len(_whole_names(plain))
    if len(items) < 2 or sum(bool(_NAME.match(item)) for item in items) < len(items) or max(map(len, items)) > 70:
        return None
    return Listed(min(fewest, most), most, tuple(items))


def _pieces(text: str) -> list[str]:
    """Split at every comma, and at "và" before a capital."""
    return [
        piece.strip()
        for piece in re.split(rf",\s*(?:và\s+)?|\s+và\s+(?=[{UPPER}]|huyện|xã|thành phố|thị|phường|UBND|Sở)", text)
        if piece.strip()
    ]


def _whole_names(text: str) -> list[str]:
    """Split as little as the words allow: "A, B và C" may be the one name of a department."""
    merged: list[str] = []
    for item in re.split(r",\s*", text):
        if merged and " và " in item and " và " not in merged[-1]:
            merged[-1] += ", " + item
        else:
            merged.append(item)
    return merged


def _enumerated(text: str, start: int) -> int | None:
    """Return how many numbered or bulleted items follow; None where they are not counted surely."""
    end = text.find("\n", start)
    here = text[start : end if end >= 0 else len(text)]
    numbers = [int(found[1]) for found in _ITEM_NUMBER.finditer(here)]
    if numbers:
        return len(numbers) if numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1 else None
    if here.strip() or end < 0:
        return None
    lines = text[end + 1 :].split("\n")
    first = _BULLET.match(lines[0])
    if first is None:
        return None
    shape = re.sub(r"\w", "1", first[0].strip())
    items = [line for line in lines if (found := _BULLET.match(line)) and re.sub(r"\w", "1", found[0].strip()) == shape]
    return len(items) if len(items) > 1 and len(items) == len(lines) else None


def _reported(
    passage: Passage, counted: re.Match[str], count: int, number: int | None, certainty: Certainty
) -> Finding:
    message = f"Ghi {counted['count']} nhưng danh sách kèm theo có {number:02d}."
    if certainty == "likely":
        message += " Đúng nếu danh sách không kể hết hoặc có tên gồm nhiều phần."
    return passage.finding(
        Kind.LIST_COUNT,
        certainty,
        (counted.start("count"), counted.end("more")),
        f"{count:02d}",
        f"{number:02d}",
        message,
    )
