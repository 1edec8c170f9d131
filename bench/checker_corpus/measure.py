"""What a checker finds in the corpus: errors found, alarms where nothing is wrong, seconds."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from congvu.checker.findings import Finding, Kind

from .catalogue import TEMPLATES, clean_passages, injected_passages
from .documents import document, pages
from .errors import Injected
from .given import given, relations_of_articles
from .language import Passage

Check = Callable[[str], Sequence[Finding]]
KINDS = tuple(kind.value for kind in Kind)
SIZES = (10, 20, 40, 80)
ROUNDS_OF_CLEAN = 6
DOCUMENTS = 20


@dataclass
class Tally:
    """The counts of one kind."""

    injected: int = 0
    found: int = 0
    found_certain: int = 0
    any_kind: int = 0
    false: int = 0
    false_certain: int = 0
    clean_relations: int = 0
    clean_hit: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.injected if self.injected else 0.0

    @property
    def precision(self) -> float:
        return share(self.found, self.false)

    @property
    def precision_certain(self) -> float:
        return share(self.found_certain, self.false_certain)


def share(found: int, false: int) -> float:
    return found / (found + false) if found + false else 1.0


@dataclass
class Result:
    tallies: dict[str, Tally]
    passages: int = 0
    passages_with_alarm: int = 0
    missed: list[Injected] = field(default_factory=list)
    false: list[tuple[str, Finding]] = field(default_factory=list)
    missed_by_sort: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: dict[int, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        total = Tally()
        for tally in self.tallies.values():
            for name, number in vars(tally).items():
                setattr(total, name, getattr(total, name) + number)
        return total


def product() -> Check:
    """The product's own reading and checking of a text."""
    from congvu.checker import check
    from congvu.press.reading import read_manuscript

    return lambda text: list(check(read_manuscript(text.encode(), "passage.txt")))


def lines_between(text: str, start: int, end: int) -> range:
    first = text.count("\n", 0, start) + 1
    return range(first, first + text.count("\n", start, end) + 1)


def lines_of(finding: Finding) -> range:
    last = finding.paragraph.place(max(finding.start, finding.end - 1)).line
    return range(finding.place.line, last + 1)


def lines_of_paragraph(finding: Finding) -> range:
    starts = finding.paragraph.starts
    return range(starts[0][1].line, starts[-1][1].line + 1)


def touches(finding: Finding, text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether ``finding`` stands in the paragraph of a span and quotes it, a part of it, or more than it."""
    quoted = " ".join(finding.text.split())
    for start, end in spans:
        if not set(lines_between(text, start, end)) & set(lines_of_paragraph(finding)):
            continue
        span = " ".join(text[start:end].split())
        if not quoted or not span or span in quoted or quoted in span:
            return True
    return False


def right_place(finding: Finding, error: Injected) -> bool:
    if error.kind == "footnote" and finding.kind == "footnote":
        return True  # a mark and its note stand apart: either may be named
    return touches(finding, error.passage.text, error.spans)


def measure_errors(result: Result, check: Check, errors: Sequence[Injected]) -> None:
    for error in errors:
        findings = check(error.passage.text)
        near = [finding for finding in findings if right_place(finding, error)]
        right = [finding for finding in near if finding.kind == error.kind]
        tally = result.tallies[error.kind]
        tally.injected += 1
        tally.found += bool(right)
        tally.found_certain += any(finding.certainty == "certain" for finding in right)
        tally.any_kind += bool(near)
        if not right:
            result.missed.append(error)
            result.missed_by_sort[error.kind, error.sort] += 1
        for finding in findings:
            if finding not in near and not touches(finding, error.passage.text, error.around):
                alarm(result, f"beside an error of {error.kind} in {error.passage.template}", finding)


def alarm(result: Result, where: str, finding: Finding) -> None:
    tally = result.tallies[finding.kind]
    tally.false += 1
    tally.false_certain += finding.certainty == "certain"
    result.false.append((where, finding))


def measure_clean(result: Result, check: Check, passages: Sequence[Passage]) -> None:
    for passage in passages:
        findings = check(passage.text)
        result.passages += 1
        result.passages_with_alarm += bool(findings)
        for finding in findings:
            alarm(result, passage.template, finding)
        for relation in passage.relations:
            tally = result.tallies[relation.kind]
            tally.clean_relations += 1
            spans = passage.spans(relation.slots)
            tally.clean_hit += any(
                finding.kind == relation.kind and touches(finding, passage.text, spans) for finding in findings
            )


def measure_time(result: Result, check: Check, sizes: Sequence[int] = SIZES) -> None:
    for size in sizes:
        text = pages(size)
        started = time.perf_counter()
        check(text)
        result.seconds[size] = time.perf_counter() - started


def measure(
    check: Check,
    *,
    seed: int = 1,
    a_kind: int = 110,
    kinds: Sequence[str] = KINDS,
    rounds: int = ROUNDS_OF_CLEAN,
    documents: int = DOCUMENTS,
    sizes: Sequence[int] = SIZES,
) -> Result:
    """Check the clean passages and documents, the given ones, and ``a_kind`` errors of each of ``kinds``."""
    result = Result({kind: Tally() for kind in KINDS})
    others = given()
    if others.note:
        result.notes.append(others.note)
    if others.passages:
        result.notes.append(f"Known relations in the given articles: {relations_of_articles(others.passages)}.")
    clean = [*clean_passages(seed, rounds), *(document(seed * 100 + number) for number in range(documents))]
    measure_clean(result, check, [*clean, *others.passages])
    for kind in kinds:
        measure_errors(result, check, injected_passages(seed, kind, a_kind))
    measure_time(result, check, sizes)
    result.notes.append(f"{len(TEMPLATES)} templates, seed {seed}.")
    return result
