"""What people do with a report that is owed: fill it, and move it along the table of moves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from congvu.access.queries import NotForThisSeat
from congvu.access.rules import Reader
from congvu.journal.services import OpenAct, act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_count_in_text
from congvu.kernel.names import grouped

from .answers import filled_of, known_for, write_answers
from .filling import Entry, read_entries, still_wrong, tidied
from .models import ReportMove, ReportObligation, key_of
from .queries import Owing, answers_of, get_owing, moves_of, owing_to, sides_of
from .rules import EDITABLE, MOVES, Deed, Problem, Side, State, why_not, why_not_extend
from .sheets import digest_of, open_sheet, recounted
from .stating import state_answers


class MoveNotPossible(Refusal):
    code = "collection.move_not_possible"
    status = 409


class NotReady(Refusal):
    """A form that cannot be handed in yet, or an entry that cannot be read; ``problems`` name the questions."""

    code = "collection.not_ready"
    status = 409

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.words for problem in problems))
        self.problems = tuple(problems)


def fill(reader: Reader, request: str, agency: str, entries: Mapping[str, Entry], *, seen: str | None = None) -> None:
    """Store what was typed into an agency's form; all of it, or nothing.

    ``seen`` is the hash that the form had when it was shown: what somebody else typed meanwhile is not overwritten.

    Raises
    ------
    NotForThisSeat, ObligationNotFound
    MoveNotPossible
        The report is handed in, or somebody else has changed it meanwhile.
    NotReady
        Something typed cannot be read.
    """
    with _locked(reader, "collection:fill", request, agency, {Side.OWN}) as (deed, owing):
        if owing.state not in EDITABLE:
            raise MoveNotPossible(
                f"Báo cáo đang ở trạng thái «{owing.state.label}» nên không sửa được. Hãy tải lại trang."
            )
        sheet = open_sheet(reader, request, agency)
        if seen is not None and seen != sheet.seen:
            raise MoveNotPossible(
                "Người khác vừa sửa báo cáo này trong lúc anh, chị đang điền. Hãy so lại rồi lưu lần nữa."
            )
        reading = read_entries(sheet.questions, sheet.prefilling, entries, known_for(owing, entries.values()))
        if reading.problems:
            raise NotReady(reading.problems)
        write_answers(deed, sheet.stored, reading.answers, owing, reader.name)


def move(
    reader: Reader,
    request: str,
    agency: str,
    deed: Deed,
    *,
    reason: str = "",
    due_at: datetime | None = None,
    missing: Collection[str] = (),
) -> None:
    """Make one move of the table with an agency's report.

    ``due_at`` is the new date of an extension; ``missing`` the agencies below that a submission lists as missing.

    Raises
    ------
    NotForThisSeat, ObligationNotFound
    MoveNotPossible
        The state does not allow it, a reason is missing, agencies below have not handed in, or the date is not later.
    NotReady
        The form cannot be handed in as it is filled.
    StatementNotPossible
        What is accepted cannot stand as the agency's statement.
    """
    wanted, reason = MOVES[deed], tidied(reason)
    with _locked(reader, f"collection:{deed}", request, agency, {wanted.side}, reason=reason) as (opened, owing):
        refused = why_not(deed, owing.state, reason)
        if refused:
            raise MoveNotPossible(refused)
        step = ReportMove(
            request_id=request,
            agency=agency,
            deed=deed,
            state=wanted.after or owing.state,
            reason=reason or None,
            by=reader.name,
            at=clock.now(),
        )
        if effect := _EFFECTS.get(deed):
            effect(_Making(reader, opened, owing, step, due_at, missing))
        _write_step(opened, owing, step)


@dataclass
class _Making:
    """A move being made: what its effect may need, and the step that will be written of it."""

    reader: Reader
    opened: OpenAct
    owing: Owing
    step: ReportMove
    due_at: datetime | None
    missing: Collection[str]


def _check(making: _Making) -> None:
    """Count the figures once more, and refuse what is not complete."""
    owing = making.owing
    sheet = open_sheet(making.reader, owing.request, owing.agency)
    answers = recounted(sheet)
    problems = still_wrong(sheet.form, sheet.questions, sheet.prefilling, answers)
    if problems:
        raise NotReady(problems)
    write_answers(making.opened, sheet.stored, answers, owing, making.reader.name)
    making.step.digest = digest_of(answers)


def _submit(making: _Making) -> None:
    """Hand the report in; those below that are not accepted have to be listed as missing."""
    owing, step = making.owing, making.step
    waiting = [one for one in owing_to(owing.request, owing.agency) if one.state is not State.ACCEPTED]
    unlisted = [one.full_name for one in waiting if one.agency not in making.missing]
    if unlisted:
        raise MoveNotPossible(
            f"Còn {format_count_in_text(len(unlisted))} cơ quan trực thuộc chưa được duyệt báo cáo: "
            f"{grouped(unlisted)}. Hãy duyệt báo cáo của các cơ quan ấy, hoặc ghi rõ là còn thiếu."
        )
    listed = [key_of(one.request, one.agency) for one in waiting]
    with making.opened.changing(ReportObligation, listed):
        codes = [one.agency for one in waiting]
        ReportObligation.objects.filter(request=owing.request, agency__in=codes).update(listed_missing_at=step.at)
    step.submission = sum(one.deed == Deed.SUBMIT for one in moves_of(owing.request, owing.agency)) + 1
    step.digest = digest_of(filled_of(answer) for answer in answers_of(owing.request, owing.agency))


def _accept(making: _Making) -> None:
    """Accept what was handed in; numbers that the agency keeps elsewhere become its statements."""
    owing, step = making.owing, making.step
    sheet = open_sheet(making.reader, owing.request, owing.agency)
    last = next(one for one in reversed(moves_of(owing.request, owing.agency)) if one.deed == Deed.SUBMIT)
    step.submission, step.digest = last.submission, sheet.seen
    if last.digest != sheet.seen:
        raise MoveNotPossible("Câu trả lời đã khác lúc gửi. Hãy trả lại báo cáo để cơ quan gửi lại.")
    state_answers(making.opened, sheet)


def _extend(making: _Making) -> None:
    refused = "Hãy cho biết hạn mới." if making.due_at is None else why_not_extend(making.owing.due_at, making.due_at)
    if refused:
        raise MoveNotPossible(refused)
    making.step.due_at = making.due_at


_EFFECTS: dict[Deed, Callable[[_Making], None]] = {
    Deed.CHECK: _check,
    Deed.SUBMIT: _submit,
    Deed.ACCEPT: _accept,
    Deed.EXTEND: _extend,
}
"""What a move does beside changing the state; the others do nothing."""


@contextmanager
def _locked(
    reader: Reader, kind: str, request: str, agency: str, sides: set[Side], *, reason: str = ""
) -> Iterator[tuple[OpenAct, Owing]]:
    """Open an act about what an agency owes, its row locked, once the reader has been seen to be on a right side."""
    owing = get_owing(reader, request, agency)
    if not sides & sides_of(reader, owing):
        raise NotForThisSeat(
            "Việc này là của cơ quan phải báo cáo." if Side.OWN in sides else "Việc này là của cơ quan nhận báo cáo."
        )
    key = key_of(request, agency)
    with act(kind, actor=reader, subject=(ReportObligation.table(), key), reason=reason) as opened:
        ReportObligation.objects.select_for_update().get(request=request, agency=agency)
        # asked again under the lock: somebody may have been first
        yield opened, get_owing(reader, request, agency)


def _write_step(opened: OpenAct, owing: Owing, step: ReportMove) -> None:
    step.number = len(moves_of(owing.request, owing.agency)) + 1
    key = key_of(owing.request, owing.agency)
    changed: dict[str, object] = {"state": step.state}
    match step.deed:
        case Deed.SUBMIT:
            changed["handed_in_at"] = step.at
        case Deed.ACCEPT:
            changed["accepted_at"] = step.at
        case Deed.EXTEND:
            changed = {"due_at": step.due_at}
    with opened.changing(ReportObligation, [key]):
        ReportObligation.objects.filter(request=owing.request, agency=owing.agency).update(**changed)
    with opened.changing(ReportMove, [key_of(owing.request, owing.agency, step.number)]):
        step.save(force_insert=True)
