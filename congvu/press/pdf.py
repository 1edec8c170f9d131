"""PDF/A: the same document for reading and keeping, set with the vendored font only."""

import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from congvu.press import layout
from congvu.press.glyphs import refuse_unprintable
from congvu.press.model import (
    Block,
    Cell,
    Document,
    Footnote,
    Heading,
    Meta,
    Paragraph,
    Run,
    Runs,
    Table,
    block_runs,
    cell_runs,
)

HERE: Final = Path(__file__).parent
# 2a rather than 3b: it asks for the tags that a screen reader needs, and the report carries no attachments.
STANDARD: Final = "a-2a"
ROWS_WITH_SIGNATURE: Final = 2
KEPT_WHOLE_MAX: Final = (
    1500  # letters, about a third of a page: more may break even when it stays with the next
)


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
        sys_inputs={"document": json.dumps(_document(document))},
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


def _document(document: Document) -> dict[str, Any]:
    """Return what report.typ reads."""
    return {
        "looks": {key: asdict(look) for key, look in layout.LOOKS.items()},
        "measures": _measures(),
        "meta": _meta(document.meta),
        "notice": document.notice,
        "letterhead": document.letterhead and asdict(document.letterhead),
        "kind_name": document.kind_name,
        "title": document.title,
        "blocks": list(_blocks(document)),
        "recipients": document.recipients and document.recipients.lines,
        "signature": document.signature and asdict(document.signature),
    }


def _measures() -> dict[str, float | str]:
    return {
        name.lower(): value for name, value in vars(layout).items() if name.endswith(("_MM", "_PT", "_EM"))
    } | {
        "state_name": layout.STATE_NAME,
        "motto": layout.MOTTO,
        "recipients_head": layout.RECIPIENTS_HEAD,
    }


def _meta(meta: Meta) -> dict[str, Any]:
    language, _, region = meta.language.partition("-")
    described = {
        "title": meta.title,
        "author": meta.author,
        "subject": meta.subject,
        "keywords": meta.keywords,
    }
    return described | {"language": language, "region": region or None}


def _blocks(document: Document) -> Iterator[dict[str, Any]]:
    """Yield the blocks; the last goes with the signature, which is never alone on a page."""
    signed = document.recipients is not None or document.signature is not None
    if not signed or not document.blocks:
        yield from _body(document.blocks)
        return
    *before, last = document.blocks
    yield from _body(before)
    if isinstance(last, Table) and len(last.rows) > ROWS_WITH_SIGNATURE:
        # A whole table that has to stay with what follows would not break over pages: only its last rows do.
        yield _table(last, last.rows[:-ROWS_WITH_SIGNATURE]) | {"continues": True}
        yield _table(last, last.rows[-ROWS_WITH_SIGNATURE:]) | {"continued": True, "keep": True}
    else:
        yield _block(last) | {"keep": True}


def _body(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    for are_headings, group in itertools.groupby(blocks, key=lambda block: isinstance(block, Heading)):
        placed = list(group)
        if are_headings and any(isinstance(run, Footnote) for block in placed for run in block_runs(block)):
            yield {"is": "headings", "items": [_block(block) for block in placed]}
        else:
            yield from map(_block, placed)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", "level": block.level, "runs": _runs(block.runs)}
        case Paragraph():
            length = sum(len(run.text) for run in block.runs if not isinstance(run, Footnote))
            return {
                "is": "paragraph",
                "style": block.style,
                "keep": block.keep_with_next,
                "whole": length <= KEPT_WHOLE_MAX,
                "runs": _runs(block.runs),
            }
        case Table():
            return _table(block, block.rows)


def _table(table: Table, rows: tuple[tuple[Cell, ...], ...]) -> dict[str, Any]:
    columns = len(table.header)
    return {
        "is": "table",
        "keep": False,
        "continues": False,
        "continued": False,
        "widths_mm": table.widths_mm or (layout.TEXT_WIDTH_MM / columns,) * columns,
        "align": table.align or ("left",) * columns,
        "header": [_runs(cell_runs(cell)) for cell in table.header],
        "rows": [[_runs(cell_runs(cell)) for cell in row] for row in rows],
    }


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [_run(run) for run in runs]


def _run(run: Run) -> dict[str, Any]:
    if isinstance(run, Footnote):
        return {"note": _runs(run.runs)}
    return {"text": run.text, "bold": run.bold, "italic": run.italic}
