"""What report.typ reads: the document as plain data, and which pieces stay on one page.

Typst can hold a block on the page of the next ("sticky"), but a footnote of either is then sometimes left on the
page before its number. So what belongs together is one block that does not break. Headings get room for the
first lines of what follows, never more than those take, and carry the notes of those lines: then all of it moves
to the next page, or none.
"""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, Final

from congvu.press import layout
from congvu.press.layout import LOOKS
from congvu.press.model import (
    Block,
    Document,
    Footnote,
    Heading,
    Meta,
    Paragraph,
    Run,
    Runs,
    Table,
    cell_runs,
)

Piece = dict[str, Any]

LETTER_EM: Final = 0.48  # of the font, on average
WHOLE_LINES_MAX: Final = 24  # half a page: what is longer may break, or it would leave a hole or run off the page
ROWS_WITH_SIGNATURE: Final = 2
FIRST_LINES: Final = 2
ROW_FIRST_LINES_MAX: Final = 6
SHORT_LINES_MAX: Final = 4  # a paragraph that goes whole with its heading
EARLY_LINES: Final = 1.5  # so far into a paragraph a note stands in its first two lines, however it is set
RECIPIENTS_WHOLE_MAX: Final = 40  # lines at 11 pt


def template_input(document: Document) -> dict[str, Any]:
    """Return the data for report.typ: looks and measures, then the words in order."""
    body, ending = _body_and_ending(document)
    recipients = document.recipients.lines if document.recipients else None
    return {
        "looks": {key: asdict(look) for key, look in LOOKS.items()},
        "measures": _measures(),
        "meta": _meta(document.meta),
        "notice": document.notice,
        "letterhead": document.letterhead and asdict(document.letterhead),
        "kind_name": document.kind_name,
        "title": document.title,
        "body": body,
        "ending": ending,
        "ending_breaks": len(recipients or ()) > RECIPIENTS_WHOLE_MAX,
        "recipients": recipients,
        "signature": document.signature and asdict(document.signature),
    }


