"""Ways in which things are told apart so that nothing is left over: late or on time, done or not, by level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..grammar.vocabulary import words


@dataclass(frozen=True)
class Partition:
    """``classes`` exclude each other; ``whole`` tells which totals they make up (any, where None).

    ``overlap`` says in Vietnamese how one thing can belong to several classes after all; then parts may add up
    to more than their total. ``sure`` where nothing can be in two classes, or in none.
    """

    name: str
    classes: tuple[re.Pattern[str], ...]
    whole: re.Pattern[str] | None = None
    not_whole: re.Pattern[str] | None = None
    overlap: str = ""
    sure: bool = True

    def tells(self, words: str) -> bool:
        """Return whether words name one of the classes: then their number is of one, and not the whole."""
        return _class_of(words, self) is not None


def _partition(
    name: str, *classes: str, whole: str = "", not_whole: str = "", overlap: str = "", sure: bool = True
) -> Partition:
    return Partition(
        name,
        tuple(re.compile(rf"(?<!\w)(?:{named})(?!\w)") for named in classes),
        re.compile(whole) if whole else None,
        re.compile(not_whole) if not_whole else None,
        overlap,
        sure,
    )


LEVELS = _partition(
    "levels",
    "cấp tỉnh|cấp sở|các sở|sở ngành|trung ương|bộ",
    "cấp huyện|ubnd huyện|các huyện|ubnd các huyện",
    "cấp xã|ubnd xã|các xã|ubnd các xã",
    overlap="một mục được giải quyết ở nhiều cấp",
)
PARTITIONS = (
    _partition(
        "timeliness",
        r"(?:trước hạn|đúng hạn|sớm hạn|trước và đúng|đúng và trước|trước , đúng|đúng thời hạn|đúng tiến độ)",
        r"(?:trễ hạn|quá hạn|chậm hạn|trễ hẹn|muộn hạn|chậm tiến độ|chậm muộn|quá thời hạn)",
        whole=r"giải quyết|xử lý|đến hạn|hoàn thành|trả kết quả|trả",
        not_whole=r"tiếp nhận(?!.*(?:giải quyết|xử lý))",
    ),
    _partition(
        "waiting",
        r"(?:chưa đến hạn|trong hạn|còn hạn|còn trong hạn|chưa quá hạn)",
        r"(?:quá hạn|trễ hạn|đã quá hạn|chậm hạn)",
        whole=r"đang|còn lại|chưa|tồn",
    ),
    _partition("passing", r"(?<!không )(?<!chưa )(?:đạt|đạt yêu cầu|đạt chuẩn|đạt chất lượng)", r"(?:không|chưa) đạt"),
    _partition(
        "arrival",
        r"(?:mới|tiếp nhận mới|trong kỳ|phát sinh)",
        r"(?:kỳ trước|năm trước|chuyển sang|chuyển qua|tồn|quý trước|tháng trước)",
    ),
    _partition("channel", r"(?:trực tuyến|qua mạng)", r"(?:trực tiếp|bưu chính)"),
    _partition("sex", r"nam", r"nữ"),
    _partition("place", r"(?:thành thị|đô thị)", r"nông thôn"),
    _partition("origin", r"(?:trong nước|nội địa)", r"(?:quốc tế|nước ngoài|ngoài nước)"),
    _partition("trade", r"xuất khẩu", r"nhập khẩu", whole=r"xuất nhập khẩu|xuất , nhập khẩu"),
    _partition(
        "grades",
        r"(?:hoàn thành xuất sắc|xuất sắc)",
        r"hoàn thành tốt",
        r"(?<!không )hoàn thành(?! xuất sắc| tốt)",
        r"không hoàn thành",
        whole="",
    ),
    _partition("plan", r"(?:theo kế hoạch|định kỳ|thường xuyên)", r"đột xuất"),
    _partition("satisfaction", r"(?<!không )(?<!chưa )hài lòng", r"(?:không|chưa) hài lòng"),
    _partition(
        "progress",
        r"(?:đã (?:\w+ ){0,2}(?:giải quyết|xử lý|hoàn thành|trả lời|thực hiện)|hoàn thành|giải quyết xong|xử lý xong)",
        r"(?:đang|chưa|còn lại|còn) ?(?:\w+ ){0,2}(?:giải quyết|xử lý|hoàn thành|trả lời|thực hiện)?",
    ),
    _partition("patients", r"ngoại trú", r"nội trú", sure=False),
    _partition("exams", r"(?<!không )(?:đỗ|trúng tuyển)", r"(?:trượt|không đỗ|không trúng tuyển)", sure=False),
    _partition(
        "reach",
        r"(?:trong tỉnh|trong huyện)",
        r"(?:ngoài tỉnh|tỉnh ngoài|tỉnh khác|ngoài huyện)",
        r"(?:nước ngoài|ngoài nước|xuất khẩu lao động)",
        sure=False,
    ),
    LEVELS,
)  # fmt: skip


DENIAL = _partition("denial", sure=False)  # what is so, and what is not; the words are those of the text
_NEGATED = re.compile(r"(?<!\w)(?:không|chưa) (?:được )?(\w+)")
_TRIVIAL = words("có phải bị là còn được kể tính")


def partition_of(labels: Sequence[str]) -> Partition | None:
    """Return the partition whose classes the labels stand for, each label for another one; None where there is none."""
    for partition in PARTITIONS:
        taken = [_class_of(label, partition) for label in labels]
        if None not in taken and len(set(taken)) == len(taken) >= 2:
            return partition
    return DENIAL if len(labels) == 2 and (_denies(*labels) or _denies(*labels[::-1])) else None


def _denies(one: str, other: str) -> bool:
    """Return whether one label says that what another says is not so: "tán thành", "không tán thành"."""
    return any(
        re.search(rf"(?<!\w)(?<!không )(?<!chưa ){re.escape(verb)}(?!\w)", other)
        for verb in _NEGATED.findall(one)
        if verb not in _TRIVIAL
    )


def _class_of(label: str, partition: Partition) -> int | None:
    """Return the class that a label names; the one whose words stand nearest to the number, hence last before it."""
    found = [(m.start(), i) for i, words in enumerate(partition.classes) for m in words.finditer(label)]
    if not found:
        return None
    named = {index for _at, index in found}
    return named.pop() if len(named) == 1 else None
