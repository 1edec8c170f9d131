"""A simulated export of dossiers, 14 columns wide, as one-stop software writes them: as .xlsx, as CSV, as a package."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from congvu.sheets.mapping import Mapping, Rule

ROWS = 200_000
SHEET = "Danh sách hồ sơ"
TITLES = (
    "STT",
    "Mã hồ sơ",
    "Mã TTHC",
    "Tên thủ tục",
    "Chủ hồ sơ",
    "Đối tượng nộp",
    "Đơn vị tiếp nhận",
    "Lĩnh vực",
    "Hình thức nộp",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày trả kết quả",
    "Trạng thái",
    "Ghi chú",
)
MAPPING = Mapping(
    "dossiers",
    (
        Rule("code", ("Mã hồ sơ",)),
        Rule("procedure", ("Mã TTHC",)),
        Rule("agency", ("Đơn vị tiếp nhận",)),
        Rule("channel", ("Hình thức nộp",)),
        Rule("applicant_kind", ("Đối tượng nộp",)),
        Rule("received_at", ("Ngày tiếp nhận",)),
        Rule("due_at", ("Ngày hẹn trả",)),
        Rule("finished_at", ("Ngày trả kết quả",)),
        Rule("outcome", ("Trạng thái",)),
    ),
    kept=("Ghi chú",),
)
_CHANNELS = {"Trực tiếp": "counter", "Trực tuyến": "online", "Bưu chính": "postal"}
_APPLICANTS = {"Cá nhân": "person", "Doanh nghiệp": "business", "Tổ chức": "organisation"}
_OUTCOMES = {"Đã trả kết quả": "granted", "Từ chối": "refused", "Đang xử lý": ""}
_NAMES = ("Nông Văn", "Hoàng Thị", "Lý Văn", "Đàm Thị", "Bế Ích", "Triệu Thị", "Lục Văn")
_GIVEN = ("An", "Bình", "Cúc", "Dương", "Hạnh", "Khoa", "Lan", "Minh", "Ngọc", "Phúc", "Quý", "Sơn", "Thảo", "Vinh")
_FIRST = dt.datetime(2022, 1, 4, 7, 30)  # noqa: DTZ001 - a workbook's moments have no zone
_DAYS = 300


@dataclass(frozen=True)
class Place:
    """A procedure at an agency that takes it: their codes and names."""

    procedure: str
    procedure_name: str
    agency: str
    agency_name: str


Row = tuple[Any, ...]


def rows(places: Sequence[Place], count: int = ROWS) -> Iterator[tuple[Row, Place]]:
    """Yield the cells of each dossier with their place; the same for the same ``places``."""
    chance = random.Random(2022)
    channels, applicants = tuple(_CHANNELS), tuple(_APPLICANTS)
    for number in range(1, count + 1):
        place = places[chance.randrange(len(places))]
        received = _FIRST + dt.timedelta(days=chance.randrange(_DAYS), minutes=chance.randrange(480))
        due = (received + dt.timedelta(days=chance.randrange(1, 30))).replace(hour=17, minute=0)
        state = chance.choices(tuple(_OUTCOMES), (90, 4, 6))[0]
        finished = received + dt.timedelta(days=chance.randrange(1, 32)) if _OUTCOMES[state] else None
        yield (
            (
                float(number),
                f"H14.{place.agency[-3:]}-{received:%y%m%d}-{number:06d}",
                place.procedure,
                place.procedure_name,
                f"{chance.choice(_NAMES)} {chance.choice(_GIVEN)}",
                chance.choices(applicants, (85, 10, 5))[0],
                place.agency_name,
                f"Lĩnh vực {place.procedure[0]}",
                chance.choices(channels, (55, 40, 5))[0],
                received,
                due,
                finished,
                state,
                "nộp thay" if chance.random() < 0.05 else "",
            ),
            place,
        )


def write_xlsx(path: Path, places: Sequence[Place], count: int = ROWS, *, days_as_text: bool = False) -> Path:
    """Write the export as a workbook under a title; ``days_as_text`` has its days as texts."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_string(0, 0, "DANH SÁCH HỒ SƠ TIẾP NHẬN NĂM 2022")
        sheet.write_row(2, 0, TITLES)
        for at, (cells, _place) in enumerate(rows(places, count), 3):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.datetime) and days_as_text:
                    sheet.write_string(at, column, f"{cell:%d/%m/%Y %H:%M}")
                elif isinstance(cell, dt.datetime):
                    sheet.write_datetime(at, column, cell, moment)
                elif isinstance(cell, float):
                    sheet.write_number(at, column, cell)
                elif cell:
                    sheet.write_string(at, column, cell)
    return path


def write_csv(path: Path, places: Sequence[Place], count: int = ROWS) -> Path:
    """Write the export as CSV, its days as texts."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES)
        for cells, _place in rows(places, count):
            texts = (f"{cell:%d/%m/%Y %H:%M}" if isinstance(cell, dt.datetime) else cell for cell in cells)
            writer.writerow(["" if text is None else text for text in texts])
    return path


def write_package(folder: Path, province: Path, places: Sequence[Place], count: int = ROWS) -> Path:
    """Write the same dossiers as a package of the province that the package ``province`` describes."""
    folder.mkdir()
    with (folder / "dossiers.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(rule.target for rule in MAPPING.rules)
        for cells, place in rows(places, count):
            received, due, finished = (f"{at.isoformat()}+07:00" if at else "" for at in cells[9:12])
            channel, applicant, outcome = _CHANNELS[cells[8]], _APPLICANTS[cells[5]], _OUTCOMES[cells[12]]
            kept = (cells[1], place.procedure, place.agency, channel, applicant, received, due, finished, outcome)
            writer.writerow(kept)
    description = json.loads((province / "datapackage.json").read_text(encoding="utf-8-sig"))
    description["resources"] = [{"name": "dossiers", "path": "dossiers.csv"}]
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    return folder
