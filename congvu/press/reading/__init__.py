"""Reads a file of any writer into a :class:`~congvu.press.manuscript.Manuscript`, by what it holds, not by its name."""

from __future__ import annotations

from typing import Final

from congvu.press.manuscript import Manuscript

from .docx import read_docx
from .pdf import read_pdf
from .refusals import ManuscriptNotReadable, for_empty, for_too_large, refuse_foreign
from .text import read_text

__all__ = ["FILE_MAX_BYTES", "ManuscriptNotReadable", "read_manuscript", "read_text"]

FILE_MAX_BYTES: Final = 100_000_000
_PDF_HEAD: Final = 1024  # readers of PDF allow other bytes before the signature, up to here


def read_manuscript(data: bytes, name: str) -> Manuscript:
    """Return the text of a DOCX, a PDF or a text file; ``name`` only says in a refusal which file it was.

    Raises
    ------
    ManuscriptNotReadable
        The file is empty, broken, locked, a picture, of another kind, or too large.
    DocxNotReadable
        It is a zip that holds no readable DOCX.
    """
    if not data:
        raise for_empty(name)
    if len(data) > FILE_MAX_BYTES:
        raise for_too_large(name, FILE_MAX_BYTES)
    if b"%PDF-" in data[:_PDF_HEAD]:
        return read_pdf(data, name)
    if data.startswith(b"PK"):
        return read_docx(data, name)
    refuse_foreign(data, name)
    return read_text(data, name)
