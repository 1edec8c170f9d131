"""What tells that shares named together make up one whole, and how far off their total can then be an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..grammar.quantities import Quantity
from ..grammar.vocabulary import said
from .list_forms import NUMBERS_IN_WORDS
from .partitions import PARTITIONS, Partition, partition_of


@dataclass(frozen=True, slots=True)
class Told:
    """``low`` to ``high``: the totals that can hardly be anything but an error; ``why`` else they would be right."""

    low: float
    high: float
    why: str


_UNTOLD = "Đúng nếu còn phần chưa nêu, hoặc các tỷ lệ không cùng một tổng."
_THIRD = "Đúng nếu còn phần thứ ba, hoặc hai tỷ lệ không cùng một tổng."

_REST = said("còn lại")
_OTHERS = said("khác", at="end", gap=2)
_STRUCTURE = said(
    """cơ cấu, phân chia, chia theo, chia ra, chia thành, được chia, phân theo, phân loại, xếp loại, phân bố, phân bổ"""
)
_COMPRISING = said("gồm, bao gồm")
_NUMBER_OF_WAYS = re.compile(
    rf"(?<!\w)(?P<count>\d{{1,2}}|{'|'.join(NUMBERS_IN_WORDS)}) "
    r"(?:cách|nhóm|hình thức|phương thức|loại|hạng|mức|khu vực|nguồn|kênh|bậc|dạng)(?: (?!chỉ|tiêu)\w+){0,3}\s*:",
    re.IGNORECASE,
)
# Rates: how far each thing has come, when, or under what aim; they are parts of nothing.
_RATES = said(
    """đạt, hoàn thành, bằng, giải ngân, tiến độ, từ, lên, xuống, năm, quý, tháng, kế hoạch, mục tiêu, lãi suất,
    thuế suất, chỉ tiêu, dự toán, bình quân, so với, phấn đấu, lấp đầy, che phủ"""
)
_SEVERAL = said(
    """nhiều ý, nhiều lựa chọn, nhiều đáp án, nhiều phương án, nhiều câu trả lời, nhiều nội dung, nhiều nguyên nhân,
    nhiều mục, hơn một, trùng nhau"""
)
_AS_FOLLOWS = re.compile(r"(?<!\w)như sau(?!\w)")
_SOME = said(
    """như, tiêu biểu, nhất là, cao nhất, thấp nhất, nhiều nhất, trong khi, bình quân, so với, trong đó, riêng,
    chủ yếu, một số, đáng chú ý"""
)
# One person is several of these.
_OVERLAPPING = said(
    """nữ, trẻ, trẻ tuổi, đảng viên, ngoài đảng, dân tộc thiểu số, tôn giáo, tái cử, tự ứng cử, lần đầu, kết hợp,
    khuyết tật, hộ nghèo, lý luận chính trị, tin học, ngoại ngữ"""
)
_ITS_WHOLE = re.compile(
    r"^\s*(?:tổng|trong|số|của|trên|kim ngạch|dân số|diện tích|sản lượng|giá trị)(?!\w)(?: \w+){0,5}"
)
_OPEN_END = re.compile(r"\s*%?[^\n.;]{0,60}?(?:\.\.\.|…|v\.v)")
_PART = said("chiếm, cơ cấu, tỷ trọng")

_SCALES = tuple(
    tuple(re.compile(rf"(?<!\w)(?:{grade})(?!\w)") for grade in scale)
    for scale in (
        # the lowest grade stands last
        (r"rất hài lòng", r"(?<!rất )(?<!chưa )(?<!không )hài lòng", r"bình thường", r"(?:chưa|không) hài lòng"),
        (r"(?<!hoàn thành )xuất sắc", r"giỏi", r"(?<!hoàn thành )tốt", r"khá", r"trung bình", r"yếu|kém"),
        (
            r"hoàn thành xuất sắc", r"hoàn thành tốt", r"(?<!không )(?<!chưa )hoàn thành(?! xuất sắc| tốt)",
            r"(?:không|chưa) hoàn thành",
        ),
    )
)  # fmt: skip
_TWO_SCALES = said("hạnh kiểm, rèn luyện, phẩm chất")
_ALWAYS_ONE_WHOLE = ("timeliness", "waiting", "passing", "satisfaction", "progress")
_NOTHING_THIRD = ("sex", "place")
_NEGATION = re.compile(r"(?<!\w)(?:không|chưa) (\w+(?: \w+)?)\W*(?:\w+\W*){0,2}$")


# Two sides of one thing


def of_two(left: Quantity, right: Quantity, lead: str) -> Told | None:
    """Return what two neighbouring shares tell, where they are the two sides of one thing; ``low`` to 100 is open."""
    partition = _partition(left, right)
    if partition is None:
        return Told(95, 200, _THIRD) if _denied(left.before, right.before) and not _two_wholes((left, right)) else None
    if partition.name in _ALWAYS_ONE_WHOLE:
        return Told(98, 200, _THIRD)
    parts = any(_PART.search(q.before) for q in (left, right)) or _PART.search(lead)
    if not parts or any(_RATES.search(q.before) for q in (left, right)) or _two_wholes((left, right)):
        return None
    return Told(50 if partition.name in _NOTHING_THIRD else 98, 200, _THIRD)


def _partition(left: Quantity, right: Quantity) -> Partition | None:
    found = partition_of([left.before, right.before]) or partition_of([left.words, right.words])
    return found if found is not None and len(found.classes) == 2 and found in PARTITIONS else None


def _denied(left: str, right: str) -> bool:
    """Return whether the second denies the first: "đồng ý … không đồng ý"."""
    found = _NEGATION.search(right.lower())
    return found is not None and bool(
        re.search(rf"(?<!\w)(?<!không )(?<!chưa ){re.escape(found[1])}(?!\w)", left.lower())
    )


# Parts of one whole


def of_all(group: Sequence[Quantity], lead: str, text: str) -> Told | None:
    """Return what tells that all of ``group`` make up one whole; None where nothing does.

    ``lead`` is the sentence before the first share, ``text`` the passage.
    """
    labels = _labels(group, lead, text)
    if _SEVERAL.search(text) or any(map(_SOME.search, labels)) or _two_wholes(group):
        return None
    if _SOME.search(_AS_FOLLOWS.sub("", lead)) or _OPEN_END.match(text, group[-1].end):
        return None
    last = group[-1]
    if _REST.search(labels[-1]) or _REST.match(last.after):
        return Told(75, 125, _UNTOLD)
    if any(map(_RATES.search, labels)):
        return _of_scale(group, text)
    if (ways := _NUMBER_OF_WAYS.search(lead)) and _number(ways["count"]) == len(group):
        return Told(60, 200, _UNTOLD)
    if _OVERLAPPING.search(lead) or any(map(_OVERLAPPING.search, [*labels, last.after])):
        return None
    structure = _STRUCTURE.search(lead)
    if _OTHERS.search(last.before) and (structure or len(group) >= 3):
        return Told(60, 200, _UNTOLD)
    if len(group) < 3:
        return None
    if structure:
        return Told(85, 130, _UNTOLD)
    return _of_scale(group, text) or (Told(85, 115, _UNTOLD) if _COMPRISING.search(lead) else None)


def without_lowest(group: Sequence[Quantity]) -> bool:
    """Return whether the shares are grades of one scale of which the lowest is left out."""
    for scale in _SCALES:
        grades = [_grades(share, scale) for share in group]
        if all(grades) and not any(len(scale) - 1 in named for named in grades):
            return True
    return False


def of_rates(group: Sequence[Quantity], lead: str, text: str) -> bool:
    """Return whether any of the shares tells how far something has come, or under what aim."""
    return any(map(_RATES.search, _labels(group, lead, text)))


def _labels(group: Sequence[Quantity], lead: str, text: str) -> list[str]:
    """Return all that stands before each share, back to the one before; of what stands before the first, the end."""
    first = " ".join(lead.split()[-4:])
    return [first, *(text[left.end : right.start] for left, right in pairwise(group))]


def _number(word: str) -> int:
    return NUMBERS_IN_WORDS.get(word.lower()) or int(word)


def _of_scale(group: Sequence[Quantity], text: str) -> Told | None:
    """Return what grades of one scale tell, each named once: with the lowest named, nothing is left out."""
    if len(group) < 3 or _TWO_SCALES.search(text):
        return None
    for scale in _SCALES:
        grades = [_grades(share, scale) for share in group]
        if all(len(named) == 1 for named in grades) and len({named[0] for named in grades}) == len(group):
            lowest = any(named[0] == len(scale) - 1 for named in grades)
            return Told(80 if lowest else 100, 150, _UNTOLD)
    return None


def _grades(share: Quantity, scale: Sequence[re.Pattern[str]]) -> list[int]:
    for words in (share.before, share.after):
        found = [index for index, grade in enumerate(scale) if grade.search(words.lower())]
        if found:
            return found
    return []


def _two_wholes(group: Sequence[Quantity]) -> bool:
    """Return whether the shares name wholes of their own that differ: "% tổng số lao động", "% số lãnh đạo"."""
    named = {found[0].strip().lower() for q in group if (found := _ITS_WHOLE.match(q.after))}
    return len(named) > 1
