"""How findings are named to people."""

from __future__ import annotations

from typing import Final

from congvu.press.manuscript import Place

from .findings import Certainty, Finding, Kind

CERTAINTIES: Final[tuple[Certainty, ...]] = ("certain", "likely")
CERTAINTY_NAMES: Final[dict[Certainty, str]] = {"certain": "Chắc chắn sai", "likely": "Cần xem lại"}
CERTAINTY_SIGNS: Final[dict[Certainty, str]] = {"certain": "✗", "likely": "?"}
KIND_NAMES: Final = {
    Kind.SUM: "Tổng và các phần",
    Kind.SHARE: "Tỷ lệ",
    Kind.CONTRADICTION: "Số liệu mâu thuẫn",
    Kind.LIST_COUNT: "Số đếm và danh sách",
    Kind.SHARES_TOTAL: "Tổng các tỷ lệ",
    Kind.DATE: "Ngày, thời kỳ",
    Kind.CITATION: "Văn bản viện dẫn",
    Kind.FOOTNOTE: "Chú thích",
    Kind.ABBREVIATION: "Chữ viết tắt",
    Kind.FORMAT: "Cách viết",
}
NOTHING: Final = "Không thấy chỗ nào không khớp. Điều không so được trong chính văn bản thì không kiểm tra được."


def place_words(place: Place) -> str:
    """Return where something stands, as a reader of that file finds it: by page, paragraph or line, and note."""
    if place.page is not None:
        where = f"trang {place.page}"
    elif place.paragraph is not None:
        where = f"đoạn {place.paragraph}"
    else:
        where = f"dòng {place.line}"
    return where if place.footnote is None else f"{where}, chú thích {place.footnote}"


def ordered(findings: list[Finding]) -> list[Finding]:
    """Return the findings as they are listed and numbered: the certain ones first, each kind in the text's order."""
    return [finding for certainty in CERTAINTIES for finding in findings if finding.certainty == certainty]


def counts(findings: list[Finding]) -> str:
    """Return one sentence with how many there are of each certainty."""
    certain = sum(finding.certainty == "certain" for finding in findings)
    return f"Có {certain} chỗ chắc chắn sai, {len(findings) - certain} chỗ cần xem lại."
