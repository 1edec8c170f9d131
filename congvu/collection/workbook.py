"""The workbook beside a form: the same questions to fill in at a desk, and reading it back with the same checks."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.access.rules import Reader
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_period
from congvu.press.fillable import Field, FillSheet, cell_name, read_cells, to_fillable
from congvu.press.validation import Rule

from .answers import findings_offered
from .deadlines import due_words
from .filling import EXPLANATION_LIMIT, Entry, Filled, Item
from .form import Kind, Question
from .rules import Problem
from .services import NotReady, fill
from .sheets import Sheet, open_sheet

SHEET = "Báo cáo"
_ID, _ANSWER, _MORE, _EVIDENCE = 0, 5, 6, 7
_COLUMNS = (
    ("Mã", 0),
    ("Phần", 22),
    ("Câu hỏi", 46),
    ("Đơn vị", 12),
    ("Từ dữ liệu", 14),
    ("Trả lời", 40),
    ("Giải trình, giải pháp", 40),
    ("Căn cứ", 34),
)
_DASH = " – "
_KEPT_AT = (1, 0)
"""The cell that says whose workbook it is."""

_GUIDE = (
    "Cách điền",
    "Trang «Báo cáo» có cùng các câu hỏi như trên trang web. Chỉ nhập vào ô nền trắng; ô xám là số đã có từ dữ liệu.",
    "Cột «Từ dữ liệu»: số hệ thống đã tính cho cơ quan. Để trống ô «Trả lời» nghĩa là xác nhận số ấy.",
    "Nếu số của cơ quan khác số từ dữ liệu, ghi vào «Trả lời» và giải thích ở cột «Giải trình, giải pháp». "
    "Số từ dữ liệu không bị thay; hai số đứng cạnh nhau.",
    "Ghi «chưa có trong dữ liệu»: cơ quan giữ số liệu ở nơi khác, hãy nhập số của cơ quan.",
    "Văn bản: ghi số, ký hiệu đã đăng ký, mỗi dòng một văn bản.",
    "Hạn chế: mỗi dòng một hạn chế ở cột «Trả lời», giải pháp ở cột bên cạnh, căn cứ chọn trong danh sách.",
    "Điền xong, mở trang báo cáo của cơ quan, chọn «Nạp bảng tính». Có ô sai thì không ô nào được ghi; "
    "thông báo nêu tên ô, ví dụ F12.",
    "Không đổi tên trang, không thêm hay xóa dòng.",
)


class WorkbookNotOurs(Refusal):
    """The file is another agency's, another request's, or its rows have been changed."""

    code = "collection.workbook_not_ours"
    status = 409


@dataclass(frozen=True, slots=True)
class _Row:
    """``id`` is the question's, with ``#2`` where it is its second answer."""

    id: str
    section: str
    question: Question
    item: int


def _rows(sheet: Sheet) -> list[_Row]:
    rows = []
    for section in sheet.form.sections:
        for question in section.questions:
            if question not in sheet.questions:
                continue
            several = question.limit if question.kind in (Kind.DOCUMENTS, Kind.WEAKNESS) else 1
            for item in range(1, several + 1):
                rows.append(_Row(f"{question.id}#{item}", section.title, question, item))
    return rows


def make_workbook(reader: Reader, request: str, agency: str) -> bytes:
    """Return the workbook of an agency's form as it is filled now.

    Raises
    ------
    ObligationNotFound
    """
    sheet = open_sheet(reader, request, agency)
    answers = {(answer.question, answer.item): answer for answer in sheet.answers}
    evidence = tuple(f"{value}{_DASH}{words}" for value, words in evidence_offered(sheet))
    owing = sheet.owing
    notes = (
        _kept(request, agency),
        owing.full_name,
        f"Kỳ {format_period(owing.period_from, owing.period_to)}; hạn gửi: {due_words(owing.due_at)}",
    )
    rows = tuple(_fields(sheet, row, answers.get((row.question.id, row.item)), evidence) for row in _rows(sheet))
    return to_fillable(("Hướng dẫn", _GUIDE), FillSheet(SHEET, owing.title, notes, _COLUMNS, rows))


def _kept(request: str, agency: str) -> str:
    return f"Mã yêu cầu: {request}; mã cơ quan: {agency}"


def evidence_offered(sheet: Sheet) -> list[tuple[str, str]]:
    """Return what a weakness may lean on, with its words: the form's own numbers, and what inspections found."""
    numbers = [(f"question:{q.id}", q.label) for q in sheet.questions if q.is_counted]
    return numbers + [(f"finding:{id_}", words[:120]) for id_, words in findings_offered(sheet.owing)]


