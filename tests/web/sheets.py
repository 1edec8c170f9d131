"""Ugly workbooks as offices send them, of simulated people and places."""

from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.intake.files import keep_file
from congvu.intake.models import SheetLoad
from congvu.intake.running import work
from congvu.kernel import clock
from congvu.sheets.mapping import Mapping

HEADINGS = (
    "STT",
    "Số biên nhận",
    "Mã TTHC",
    "Đơn vị tiếp nhận",
    "Hình thức nộp",
    "Ngày nhận",
    "Ngày hẹn trả",
    "Ngày trả kết quả",
    "Kết quả",
    "Ghi chú",
)
RIGHT = (
    (
        "HS-01",
        "1.000115",
        "UBND xã Đào Ngạn",
        "Trực tuyến",
        "01/06/2022 08:30",
        "06/06/2022",
        "03/06/2022 09:00",
        "Đã trả kết quả",
    ),
    (
        "HS-02",
        "1.000115",
        "UBND xã Trường Hà",
        "Trực tiếp",
        "02/06/2022 09:00",
        "07/06/2022",
        "08/06/2022 10:00",
        "Đã trả kết quả",
    ),
    ("HS-03", "1.000115", "UBND xã Trường Hà", "Trực tiếp", "03/06/2022 14:00", "08/06/2022", "", ""),
    (
        "HS-04",
        "1.000115",
        "UBND xã Đào Ngạn",
        "Bưu chính",
        "06/06/2022 10:15",
        "13/06/2022",
        "10/06/2022 15:30",
        "Đã trả kết quả",
    ),
)
LIST = "/nap-bang-tinh/"
TITLE_ROWS, FIRST = 3, 5  # the header stands on row 4


def workbook(rows=RIGHT, name="Hồ sơ tháng 6.xlsx"):
    """A workbook with a merged title, its header on row 4, a hidden row, a total and a signature below."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "DANH SÁCH HỒ SƠ TIẾP NHẬN")
        sheet.merge_range(1, 0, 1, len(HEADINGS) - 1, "Từ ngày 01/06/2022 đến ngày 30/06/2022")
        sheet.write_row(TITLE_ROWS, 0, HEADINGS)
        for number, row in enumerate(rows, 1):
            sheet.write_row(TITLE_ROWS + number, 0, (number, *row))
        end = TITLE_ROWS + len(rows)
        sheet.set_row(end, None, None, {"hidden": True})
        sheet.write_row(end + 1, 0, ("", f"Tổng cộng: {len(rows)} hồ sơ"))
        sheet.write(end + 3, 7, "Người lập biểu")
        book.add_worksheet("Nháp").hide()
    return SimpleUploadedFile(name, held.getvalue())


def wrong_rows():
    """The same rows with three cells that are wrong: an agency, a day and a procedure."""
    rows = [list(row) for row in RIGHT]
    rows[0][2] = "UBND xã Không Có"
    rows[1][4] = "32/06/2022"
    rows[3][1] = "9.999999"
    return rows


def filled_in(page, selector="form.matching"):
    """Return what a browser would send of a form as the page has it."""
    fields = {}
    for tag in page.select(f"{selector} input, {selector} select, {selector} textarea"):
        if tag.get("type") == "checkbox" and not tag.has_attr("checked"):
            continue
        if tag.name == "select":
            chosen = tag.select_one("option[selected]")
            value = chosen["value"] if chosen else tag.select_one("option")["value"]
        else:
            value = tag.get_text() if tag.name == "textarea" else tag.get("value", "")
        fields.setdefault(tag["name"], []).append(value)
    return fields


def stored_load(target="dossiers", **fields):
    """Store a load as it stands after its file was looked at, without looking at one."""
    facts = {
        "kind": "xlsx",
        "notices": [],
        "sheets": [{"name": "Sheet1", "hidden": False}],
        "sheet": "Sheet1",
        "header": [1, 1],
        "headings": [{"column": 0, "title": "Số biên nhận", "hidden": False, "samples": ["HS-01"]}],
        "rows": 1,
        "first_row": 2,
        "last_row": 2,
        "hidden_rows": 0,
        "aside": [],
        "aside_count": 0,
        "guesses": {},
        "tables": [],
    }
    return SheetLoad.objects.create(
        file=keep_file(b"x", "x"),
        file_name="Hồ sơ.xlsx",
        target=target,
        mapping=Mapping(target, ()).as_json(),
        facts=facts,
        by="Ai đó",
        begun_at=clock.now(),
        **fields,
    )


def upload(client, file, **fields):
    """Send a file; return the address of its load."""
    return client.send(LIST, file=file, **fields)


def check(client, load, **changed):
    """Send the matching form as it stands, with what is ``changed``, and let the background look the load over."""
    fields = filled_in(client.page(f"{load}ghep-cot/")) | {
        key.replace("__", "."): value for key, value in changed.items()
    }
    assert client.send(f"{load}ghep-cot/", **fields) == load
    work()
    return client.page(load)


def loaded(client, file=None):
    load = upload(client, file or workbook())
    check(client, load)
    client.send(f"{load}nap/")
    work()
    return load


def counts(page):
    return {box.dt.text: box.dd.text for box in page.select(".value-box > div")}


def cells(page, place):
    return [
        [cell.text for cell in row.select("th, td")]
        for row in page.select(f"section[aria-labelledby={place}] tbody tr")
    ]
