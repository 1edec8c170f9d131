"""The tables of a report's assessment and of the plan that is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congvu.assessment.suggestions import Suggestion
from congvu.kernel.format import format_day
from congvu.work.tasks.queries import TaskLine
from congvu.work.tasks.rules import NewTask

from .listing import NONE, Cell, Listing, Row, Rows, Table, columns, day, link, text

State = tuple[str, str, str]
"""The class, the icon and the words of a state."""


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """``gone`` says why evidence cannot be read any more; then there is no value and no address."""

    kind: str
    name: str
    value: str
    url: str
    missing: bool = False
    gone: str = ""


@dataclass(frozen=True, slots=True)
class TaskShown:
    id: str
    state: State
    due_on: date | None


@dataclass(frozen=True, slots=True)
class WeaknessLine:
    number: int
    text: str
    evidence: EvidenceShown
    remedy: str
    responsible: str
    due_on: date | None
    task: TaskShown | None


@dataclass(frozen=True, slots=True)
class DirectionLine:
    number: int
    text: str
    lead: str
    beside: str
    due_on: date | None
    task: TaskShown | None


@dataclass(frozen=True, slots=True)
class LastLine:
    number: int
    text: str
    remedy: str
    evidence: EvidenceShown
    then: str
    now: str
    outcome: State | None
    outcome_text: str
    task: TaskShown | None


def last_table(lines: Sequence[LastLine], year: int) -> Table:
    """Return last year's weaknesses with what became of their remedies."""

    def row(line: LastLine) -> Row:
        cells = (
            text(line.text),
            text(line.remedy),
            evidence_cell(line.evidence),
            text(line.then),
            text(line.now),
            _outcome(line),
        )
        return Row(cells, record=line)

    titles = columns(
        _("Hạn chế"),
        _("Giải pháp"),
        _("Minh chứng"),
        _("Năm") + f" {year - 1}",
        _("Năm") + f" {year}",
        _("Kết quả"),
    )
    caption = _("Giải pháp của năm trước và kết quả")
    return Table(_("Giải pháp của năm trước"), titles, Rows(row, lines), caption, "roomy")


def _outcome(line: LastLine) -> Cell:
    if not line.remedy:
        return Cell(NONE)
    task = replace(task_cell(line.task), before=pgettext("one", "Nhiệm vụ") + ":")
    if line.outcome is None:
        return Cell("", note=_("chưa ghi kết quả"), more=(task,))
    state, icon, words = line.outcome
    return Cell(words, state=state, icon=icon, note=line.outcome_text, more=(task,))


def weaknesses_table(lines: Sequence[WeaknessLine]) -> Table:
    def row(line: WeaknessLine) -> Row:
        parts = [line.responsible or NONE, format_day(line.due_on) if line.due_on else ""]
        charge = Cell(", ".join(part for part in parts if part), more=(task_cell(line.task),) if line.remedy else ())
        return Row((text(line.text), evidence_cell(line.evidence), text(line.remedy), charge), record=line)

    titles = columns(_("Hạn chế"), _("Minh chứng"), _("Giải pháp"), _("Trách nhiệm, thời hạn"))
    caption = _("Hạn chế, minh chứng và giải pháp, theo thứ tự trong báo cáo")
    return Table(_("Hạn chế và giải pháp"), titles, Rows(row, lines), caption, "roomy")


def directions_table(lines: Sequence[DirectionLine]) -> Table:
    def row(line: DirectionLine) -> Row:
        cells = (text(line.text), text(line.lead), text(line.beside), day(line.due_on), task_cell(line.task))
        return Row(cells, record=line)

    titles = columns(_("Nội dung"), _("Chủ trì"), _("Phối hợp"), _("Chậm nhất"), pgettext("one", "Nhiệm vụ"))
    caption = _("Phương hướng, nhiệm vụ, theo thứ tự trong báo cáo")
    return Table(_("Phương hướng, nhiệm vụ"), titles, Rows(row, lines), caption, "roomy")


def last_directions_table(lines: Sequence[DirectionLine], year: int) -> Table:
    def row(line: DirectionLine) -> Row:
        return Row((text(line.text), task_cell(line.task)))

    name = " ".join((_("Phương hướng năm"), str(year - 1), _("đã thành nhiệm vụ")))
    return Table(name, columns(_("Nội dung"), pgettext("one", "Nhiệm vụ")), Rows(row, lines), style="roomy")


def suggestions_table(found: Sequence[tuple[Suggestion, str, str]]) -> Table:
    """Return what could be evidence; a row's record is the address of the form that begins with it."""

    def row(shown: tuple[Suggestion, str, str]) -> Row:
        one, rows, form = shown
        return Row((link(one.name, rows), text(one.words), text(one.why)), record=form)

    titles = columns(_("Minh chứng"), _("Hiện nay"), _("Vì sao"))
    caption = _("Gợi ý minh chứng từ số liệu và kiểm tra")
    return Table(_("Gợi ý minh chứng"), titles, Rows(row, found), caption, "roomy")


def evidence_cell(shown: EvidenceShown) -> Cell:
    """Return on what a weakness rests, with the way to its rows."""
    if shown.missing:
        return Cell(_("Chưa có minh chứng"), state="late", icon="!")
    if shown.gone:
        return Cell(_("Không mở được"), state="late", icon="!", note=shown.gone)
    return Cell(shown.name, url=shown.url, before=f"{shown.kind}:", note=shown.value)


def task_cell(shown: TaskShown | None) -> Cell:
    """Return what a remedy or a direction became."""
    if shown is None:
        return Cell("", note=_("chưa thành nhiệm vụ"))
    state, icon, words = shown.state
    note = f"{shown.id}, " + _("hạn") + f" {format_day(shown.due_on)}" if shown.due_on else shown.id
    return Cell(words, state=state, icon=icon, note=note)


def plan_listing(year: int, new: Sequence[tuple[NewTask, tuple[str, str]]], held: Sequence[TaskLine]) -> Listing:
    """Return the tasks that a plan would get, each with who leads and who takes part, and those that it has."""

    def planned(shown: tuple[NewTask, tuple[str, str]]) -> Row:
        one, (lead, beside) = shown
        return Row((Cell(one.row), Cell(one.title), text(lead), text(beside), day(one.assigned_on), day(one.due_on)))

    def task(one: TaskLine) -> Row:
        return Row((Cell(one.id), Cell(one.title), text(one.agency_name), day(one.due_on), day(one.completed_on)))

    name = pgettext("one", "Nhiệm vụ")
    will_be = columns(_("Từ"), name, _("Chủ trì"), _("Phối hợp"), _("Giao ngày"), _("Thời hạn"))
    are = columns(_("Mã"), name, _("Chủ trì"), _("Thời hạn"), _("Hoàn thành"))
    tables = (
        Table(_("Nhiệm vụ sẽ lập"), will_be, Rows(planned, new), style="roomy"),
        Table(_("Nhiệm vụ của kế hoạch"), are, Rows(task, held), style="roomy"),
    )
    return Listing(_("Dự thảo kế hoạch năm") + f" {year}", tables, ((_("Năm"), str(year)),))
