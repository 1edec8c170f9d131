"""What the report of 2022 states, beside what the simulated records add up to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from congvu.access.rules import SYSTEM
from congvu.figures.compute import Answer, compute, parse_key
from congvu.figures.written import share, value_in_words
from congvu.kernel.format import format_number
from congvu.reports.queries import ANNUAL, periods_of

from .sources import rows

YEAR = 2022


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the original report: where it stands, as stated and as computed, both as written there."""

    section: str
    label: str
    figure: str
    stated: str
    computed: str

    @property
    def equal(self) -> bool:
        return self.stated == self.computed


def compare() -> Iterator[Compared]:
    """Yield every figure that the report states, in its order."""
    periods = periods_of(ANNUAL, YEAR)
    answers = {
        (name, answer.key): answer for name, period in periods.items() for answer in compute(period, reader=SYSTEM)
    }
    for row in rows("stated_figures"):
        figure, _members = parse_key(row["figure"])
        answer = answers.get((row["period"], row["figure"]))
        percent = row["form"].startswith("percent")
        stated = f"{row['stated']}%" if percent else format_number(int(row["stated"]))
        computed = _written(answer, row["form"]) if answer else value_in_words(None if figure.is_share else 0)
        yield Compared(row["section"], row["label"], row["figure"], stated, computed)


def _written(answer: Answer, form: str) -> str:
    return share(answer, int(form.removeprefix("percent"))) if form else value_in_words(answer)
