"""Reports that agencies owe, in the words of the pages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from congvu.collection.filling import Filled
from congvu.collection.form import Kind, Question
from congvu.collection.models import ReportMove
from congvu.collection.prefill import Prefilled
from congvu.collection.queries import COUNTED, Owing
from congvu.collection.rules import Deed, State
from congvu.kernel.format import format_due, format_number, format_percent

from .listing import NONE

_STYLES = {
    State.DRAFT: "out",
    State.CHECKED: "open",
    State.SUBMITTED: "open",
    State.RETURNED: "late",
    State.ACCEPTED: "good",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words with the class that colours it; ``time`` says how it stands against its date."""

    words: str
    style: str
    time: str
    late: bool


def standing_of(owing: Owing) -> Standing:
    time = owing.standing
    if owing.was_late:
        time = _("gửi sau hạn")
    elif owing.is_handed_in:
        time = _("đúng hạn")
    return Standing(str(owing.state.label), _STYLES[owing.state], time, owing.is_late)


def count_words(total: int) -> str:
    """Return a count that stops at a bound: ``hơn 1.000``."""
    return _("hơn %(count)s") % {"count": format_number(COUNTED)} if total > COUNTED else format_number(total)


def value_words(question: Question, value: Decimal | None) -> str:
    """Return the answer to a question as people write it; a dash where there is none."""
    if value is None:
        return NONE
    if question.kind is Kind.FIGURE and question.figure.is_share:
        return format_percent(value)
    places = 0 if value == value.to_integral_value() else 2
    return format_number(value, places)


def known_words(question: Question, prefilled: Prefilled | None) -> str:
    """Return what the records give, or that they do not know."""
    if prefilled is None:
        return NONE
    if not prefilled.known:
        return _("chưa có trong dữ liệu")
    if prefilled.value is None:
        return _("không phát sinh")
    return value_words(question, prefilled.value)


def difference_words(question: Question, prefilled: Prefilled | None, answer: Filled | None) -> str:
    """Return how much the stated number differs from the counted one; empty where it does not."""
    if prefilled is None or not prefilled.known or answer is None or answer.value is None or prefilled.value is None:
        return ""
    difference = answer.value - prefilled.value
    if not difference:
        return ""
    sign = "+" if difference > 0 else "−"
    return sign + value_words(question, abs(difference))


def step_words(step: ReportMove) -> str:
    """Return a step of the way in words; what follows it is who made it."""
    words = str(Deed(step.deed).label)
    if step.submission is not None:
        words += " " + _("(lần gửi %(number)s)") % {"number": step.submission}
    if step.due_at is not None:
        words += " " + _("đến %(due)s") % {"due": format_due(step.due_at)}
    return words
