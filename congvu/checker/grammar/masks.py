"""Numbers that count nothing: dates, document numbers, labels, ranks, scores, times, ranges, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .citation_forms import citation_spans
from .date_forms import COUNTED, date_spans

LABELS = (
    "điều|khoản|điểm|mục|phần|chương|tiết|phụ lục|biểu|bảng|hình|mẫu|mức độ|mức|cấp độ|loại|hạng|khối|cấp|đợt|khóa|khoá"
    "|kỳ họp|phiên họp|lần|thứ|vị trí|quý|tuần|tháng|ngày|năm|năm học|thế kỷ|nhiệm kỳ|giai đoạn|quốc lộ|tỉnh lộ|số nhà"
    "|tổ|thôn|ấp|xóm|khu phố|tổ dân phố|phường|quận|lô|đại hội|iso|tcvn|qcvn|phiên bản|windows|covid|chỉ thị|nghị quyết"
    "|nghị định|thông tư|quyết định|công văn|kết luận|luật|mã số|mã|mũi|xếp|xếp hạng|đứng|đứng thứ|xếp thứ|top|tốp"
    "|trang"
)
_LABELLED = re.compile(
    rf"(?<!\w)(?:{LABELS})(?: số| thứ)?:?\s+\d{{1,4}}(?:\.\d{{1,2}}(?!\d))*[a-zđ]?(?![\d.,/]*\d|\w)"
    rf"(?!\s*(?:{COUNTED}))"
    rf"(?:\s*(?:,|và|hoặc|đến|[-–])\s*\d{{1,2}}(?![\d.,/]*\d|\w)(?!\s*(?:{COUNTED}|[-–])))*",
    re.IGNORECASE,
)

_PLAIN = [
    # addresses of the web
    r"(?:https?://|www\.)\S+",
    r"(?<!\w)[Ss]ố:?\s*\d{1,5}(?:/\d{2,4})?(?=\s*(?:ngày|,\s*ngày))",
    r"(?:văn bản|công văn|mẫu|biểu|phiếu|nhà|hiệu|đợt|tổ|phòng|lô|thửa|cửa|quầy|bàn|điện thoại|tài khoản) số \d+",
    # spans of time that name a period: "6 tháng đầu năm", "09 tháng", "5 năm 2016-2020", "trong 3 năm"
    r"(?<![\d.,/])\d{1,2}\s+(?:tháng|quý|tuần|ngày)\s+(?:đầu|cuối|qua|gần|liên|của năm|năm)",
    r"(?<![\d.,/])\d{1,2}\s+(?:tháng)(?=\s*(?:,|\.|;|\)|:|/))",
    r"(?i:covid)\s*-?\s*19",
    # times of day
    r"(?<![\d.,])\d{1,2}\s?(?:h|giờ|g)\s?\d{0,2}(?!\w)(?=\s*(?:phút|ngày|sáng|chiều|tối|,|\.|;|-|–|\)|đến))",
    r"(?<![\d.,])\d{1,2}:\d{2}(?!\d)",
    r"(?<!\d)24/(?:24|7)(?:/\d+)?",
    # ranks and scores: 12/63 tỉnh, thành; 8,5/10 điểm
    r"(?:xếp|đứng|thứ|vị trí|hạng)\s+(?:[\w]+\s+){0,3}?\d{1,3}/\d{1,3}",
    r"\d+(?:,\d+)?/\d+(?:,\d+)?\s*(?:điểm)",
    # telephone numbers and other long codes
    r"(?<![\d.,])0\d{2,3}[\s.]?\d{3}[\s.]?\d{3,4}(?![\d.,])",
    r"(?<![\d.,])(?:1[89]00|18\d{2})[\s.]?\d{2,4}[\s.]?\d{0,4}(?![\d.,])(?=\s*(?:\)|,|\.|;|để|hoặc))",
    # laws' places: "Điều 5", and numbers that head a line or an item: "1.", "2.1.", "(3)", "a)"
    r"^\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2}){1,3})(?=\s)",
    r"(?<=[;:.,] )\(?\d{1,2}\)(?=\s)",
    r"\(\d{1,2}\)(?=\s*\w)",
    # rates per so many: "trên 1.000 dân", "/100.000 dân"
    r"(?:/|trên|mỗi|từng)\s*(?:1\.000|10\.000|100\.000|100|1\.000\.000)\s+(?:dân|người|trẻ|trẻ đẻ sống|hồ sơ|ca|lượt)",
]  # fmt: skip
_MASKS = tuple(re.compile(pattern, re.MULTILINE) for pattern in _PLAIN)
_RANGE = re.compile(
    r"(?<![\w.,/])\d+(?:[.,]\d+)*\s*%?\s*[-–]\s*\d+(?:[.,]\d+)*(?=\s*[%\w(])(?!/)"
    r"|(?<!\w)(?:từ|Từ)\s+\d+(?:[.,]\d+)*\s*%?\s*(?:đến|tới)\s*(?:dưới\s*)?\d+(?:[.,]\d+)*"
)


@lru_cache(maxsize=4_000)
def masked(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of ``text`` whose digits count nothing, in order and without overlap."""
    spans = sorted(_spans(text))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for day in date_spans(text):
        yield day.start, day.end
    for document in citation_spans(text):
        yield document.start, document.end
    for mask in _MASKS:
        for found in mask.finditer(text):
            yield found.span()
    for label in _LABELLED.finditer(text):
        yield label.span()


@lru_cache(maxsize=4_000)
def ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans in which two numbers bound a range (``5-10 ngày``)."""
    return tuple(found.span() for found in _RANGE.finditer(text))
