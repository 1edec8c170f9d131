"""The measurement in plain lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from .measure import Result, Tally

Item = TypeVar("Item")

HEAD = (
    f"{'kind':<14}{'injected':>9}{'found':>7}{'any':>6}{'recall':>8}{'certain':>9}"
    f"{'false':>7}{'f.cert.':>8}{'prec.':>8}{'prec.cert.':>11}{'clean rel.':>11}{'hit':>5}"
)


def row(name: str, tally: Tally) -> str:
    return (
        f"{name:<14}{tally.injected:>9}{tally.found:>7}{tally.any_kind:>6}{tally.recall:>8.3f}{tally.found_certain:>9}"
        f"{tally.false:>7}{tally.false_certain:>8}{tally.precision:>8.3f}{tally.precision_certain:>11.3f}"
        f"{tally.clean_relations:>11}{tally.clean_hit:>5}"
    )


def lines(result: Result, missed: int = 0, false: int = 0) -> Iterator[str]:
    yield from result.notes
    yield ""
    yield HEAD
    for kind, tally in result.tallies.items():
        yield row(kind, tally)
    yield row("all", result.total)
    yield ""
    yield f"Clean passages and documents: {result.passages}, with an alarm: {result.passages_with_alarm}."
    if result.missed_by_sort:
        yield "Missed, by sort: " + ", ".join(
            f"{kind}/{sort} {number}" for (kind, sort), number in result.missed_by_sort.most_common()
        )
    for size, seconds in result.seconds.items():
        yield f"{size:>3} pages: {seconds:.3f} s, {seconds / size * 10:.3f} s for 10 pages"
    for error in spread(result.missed, missed):
        yield f"\nMISSED {error.kind} ({error.sort}), line {error.line}, «{error.quote}», {error.passage.template}"
        yield error.passage.text
    for where, finding in spread(result.false, false):
        yield f"\nFALSE {finding.kind} ({finding.certainty}) in {where}: «{finding.text}»"
        yield f"  stated {finding.stated}, computed {finding.computed}: {finding.message}"
        yield f"  {finding.paragraph.text}"


def spread(items: list[Item], number: int) -> list[Item]:
    """``number`` of ``items`` from all over the list."""
    step = max(1, len(items) // number) if number else 1
    return items[::step][:number]


def as_json(result: Result) -> dict[str, Any]:
    def numbers(tally: Tally) -> dict[str, Any]:
        rates = {name: round(getattr(tally, name), 4) for name in ("recall", "precision", "precision_certain")}
        return {**vars(tally), **rates}

    return {
        "kinds": {kind: numbers(tally) for kind, tally in result.tallies.items()},
        "all": numbers(result.total),
        "passages": result.passages,
        "passages_with_alarm": result.passages_with_alarm,
        "missed_by_sort": {f"{kind}/{sort}": number for (kind, sort), number in result.missed_by_sort.items()},
        "seconds_by_pages": {str(size): round(seconds, 4) for size, seconds in result.seconds.items()},
        "notes": result.notes,
    }
