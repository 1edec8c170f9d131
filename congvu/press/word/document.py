"""DOCX: a report that people go on editing in Word, with real footnotes and every mark a content control."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docx.document import Document as Package
from docx.shared import Mm

from congvu.press import layout
from congvu.press.model import (
    Block,
    Document,
    Footnote,
    Heading,
    Letterhead,
    Mark,
    MarkKind,
    Paragraph,
    Recipients,
    Run,
    Runs,
    Signature,
    Table,
    Text,
    cell_runs,
)
from congvu.press.word.package import add_custom_properties, add_footnotes, empty_package, packed
from congvu.press.word.pieces import control, note, note_reference, text_run
from congvu.press.word.styles import REFERENCE_STYLE, WORD_ALIGN, style_id, styles_element
from congvu.press.word.table import Entry, MarkTable, section_name, stamp, with_table
from congvu.press.word.xml import Element, mm_twips, on, run, twips, w


def to_docx(
    document: Document, sources: Mapping[str, str] | None = None, about: Mapping[str, Any] | None = None
) -> bytes:
    """Return the document as DOCX; the same document gives the same bytes.

    Parameters
    ----------
    sources
        How each mark is computed, by its id. With it the file carries the table of its marks, and can be renewed
        when it comes back (:mod:`congvu.press.word.refresh`).
    about
        What else the table tells of the report; JSON values only.
    """
    package = empty_package(document.meta, styles_element(document.meta.language))
    _set_page(package, document.notice)
    writer = _Writer()
    end = package.element.body.sectPr
    for element in writer.body(document):
        end.addprevious(element)
    add_footnotes(package, writer.notes)
    if sources is not None:
        table = MarkTable(about or {}, tuple(writer.entries(sources)), tuple(writer.sections))
        add_custom_properties(package, with_table(None, table))
    return packed(package)


class _Writer:
    """Elements of one document, in one pass: content controls and notes are numbered as they come."""

    def __init__(self) -> None:
        self.notes: list[Element] = []
        self.sections: list[str] = [""]
        self._marks: list[tuple[str, str, int]] = []
        self._control_ids = itertools.count(1)

    def entries(self, sources: Mapping[str, str]) -> Iterator[Entry]:
        """Yield the marks in reading order as the file's table has them."""
        for mark_id, text, section in self._marks:
            yield Entry(mark_id, sources[mark_id], stamp(text), section)

    def body(self, document: Document) -> Iterator[Element]:
        if document.letterhead is not None:
            # LibreOffice puts a whole empty line before a table that opens the document.
            yield _gap(1)
            yield _letterhead(document.letterhead)
        yield _line("kind_name", document.kind_name)
        yield _line("abstract", document.title)
        yield _rule(layout.TITLE_RULE_MM, layout.TEXT_WIDTH_MM)
        yield _gap(layout.TABLE_GAP_PT)
        signed = document.recipients is not None or document.signature is not None
        last = len(document.blocks) - 1
        for index, block in enumerate(document.blocks):
            # The signature is never alone on a page: the end of the text goes with it.
            yield from self._block(block, keep=signed and index == last)
        if signed:
            yield _gap(layout.SIGNATURE_GAP_PT, keep=True)
            yield _signature(document.recipients, document.signature)
        yield _gap(1)

    def _block(self, block: Block, *, keep: bool) -> Iterator[Element]:
        match block:
            case Heading():
                words = section_name("".join(p.text for p in block.runs if not isinstance(p, Footnote)))
                self.sections += [words] if words else []
                yield self._paragraph(f"heading{block.level}", block.runs, keep=keep)
            case Paragraph():
                yield self._paragraph(block.style, block.runs, keep=keep or block.keep_with_next)
            case Table():
                yield self._table(block, keep=keep)
                yield _gap(layout.TABLE_GAP_PT, keep=keep)

    def _paragraph(self, look: str, runs: Runs, *, keep: bool = False, align: str | None = None) -> Element:
        jc = w("jc", val=WORD_ALIGN[align]) if align else None
        properties = w("pPr", w("pStyle", val=style_id(look)), on("keepNext", keep), jc)
        return w("p", properties, *self._runs(runs))

    def _runs(self, runs: Iterable[Run]) -> Iterator[Element]:
        for piece in runs:
            match piece:
                case Text():
                    yield text_run(piece)
                case Mark():
                    yield from self._control(piece.id, piece.kind, text_run(piece), piece.text)
                case Footnote():
                    yield from self._note(piece)

    def _note(self, piece: Footnote) -> Iterator[Element]:
        number = len(self.notes) + 1
        reference = note_reference(number, REFERENCE_STYLE)
        if piece.mark_id is None:
            yield reference
        else:
            yield from self._control(piece.mark_id, "citation", reference, "")
        self.notes.append(note(number, self._runs(piece.runs), style_id("footnote"), REFERENCE_STYLE))

    def _control(self, mark_id: str, kind: MarkKind, content: Element, text: str) -> tuple[Element, ...]:
        self._marks.append((mark_id, text, len(self.sections) - 1))
        return control(mark_id, kind, next(self._control_ids), (content,))

    def _table(self, table: Table, *, keep: bool) -> Element:
        columns = len(table.header)
        widths = table.widths_mm or (layout.TEXT_WIDTH_MM / columns,) * columns
        aligns = table.align or ("left",) * columns
        head = _row(
            (
                _cell(width, self._paragraph("cell_head", cell_runs(cell)))
                for width, cell in zip(widths, table.header, strict=True)
            ),
            repeats=True,
        )
        rows = []
        for index, row in enumerate(table.rows, start=1):
            stays = keep and index == len(table.rows)
            cells = (
                _cell(width, self._paragraph("cell", cell_runs(cell), keep=stays, align=align))
                for width, align, cell in zip(widths, aligns, row, strict=True)
            )
            rows.append(_row(cells))
        return _grid(widths, (head, *rows), bordered=True)


