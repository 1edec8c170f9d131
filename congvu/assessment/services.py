"""What a person does with weaknesses and directions: write, change, order and remove them, tell what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.journal.services import OpenAct, act
from congvu.kernel.errors import Refusal
from congvu.work.tasks.queries import agencies_over_time
from congvu.work.tasks.rules import Agencies

from .evidence import EvidenceRefused, look_up, parse_evidence
from .models import DirectionCooperation, ReportDirection, ReportWeakness, key_of
from .queries import Directed, Sheet, get_direction, get_weakness, seen
from .rules import NAME_LIMIT, Outcome, Problem, problems_of_due, problems_of_text, tidied


class NotWritten(Refusal):
    """What was typed cannot be written down; ``problems`` name the fields."""

    code = "assessment.not_written"
    status = 409

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.words for problem in problems))
        self.problems = tuple(problems)


class ChangedMeanwhile(Refusal):
    code = "assessment.changed_meanwhile"
    status = 409


class BecameTask(Refusal):
    code = "assessment.became_task"
    status = 409


@dataclass(frozen=True, slots=True)
class WeaknessEntry:
    """A weakness as typed; ``evidence`` is a code (:func:`.evidence.parse_evidence`), empty for none."""

    text: str
    evidence: str = ""
    remedy: str = ""
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class DirectionEntry:
    """A direction as typed; agencies by their codes."""

    text: str
    lead_agency: str = ""
    cooperating: tuple[str, ...] = ()
    due_on: date | None = None


def add_weakness(reader: Reader, sheet: Sheet, entry: WeaknessEntry) -> int:
    """Write a weakness behind the others; return its number.

    Raises
    ------
    NotForThisSeat
    NotWritten
        Words are missing or hold marks that cannot be written, the evidence is none, or an agency does not exist.
    """
    fields = _weakness_fields(reader, sheet, entry)
    with _writing(reader, sheet, "assessment:weakness") as deed:
        number, position = _next(ReportWeakness, sheet)
        with deed.changing(ReportWeakness, [key_of(sheet.report, sheet.year, number)]):
            ReportWeakness.objects.create(
                report=sheet.report, year=sheet.year, number=number, position=position, **fields
            )
    return number


def change_weakness(reader: Reader, sheet: Sheet, number: int, entry: WeaknessEntry, *, before: str) -> None:
    """Write a weakness anew; ``before`` is its print (:func:`.queries.seen`) when it was shown.

    Raises
    ------
    NotForThisSeat, AssessmentNotFound, NotWritten
    ChangedMeanwhile
        Somebody else has changed it since.
    """
    fields = _weakness_fields(reader, sheet, entry)
    with _writing(reader, sheet, "assessment:weakness") as deed:
        found = get_weakness(reader, sheet.report, sheet.year, number)
        _refuse_changed(found, before)
        if (found.figure, found.period) == (fields["figure"], fields["period"]) and found.stated is not None:
            fields["stated"] = found.stated  # what it was when it was chosen stays
        with deed.changing(ReportWeakness, [key_of(sheet.report, sheet.year, number)]):
            ReportWeakness.objects.filter(pk=found.pk).update(**fields)


def _weakness_fields(reader: Reader, sheet: Sheet, entry: WeaknessEntry) -> dict[str, object]:
    require(reader, Permission.WRITE_REPORT)
    text, remedy = tidied(entry.text), tidied(entry.remedy)
    problems = problems_of_text("text", "Hạn chế", text) + problems_of_due(entry.due_on)
    problems += problems_of_text("remedy", "Giải pháp", remedy, required=False)
    problems += _problems_of_agency("responsible", entry.responsible, entry.due_on, agencies_over_time())
    problems += _judged(sheet, problems, text=text, remedy=remedy)
    fields: dict[str, object] = {}
    try:
        evidence = parse_evidence(entry.evidence)
        found = look_up(reader, evidence, sheet.periods)
    except EvidenceRefused as refusal:
        problems.append(Problem("evidence", str(refusal)))
    else:
        fields = evidence.columns | {"stated": found.value}
    if problems:
        raise NotWritten(problems)
    about = {"remedy": remedy or None, "responsible": entry.responsible or None, "due_on": entry.due_on}
    return {"text": text, **about, **fields}


def add_direction(reader: Reader, sheet: Sheet, entry: DirectionEntry) -> int:
    """Write a direction behind the others; return its number.

    Raises
    ------
    NotForThisSeat, NotWritten
    """
    fields = _direction_fields(reader, sheet, entry)
    with _writing(reader, sheet, "assessment:direction") as deed:
        number, position = _next(ReportDirection, sheet)
        with deed.changing(ReportDirection, [key_of(sheet.report, sheet.year, number)]):
            ReportDirection.objects.create(
                report=sheet.report, year=sheet.year, number=number, position=position, **fields
            )
        _write_cooperating(deed, sheet, number, (), _codes(entry))
    return number


def change_direction(reader: Reader, sheet: Sheet, number: int, entry: DirectionEntry, *, before: str) -> None:
    """Write a direction anew; raises as :func:`change_weakness`."""
    fields = _direction_fields(reader, sheet, entry)
    with _writing(reader, sheet, "assessment:direction") as deed:
        found = get_direction(reader, sheet.report, sheet.year, number)
        _refuse_changed(found, before)
        with deed.changing(ReportDirection, [key_of(sheet.report, sheet.year, number)]):
            ReportDirection.objects.filter(pk=found.record.pk).update(**fields)
        _write_cooperating(deed, sheet, number, found.cooperating, _codes(entry))


def _direction_fields(reader: Reader, sheet: Sheet, entry: DirectionEntry) -> dict[str, object]:
    require(reader, Permission.WRITE_REPORT)
    text, agencies = tidied(entry.text), agencies_over_time()
    problems = problems_of_text("text", "Phương hướng", text) + problems_of_due(entry.due_on)
    problems += _problems_of_agency("lead_agency", entry.lead_agency, entry.due_on, agencies)
    for code in _codes(entry):
        problems += _problems_of_agency("cooperating", code, entry.due_on, agencies)
    if entry.lead_agency and entry.lead_agency in entry.cooperating:
        problems.append(Problem("cooperating", "Cơ quan chủ trì không phối hợp với chính mình; hãy bỏ một chỗ."))
    problems += _judged(sheet, problems, text=text)
    if problems:
        raise NotWritten(problems)
    return {"text": text, "lead_agency": entry.lead_agency or None, "due_on": entry.due_on}


def _codes(entry: DirectionEntry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.cooperating))


def _write_cooperating(deed: OpenAct, sheet: Sheet, number: int, before: Sequence[str], after: Sequence[str]) -> None:
    where = {"report": sheet.report, "year": sheet.year, "direction": number}
    keys = [key_of(sheet.report, sheet.year, number, code) for code in dict.fromkeys([*before, *after])]
    with deed.changing(DirectionCooperation, keys):
        DirectionCooperation.objects.filter(**where).delete()
        DirectionCooperation.objects.bulk_create(
            DirectionCooperation(**where, agency=code, position=place) for place, code in enumerate(after, 1)
        )


def remove_weakness(reader: Reader, sheet: Sheet, number: int) -> None:
    """Take a weakness out.

    Raises
    ------
    NotForThisSeat, AssessmentNotFound
    BecameTask
        Its remedy is a task of next year's plan already.
    """
    require(reader, Permission.WRITE_REPORT)
    with _writing(reader, sheet, "assessment:weakness") as deed:
        found = get_weakness(reader, sheet.report, sheet.year, number)
        _refuse_task(found.task_id)
        with deed.changing(ReportWeakness, [key_of(sheet.report, sheet.year, number)]):
            found.delete()


def remove_direction(reader: Reader, sheet: Sheet, number: int) -> None:
    """Take a direction out; raises as :func:`remove_weakness`."""
    require(reader, Permission.WRITE_REPORT)
    with _writing(reader, sheet, "assessment:direction") as deed:
        found = get_direction(reader, sheet.report, sheet.year, number)
        _refuse_task(found.record.task_id)
        _write_cooperating(deed, sheet, number, found.cooperating, ())
        with deed.changing(ReportDirection, [key_of(sheet.report, sheet.year, number)]):
            found.record.delete()


def move_weakness(reader: Reader, sheet: Sheet, number: int, *, up: bool) -> None:
    """Change places with the one before (``up``) or behind; the first and the last stay where they are.

    Raises
    ------
    NotForThisSeat, AssessmentNotFound
    """
    require(reader, Permission.WRITE_REPORT)
    with _writing(reader, sheet, "assessment:weakness") as deed:
        get_weakness(reader, sheet.report, sheet.year, number)
        _move(deed, ReportWeakness, sheet, number, up=up)


def move_direction(reader: Reader, sheet: Sheet, number: int, *, up: bool) -> None:
    """Do for a direction what :func:`move_weakness` does."""
    require(reader, Permission.WRITE_REPORT)
    with _writing(reader, sheet, "assessment:direction") as deed:
        get_direction(reader, sheet.report, sheet.year, number)
        _move(deed, ReportDirection, sheet, number, up=up)


def write_outcome(
    reader: Reader, report: str, year: int, number: int, outcome: Outcome, words: str, *, before: str
) -> None:
    """Tell what became of a weakness's remedy; ``year`` is that of the report that named it.

    Raises
    ------
    NotForThisSeat, AssessmentNotFound, ChangedMeanwhile
    NotWritten
        There is no remedy, or the words are too long.
    """
    require(reader, Permission.WRITE_REPORT)
    with transaction.atomic():
        _lock(report, year)
        found = get_weakness(reader, report, year, number)
        _refuse_changed(found, before)
        words = tidied(words)
        problems = problems_of_text("outcome_text", "Kết quả", words, required=False)
        if "[[" in words or "{{" in words:
            problems.append(Problem("outcome_text", "Kết quả: viết bằng chữ, không dùng dấu [[…]] hay {{…}}."))
        if not found.remedy:
            problems.append(Problem("", "Hạn chế này không có giải pháp nên không có kết quả để ghi."))
        if problems:
            raise NotWritten(problems)
        key = key_of(report, year, number)
        with (
            act("assessment:outcome", actor=reader, subject=(ReportWeakness.table(), key)) as deed,
            deed.changing(ReportWeakness, [key]),
        ):
            ReportWeakness.objects.filter(pk=found.pk).update(outcome=outcome, outcome_text=words or None)


# What all of them share


Ordered = type[ReportWeakness] | type[ReportDirection]


@contextmanager
def _writing(reader: Reader, sheet: Sheet, kind: str) -> Iterator[OpenAct]:
    """Open an act about a report's assessment; nobody else writes into it until the block ends."""
    with transaction.atomic():
        _lock(sheet.report, sheet.year)
        with act(kind, actor=reader, data={"report": sheet.report, "year": sheet.year}) as deed:
            yield deed


