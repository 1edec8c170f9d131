"""Weaknesses, remedies and directions as paragraphs of a report, written in its own marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from congvu.assessment.evidence import Evidence, figure_mark, figure_of, look_up
from congvu.assessment.following import Followed, follow_weaknesses
from congvu.assessment.models import ReportWeakness
from congvu.assessment.queries import Assessment
from congvu.assessment.rules import EvidenceKind
from congvu.kernel.format import format_count_in_text, format_day

from .marks import Piece, Spec
from .models import Revision
from .sources import Sources

Plain = Callable[[str], str]


def stands(name: str, sources: Sources) -> bool:
    """Return whether the paragraph mark ``name`` would write anything."""
    match name:
        case "directions":
            return bool(sources.assessment.directions)
        case "last_remedies":
            return bool(sources.last_assessment.remedies)
        case "remedies":
            return bool(sources.assessment.remedies)
    return bool(sources.assessment.weaknesses)


def paragraphs_of(pieces: tuple[Piece, ...], sources: Sources, of_then: Plain) -> list[str] | None:
    """Return the paragraphs that a paragraph of one such mark becomes, in marks; None where it is no such mark.

    ``of_then`` writes words of last year's report with its marks as that year's, since this year's would be others.

    Raises
    ------
    Refusal
        Evidence that a weakness rests on cannot be read any more.
    """
    if len(pieces) != 1 or not isinstance(spec := pieces[0], Spec) or spec.source not in PARAGRAPHS:
        return None
    return list(PARAGRAPHS[spec.source](sources, of_then))


def lacks(pieces: tuple[Piece, ...], sources: Sources) -> Iterator[str]:
    """Yield what is still missing in the paragraphs of such a mark."""
    unproven = sources.assessment.unproven
    if unproven and isinstance(spec := pieces[0], Spec) and spec.source == "weaknesses":
        yield f"{format_count_in_text(unproven)} hạn chế chưa có minh chứng."


def _weaknesses(sources: Sources, _of_then: Plain) -> Iterator[str]:
    for weakness in sources.assessment.weaknesses:
        yield f"- {weakness.text}{_evidence(weakness, sources)}."


def _evidence(weakness: ReportWeakness, sources: Sources) -> str:
    """Return what the report writes of a weakness's evidence; nothing where its own words state the figure."""
    evidence = Evidence.of(weakness)
    if evidence.kind is EvidenceKind.NONE:
        return ""
    markup = look_up(sources.reader, evidence, sources.periods).markup
    if evidence.kind is EvidenceKind.ANSWER:
        return markup
    if evidence.kind is EvidenceKind.FIGURE and figure_mark(evidence) in weakness.text:
        return ""
    return f" ({markup})"


def _remedies(sources: Sources, _of_then: Plain) -> Iterator[str]:
    for weakness in sources.assessment.remedies:
        who = sources.assessment.agency_name(weakness.responsible, weakness.due_on)
        yield f"- {weakness.remedy}{_terms(who, '', weakness.due_on)}."


def _directions(sources: Sources, _of_then: Plain) -> Iterator[str]:
    named = sources.assessment
    for place, direction in enumerate(named.directions, 1):
        one = direction.record
        beside = ", ".join(named.agency_name(code, one.due_on) for code in direction.cooperating)
        yield f"{place}. {one.text}{_terms(named.agency_name(one.lead_agency, one.due_on), beside, one.due_on)}."


def _terms(lead: str, beside: str, due_on: date | None) -> str:
    """Return ``(Sở Nội vụ chủ trì, Sở Tư pháp phối hợp; chậm nhất ngày 30/06/2023)``, as much as is known."""
    who = ", ".join(
        part for part in (f"{lead} chủ trì" if lead else "", f"{beside} phối hợp" if beside else "") if part
    )
    when = f"chậm nhất ngày {format_day(due_on)}" if due_on else ""
    inside = "; ".join(part for part in (who, when) if part)
    return f" ({inside})" if inside else ""


def _last_remedies(sources: Sources, of_then: Plain) -> Iterator[str]:
    last = sources.last_assessment
    for followed in follow_weaknesses(sources.reader, last, sources.periods, frozen_values(last)):
        remedy = followed.weakness.remedy
        if remedy:
            yield f"- {of_then(remedy)}: {_became(followed)}{_then_and_now(followed, last)}."


def _became(followed: Followed) -> str:
    weakness, task = followed.weakness, followed.task
    if followed.outcome is not None:
        words = str(followed.outcome.label)
    elif task is not None:
        words = f"Hoàn thành ngày {format_day(task.completed_on)}" if task.completed_on else "Chưa hoàn thành"
    else:
        words = "Chưa có kết quả"
    words = f"{words[:1].lower()}{words[1:]}"
    return (
        f"{words}; {weakness.outcome_text[:1].lower()}{weakness.outcome_text[1:]}" if weakness.outcome_text else words
    )


def _then_and_now(followed: Followed, last: Assessment) -> str:
    evidence = Evidence.of(followed.weakness)
    if followed.found is None:
        return ""
    if evidence.kind is EvidenceKind.FINDING:
        return f"; {followed.found.markup}"
    if evidence.kind is not EvidenceKind.FIGURE or not followed.then:
        return ""
    figure, _members = figure_of(evidence)
    unit = "" if figure.is_share else f" {figure.unit}"
    name = f"{followed.found.name[:1].lower()}{followed.found.name[1:]}"
    return f"; {name}: năm {last.year} là {followed.then}, năm {last.year + 1} là {figure_mark(evidence)}{unit}"


def frozen_values(last: Assessment) -> Callable[[Evidence], Decimal | None]:
    """Return what the newest frozen revision of ``last``'s report states of a figure."""
    revision = Revision.objects.filter(report=last.report, year=last.year).order_by("-number").first()
    if revision is None:
        return lambda _evidence: None
    values = {
        (entry["id"], tuple(sorted(entry["dimensions"].items())), entry["period"]): entry["value"]
        for entry in revision.figures
    }

    def value(evidence: Evidence) -> Decimal | None:
        figure, members = figure_of(evidence)
        found = values.get((figure.id, tuple(sorted(members)), evidence.period or ""))
        return None if found is None else Decimal(str(found))

    return value


PARAGRAPHS: dict[str, Callable[[Sources, Plain], Iterator[str]]] = {
    "weaknesses": _weaknesses,
    "remedies": _remedies,
    "last_remedies": _last_remedies,
    "directions": _directions,
}
"""Marks that stand alone in a paragraph and become several."""
