"""What a person does with a report: build it, write its files, freeze it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from congvu import __version__
from congvu.access.rules import Permission, Reader
from congvu.figures.compute import parse_key
from congvu.figures.engines import DuckEngine, digest, snapshot
from congvu.figures.frozen import at_one_instant, definitions_hash, in_vietnamese
from congvu.figures.opening import Opened
from congvu.figures.period import Period
from congvu.figures.services import open_rows_for
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.files import write_whole
from congvu.press.model import Document
from congvu.press.pdf import to_pdf
from congvu.province.models import Installation
from congvu.province.queries import SIMULATED

from .drafts import current_template
from .issuing import issue_of, printed
from .models import Revision, report_key
from .sources import Sources
from .stored import figures_to_json, from_json, marks_to_json, period_of, to_json
from .template import load_template
from .word import Origin, built_docx, frozen_docx
from .workbook import figures_workbook
from .writer import Built, MarkUse, write


def simulated_notice() -> str | None:
    """Return the line that every page of a document made of simulated records carries."""
    return SIMULATED if Installation.objects.filter(simulated=True).exists() else None


@in_vietnamese
def build_report(
    kind: str, year: int, *, reader: Reader, periods: Mapping[str, Period] | None = None, part: int = 0
) -> Built:
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
    sources = Sources.read(current_template(kind, year, part=part), year, reader, periods, part=part)
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


@in_vietnamese
def files_of(built: Built) -> Files:
    """Return every file of a built report, all from the same document and figures."""
    figures = figures_to_json(built)
    return Files(
        docx=built_docx(built),
        pdf=to_pdf(built.document),
        xlsx=figures_workbook(figures, built.marks, built.document),
        figures=json.dumps(figures, ensure_ascii=False, indent=1).encode(),
    )


@in_vietnamese
def frozen_file(revision: Revision, form: str) -> bytes:
    """Return a frozen report as ``docx``, ``pdf`` or ``xlsx``, printed again from what was frozen.

    Once it is issued its letterhead has number and day.
    """
    document: Document = printed(from_json(revision.document), issue_of(revision))
    if form == "pdf":
        return to_pdf(document)
    marks = tuple(MarkUse(**mark) for mark in revision.marks)
    if form == "xlsx":
        return figures_workbook(revision.figures, marks, document)
    return frozen_docx(document, marks, _frozen_origin(revision))


def _frozen_origin(revision: Revision) -> Origin:
    periods = {entry["period"]: period_of(entry) for entry in revision.figures}
    return Origin(
        kind=revision.report,
        year=revision.year,
        part=revision.part,
        built_at=revision.frozen_at,
        periods=periods,
        given=frozenset(periods),
        draft=0,
        digest="",
        revision=revision.number,
    )


def frozen_folder(report: str, year: int, number: int, *, part: int = 0) -> Path:
    term = f"{year}.{part}" if part else f"{year}"
    return Path(settings.HOME) / "frozen" / f"{report}-{term}-{number}"


@in_vietnamese
def freeze_report(
    kind: str, year: int, *, reader: Reader, periods: Mapping[str, Period] | None = None, part: int = 0
) -> Revision:
    """Freeze the report as it stands: its words, its figures, and a snapshot of the facts that they open to.

    All of it is of one instant of the database. A second freeze is the next revision; earlier ones stay as they are.
    """
    if not reader.may(Permission.FREEZE_REPORT):
        raise PermissionDenied
    load_template(kind).term(year, part)
    scratch = frozen_folder(kind, year, 0, part=part).with_name(f".{kind}-{year}-{uuid4().hex}")
    try:
        with transaction.atomic(durable=not connection.in_atomic_block):
            return _freeze(kind, year, part, reader, periods, scratch)
    except IntegrityError:
        raise FreezeUnderWay("Báo cáo này vừa được người khác chốt. Hãy xem bản ấy rồi chốt lại nếu cần.") from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _freeze(
    kind: str, year: int, part: int, reader: Reader, periods: Mapping[str, Period] | None, scratch: Path
) -> Revision:
    at_one_instant()
    built = build_report(kind, year, reader=reader, periods=periods, part=part)
    last = Revision.objects.filter(report=kind, year=year, part=part).order_by("-number").first()
    number = last.number + 1 if last else 1
    key = report_key(kind, year, part, number)
    snapshot_hash = snapshot(scratch)
    with (
        act("report:freeze", actor=reader, subject=(Revision.table(), key)) as deed,
        deed.changing(Revision, [key]),
    ):
        # the row comes before the folder: of two who freeze at once, the key lets only one come this far
        frozen = Revision.objects.create(
            report=kind,
            year=year,
            part=part,
            number=number,
            cycle=built.sources.term.cycle,
            frozen_at=clock.now(),
            frozen_by=reader.name,
            version=__version__,
            definitions_hash=definitions_hash(),
            document=to_json(built.document),
            marks=marks_to_json(built.marks),
            figures=figures_to_json(built),
            snapshot_hash=snapshot_hash,
        )
        folder = frozen_folder(kind, year, number, part=part)
        shutil.rmtree(folder, ignore_errors=True)  # of a freeze that was never committed
        scratch.rename(folder)
    return frozen


class FreezeUnderWay(Refusal):
    code = "report.freeze_under_way"
    status = 409


class SnapshotAltered(Refusal):
    code = "report.snapshot_altered"
    status = 409


def open_frozen(
    revision: Revision, key: str, period: str, *, reader: Reader, limit: int | None = 50, after: list[Any] | None = None
) -> Opened:
    """Open a figure of a frozen report to the rows that it counted then, as far as ``reader`` may see them.

    Raises
    ------
    SnapshotAltered
        The snapshot of facts is missing, or no longer what was frozen.
    """
    folder = frozen_folder(revision.report, revision.year, revision.number, part=revision.part)
    if not folder.is_dir() or digest(folder) != revision.snapshot_hash:
        raise SnapshotAltered(
            f"Dữ liệu gốc của bản chốt số {revision.number} đã mất hoặc bị sửa nên không mở được chỉ tiêu. "
            "Hãy khôi phục thư mục «frozen» từ bản sao lưu."
        )
    figure, members = parse_key(key)
    entry = next((e for e in revision.figures if e["period"] == period), None)
    if entry is None:
        raise Http404("Báo cáo không có kỳ này.")
    engine = DuckEngine(folder)
    try:
        return open_rows_for(reader, figure, members, period_of(entry), engine=engine, limit=limit, after=after)
    finally:
        engine.close()
