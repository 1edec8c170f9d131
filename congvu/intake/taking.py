"""Taking a file in, and moving its load along: one function per thing that a person does."""

from __future__ import annotations

from collections.abc import Mapping as TypingMapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import Http404

from congvu.access.rules import Permission, Reader
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.text import fold
from congvu.sheets.mapping import Mapping, mapping_from
from congvu.sheets.matching.propose import guess_table, propose
from congvu.sheets.target import Target, TargetTable

from .aliases import remember
from .files import Opened, describe, keep_file, open_sheet
from .known import Known, register
from .mappings import MappingShown, fitting, get_mapping
from .models import SheetLoad
from .rules import MOVES, STATE_NAMES, State, may_load
from .targets import target_tables


class LoadNotMoved(Refusal):
    """The load does not stand where this can be done."""

    code = "sheet.not_moved"
    status = 409


class MappingIncomplete(Refusal):
    code = "sheet.mapping_incomplete"


class NotForThisSeat(Refusal):
    code = "sheet.not_for_this_seat"
    status = 403


def loadable(reader: Reader) -> dict[str, TargetTable]:
    """Return the tables into which the reader may load, in the order of the package."""
    if not reader.may(Permission.LOAD_SHEETS):
        return {}
    return {name: table for name, table in target_tables().items() if may_load(reader, name)}


def begin(
    reader: Reader,
    content: bytes,
    file_name: str,
    *,
    table: str = "",
    saved: str = "",
    sheet: str = "",
    header: int = 0,
) -> SheetLoad:
    """Take a file in and propose how its columns match: by the mapping ``saved``, by one that fits, or by guessing.

    Raises
    ------
    NotForThisSeat
        The seat loads no spreadsheets, or not into this table.
    SheetRefused
        The file cannot be read.
    """
    file_name = "".join(filter(str.isprintable, file_name)) or "không tên"
    tables = loadable(reader)
    if not tables:
        raise NotForThisSeat("Vị trí làm việc này không nạp bảng tính.")
    mapping = get_mapping(reader, saved) if saved else None
    wanted = mapping.mapping.table if mapping else table
    if wanted and wanted not in tables:
        raise NotForThisSeat("Vị trí làm việc này không nạp dữ liệu vào bảng ấy.")
    if mapping:
        sheet, header = sheet or mapping.mapping.sheet, header or mapping.mapping.header
    asked = {wanted: tables[wanted]} if wanted else tables
    opened, likely = open_sheet(content, file_name, asked, sheet=sheet, header=header)
    load = SheetLoad(
        file_name=file_name,
        target=wanted,
        user_id=reader.user_id,
        by=reader.name,
        agency=reader.agency_code,
        begun_at=clock.now(),
    )
    _propose(reader, load, opened, tables, mapping, wanted or likely)
    with transaction.atomic():
        load.file = keep_file(content, file_name)
        load.save()
    return load


def _propose(
    reader: Reader,
    load: SheetLoad,
    opened: Opened,
    tables: TypingMapping[str, TargetTable],
    saved: MappingShown | None,
    table: str,
) -> None:
    """Set the load's table, mapping and facts from what stands in the sheet."""
    layout = opened.layout
    titles = [heading.title for heading in layout.headings]
    saved = saved or fitting(reader, titles, load.target)
    known = Known(register=register())
    facts = describe(opened)
    if saved:
        load.target, load.mapping = saved.mapping.table, saved.mapping.as_json()
        load.saved_code, load.saved_version = saved.code, saved.version
        reason = f"theo bảng ánh xạ «{saved.name}», bản {saved.version}"
        facts["guesses"] = {rule.target: _guess(1.0, [reason], []) for rule in saved.mapping.rules}
        facts["tables"] = []
    else:
        ranked = guess_table(opened.filled, layout, tables, known)
        load.target = load.target or (ranked[0][0] if ranked else table)
        proposal = propose(opened.filled, layout, target_tables()[load.target], known)
        load.mapping = proposal.mapping.as_json()
        load.saved_code = load.saved_version = None
        facts["guesses"] = {
            guess.target: _guess(guess.certainty, guess.reasons, guess.alternatives) for guess in proposal.guesses
        }
        facts["tables"] = [[name, round(score, 3), reason] for name, score, reason in ranked[:_TABLES_SHOWN]]
    load.facts = facts


_TABLES_SHOWN = 5


def _guess(certainty: float, reasons: Any, alternatives: Any) -> dict[str, Any]:
    return {"certainty": round(certainty, 3), "reasons": list(reasons), "alternatives": list(alternatives)}


def get_load(reader: Reader, number: int) -> SheetLoad:
    """Return a load that the reader may see; absent and not-yours are the same 404."""
    load = SheetLoad.objects.filter(pk=number).first()
    if load is None or not reader.may(Permission.LOAD_SHEETS) or not may_load(reader, load.target):
        raise Http404("Không tìm thấy lần nạp này.")
    return load


def _locked(reader: Reader, number: int) -> SheetLoad:
    get_load(reader, number)
    return SheetLoad.objects.select_for_update().get(pk=number)


def move(load: SheetLoad, state: State) -> None:
    """Let ``load`` stand at ``state``; the caller saves it.

    Raises
    ------
    LoadNotMoved
    """
    if state not in MOVES[State(load.state)]:
        raise LoadNotMoved(
            f"Lần nạp {load.number} đang ở bước «{STATE_NAMES[State(load.state)]}» nên không làm được việc này. "
            "Hãy tải lại trang để xem tình trạng mới nhất."
        )
    load.state = state.value


