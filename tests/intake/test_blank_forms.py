"""Every table of the contract has a form that says what belongs where, and lets nothing else in by mistake."""

import datetime as dt
import io
import re
import zipfile

import pytest
import python_calamine as calamine
from lxml import etree

from congvu.intake.blank_forms import FILL_SHEET, GUIDE_SHEET, blank_form
from congvu.intake.targets import target_tables
from congvu.kernel.text import fold
from congvu.press.blank import ROWS
from congvu.sheets.target import Target, TargetTable

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LISTS = {
    "agencies": [
        ("01705", "UBND xã Mẫu"),
        ("01706", "UBND xã Mẫu"),
        ("SNV", "Sở Nội vụ"),
        ("VA", "Văn phòng"),
        ("VB", "Văn phòng"),
    ],
    "procedures": [("1.000123", "Cấp bản sao"), ("=HYPERLINK(1)", "Thủ tục lạ")],
}
TABLE = TargetTable(
    "feedback",
    "Phản ánh mẫu",
    (
        Target("code", "Mã", "text", required=True, key=True, hint="Mã do nơi gửi đặt."),
        Target("agency", "Cơ quan", "text", required=True, refers="agencies", hint="Cơ quan trả lời."),
        Target("procedure", "Thủ tục", "text", refers="procedures"),
        Target("channel", "Kênh", "choice", True, values={"web": ("Trang web", "website"), "app": ("Ứng dụng",)}),
        Target("published", "Công khai", "boolean", values={"true": ("Có",), "false": ("Không",)}),
        Target("received_at", "Nhận lúc", "instant", required=True),
        Target("due_on", "Hạn", "date"),
        Target("rating", "Điểm", "integer", hint="Từ 1 đến 5."),
        Target("share", "Tỷ lệ", "decimal"),
        Target("content", "=Nội dung", "text", hint="Chữ " * 100),
    ),
    hint="Mỗi dòng một phản ánh.",
)


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def rows(content: bytes, sheet: str) -> list[list[object]]:
    with calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as book:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def rules(content: bytes) -> dict[str, etree._Element]:
    """Return what may be typed into each column, by its letter."""
    found = part(content, "xl/worksheets/sheet1.xml").iter(f"{MAIN}dataValidation")
    return {re.match("[A-Z]+", rule.get("sqref"))[0]: rule for rule in found}  # type: ignore[index]


@pytest.fixture(scope="module")
def form() -> bytes:
    return blank_form(TABLE, LISTS)


def test_the_form_has_a_title_and_the_labels_with_the_needed_ones_marked(form: bytes) -> None:
    found = rows(form, FILL_SHEET)
    assert found[0][0] == "Phản ánh mẫu"
    assert found[1][0] == "Mỗi dòng một phản ánh."
    assert found[4] == [
        "Mã *", "Cơ quan *", "Thủ tục", "Kênh *", "Công khai", "Nhận lúc *", "Hạn", "Điểm", "Tỷ lệ", "=Nội dung",
    ]  # fmt: skip
    assert len(found) == 5


def test_the_header_is_frozen_and_thousands_of_rows_have_rules(form: bytes) -> None:
    sheet = part(form, "xl/worksheets/sheet1.xml")
    assert next(sheet.iter(f"{MAIN}pane")).get("topLeftCell") == "A6"
    assert {rule.get("sqref") for rule in rules(form).values()} >= {f"B6:B{5 + ROWS}", f"H6:H{5 + ROWS}"}
    assert len(list(sheet.iter(f"{MAIN}row"))) == 4


def test_choices_are_offered_in_words_from_a_hidden_sheet(form: bytes) -> None:
    offered = rows(form, "Danh mục")
    columns = [[row[at] for row in offered if row[at] != ""] for at in range(len(offered[0]))]
    assert columns == [
        ["UBND xã Mẫu (01705)", "UBND xã Mẫu (01706)", "Sở Nội vụ", "VA", "VB"],
        ["1.000123", "=HYPERLINK(1)"],
        ["Trang web", "Ứng dụng"],
        ["Có", "Không"],
    ]
    sheets = [sheet.get("state") for sheet in part(form, "xl/workbook.xml").iter(f"{MAIN}sheet")]
    assert sheets == [None, None, "hidden"]
    found = rules(form)
    assert [found[at].findtext(f"{MAIN}formula1") for at in "BCDE"] == [
        "'Danh mục'!$A$1:$A$5", "'Danh mục'!$B$1:$B$2", "'Danh mục'!$C$1:$C$2", "'Danh mục'!$D$1:$D$2",
    ]  # fmt: skip


