"""Reads of reports: drafts for those who write them, frozen revisions for those who may see reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from congvu.access.rules import SYSTEM, Permission, Reader
from congvu.figures.period import Period
from congvu.press.model import Document

from .models import ReportSlot, Revision
from .sources import Sources
from .stored import from_json, key_of
from .template import load_template

ANNUAL = "annual"


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
        return {(key_of(f), f["period"]): f["value"] for f in figures}

    old, new = values(before), values(after)
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Difference(key, period, old.get((key, period)), new.get((key, period)))
        for key, period in keys
        if old.get((key, period)) != new.get((key, period))
    ]