@transaction.atomic
def look_again(reader: Reader, number: int, *, table: str, sheet: str, header: int) -> SheetLoad:
    """Look at another sheet or header of the file, or match it with another table, and propose anew.

    Raises
    ------
    LoadNotMoved, NotForThisSeat, SheetRefused
    """
    load = _locked(reader, number)
    if load.state != State.DRAFT:
        move(load, State.DRAFT)
    tables = loadable(reader)
    if table not in tables:
        raise NotForThisSeat("Vị trí làm việc này không nạp dữ liệu vào bảng ấy.")
    opened, _table = open_sheet(bytes(load.file.content), load.file_name, tables, sheet=sheet, header=header)
    load.target = table
    _propose(reader, load, opened, tables, None, table)
    load.save()
    return load


@transaction.atomic
def settle(reader: Reader, number: int, mapping: Mapping, saved: MappingShown | None = None) -> SheetLoad:
    """Take ``mapping`` for the load, and ask for it to be looked over in the background.

    Raises
    ------
    LoadNotMoved
    MappingIncomplete
        A column that every row needs has no source.
    """
    load = _locked(reader, number)
    if mapping.table != load.target:
        raise MappingIncomplete("Bảng ánh xạ này là của bảng khác. Hãy chọn lại bảng dữ liệu rồi ghép cột lại.")
    refuse_incomplete(target_tables()[load.target], mapping)
    if load.state == State.CHECKED:
        move(load, State.DRAFT)
    load.mapping = mapping.as_json()
    load.saved_code, load.saved_version = (saved.code, saved.version) if saved else (None, None)
    wait(load, State.CHECKING)
    return load


@transaction.atomic
def teach(reader: Reader, number: int, answers: TypingMapping[tuple[str, str], str]) -> SheetLoad:
    """Say what texts of the sheet mean, and look the load over again: (column, text) -> agency, choice or key.

    What an agency is called is remembered for every file; other translations belong to this load's mapping.

    Raises
    ------
    LoadNotMoved, AliasNotTaken, AgencyNotFound
    """
    load = _locked(reader, number)
    table, mapping = target_tables()[load.target], mapping_of(load)
    rules = {rule.target: rule for rule in mapping.rules}
    for (name, text), meant in answers.items():
        if table.target(name).refers == "agencies":
            remember(reader, text, meant)
        elif name in rules:
            rules[name] = replace(rules[name], values={**rules[name].values, fold(text): meant})
    taught = replace(mapping, rules=tuple(rules.values()))
    if taught != mapping:
        load.mapping, load.saved_code, load.saved_version = taught.as_json(), None, None
    wait(load, State.CHECKING)
    return load


def wait(load: SheetLoad, state: State) -> None:
    """Hand the load to the background."""
    move(load, state)
    load.stage, load.share, load.tries, load.trouble = "", 0, 0, ""
    load.save()


def lacking(table: TargetTable, mapping: Mapping) -> list[Target]:
    """Return the columns that every row needs and that ``mapping`` leaves out."""
    return [target for target in table.targets if target.required and mapping.rule(target.name) is None]


def refuse_incomplete(table: TargetTable, mapping: Mapping) -> None:
    """Refuse a mapping that leaves out what every row needs.

    Raises
    ------
    MappingIncomplete
    """
    if missing := lacking(table, mapping):
        names = ", ".join(f"«{target.label}»" for target in missing)
        raise MappingIncomplete(
            f"Chưa có nguồn cho {names} của bảng «{table.label}». Hãy chọn cột của tệp, hoặc ghi một giá trị chung."
        )


@transaction.atomic
def start(reader: Reader, number: int, *, only_right: bool = False, reason: str = "") -> SheetLoad:
    """Ask for a load that was looked over to be written; ``only_right`` leaves rows with errors for later.

    Raises
    ------
    LoadNotMoved
        It was not looked over, has errors and ``only_right`` is false, or would change nothing.
    """
    load = _locked(reader, number)
    refused = load.counts.get("refused", 0)
    if load.state == State.CHECKED and refused and not only_right:
        raise LoadNotMoved(
            f"Tệp còn {refused} dòng có lỗi nên chưa nạp được. Hãy sửa tệp rồi tải lên lại, "
            "hoặc chọn nạp riêng các dòng không có lỗi."
        )
    if only_right and refused and not reason.strip():
        raise LoadNotMoved("Hãy ghi lý do nạp riêng các dòng không có lỗi; lý do được ghi vào nhật ký.")
    if load.state == State.CHECKED and not (load.counts.get("new") or load.counts.get("changed")):
        raise LoadNotMoved("Tệp không có dòng nào mới hay thay đổi, nên không có gì để nạp.")
    load.only_right, load.reason = only_right and bool(refused), reason.strip()
    wait(load, State.LOADING)
    return load


@transaction.atomic
def drop(reader: Reader, number: int) -> SheetLoad:
    """Give a load up before anything of it was written.

    Raises
    ------
    LoadNotMoved
    """
    load = _locked(reader, number)
    move(load, State.DROPPED)
    load.done_at = clock.now()
    load.save()
    return load


def mapping_of(load: SheetLoad) -> Mapping:
    return mapping_from(load.mapping)
