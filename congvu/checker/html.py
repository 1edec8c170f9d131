"""The result of a check as HTML: the parts that pages use, and a whole page for a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from markupsafe import Markup

from .marked import Marked, MarkedGrid, MarkedParagraph, Numbered, Piece
from .output import quoted
from .wording import CERTAINTIES, CERTAINTY_NAMES, CERTAINTY_SIGNS, KIND_NAMES, NOTHING, counts, place_words

STYLES: Final = Path(__file__).parent / "static" / "css" / "checked.css"
_NOTHING: Final = Markup()


def findings_html(checked: Marked) -> Markup:
    """Return the list of findings, the certain ones first; each leads to its place in :func:`text_html`."""
    found = [numbered.finding for numbered in checked.findings]
    head = Markup('<p class="counts"><strong>{}</strong></p>').format(counts(found) if found else NOTHING)
    remarks = _joined(Markup("<li>{}</li>").format(remark) for remark in checked.remarks)
    told = Markup('<ul class="remarks">{}</ul>').format(remarks) if remarks else _NOTHING
    return head + told + _joined(_group(checked.findings, certainty) for certainty in CERTAINTIES)


def text_html(checked: Marked) -> Markup:
    """Return the whole text with the places marked, and below each paragraph what was found in it."""
    tables = iter(range(1, len(checked.blocks) + 1))
    body = _joined(
        _grid(block, next(tables)) if isinstance(block, MarkedGrid) else _paragraph(block) for block in checked.blocks
    )
    notes = _joined(map(_paragraph, checked.notes))
    foot = Markup('<section class="notes" aria-label="Chú thích">{}</section>').format(notes) if notes else _NOTHING
    return Markup('<div class="checked" lang="vi">{}{}</div>').format(body, foot)


def document_html(checked: Marked, name: str) -> str:
    """Return a page that needs nothing besides itself: no script, nothing from elsewhere."""
    title = f"Kết quả kiểm tra {name}"
    return _PAGE.format(
        title=title,
        styles=Markup(STYLES.read_text(encoding="utf-8")),  # noqa: S704 - a file of ours
        findings=findings_html(checked),
        text=text_html(checked),
    )


def _group(findings: tuple[Numbered, ...], certainty: str) -> Markup:
    held = [numbered for numbered in findings if numbered.finding.certainty == certainty]
    if not held:
        return _NOTHING
    items = _joined(map(_item, held))
    words = CERTAINTY_NAMES[held[0].finding.certainty]
    return Markup('<h3>{} ({})</h3><ol class="findings" start="{}">{}</ol>').format(
        words, len(held), held[0].number, items
    )


def _item(numbered: Numbered) -> Markup:
    finding = numbered.finding
    return Markup(
        '<li id="loi-{n}" class="{certainty}"><a href="#cho-{n}">{place}</a> · {kind}<br>'
        "<q>{quote}</q><br>{message}</li>"
    ).format(
        n=numbered.number,
        certainty=finding.certainty,
        place=place_words(finding.place),
        kind=KIND_NAMES[finding.kind],
        quote=quoted(finding)[1:-1],
        message=finding.message,
    )


def _paragraph(one: MarkedParagraph) -> Markup:
    note = one.paragraph.footnote
    number = Markup("<sup>{}</sup> ").format(note) if note is not None else _NOTHING
    tag = Markup('<p class="part">') if one.paragraph.heading else Markup("<p>")
    return tag + number + _words(one) + Markup("</p>\n") + _beside(one.found)


def _grid(grid: MarkedGrid, number: int) -> Markup:
    rows = _joined(
        Markup("<tr>{}</tr>\n").format(_joined(Markup("<td>{}</td>").format(_words(cell)) for cell in row))
        for row in grid.rows
        if row
    )
    return Markup(
        '<div class="scroll" role="group" tabindex="0" aria-label="Bảng {n}"><table>'
        '<caption class="visually-hidden">Bảng {n}</caption><tbody>{rows}</tbody></table></div>\n{beside}'
    ).format(n=number, rows=rows, beside=_beside(grid.found))


def _words(one: MarkedParagraph) -> Markup:
    return _joined(map(_piece, one.pieces))


def _piece(piece: Piece) -> Markup:
    if not piece.under:
        return Markup("{}").format(piece.text)
    is_certain = any(numbered.finding.certainty == "certain" for numbered in piece.under)
    targets = _joined(Markup('<span id="cho-{}"></span>').format(numbered.number) for numbered in piece.begins)
    labels = _joined(map(_label, piece.ends))
    return Markup('<mark class="{}">{}{}{}</mark>').format(
        "certain" if is_certain else "likely", targets, piece.text, labels
    )


def _label(numbered: Numbered) -> Markup:
    """Return the sign and number at the end of a marked place; it leads back to the list."""
    certainty = numbered.finding.certainty
    return Markup('<a class="number" href="#loi-{n}" aria-label="{words}, số {n}">{sign}{n}</a>').format(
        n=numbered.number, words=CERTAINTY_NAMES[certainty], sign=CERTAINTY_SIGNS[certainty]
    )


def _beside(found: tuple[Numbered, ...]) -> Markup:
    if not found:
        return _NOTHING
    items = _joined(
        Markup('<li class="{}"><strong>{} {} · {}:</strong> {}</li>').format(
            numbered.finding.certainty,
            CERTAINTY_SIGNS[numbered.finding.certainty],
            numbered.number,
            CERTAINTY_NAMES[numbered.finding.certainty],
            numbered.finding.message,
        )
        for numbered in found
    )
    return Markup('<ul class="beside">{}</ul>\n').format(items)


def _joined(pieces: Iterable[Markup]) -> Markup:
    return _NOTHING.join(pieces)


_PAGE: Final = Markup("""\
<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{styles}
</style>
</head>
<body class="check-page">
<main>
<h1>{title}</h1>
<section aria-labelledby="danh-sach">
<h2 id="danh-sach">Những chỗ tìm thấy</h2>
{findings}
</section>
<section aria-labelledby="van-ban">
<h2 id="van-ban">Văn bản</h2>
{text}
</section>
</main>
</body>
</html>
""")