def _measures() -> dict[str, float | str]:
    lengths = {name.lower(): value for name, value in vars(layout).items() if name.endswith(("_MM", "_PT", "_EM"))}
    return lengths | {
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


def _body_and_ending(document: Document) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces up to the last ones, and those that stand on the page of the signature."""
    pieces = [_piece(block) for block in document.blocks]
    if document.recipients is None and document.signature is None:
        return list(_grouped(pieces)), []
    ending = _cut_ending(pieces)
    while ending and pieces and pieces[-1]["keeps"] and _fits([pieces[-1], *ending]):
        ending.insert(0, pieces.pop())
    return list(_grouped(pieces)), ending


def _cut_ending(pieces: list[Piece]) -> list[Piece]:
    """Take the last piece off, or the last rows of a table; nothing when it is too long to stay whole."""
    if not pieces:
        return []
    last = pieces.pop()
    if last["is"] == "table" and len(last["rows"]) > ROWS_WITH_SIGNATURE:
        rows = last["rows"]
        last = _table_piece(last, rows[-ROWS_WITH_SIGNATURE:]) | {"continued": True}
        pieces.append(_table_piece(last, rows[:-ROWS_WITH_SIGNATURE]) | {"continued": False, "continues": True})
    if _fits([last]):
        return [last]
    pieces.append(last | {"sticky": True})
    return []


def _grouped(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces that stay with what follows them as one, with room for its first lines and with their notes."""
    keys = (f"early-{number}" for number in itertools.count(1))
    kept: list[Piece] = []
    for piece in pieces:
        if kept and not (piece["keeps"] and _fits([*kept, piece])):
            if piece["is"] == "paragraph" and piece["lines"] <= SHORT_LINES_MAX:
                yield _kept([*kept, piece])
                kept = []
                continue
            early, later = _early_notes(piece, keys)
            yield _kept(kept, room_pt=kept[-1]["after_pt"] + piece["first_pt"], early=early)
            kept, piece = [], later
        if piece["keeps"] and _fits([piece]):
            kept.append(piece)
        else:
            yield piece
    if kept:
        yield _kept(kept)


def _kept(pieces: list[Piece], *, room_pt: float = 0, early: Iterable[Piece] = ()) -> Piece:
    return {"is": "kept", "items": pieces, "room_pt": room_pt, "early": list(early)}


def _early_notes(piece: Piece, keys: Iterator[str]) -> tuple[list[dict[str, Any]], Piece]:
    """Return the notes that surely belong to a paragraph's first lines, and the paragraph that refers to them."""
    if piece["is"] == "table":
        return [], piece
    early, runs, letters = [], [], 0
    for run in piece["runs"]:
        if "note" not in run:
            letters += len(run["text"])
        elif letters < EARLY_LINES * _letters_a_line(LOOKS["body"].size_pt, layout.TEXT_WIDTH_MM):
            key = next(keys)
            early.append(run | {"key": key})
            run = {"again": key}
        runs.append(run)
    return early, piece | {"runs": runs}


def _fits(pieces: Iterable[Piece]) -> bool:
    lines: int = sum(piece["lines"] for piece in pieces)
    return lines <= WHOLE_LINES_MAX


def _piece(block: Block) -> Piece:
    match block:
        case Heading():
            return {"is": "heading", "level": block.level} | _words(f"heading{block.level}", block.runs, keeps=True)
        case Paragraph():
            keeps = block.keep_with_next or LOOKS[block.style].keep_with_next
            return {"is": "paragraph", "style": block.style} | _words(block.style, block.runs, keeps=keeps)
        case Table():
            return _table(block)


def _words(look: str, runs: Runs, *, keeps: bool) -> Piece:
    lines = _lines(runs, LOOKS[look].size_pt, layout.TEXT_WIDTH_MM)
    first_pt = min(lines, FIRST_LINES) * _line_pt(look)
    return {
        "runs": _runs(runs),
        "keeps": keeps,
        "sticky": False,
        "lines": lines,
        "first_pt": first_pt,
        "after_pt": LOOKS[look].after_pt,
    }


def _table(table: Table) -> Piece:
    columns = len(table.header)
    widths = table.widths_mm or (layout.TEXT_WIDTH_MM / columns,) * columns
    rows = [_row([cell_runs(cell) for cell in row], widths) for row in table.rows]
    header = _row([cell_runs(cell) for cell in table.header], widths)
    frame = {
        "is": "table",
        "keeps": False,
        "continues": False,
        "continued": False,
        "sticky": False,
        "widths_mm": widths,
        "align": table.align or ("left",) * columns,
        "header": header,
    }
    return _table_piece(frame, rows)


def _table_piece(frame: Piece, rows: list[Piece]) -> Piece:
    """Return the table with these rows; its header and the first row, or its beginning, need ``first_pt``."""
    lines = sum(row["lines"] for row in rows)
    first = (frame["header"], *rows[:1])
    first_pt = sum(min(row["lines"], ROW_FIRST_LINES_MAX) for row in first) * _line_pt("cell") + 8 * len(first)
    return frame | {"rows": rows, "lines": lines, "first_pt": first_pt}


def _row(cells: list[Runs], widths_mm: tuple[float, ...]) -> Piece:
    inner = (width - 2 * layout.CELL_PADDING_MM for width in widths_mm)
    lines = max(_lines(cell, LOOKS["cell"].size_pt, width) for cell, width in zip(cells, inner, strict=True))
    return {"cells": [_runs(cell) for cell in cells], "lines": lines, "breaks": lines > WHOLE_LINES_MAX}


def _line_pt(look: str) -> float:
    return LOOKS[look].size_pt * layout.SINGLE_LINE_EM * LOOKS[look].line


def _letters_a_line(size_pt: float, width_mm: float) -> float:
    return max(1.0, width_mm / 25.4 * 72 / (size_pt * LETTER_EM))


def _lines(runs: Runs, size_pt: float, width_mm: float) -> int:
    words = "".join(run.text for run in runs if not isinstance(run, Footnote))
    return sum(math.ceil(len(part) / _letters_a_line(size_pt, width_mm)) or 1 for part in words.split("\n"))


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [_run(run) for run in runs]


def _run(run: Run) -> dict[str, Any]:
    if isinstance(run, Footnote):
        return {"note": _runs(run.runs)}
    return {"text": run.text, "bold": run.bold, "italic": run.italic}
