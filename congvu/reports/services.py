"""What a person does with a report: build it, write its files, freeze it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from congvu import __version__
from congvu.access.rules import Permission, Reader
from congvu.figures.catalogue import FIGURES
from congvu.figures.engines import snapshot
from congvu.figures.period import Period
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.files import write_whole
from congvu.press.docx import to_docx
from congvu.press.model import Document
from congvu.press.pdf import to_pdf
from congvu.province.models import Installation

from .models import Revision
from .sources import Sources
from .stored import figures_to_json, marks_to_json, to_json
from .template import load_template
from .workbook import figures_workbook
from .writer import Built, write

SIMULATED = "DỮ LIỆU MÔ PHỎNG"


def simulated_notice() -> str | None:
    """Return the line that every page of a document made of simulated records carries."""
    return SIMULATED if Installation.objects.filter(simulated=True).exists() else None


def build_report(kind: str, year: int, *, reader: Reader, periods: Mapping[str, Period] | None = None) -> Built:
    """Return the draft of a report as the records stand now.

    Raises
    ------
    PermissionDenied
        ``reader`` writes no reports.
    ReportNotBuilt
        See :func:`congvu.reports.writer.write`.
    """
    if not reader.may(Permission.WRITE_REPORT):
        raise PermissionDenied
    sources = Sources.read(load_template(kind), year, reader, periods)
    return write(sources, notice=simulated_notice())


@dataclass(frozen=True)
class Files:
    """The files of one report, as bytes, by their endings."""

    docx: bytes
    pdf: bytes
    xlsx: bytes
    figures: bytes

    def write(self, folder: Path, name: str) -> list[Path]:
        """Write ``NAME.docx``, ``.pdf``, ``.xlsx`` and ``figures.json``; return where they lie."""
        contents = {
            f"{name}.docx": self.docx,
            f"{name}.pdf": self.pdf,
            f"{name}.xlsx": self.xlsx,
            "figures.json": self.figures,
        }
        for file_name, content in contents.items():
            write_whole(folder / file_name, content)
        return [folder / file_name for file_name in contents]


def files_of(built: Built) -> Files:
    """Return every file of a built report, all from the same document and figures."""
    figures = figures_to_json(built)
    return Files(
        docx=to_docx(built.document),
        pdf=to_pdf(built.document),
        xlsx=figures_workbook(figures, built.marks, built.document.notice),
        figures=json.dumps(figures, ensure_ascii=False, indent=1).encode(),
    )


def document_bytes(document: Document, form: str) -> bytes:
    """Return a document as ``docx`` or ``pdf``."""
    return to_docx(document) if form == "docx" else to_pdf(document)


def frozen_folder(report: str, year: int, number: int) -> Path:
    return Path(settings.HOME) / "frozen" / f"{report}-{year}-{number}"


def definitions_hash() -> str:
    """Return the hash over what the figures are defined as: names, sentences and the SQL that counts them."""
    from congvu.figures.compile import count_queries

    whole = hashlib.sha256()
    for query in count_queries(tuple(FIGURES), "duckdb", frozenset(), False):
        whole.update(query.sql.encode())
    for figure in FIGURES.values():
        whole.update(f"{figure.id}\0{figure.name}\0{figure.sentence}\0{figure.policy}\n".encode())
    return whole.hexdigest()


def freeze_report(kind: str, year: int, *, reader: Reader, periods: Mapping[str, Period] | None = None) -> Revision:
    """Freeze the report as it stands: its words, its figures, and a snapshot of the facts that they open to.

    All of it is of one instant of the database. A second freeze is the next revision; earlier ones stay as they are.
    """
    if not reader.may(Permission.FREEZE_REPORT):
        raise PermissionDenied
    with transaction.atomic(durable=not connection.in_atomic_block), connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        built = build_report(kind, year, reader=reader, periods=periods)
        last = Revision.objects.filter(report=kind, year=year).order_by("-number").first()
        number = last.number + 1 if last else 1
        folder = frozen_folder(kind, year, number)
        shutil.rmtree(folder, ignore_errors=True)  # of a freeze that was cut short
        snapshot_hash = snapshot(folder)
        with act(
            "report:freeze",
            actor=reader,
            subject=("report_revisions", f"{kind}\x1f{year}\x1f{number}"),
            data={"snapshot": snapshot_hash, "version": __version__},
        ):
            return Revision.objects.create(
                report=kind,
                year=year,
                number=number,
                frozen_at=clock.now(),
                frozen_by=reader.name,
                version=__version__,
                definitions_hash=definitions_hash(),
                document=to_json(built.document),
                marks=marks_to_json(built.marks),
                figures=figures_to_json(built),
                snapshot_hash=snapshot_hash,
            )
