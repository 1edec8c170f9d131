"""The annual report's files beside the bare render of the same document, and a refresh beside reading and writing it.

    make demo SERVE=0
    .venv/bin/python bench/report.py [--home var] [--rounds 15] [--year 2022]

One warm process does all in turn. Bare is what a program does that knows nothing of marks, letterheads and styles:
python-docx is handed the same words run by run, notes at the end; typst compiles them as plain markup with real
footnotes and the same font. Figures are computed before the clock runs, as a frozen report has them; the last line says
what reading the records adds to a refresh. Aims: DOCX and PDF together at most 3 times bare, a refresh at most 3 times
opening and saving the same file with python-docx.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvu.kernel.postgres import running

if TYPE_CHECKING:
    from congvu.press.model import Document

AIM = 3.0


def bare_docx(document: Document) -> bytes:
    """Write the document's words with python-docx: paragraphs, their looks, notes as paragraphs at the end."""
    import docx
    from docx.shared import Pt

    from congvu.press.model import Footnote, Heading, block_runs, footnotes

    made = docx.Document()
    made.styles["Normal"].font.name = "Times New Roman"
    made.styles["Normal"].font.size = Pt(14)
    for line in head_lines(document):
        made.add_paragraph(line).runs[0].bold = True
    for block in document.blocks:
        paragraph = made.add_heading(level=block.level) if isinstance(block, Heading) else made.add_paragraph()
        for piece in block_runs(block):
            if isinstance(piece, Footnote):
                paragraph.add_run("*").font.superscript = True
            else:
                run = paragraph.add_run(piece.text)
                run.bold, run.italic = piece.bold, piece.italic
    for number, note in enumerate(footnotes(document), 1):
        made.add_paragraph(f"{number} " + "".join(piece.text for piece in note.runs))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bare_pdf(document: Document, fonts: Any) -> bytes:
    """Compile the document's words with typst: headings, paragraphs and footnotes in the same font and size."""
    import typst

    from congvu.press.model import Footnote, Heading, block_runs

    def words(text: str) -> str:
        return "".join(f"\\{letter}" if letter in "\\#*_`$<>@=-+/[]~'\"" else letter for letter in text)

    def piece_of(piece: Any) -> str:
        if isinstance(piece, Footnote):
            return "#footnote[" + "".join(words(inner.text) for inner in piece.runs) + "]"
        return words(piece.text)

    lines = ['#set text(font: "Liberation Serif", size: 14pt, lang: "vi")', '#set page(paper: "a4")']
    lines += [words(line) for line in head_lines(document)]
    for block in document.blocks:
        text = "".join(piece_of(piece) for piece in block_runs(block))
        lines.append(f"{'=' * block.level} {text}" if isinstance(block, Heading) else text)
    compiler = typst.Compiler("\n\n".join(lines).encode(), font_paths=fonts)
    pdf: bytes = compiler.compile(format="pdf")
    return pdf


def head_lines(document: Document) -> list[str]:
    head = document.letterhead
    lines = [head.agency, head.number, head.place_and_date] if head else []
    tail = [*(document.recipients.lines if document.recipients else ())]
    return [line.replace("\n", " ") for line in (*lines, document.kind_name, document.title, *tail) if line]


def bare_round_trip(docx_bytes: bytes) -> bytes:
    """Open and save a file with python-docx, its words read."""
    import docx

    opened = docx.Document(io.BytesIO(docx_bytes))
    assert sum(len(paragraph.text) for paragraph in opened.paragraphs)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def timed(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each, asked in turn so that the machine's other work falls on all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(found[1:]) for name, found in seconds.items()}


def compare(what: str, ours: float, bare: float) -> bool:
    ratio = ours / bare
    print(f"{what:<24} {ours * 1000:8.1f} ms   bare {bare * 1000:8.1f} ms   {ratio:5.2f} times   aim {AIM:.2f}")
    return ratio <= AIM


def measure(year: int, rounds: int) -> bool:
    import django

    django.setup()
    from congvu.access.rules import SYSTEM
    from congvu.press.pdf import _fonts, to_pdf
    from congvu.press.word.refresh import refresh
    from congvu.reports.refreshing import refresh_word
    from congvu.reports.services import build_report
    from congvu.reports.stored import from_json, to_json
    from congvu.reports.word import Origin, Renewal, built_docx, frozen_docx

    built = build_report("annual", year, reader=SYSTEM)
    stored, docx_bytes = to_json(built.document), built_docx(built)
    about = Origin.of(built.sources, built.document.meta.created_utc)
    document = built.document

    found = timed(
        {
            "docx": lambda: frozen_docx(from_json(stored), built.marks, about),
            "bare docx": lambda: bare_docx(document),
            "pdf": lambda: to_pdf(from_json(stored)),
            "bare pdf": lambda: bare_pdf(document, _fonts()),
            "refresh": lambda: refresh(docx_bytes, Renewal(built.sources), about.as_json()),
            "refresh, records read": lambda: refresh_word(docx_bytes, reader=SYSTEM),
            "bare round trip": lambda: bare_round_trip(docx_bytes),
        },
        rounds,
    )
    print(f"{len(document.blocks)} blocks, {len(built.marks)} marks, {len(docx_bytes) / 1024:.0f} KB; {rounds} rounds")
    kept = [
        compare("DOCX + PDF", found["docx"] + found["pdf"], found["bare docx"] + found["bare pdf"]),
        compare("  DOCX", found["docx"], found["bare docx"]),
        compare("  PDF", found["pdf"], found["bare pdf"]),
        compare("refresh", found["refresh"], found["bare round trip"]),
        compare("  with records read", found["refresh, records read"], found["bare round trip"]),
    ]
    return kept[0] and kept[3]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--year", type=int, default=2022)
    options = parser.parse_args()
    with running(options.home.absolute()) as cluster:
        os.environ |= {
            "CONGVU_HOME": str(options.home.absolute()),
            "DATABASE_URL": cluster.app_url,
            "DATABASE_OWNER_URL": cluster.owner_url,
            "DJANGO_SETTINGS_MODULE": "congvu.settings",
        }
        return 0 if measure(options.year, options.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
