"""Points where Vietnamese writes a decimal comma, or where a group of three digits lacks one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congvu.press.manuscript import Grid, Paragraph

from ..findings import Certainty, Finding, Kind
from .format_numbers import MEASURES, blotted

_SHARE = re.compile(r"(?<![\w.,/])\d{1,3}\.\d{1,2}(?=\s?%)")
_COMMA_SHARE = re.compile(r"(?<![\w.,/])\d{1,3},\d{1,2}(?=\s?%)")
_MEASURED = re.compile(rf"(?:(?<![\w.,/-])|(?<=[^\W\d_]/))\d{{1,3}}\.\d{{1,2}}(?= (?:{MEASURES})(?!\w))")
_THOUSANDS = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\w]|[.,]\d)")
_COMMA_THOUSANDS = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:,\d{3})+(?![\w]|[.,]\d)")
_COMMA_DECIMALS = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})*,\d{1,2}(?![\w]|[.,]\d)")
_CELL = re.compile(r"[1-9]\d{0,2}\.\d{1,2}")


def _finding(paragraph: Paragraph, start: int, end: int, certainty: Certainty, computed: str, message: str) -> Finding:
    return Finding(Kind.FORMAT, certainty, paragraph, start, end, paragraph.text[start:end], computed, message)


def points(paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """Yield the decimals with a point, as far as the rest of the text does not write all of its numbers so."""
    masked = [(paragraph, blotted(paragraph.text)) for paragraph in paragraphs]

    def count(*patterns: re.Pattern[str]) -> int:
        return sum(len(pattern.findall(text)) for _paragraph, text in masked for pattern in patterns)

    commas, shares = count(_COMMA_SHARE), count(_SHARE)
    if commas:
        for paragraph, text in masked:
            yield from _among_commas(paragraph, text, certain=commas >= shares)
    elif shares and (count(_THOUSANDS) or not count(_COMMA_THOUSANDS)):
        yield _first_share(masked, shares)
    if count(_THOUSANDS, _COMMA_DECIMALS) >= count(_MEASURED) + shares:
        for paragraph, text in masked:
            yield from _measures(paragraph, text)


def _among_commas(paragraph: Paragraph, text: str, *, certain: bool) -> Iterator[Finding]:
    for match in _SHARE.finditer(text):
        right = match[0].replace(".", ",")
        yield _finding(
            paragraph, match.start(), match.end(), "certain" if certain else "likely", right,
            f"“{match[0]}” dùng dấu chấm thập phân trong khi các tỷ lệ khác của bài dùng dấu phẩy, đúng ra là “{right}”"
            + ("." if certain else "; chỉ đúng nếu bài chép nguyên số liệu của nguồn khác."),
        )  # fmt: skip


def _first_share(masked: list[tuple[Paragraph, str]], count: int) -> Finding:
    paragraph, match = next((paragraph, match) for paragraph, text in masked if (match := _SHARE.search(text)))
    right = match[0].replace(".", ",")
    several = f" (bài có {count} tỷ lệ viết như vậy)" if count > 1 else ""
    return _finding(
        paragraph, match.start(), match.end(), "likely", right,
        f"“{match[0]}” dùng dấu chấm thập phân{several}; tiếng Việt dùng dấu phẩy: “{right}”. "
        "Chỉ đúng nếu bài chép nguyên số liệu của nguồn khác.",
    )  # fmt: skip


def _measures(paragraph: Paragraph, text: str) -> Iterator[Finding]:
    for match in _MEASURED.finditer(text):
        yield _finding(
            paragraph, match.start(), match.end(), "likely", "",
            f"“{match[0]}” không đúng cách viết số của bài: sau dấu chấm phân cách nghìn phải đủ ba chữ số, "
            "còn số thập phân dùng dấu phẩy. Chỉ đúng nếu bài chép nguyên số liệu của nguồn khác.",
        )  # fmt: skip


def short_groups(grid: Grid) -> Iterator[Finding]:
    """Yield the cells ``4.46`` of columns whose other numbers have points only between groups of three digits."""
    for place in range(max((len(row) for row in grid.rows), default=0)):
        column = [row[place] for row in grid.rows if place < len(row)]
        short = [cell for cell in column if _CELL.fullmatch(cell.text.strip())]
        thousands = sum(_THOUSANDS.fullmatch(cell.text.strip()) is not None for cell in column)
        if not short or len(short) > thousands or any(_COMMA_DECIMALS.search(cell.text) for cell in column):
            continue
        for cell in short:
            start = cell.text.index(cell.text.strip())
            stated = cell.text.strip()
            yield _finding(
                cell, start, start + len(stated), "likely", "",
                f"“{stated}” không đúng cách viết số của cột: sau dấu chấm phân cách nghìn phải đủ ba chữ số; "
                "chỉ đúng nếu ô này không phải là số đếm.",
            )  # fmt: skip
