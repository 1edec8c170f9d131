"""What numbers count: when two units are of one thing, and when one is a kind of the other."""

from __future__ import annotations

from typing import Final

from .vocabulary import words

PERCENT: Final = "%"
POINTS: Final = "điểm %"
MONEY: Final = "đồng"

# Nouns of one syllable: what follows them describes, and makes no other thing of them ("hộ nghèo", "hộ toàn tỉnh").
_SHORT: Final = words(
    """hộ người xã huyện tỉnh vụ cuộc đơn lớp lượt đoàn ca mẫu tin bài con cái chiếc ngôi nhà trường sở phòng tổ
    đội bộ tấn ha km m việc thôn bản ấp buổi ý suất phiếu giờ cây quả kg lít cháu em trẻ ban ngành hội chi
    đảng vị giải"""
)
# Kinds that a text may add up under the name of the whole: 891 viên chức = 172 người + …
_FAMILIES: Final = tuple(
    frozenset(name.strip() for name in family.split(","))
    for family in (
        "người, viên chức, công chức, cán bộ, nam, nữ, lao động, học sinh, sinh viên, thí sinh, đảng viên, giáo "
        "viên, cbcc, chuyên viên, cá nhân, đại biểu, bác sĩ, đối tượng, đồng chí, ca, bệnh nhân, bị can, bị cáo, "
        "đoàn viên, hội viên, cấp ủy, nhân viên, cử tri",
        "văn bản, quyết định, kế hoạch, công văn, thông báo, chỉ thị, báo cáo, tờ trình, nghị quyết, hướng dẫn, "
        "công điện, chương trình, quy chế, quy định, giấy mời",
        "cơ quan, đơn vị, địa phương, sở, ban, ngành, huyện, xã, phường, thị trấn, thành phố, ubnd, trường, "
        "phòng, chi cục, tổ chức, thị xã, quận, điểm",
        "hồ sơ, trường hợp, bộ, thủ tục",
        "đơn, đơn thư, vụ, vụ việc, việc, khiếu nại, tố cáo, kiến nghị, phản ánh",
        "lượt, phản ánh, ý kiến, kiến nghị, cuộc gọi",
        "doanh nghiệp, công ty, hợp tác, hộ kinh, cơ sở",
        "tin, bài, phóng sự, chuyên mục",
    )
)


def same_unit(one: str, other: str) -> bool:
    """Return whether two units may count the same things; a missing unit may be any count."""
    if one == other:
        return True
    if {one, other} & {PERCENT, POINTS, MONEY}:
        return False
    if not one or not other:
        return True
    left, right = one.split(), other.split()
    return left[0] == right[0] and (left[0] in _SHORT or len(left) == 1 or len(right) == 1)


def of_kind(part: str, whole: str) -> bool:
    """Return whether things of the unit ``part`` may be added up under the unit ``whole``."""
    return same_unit(part, whole) or any(_in(part, family) and _in(whole, family) for family in _FAMILIES)


def _in(unit: str, family: frozenset[str]) -> bool:
    return unit in family or unit.split(" ")[0] in family