def _fields(sheet: Sheet, row: _Row, answer: Filled | None, evidence: tuple[str, ...]) -> tuple[Field, ...]:
    question = row.question
    known = Field("")
    typed, more, leaning = Field(None, None), Field(None, None), Field(None, None)
    match question.kind:
        case Kind.FIGURE:
            prefilled = sheet.prefilling[question.id]
            share = question.figure.is_share
            known = Field(prefilled.value, percent=share) if prefilled.known else Field("chưa có trong dữ liệu")
            by_hand = answer if answer is not None and answer.by_hand else None
            if question.may_be_typed:
                typed = Field(by_hand.value if by_hand else None, Rule("whole"))
                more = Field(by_hand.explanation if by_hand else None, Rule("text", EXPLANATION_LIMIT))
        case Kind.NUMBER:
            typed = Field(answer.value if answer else None, Rule("number"))
        case Kind.TEXT:
            typed = Field(answer.text if answer else None, Rule("text", question.limit))
        case Kind.DOCUMENTS:
            typed = Field(answer.document if answer else None, Rule("text", 200))
        case Kind.WEAKNESS:
            typed = Field(answer.text if answer else None, Rule("text", EXPLANATION_LIMIT))
            more = Field(answer.remedy if answer else None, Rule("text", EXPLANATION_LIMIT))
            chosen = next((e for e in evidence if answer and e.split(_DASH)[0] == answer.evidence), None)
            leaning = Field(chosen, Rule("choice", choices=evidence))
    unit = question.unit_words if question.is_counted else ""
    label = question.label + (f" ({row.item})" if row.item > 1 else "")
    return Field(row.id), Field(row.section), Field(label), Field(unit), known, typed, more, leaning


def take_workbook(reader: Reader, request: str, agency: str, content: bytes) -> None:
    """Store what stands in a filled workbook; all of it, or nothing. Problems name their cells.

    Raises
    ------
    WorkbookNotReadable, WorkbookNotOurs, MoveNotPossible, NotForThisSeat, ObligationNotFound
    NotReady
        Something in it cannot be read; each problem begins with its cell.
    """
    sheet = open_sheet(reader, request, agency)
    cells = read_cells(content, SHEET)
    entries, places = _entries(sheet, cells)
    try:
        fill(reader, request, agency, entries)
    except NotReady as refused:
        named = [Problem(p.question, f"Ô {places.get(p.question, '')}: {p.words}") for p in refused.problems]
        raise NotReady(named) from None


def _entries(sheet: Sheet, cells: list[list[str]]) -> tuple[dict[str, Entry], dict[str, str]]:
    """Return what each question's cells hold, and the cell of each question's (first) answer."""
    rows = _rows(sheet)
    first = FillSheet(SHEET, "", ("",) * 3, _COLUMNS, ()).first_row - 1
    kept = _cell(cells, *_KEPT_AT)
    if kept != _kept(sheet.owing.request, sheet.owing.agency):
        raise WorkbookNotOurs(
            f"Ô {cell_name(*_KEPT_AT)}: tệp này không phải của yêu cầu và cơ quan đang mở («{kept[:120]}»). "
            "Hãy tải lại bảng tính của cơ quan."
        )
    entries: dict[str, Entry] = {}
    places: dict[str, str] = {}
    for number, row in enumerate(rows, first):
        if _cell(cells, number, _ID) != row.id:
            raise WorkbookNotOurs(
                f"Ô {cell_name(number, _ID)}: cần mã «{row.id}», nhận được «{_cell(cells, number, _ID)[:80]}». "
                "Dòng của bảng tính đã bị thêm, xóa hoặc mẫu đã đổi; hãy tải lại bảng tính."
            )
        places.setdefault(row.question.id, cell_name(number, _ANSWER))
        before = entries.get(row.question.id, Entry())
        entries[row.question.id] = _entry(row.question, cells, number, before)
    if beyond := [number for number in range(first + len(rows), len(cells)) if any(cells[number])]:
        raise WorkbookNotOurs(f"Dòng {beyond[0] + 1}: tệp có dòng lạ ở cuối. Hãy xóa dòng ấy hoặc tải lại bảng tính.")
    return entries, places


def _entry(question: Question, cells: list[list[str]], number: int, before: Entry) -> Entry:
    answer, more, leaning = (_cell(cells, number, column) for column in (_ANSWER, _MORE, _EVIDENCE))
    if question.kind in (Kind.DOCUMENTS, Kind.WEAKNESS):
        item = Item(answer, leaning.split(_DASH)[0].strip(), more)
        return Entry(items=before.items if item.is_empty else (*before.items, item))
    return Entry(answer, more)


def _cell(cells: list[list[str]], row: int, column: int) -> str:
    return cells[row][column] if row < len(cells) and column < len(cells[row]) else ""