def test_a_word_outside_a_choice_is_stopped_and_outside_a_register_asked_about(form: bytes) -> None:
    found = rules(form)
    assert found["D"].get("errorStyle") is None
    assert found["B"].get("errorStyle") == "warning"


def test_days_moments_and_numbers_are_bounded_as_the_contract_bounds_them(form: bytes) -> None:
    found = rules(form)
    days = [str((dt.date(year, month, day) - dt.date(1899, 12, 30)).days) for year, month, day in [(2199, 12, 31)]]
    for column in "FG":
        assert found[column].get("type") == "date"
        assert [found[column].findtext(f"{MAIN}formula{at}") for at in (1, 2)] == ["1", *days]
    assert found["H"].get("type") == "whole"
    assert [found["H"].findtext(f"{MAIN}formula{at}") for at in (1, 2)] == ["1", "5"]
    assert found["I"].get("type") == "decimal"


def test_columns_are_formatted_by_what_they_hold(form: bytes) -> None:
    styles = part(form, "xl/styles.xml")
    codes = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{MAIN}numFmt")}
    codes |= {"0": "General", "1": "0", "49": "@"}
    cells = styles.find(f"{MAIN}cellXfs")
    columns = list(part(form, "xl/worksheets/sheet1.xml").iter(f"{MAIN}col"))
    spread = [col for col in columns for _ in range(int(col.get("min")), int(col.get("max")) + 1)]
    assert [codes[cells[int(col.get("style"))].get("numFmtId")] for col in spread] == [
        "@", "@", "@", "@", "@", "dd/mm/yyyy hh:mm", "dd/mm/yyyy", "0", "General", "@",
    ]  # fmt: skip


def test_a_hint_stands_beside_the_cell_and_is_cut_where_excel_would_refuse_it(form: bytes) -> None:
    found = rules(form)
    assert (found["A"].get("promptTitle"), found["A"].get("prompt")) == ("Mã", "Mã do nơi gửi đặt.")
    assert len(found["J"].get("prompt")) <= 255
    assert found["J"].get("prompt").endswith("…")


def test_the_guide_explains_every_column(form: bytes) -> None:
    found = rows(form, GUIDE_SHEET)
    head = next(at for at, row in enumerate(found) if row[0] == "Cột")
    assert [row[0] for row in found[head + 1 :]] == [target.label for target in TABLE.targets]
    assert found[head + 4] == ["Kênh", "Có", "", "Chọn trong danh sách", "Trang web; Ứng dụng", "Trang web"]
    assert found[head + 2][5] == "UBND xã Mẫu (01705)"
    assert all(row[5] for row in found[head + 1 :])


def test_nothing_becomes_a_formula(form: bytes) -> None:
    for at in (1, 2, 3):
        assert not list(part(form, f"xl/worksheets/sheet{at}.xml").iter(f"{MAIN}f"))


def test_the_same_table_gives_the_same_bytes(form: bytes) -> None:
    assert blank_form(TABLE, LISTS) == form


@pytest.mark.parametrize("name", sorted(target_tables()))
def test_every_table_has_a_form_with_all_its_columns_by_label(name: str) -> None:
    table = target_tables()[name]
    content = blank_form(table, LISTS)
    head = rows(content, FILL_SHEET)[-1]
    assert [str(title).removesuffix(" *") for title in head] == [target.label for target in table.targets]
    assert [str(title).endswith(" *") for title in head] == [target.required for target in table.targets]
    assert len({fold(target.label) for target in table.targets}) == len(table.targets)


@pytest.mark.parametrize("name", sorted(target_tables()))
def test_every_word_that_a_form_offers_means_one_value(name: str) -> None:
    for target in target_tables()[name].targets:
        for value, words in target.values.items():
            meant = {other for other, called in target.values.items() if fold(words[0]) in map(fold, called)}
            assert meant == {value}, (target.name, words[0])
