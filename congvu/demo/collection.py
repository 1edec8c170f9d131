"""A year's cycle of reporting, simulated: the yearly report asked of every agency, most of it handed in by now.

The figures in it are the records' own, and every answer went through the form's own checks. What agencies typed,
when they sent it and what they wrote is invented, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection

from congvu.access.rules import SYSTEM
from congvu.collection.answers import made_of
from congvu.collection.asking import Asked, plan_request
from congvu.collection.filling import Entry, Filled, Item, Known, read_entries, still_wrong
from congvu.collection.form import Form, Kind, Question
from congvu.collection.models import ReportAnswer, ReportMove, ReportObligation, ReportRequest
from congvu.collection.prefill import Prefilling, prefill
from congvu.collection.queries import form_of, period_of
from congvu.collection.rules import Deed, State
from congvu.collection.sheets import digest_of
from congvu.collection.tiers import AgencyOn, agencies_valid_on
from congvu.demo.chance import Chance
from congvu.figures.models import Statement, StatementMode
from congvu.journal.services import act
from congvu.kernel.clock import VIETNAM

OPENED_AT = datetime(2022, 12, 1, 8, 30, tzinfo=VIETNAM)
_DAYS = (date(2022, 12, 15), date(2022, 12, 16), date(2022, 12, 19), date(2022, 12, 20))

_BEGUN_BY_NOBODY = {"STNMT", "048"}
"""They still owe it on the demo's day: the department of the demo's own head, and a district."""
_RETURNED = {"SGTVT"}
_WAITING = {"STTTT", "BDT", "SYT", "040", "051"}
_LISTS_MISSING, _MISSING_COMMUNES = "051", 2
"""A district that waits, and how many of its communes have not reported; it listed them as missing."""
_ANOTHER_NUMBER = "SYT"
_STEPS = {
    State.SUBMITTED: (Deed.CHECK, Deed.SUBMIT),
    State.RETURNED: (Deed.CHECK, Deed.SUBMIT, Deed.RETURN),
    State.ACCEPTED: (Deed.CHECK, Deed.SUBMIT, Deed.ACCEPT),
}
_AFTER = {
    Deed.CHECK: State.CHECKED,
    Deed.SUBMIT: State.SUBMITTED,
    Deed.RETURN: State.RETURNED,
    Deed.ACCEPT: State.ACCEPTED,
}

_LED = (
    "Người đứng đầu trực tiếp kiểm tra việc chấp hành giờ làm việc tại các phòng, bộ phận; nhắc nhở ngay tại chỗ.",
    "Họp giao ban hằng tuần gắn với kiểm điểm việc được giao; công khai kết quả từng bộ phận.",
    "Phân công cấp phó phụ trách từng lĩnh vực, mỗi tháng nghe báo cáo một lần về hồ sơ sắp đến hạn.",
    "Ký cam kết thực hiện kỷ luật, kỷ cương với từng công chức; đưa vào đánh giá hằng tháng.",
)
_STRONG = (
    "Công chức chấp hành tốt giờ giấc, trang phục, giao tiếp với người dân hòa nhã.",
    "Hồ sơ được theo dõi đến từng công chức thụ lý; số trễ hạn giảm so với năm trước.",
    "Bộ phận một cửa bố trí đủ người, có người thay khi vắng.",
)
_WEAK = (
    ("Vẫn còn hồ sơ trễ hạn", "Rà soát hồ sơ hằng ngày, phân công lại khi quá tải, xin lỗi khi trễ hẹn."),
    ("Phối hợp giữa các bộ phận còn chậm", "Ấn định thời hạn cho từng bước trong quy trình nội bộ."),
)
_CAUSES = (
    "Hồ sơ đất đai phải xác minh thực địa nhiều lần.",
    "Chờ ý kiến của cơ quan phối hợp.",
    "Thiếu công chức trong thời gian dịch bệnh đầu năm.",
)
_SIMULATED = " (mô phỏng)"
_WHY_RETURNED = "Cần nêu rõ nguyên nhân hồ sơ trễ hạn ở từng lĩnh vực" + _SIMULATED
_OFFICER = "Hoàng Thị Lan"
"""Who judges what comes to the province."""


@dataclass(frozen=True)
class _Cycle:
    request: ReportRequest
    form: Form
    agencies: Mapping[str, AgencyOn]
    heads: Mapping[str, str]
    chance: Chance


def add_cycle(seed: int) -> None:
    """Ask for the yearly report of 2022 and let agencies answer it, in one act that says it is simulated."""
    request, owed = plan_request(Asked("annual", 2022, note="Yêu cầu mô phỏng, để thấy chế độ báo cáo chạy."))
    request.opened_at = OPENED_AT
    agencies = agencies_valid_on(request.period_to)
    cycle = _Cycle(request, form_of(request), agencies, _heads(request.period_to), Chance(seed, "collection"))
    prefilled = prefill(cycle.form, period_of(request), [agencies[one.agency] for one in owed], agencies)
    missing = _decide_states(cycle, owed)
    answers: list[ReportAnswer] = []
    moves: list[ReportMove] = []
    statements: list[Statement] = []
    for one in owed:
        if one.state == State.DRAFT:
            continue
        filled = _fill(cycle, agencies[one.agency], prefilled[one.agency])
        steps = _steps(cycle, one, filled)
        moves += steps
        by = cycle.heads.get(one.agency, agencies[one.agency].name)
        answers += [made_of(answer, request.code, one.agency, by, steps[0].at) for answer in filled]
        if one.state == State.ACCEPTED:
            statements += _statements(cycle, agencies[one.agency], prefilled[one.agency], filled)
    for one in missing:
        one.listed_missing_at = next(o.handed_in_at for o in owed if o.agency == one.receiver)
    data = {"form": request.form, "agencies": len(owed), "simulated": True}
    with act("collection:open", actor=SYSTEM, subject=(ReportRequest.table(), request.code), data=data) as deed:
        request.save(force_insert=True)
        ReportObligation.objects.bulk_create(owed)
        ReportAnswer.objects.bulk_create(answers)
        ReportMove.objects.bulk_create(moves)
        Statement.objects.bulk_create(statements)
        for model in (ReportRequest, ReportObligation, ReportAnswer, ReportMove, Statement):
            deed.checkpoint(model)


def _heads(day: date) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.agency, max(o.full_name) FROM posts p JOIN officers o ON o.code = p.officer "
            "WHERE p.rank = 'head' AND %s BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity') GROUP BY p.agency",
            [day],
        )
        return dict(cursor.fetchall())


def _decide_states(cycle: _Cycle, owed: list[ReportObligation]) -> list[ReportObligation]:
    """Give every report its state; return those that their district listed as missing."""
    missing: list[ReportObligation] = []
    for one in sorted(owed, key=lambda one: one.agency):
        upper = one.receiver if one.receiver in {o.agency for o in owed} else one.agency
        if one.agency in _BEGUN_BY_NOBODY:
            one.state = State.DRAFT
        elif one.agency in _RETURNED:
            one.state = State.RETURNED
        elif one.agency in _WAITING or (upper in _BEGUN_BY_NOBODY and cycle.chance.happens(0.5)):
            one.state = State.SUBMITTED
        elif upper == _LISTS_MISSING and len(missing) < _MISSING_COMMUNES:
            one.state = State.DRAFT
            missing.append(one)
        else:
            one.state = State.ACCEPTED
    return missing


def _fill(cycle: _Cycle, agency: AgencyOn, prefilling: Prefilling) -> list[Filled]:
    questions = cycle.form.questions_for(agency.kind, agency.level)
    late = prefilling["tre-han"]
    entries = {q.id: _typed(cycle, q) for q in questions if _is_unknown(q, prefilling) or q.kind is Kind.NUMBER}
    if any(entry in entries for entry in ("giai-quyet", "dung-han", "tre-han")):
        entries |= {"giai-quyet": Entry("0"), "dung-han": Entry("0"), "tre-han": Entry("0")}
    entries["chi-dao"] = Entry(cycle.chance.pick(_LED) + _SIMULATED)
    entries["uu-diem"] = Entry(cycle.chance.pick(_STRONG) + _SIMULATED)
    if late.answer.value:
        entries["nguyen-nhan-tre"] = Entry(cycle.chance.pick(_CAUSES) + _SIMULATED)
        words, remedy = cycle.chance.pick(_WEAK)
        entries["han-che"] = Entry(items=(Item(words + _SIMULATED, "question:tre-han", remedy),))
    if agency.code == _ANOTHER_NUMBER:
        value = int(prefilling["luot-boi-duong"].answer.value or 0) + 4
        entries["luot-boi-duong"] = Entry(str(value), "Bốn lượt dự lớp của bộ, chưa ghi trên hệ thống" + _SIMULATED)
    reading = read_entries(questions, prefilling, entries, Known({}, frozenset()))
    wrong = reading.problems or still_wrong(cycle.form, questions, prefilling, reading.answers)
    if wrong:
        raise ValueError(f"{agency.code}: {wrong[0].words}")
    return reading.answers


def _is_unknown(question: Question, prefilling: Prefilling) -> bool:
    return question.may_be_typed and question.id in prefilling and not prefilling[question.id].known


def _typed(cycle: _Cycle, question: Question) -> Entry:
    most = 12 if question.kind is Kind.NUMBER else 3
    return Entry(str(cycle.chance.between(0, most)))


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


def _steps(cycle: _Cycle, one: ReportObligation, filled: list[Filled]) -> list[ReportMove]:
    """Return the way of a report: checked and sent on one working day, judged on a later one."""
    # communes send, and are judged, before their districts send
    to_province = one.receiver == cycle.request.asked_by
    first_day = 2 if to_province else 0
    day, minute = _DAYS[cycle.chance.between(first_day, first_day + 1)], cycle.chance.between(0, 58)
    own = cycle.heads.get(one.agency, cycle.agencies[one.agency].name)
    receiver = _OFFICER if to_province else cycle.heads.get(one.receiver, one.receiver)
    digest, made = digest_of(filled), []
    for number, deed in enumerate(_STEPS[State(one.state)], 1):
        judged = deed in (Deed.RETURN, Deed.ACCEPT)
        at = _at(_DAYS[first_day + 1], 16, minute) if judged else _at(day, 9 + number, minute)
        made.append(
            ReportMove(
                request=cycle.request,
                agency=one.agency,
                number=number,
                deed=deed,
                state=_AFTER[deed],
                reason=_WHY_RETURNED if deed is Deed.RETURN else None,
                by=receiver if judged else own,
                at=at,
                submission=None if deed is Deed.CHECK else 1,
                digest=None if deed is Deed.RETURN else digest,
            )
        )
        if deed is Deed.SUBMIT:
            one.handed_in_at = at
        elif deed is Deed.ACCEPT:
            one.accepted_at = at
    return made


def _statements(cycle: _Cycle, agency: AgencyOn, prefilling: Prefilling, filled: list[Filled]) -> list[Statement]:
    """Return what an accepted report states in place of rows; none of these agencies has rows of that kind."""
    made = []
    for answer in filled:
        question = cycle.form.questions[answer.question]
        if not (question.may_be_stated and answer.by_hand and answer.value is not None):
            continue
        assert not prefilling[question.id].has_rows
        members = question.members_for(agency.level)
        stated: dict[str, Any] = {
            "agency": agency.code,
            "figure": question.figure_id,
            "level": agency.level,
            "member": next((member for name, member in members if name != "level"), None),
            "period_from": cycle.request.period_from,
            "period_to": cycle.request.period_to,
        }
        made.append(Statement(**stated, value=int(answer.value), mode=StatementMode.INSTEAD))
    return made
