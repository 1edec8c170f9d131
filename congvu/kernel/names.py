"""Lists of agencies as a report writes them: grouped, counted, each named without its group's word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from congvu.kernel.format import format_count_in_text
from congvu.kernel.text import vn_sort_key

_GROUPS = (
    ("sở", re.compile(r"^Sở (.+)$")),
    ("huyện", re.compile(r"^(?:UBND|Ủy ban nhân dân) huyện (.+)$")),
    ("thành phố", re.compile(r"^(?:UBND|Ủy ban nhân dân) thành phố (.+)$")),
    ("thị xã", re.compile(r"^(?:UBND|Ủy ban nhân dân) thị xã (.+)$")),
    ("xã", re.compile(r"^(?:UBND|Ủy ban nhân dân) xã (.+)$")),
    ("phường", re.compile(r"^(?:UBND|Ủy ban nhân dân) phường (.+)$")),
    ("thị trấn", re.compile(r"^(?:UBND|Ủy ban nhân dân) thị trấn (.+)$")),
)
_OTHER = "cơ quan khác"


def grouped(names: Iterable[str]) -> str:
    """Return ``06 sở: …; …; 03 huyện: …``, groups and names in the order that people expect.

    >>> grouped(["Sở Y tế", "UBND huyện Hà Quảng", "Sở Công Thương"])
    '02 sở: Công Thương; Y tế; 01 huyện: Hà Quảng'
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        for group, pattern in _GROUPS:
            if found := pattern.match(name):
                groups.setdefault(group, []).append(found[1])
                break
        else:
            groups.setdefault(_OTHER, []).append(name)
    order = [group for group, _pattern in _GROUPS] + [_OTHER]
    return "; ".join(
        f"{format_count_in_text(len(groups[group]))} {group}: {'; '.join(sorted(groups[group], key=vn_sort_key))}"
        for group in order
        if group in groups
    )
