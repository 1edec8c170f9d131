"""Reads of reports: drafts for those who write them, frozen revisions for those who may see reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from congvu.access.rules import SYSTEM, Permission, Reader
from congvu.figures.compute import figure_key, parse_key
from congvu.figures.engines import DuckEngine, digest
from congvu.figures.opening import Opened, open_figure
from congvu.figures.period import Period
from congvu.kernel.errors import Refusal
from congvu.press.model import Document

from .models import ReportSlot, Revision
from .services import frozen_folder
from .sources import Sources
from .stored import from_json, period_of
from .template import load_template

ANNUAL = "annual"


class SnapshotAltered(Refusal):
    code = "report.snapshot_altered"
    status = 409


def periods_of(kind: str, year: int) -> dict[str, Period]:
    """Return the named periods of a report: those stored with it, else the calendar year."""
    return Sources.read(load_template(kind), year, SYSTEM).periods


def report_years(kind: str) -> list[int]:
    """Return the years for which a report has been prepared or frozen, the latest first."""
    prepared = ReportSlot.objects.filter(report=kind).values_list("year", flat=True)
    frozen = Revision.objects.filter(report=kind).values_list("year", flat=True)
    return sorted({*prepared, *frozen}, reverse=True)


def revisions(reader: Reader, kind: str, year: int) -> list[Revision]:
    """Return the frozen revisions that ``reader`` may see, the latest first."""
    if not reader.may(Permission.SEE_REPORTS):
        return []
    return list(Revision.objects.filter(report=kind, year=year).order_by("-number").defer("document", "figures"))


def get_revision(reader: Reader, kind: str, year: int, number: int) -> Revision:
    """Return one frozen revision; absent and not-yours are the same 404."""
    found = Revision.objects.filter(report=kind, year=year, number=number).first()
    if found is None or not reader.may(Permission.SEE_REPORTS):
        raise Http404("Không tìm thấy báo cáo.")
    return found


def frozen_document(revision: Revision) -> Document:
    document: Document = from_json(revision.document)
    return document


def open_frozen(
    revision: Revision, key: str, period: str, *, reader: Reader, limit: int | None = 50, after: list[Any] | None = None
) -> Opened:
    """Open a figure of a frozen report to the rows that it counted then, as far as ``reader`` may see them.

    Raises
    ------
    SnapshotAltered
        The snapshot of facts is missing, or no longer what was frozen.
    """
    folder = frozen_folder(revision.report, revision.year, revision.number)
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
        return open_figure(figure, members, period_of(entry), reader=reader, engine=engine, limit=limit, after=after)
    finally:
        engine.close()


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that two revisions (or a revision and the draft) state differently."""

    key: str
    period: str
    before: Any
    after: Any


def differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[Difference]:
    """Return where two lists of figures (as frozen) differ, in the order of the later one."""

    def values(figures: list[dict[str, Any]]) -> dict[tuple[str, str], Any]:
        return {(figure_key(f["id"], tuple(f["dimensions"].items())), f["period"]): f["value"] for f in figures}

    old, new = values(before), values(after)
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Difference(key, period, old.get((key, period)), new.get((key, period)))
        for key, period in keys
        if old.get((key, period)) != new.get((key, period))
    ]
