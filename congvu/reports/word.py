"""The report as a Word file that comes back: what it tells of itself, and how its marks are computed again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from congvu.figures.period import Period, parse_day
from congvu.kernel.errors import Refusal
from congvu.press.model import Document
from congvu.press.word.document import to_docx
from congvu.press.word.refresh import Resolved
from congvu.press.word.table import MarkTable

from .marks import Note, Spec, TemplateFault, parse
from .sources import Sources
from .writer import Built, MarkUse, Writer


class NotThisReport(Refusal):
    """The file tells of another report, of none, or of days that are none."""

    code = "report.not_this_report"


@dataclass(frozen=True)
class Origin:
    """What a built DOCX tells of its report.

    ``periods`` are the days that its figures count; those in ``given`` were given for that once, the others are
    stored with the report. ``draft`` is the number of the draft that it was made from, 0 for the template itself,
    ``digest`` the print of that text, ``revision`` the number of the frozen revision it was printed from, else 0.
    """

    kind: str
    year: int
    part: int
    built_at: datetime
    periods: dict[str, Period]
    given: frozenset[str]
    draft: int
    digest: str
    revision: int = 0

    @classmethod
    def of(cls, sources: Sources, built_at: datetime) -> Origin:
        template = sources.template
        term = sources.term
        return cls(
            template.kind,
            term.year,
            term.part,
            built_at,
            sources.periods,
            sources.given,
            template.draft,
            template.digest,
        )

    @property
    def overridden(self) -> dict[str, Period]:
        return {name: period for name, period in self.periods.items() if name in self.given}

    def from_draft(self, other: Origin) -> Origin:
        """Return the same for a file whose text was made from the draft that ``other`` names."""
        return replace(self, draft=other.draft, digest=other.digest, revision=other.revision)

    def as_json(self) -> dict[str, Any]:
        return {
            "report": self.kind,
            "year": self.year,
            "part": self.part,
            "built_at": self.built_at.isoformat(),
            "periods": {name: [p.first.isoformat(), p.last.isoformat()] for name, p in self.periods.items()},
            "given": sorted(self.given),
            "draft": self.draft,
            "template": self.digest,
            "revision": self.revision,
        }


def origin_of(table: MarkTable | None) -> Origin | None:
    """Return what a file's table tells of its report; None where it has no table.

    Raises
    ------
    NotThisReport
        Somebody changed the table so that it cannot be read.
    """
    if table is None or not table.about:
        return None
    about = table.about
    try:
        periods = {
            str(name): Period(parse_day(first, "Ngày đầu kỳ"), parse_day(last, "Ngày cuối kỳ"))
            for name, (first, last) in about["periods"].items()
        }
        return Origin(
            kind=str(about["report"]),
            year=int(about["year"]),
            part=int(about.get("part", 0)),
            built_at=datetime.fromisoformat(about["built_at"]),
            periods=periods,
            given=frozenset(map(str, about["given"])),
            draft=int(about["draft"]),
            digest=str(about["template"]),
            revision=int(about["revision"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, Refusal) as error:
        raise NotThisReport(
            "Bảng dấu trong thuộc tính của tệp Word đã bị sửa nên không đọc được; hãy tải lại bản Word của báo cáo."
        ) from error


def built_docx(built: Built) -> bytes:
    """Return a built report as DOCX that can be renewed later."""
    about = Origin.of(built.sources, built.document.meta.created_utc).as_json()
    return _docx(built.document, built.marks, about)


def frozen_docx(document: Document, marks: tuple[MarkUse, ...], origin: Origin) -> bytes:
    """Return a frozen report as DOCX; what it tells of itself was frozen with it."""
    return _docx(document, marks, origin.as_json())


def _docx(document: Document, marks: tuple[MarkUse, ...], about: Mapping[str, Any]) -> bytes:
    return to_docx(document, {mark.id: mark.source for mark in marks}, about)


_CONTROL = re.compile(r"[\x00-\x1f]")


@dataclass
class Renewal:
    """Computes a file's marks one by one, in reading order, as the writer of the report would."""

    sources: Sources
    cited: set[str] = field(default_factory=set)

    def __call__(self, source: str) -> Resolved:
        writer = Writer(self.sources, cited=set(self.cited))
        resolved = _resolved(writer, source)
        if not resolved.fault:
            self.cited = writer.cited
        return resolved

    def trial(self, source: str) -> Resolved:
        return _resolved(Writer(self.sources, cited=set(self.cited)), source)


def _resolved(writer: Writer, source: str) -> Resolved:
    place = "Dấu"
    if not source.strip():
        return Resolved((), "dấu không có nội dung")
    try:
        pieces = parse(f"[[{_CONTROL.sub(' ', source)}]]", place)
    except TemplateFault as fault:
        return Resolved((), str(fault).removeprefix(f"{place}: "))
    if len(pieces) != 1 or not isinstance(pieces[0], Spec | Note):
        return Resolved((), f"không đọc được dấu [[{source}]]")
    runs = tuple(writer.runs(pieces, place))
    said = writer.faults + writer.warnings
    if said:
        reasons = (one.removeprefix(f"{place}: ").removeprefix(f"dấu [[{source}]]: ") for one in said)
        return Resolved((), "; ".join(reasons))
    return Resolved(runs, sources={use.id: use.source for use in writer.uses})