def _lock(report: str, year: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"x_report_weaknesses {report} {year}"]
        )


def _next(model: Ordered, sheet: Sheet) -> tuple[int, int]:
    """Return the number and the position of the next one; numbers of removed ones may come again."""
    held = list(model.objects.filter(report=sheet.report, year=sheet.year).values_list("number", "position"))
    return max((number for number, _ in held), default=0) + 1, max((place for _, place in held), default=0) + 1


def _move(deed: OpenAct, model: Ordered, sheet: Sheet, number: int, *, up: bool) -> None:
    rows = model.objects.filter(report=sheet.report, year=sheet.year).order_by("position", "number")
    numbers = list(rows.values_list("number", flat=True))
    place = numbers.index(number)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(numbers):
        return
    numbers[place], numbers[other] = numbers[other], numbers[place]
    with deed.changing(model, [key_of(sheet.report, sheet.year, one) for one in numbers]):
        for position, one in enumerate(numbers, 1):
            rows.filter(number=one).update(position=position)


def _judged(sheet: Sheet, problems: Sequence[Problem], **words: str) -> list[Problem]:
    """Return why words cannot stand in the report, of the fields that nothing is wrong with so far."""
    wrong = {problem.field for problem in problems}
    names = {"text": "Nội dung", "remedy": "Giải pháp"}
    return [
        Problem(field, fault)
        for field, text in words.items()
        if text and field not in wrong
        for fault in sheet.judge(text, names[field])
    ]


def _problems_of_agency(field: str, code: str, due_on: date | None, agencies: Agencies) -> list[Problem]:
    """Return why nobody of that code can be in charge on ``due_on``; an empty code is nobody yet."""
    held = agencies.get(code, [])
    if not code or (held and due_on is None) or any(due_on and one.covers(due_on, due_on) for one in held):
        return []
    if not held:
        return [Problem(field, f"Không có cơ quan mã «{code[:NAME_LIMIT]}». Hãy chọn từ danh sách cơ quan.")]
    return [
        Problem(field, f"Cơ quan «{held[-1].name}» không hoạt động vào ngày {due_on:%d/%m/%Y}. Hãy chọn cơ quan khác.")
    ]


def _refuse_changed(found: ReportWeakness | Directed, before: str) -> None:
    if seen(found) != before:
        raise ChangedMeanwhile(
            "Người khác vừa sửa mục này trong lúc anh, chị đang viết. Hãy mở lại mục trong thẻ khác, so với nội dung "
            "ở đây, rồi ghi lại."
        )


def _refuse_task(task: str | None) -> None:
    if task is not None:
        raise BecameTask(f"Mục này đã thành nhiệm vụ «{task}» của kế hoạch năm sau nên không xóa được.")
