"""A small province, and workbooks that are loaded into it step by step, as the pages and the background do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.exchange.services import load_package
from congvu.intake.models import SheetLoad
from congvu.intake.running import work
from congvu.intake.taking import begin, mapping_of, settle, start
from tests.figures.closings import AGENCIES, DOSSIERS, PROCEDURES
from tests.sheets.books import written

OFFICER = Reader(None, "Hoàng Thị Lan", Role.REPORTING_OFFICER, "P", "UBND tỉnh", frozenset())
PERSONNEL = Reader(None, "Đàm Văn Quý", Role.PERSONNEL_OFFICER, "P", "UBND tỉnh", frozenset())
HEADER = ["Mã hồ sơ", "Thủ tục", "Đơn vị tiếp nhận", "Hình thức", "Ngày tiếp nhận", "Hẹn trả", "Ngày trả", "Trạng thái"]
LATE = "Trễ hạn"


def settled(package: Callable[..., Path]) -> None:
    load_package(package(agencies=AGENCIES, procedures=PROCEDURES, dossiers=DOSSIERS), actor=SYSTEM)


def row(code: str, *, agency: str = "UBND xã Một", received: str = "13/04/2022 08:00", **other: str) -> list[str]:
    told = {"procedure": "Thủ tục", "channel": "Trực tiếp", "due": "20/04/2022 17:00", "finished": "", "state": ""}
    told |= other
    if told["finished"] and not told["state"]:
        told["state"] = "Đã trả kết quả"
    return [
        code,
        told["procedure"],
        agency,
        told["channel"],
        received,
        told["due"],
        told["finished"],
        told["state"] or "Đang xử lý",
    ]


def workbook(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> bytes:
    """Return a workbook with a title in row 1, the header in row 3 and the rows from row 4 on."""
    return written([["DANH SÁCH HỒ SƠ"], [], list(header), *map(list, rows)])


def checked(content: bytes, *, reader: Reader = OFFICER, table: str = "dossiers", name: str = "hs.xlsx") -> SheetLoad:
    """Return a load whose columns were matched as proposed and that was looked over."""
    load = begin(reader, content, name, table=table)
    settle(reader, load.number, mapping_of(load))
    work()
    load.refresh_from_db()
    assert load.state == "checked", load.trouble
    return load


def loaded(content: bytes, *, reader: Reader = OFFICER, table: str = "dossiers", reason: str = "") -> SheetLoad:
    load = checked(content, reader=reader, table=table)
    start(reader, load.number, only_right=bool(reason), reason=reason)
    work()
    load.refresh_from_db()
    assert load.state == "loaded", load.trouble
    return load
