"""PDF/A: the same document for reading and keeping, set with the vendored font only."""

import json
from functools import cache
from pathlib import Path
from typing import Final

import typst

from congvu.press.glyphs import refuse_unprintable
from congvu.press.model import Document
from congvu.press.pdf_pieces import template_input

HERE: Final = Path(__file__).parent
# 2a rather than 3b: it asks for the tags that a screen reader needs, and the report carries no attachments.
STANDARD: Final = "a-2a"


def to_pdf(document: Document) -> bytes:
    """Return the document as tagged PDF/A-2a; the same document gives the same bytes.

    Raises
    ------
    UnprintableText
        A letter stands in the document that the font cannot show.
    """
    refuse_unprintable(document)
    compiler = typst.Compiler(
        HERE / "report.typ",
        root=HERE,
        font_paths=_fonts(),
        sys_inputs={"document": json.dumps(template_input(document))},
    )
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=[STANDARD],
        timestamp=int(document.meta.created_utc.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
