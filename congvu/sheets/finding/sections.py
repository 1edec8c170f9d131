"""Rows that head a group of rows, and how such groups lie within each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from congvu.kernel.text import fold
from congvu.sheets.shapes import shape

from .lines import Line

_ROMAN = re.compile(r"(?=[IVXL])(?:X{0,3})(?:IX|IV|V?I{0,3})")
_NUMERAL = re.compile(
    r"^\(?(?:([IVXL]+)|([A-HĐ])|(\d{1,2}(?:\.\d{1,2})*)|([a-hđ]))\s*[.)\-:/]+\s+(?=\S)|^([IVXL]+)\s+(?=\S)"
)
_LEAD = re.compile(
    r"^(?:lĩnh vực|đơn vị|cơ quan|nhóm|phòng ban|khối)\s*:\s*|^lĩnh vực\s+(?=\S)"
    r"|^(?:phần|mục|nhóm)\s+(?:[IVXL]+|\d+|[A-H])\s*[.:\-]\s*",
    re.IGNORECASE,
)


@dataclass
class Sections:
    """The groups that are open, outermost first, by the style of their numerals."""

    open: list[tuple[str, str]] = field(default_factory=list)

    def enter(self, style: str, text: str) -> str:
        """Open a group; return its text after those of the groups around it."""
        styles = [known for known, _ in self.open]
        if style in styles:
            del self.open[styles.index(style) :]
        self.open.append((style, text))
        return " / ".join(text for _, text in self.open)


def section_of(line: Line) -> tuple[str, str] | None:
    """Return style and text of a line that heads a group of rows, None if it is none.

    Such a line has one text, perhaps after a numeral in a cell of its own, perhaps with the number of its rows.
    """
    texts = [(text, cell) for text, cell in zip(line.texts, line.cells, strict=True)]
    numeral = ""
    if len(texts) > 1 and (style := _style(texts[0][0])):
        numeral = style
        texts = texts[1:]
    text = texts[0][0]
    if not isinstance(texts[0][1], str) or not any(map(str.isalpha, text)) or shape(text) != "text":
        return None
    if any(shape(cell) != "number" for _text, cell in texts[1:]):
        return None
    found = _NUMERAL.match(text)
    if found and not numeral:
        roman, capital, arabic, small, bare = found.groups()
        numeral = _style(roman or capital or arabic or small or bare) or "text"
    stripped = _LEAD.sub("", text[found.end() :] if found else text).strip()
    return numeral or "text", re.sub(r"\s*[:(]\s*\d+\s*(?:hồ sơ|thủ tục|văn bản|tthc)?\)?\s*$", "", stripped) or text


def _style(text: str) -> str:
    """Return the kind of a numeral, "" if it is none."""
    bare = text.strip("().-: ")
    if _ROMAN.fullmatch(bare):
        return "roman"
    if len(bare) == 1 and bare.isalpha():
        return "capital" if bare.isupper() else "small"
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*", bare):
        return f"arabic{bare.count('.')}"
    return ""


def is_numbered(text: str) -> bool:
    """Return whether a text begins with a numeral of its own, as a group's heading does."""
    return bool(_NUMERAL.match(text) or _LEAD.match(text) or fold(text).startswith("linh vuc"))


def has_numeral(line: Line) -> bool:
    """Return whether a line is a roman numeral or a capital letter, and a text in the next cell."""
    return (
        len(line.texts) == 2 and _style(line.texts[0]) in {"roman", "capital"} and line.filled[1] <= line.filled[0] + 2
    )