def _line(look: str, text: str, *, keep: bool = False) -> Element:
    return w("p", w("pPr", w("pStyle", val=style_id(look)), on("keepNext", keep)), run(text))


def _rule(length_mm: float, width_mm: float) -> Element:
    """Return a thin paragraph whose upper border is a line of this length in the middle of this width."""
    side = mm_twips((width_mm - length_mm) / 2)
    return w(
        "p",
        w(
            "pPr",
            w("pStyle", val=style_id("rule")),
            w("pBdr", w("top", val="single", sz=round(layout.RULE_PT * 8), space=1, color="000000")),
            w("spacing", before=twips(2), after=0, line=twips(4), lineRule="exact"),
            w("ind", left=side, right=side),
        ),
    )


def _gap(height_pt: float, *, keep: bool = False) -> Element:
    """Return an empty line: two tables in a row would become one, and Word wants one after the last."""
    spacing = w("spacing", before=0, after=0, line=twips(height_pt), lineRule="exact")
    return w("p", w("pPr", w("pStyle", val=style_id("rule")), on("keepNext", keep), spacing))


def _letterhead(head: Letterhead) -> Element:
    left, right = layout.AGENCY_WIDTH_MM, layout.STATE_WIDTH_MM
    agency = [_line("agency", head.agency), _rule(layout.AGENCY_RULE_MM, left)]
    if head.parent_agency:
        agency.insert(0, _line("parent_agency", head.parent_agency))
    state = [
        _line("state_name", layout.STATE_NAME),
        _line("motto", layout.MOTTO),
        _rule(layout.MOTTO_RULE_MM, right),
    ]
    names = _row((_cell(left, *agency), _cell(right, *state)))
    numbers = (
        _cell(left, _line("number", head.number)),
        _cell(right, _line("place_and_date", head.place_and_date)),
    )
    return _grid((left, right), (names, _row(numbers)), bordered=False)


def _signature(recipients: Recipients | None, signature: Signature | None) -> Element:
    left = [_line("recipients_head", layout.RECIPIENTS_HEAD)] if recipients else [_gap(1)]
    left += [_line("recipients", line) for line in recipients.lines] if recipients else []
    right = [_line("authority", line) for line in signature.authority_lines] if signature else [_gap(1)]
    if signature:
        signer = _line("signer", signature.name or "")
        signer[0].append(w("spacing", before=mm_twips(layout.SIGNATURE_SPACE_MM)))
        right.append(signer)
    widths = (layout.RECIPIENTS_WIDTH_MM, layout.SIGNER_WIDTH_MM)
    return _grid(widths, (_row((_cell(widths[0], *left), _cell(widths[1], *right))),), bordered=False)


def _grid(widths_mm: tuple[float, ...], rows: Iterable[Element], *, bordered: bool) -> Element:
    # Widths stand on the grid and on every cell: LibreOffice reads the one, Word the other.
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="000000") for side in sides))
    padding = mm_twips(layout.CELL_PADDING_MM) if bordered else 0
    margins = (w(side, w=padding, type="dxa") for side in ("left", "right"))
    properties = w(
        "tblPr",
        w("tblW", w=mm_twips(sum(widths_mm)), type="dxa"),
        w("jc", val="center"),
        borders if bordered else None,
        w("tblLayout", type="fixed"),
        w("tblCellMar", *margins),
    )
    grid = w("tblGrid", *(w("gridCol", w=mm_twips(width)) for width in widths_mm))
    return w("tbl", properties, grid, *rows)


def _row(cells: Iterable[Element], *, repeats: bool = False) -> Element:
    return w("tr", w("trPr", w("cantSplit"), on("tblHeader", repeats)), *cells)


def _cell(width_mm: float, *paragraphs: Element) -> Element:
    return w("tc", w("tcPr", w("tcW", w=mm_twips(width_mm), type="dxa")), *paragraphs)


def _set_page(package: Package, notice: str | None) -> None:
    section = package.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE_WIDTH_MM), Mm(layout.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(layout.MARGIN_TOP_MM), Mm(layout.MARGIN_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.MARGIN_LEFT_MM), Mm(layout.MARGIN_RIGHT_MM)
    section.header_distance = section.footer_distance = Mm(layout.HEADER_MM)
    section.different_first_page_header_footer = True
    _fill(section.first_page_header.part.element, [])
    _fill(section.header.part.element, [_page_number()])
    for footer in (section.footer, section.first_page_footer):
        _fill(footer.part.element, [_line("notice", notice)] if notice else [])


def _fill(element: Element, paragraphs: list[Element]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(paragraphs or [w("p")])


def _page_number() -> Element:
    field = w("fldSimple", run("2"), instr=" PAGE ")
    return w("p", w("pPr", w("pStyle", val=style_id("page_number"))), field)
