"""PDF files: lines as they stand on the pages, joined again to the paragraphs that were broken into them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from ctypes import c_double
from math import hypot
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from congvu.press.manuscript import Manuscript
from congvu.press.model import SUPERSCRIPTS

from .lines import LINES_MAX, TEXT_MAX_CHARS, clean
from .pdf_lines import Fragment, Line, lines_of
from .pdf_paragraphs import manuscript_of
from .refusals import ManuscriptNotReadable, for_broken, for_password, for_scan, for_too_long

_PAGES_MAX: Final = 3_000
_RAISED_SIZE: Final = 0.85  # a raised digit is smaller than this part of its neighbour
_RAISED_BY: Final = 0.1  # and stands higher by this part of its size
_DIGITS: Final = frozenset("0123456789")
_TWO_HALVES: Final = re.compile("[\U00010000-\U0010ffff]")
_HYPHENS: Final = "\ufffe\x02"  # what PDFium gives for a hyphen at the end of a line, which it joins to the next
_BREAK: Final = re.compile(f"[\r\n{_HYPHENS}]")
_PDFIUM: Final = threading.Lock()  # PDFium may be used by one thread at a time


def read_pdf(data: bytes, name: str) -> Manuscript:
    """Return the text of a PDF: places have pages, notes at the foot are notes, running heads are left out.

    Tables come as plain lines.

    Raises
    ------
    ManuscriptNotReadable
        The file is broken, locked, too long, or has pictures of text only.
    """
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _why(error, name) from error
        try:
            pages = _pages(document, name)
        except pypdfium2.PdfiumError as error:
            raise for_broken(name, "PDF") from error
        finally:
            document.close()
    if not any(pages):
        raise for_scan(name)
    blank = sum(not page for page in pages)
    remarks = (f"Có {blank} trang không có chữ (bản quét hoặc hình), không được kiểm tra.",) if blank else ()
    return manuscript_of(pages, remarks)


def _why(error: pypdfium2.PdfiumError, name: str) -> ManuscriptNotReadable:
    locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
    return for_password(name) if locked else for_broken(name, "PDF")


def _pages(document: pypdfium2.PdfDocument, name: str) -> list[list[Line]]:
    if len(document) > _PAGES_MAX:
        raise for_too_long(name)
    pages, length, lines = [], 0, 0
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        pages.append(lines_of(_fragments(words), number + 1, page.get_height()))
        length += sum(len(line.text) for line in pages[-1])
        lines += len(pages[-1])
        words.close()
        page.close()
        if length > TEXT_MAX_CHARS or lines > LINES_MAX:
            raise for_too_long(name)
    return pages


def _fragments(page: pypdfium2.PdfTextPage) -> Iterator[Fragment]:
    """Yield the stretches of a page's text that stand on one line, in the file's order."""
    # indexes count in halves of UTF-16: what takes two of them must stay two
    text = _TWO_HALVES.sub("\ufffd\ufffd", page.get_text_range(errors="replace"))
    start = 0
    for found in _BREAK.finditer(text):
        yield from _fragment(page, text[start : found.start()], start, hyphen=found[0] in _HYPHENS)
        start = found.end()
    yield from _fragment(page, text[start:], start, hyphen=False)


def _fragment(page: pypdfium2.PdfTextPage, words: str, start: int, *, hyphen: bool) -> Iterator[Fragment]:
    if not words.strip():
        return
    first = _char(page, start + len(words) - len(words.lstrip()))
    last = _char(page, start + len(words.rstrip()) - 1)
    letters = [at for at, char in enumerate(words) if char.isalpha()]
    main = _char(page, start + letters[len(letters) // 2]) if letters else first
    size, baseline = _size(page, main), _origin(page, main)
    raised = _with_raised_digits(page, words, start, size, baseline) if letters else words
    left, right = page.get_charbox(first, loose=True)[0], page.get_charbox(last, loose=True)[2]
    yield Fragment(clean(raised) + ("-" if hyphen else ""), left, right, baseline, size, hyphen)


def _with_raised_digits(page: pypdfium2.PdfTextPage, words: str, start: int, size: float, baseline: float) -> str:
    """Return the words with their small raised digits (references to notes) as superscripts."""
    chars = list(words)
    for at, char in enumerate(words):
        if char in _DIGITS:
            index = _char(page, start + at)
            if _size(page, index) < _RAISED_SIZE * size and _origin(page, index) > baseline + _RAISED_BY * size:
                chars[at] = char.translate(SUPERSCRIPTS)
    return "".join(chars)


def _char(page: pypdfium2.PdfTextPage, text_index: int) -> int:
    return max(int(pdfium.FPDFText_GetCharIndexFromTextIndex(page, text_index)), 0)


def _size(page: pypdfium2.PdfTextPage, index: int) -> float:
    """Return the size in points as printed: some programs write size 1 and scale it."""
    matrix = pdfium.FS_MATRIX()
    scale = hypot(matrix.b, matrix.d) if pdfium.FPDFText_GetMatrix(page, index, matrix) else 1.0
    return float(pdfium.FPDFText_GetFontSize(page, index)) * (scale or 1.0)


def _origin(page: pypdfium2.PdfTextPage, index: int) -> float:
    """Return the height of the character's baseline, in points from the page's foot."""
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(page, index, x, y)
    return y.value
