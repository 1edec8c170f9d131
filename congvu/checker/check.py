"""The one way to check a manuscript: every detector over the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from congvu.press.manuscript import Manuscript

from .findings import Finding
from .numbers import balances, contradictions, differences, grids, growth, hundreds, lists, shares, sums
from .words import abbreviations, citations, dates, footnotes, formats

Detector = Callable[[Manuscript], Iterable[Finding]]

DETECTORS: tuple[Detector, ...] = (
    sums.find,
    balances.find,
    differences.find,
    shares.find,
    growth.find,
    hundreds.find,
    lists.find,
    contradictions.find,
    grids.find,
    dates.find,
    citations.find,
    footnotes.find,
    abbreviations.find,
    formats.find,
)
"""What is looked for; each detector reads the whole manuscript and knows nothing of the others."""


def check(
    manuscript: Manuscript, detectors: Iterable[Detector] | None = None, *, further: Iterable[Detector] = ()
) -> list[Finding]:
    """Return what does not hold, in the order of the text, each finding once.

    ``detectors`` stand in for the usual ones; ``further`` ones join them.
    """
    found = {
        _same(finding): finding
        for detector in (*(DETECTORS if detectors is None else detectors), *further)
        for finding in detector(manuscript)
    }
    return sorted(found.values(), key=lambda finding: (finding.place.line, finding.start, finding.end, finding.kind))


def _same(finding: Finding) -> tuple[object, ...]:
    """Return what two findings share that say the same of the same place."""
    where = (finding.paragraph.starts[0], finding.start, finding.end)
    return (*where, finding.kind, finding.certainty, finding.stated, finding.computed, finding.message)
