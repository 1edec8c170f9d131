"""Ways in which things are told apart so that nothing is left over: late or on time, done or not, by level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Partition:
    """``classes`` exclude each other; ``whole`` tells which totals they make up (any, where None).

    ``overlap`` says in Vietnamese how one thing can belong to several classes after all; then parts may add up
    to more than their total.
    """

    name: str
    classes: tuple[re.Pattern[str], ...]
    whole: re.Pattern[str] | None = None
    not_whole: re.Pattern[str] | None = None
    overlap: str = ""


def _partition(name: str, *classes: str, whole: str = "", not_whole: str = "", overlap: str = "") -> Partition:
    return Partition(
        name,
        tuple(re.compile(rf"(?<!\w)(?:{words})(?!\w)") for words in classes),
        re.compile(whole) if whole else None,
        re.compile(not_whole) if not_whole else None,
        overlap,
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
    LEVELS,
)  # fmt: skip


def partition_of(labels: Sequence[str]) -> Partition | None:
    """Return the partition whose classes the labels stand for, each label for another one; None where there is none."""
    for partition in PARTITIONS:
        taken = [_class_of(label, partition) for label in labels]
        if None not in taken and len(set(taken)) == len(taken) >= 2:
            return partition
    return None


def _class_of(label: str, partition: Partition) -> int | None:
    """Return the class that a label names; the one whose words stand nearest to the number, hence last before it."""
    found = [(m.start(), i) for i, words in enumerate(partition.classes) for m in words.finditer(label)]
    if not found:
        return None
    named = {index for _at, index in found}
    return named.pop() if len(named) == 1 else None
