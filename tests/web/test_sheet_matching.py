"""Columns matched on a form: by hand, by a saved mapping, for another sheet or table; what was typed stays."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.intake.models import SavedMapping, SheetLoad
from congvu.intake.running import work

from .sheets import RIGHT, check, filled_in, upload, workbook

LATE = "/chi-tieu/dossiers.late/?level=commune&tu=2022-01-01&den=2022-12-31"


def test_a_mapping_is_saved_by_name_used_again_and_told_as_a_page(officer):
    load = upload(officer, workbook())
    check(officer, load, ten="Hồ sơ một cửa", **{"hang-so.applicant_kind": "person"})
    again = upload(officer, workbook(RIGHT[:2], "Tháng 7.xlsx"))

    assert "Hồ sơ một cửa" in officer.page(again).words(".facts")
    assert filled_in(officer.page(f"{again}ghep-cot/"))["ten"] == ["Hồ sơ một cửa"]
    check(officer, again)
    assert SavedMapping.objects.count() == 1, "nothing of it was changed"
    check(officer, again, **{"hang-so.applicant_kind": "", "dich.channel": "Trực tuyến = Tại quầy"})
    first, second = SavedMapping.objects.order_by("version")
    assert (first.body["sheet"], first.body["header"], second.version) == ("", 0, 2)

    assert "Hồ sơ một cửa" in officer.page("/bang-anh-xa/").words("tbody")
    page = officer.page("/bang-anh-xa/ho-so-mot-cua/")
    assert "Mã hồ sơ ← cột «Số biên nhận»" in page.words()
    assert "«truc tuyen» = Trực tiếp" in page.words("[aria-labelledby=cach-ghep]")
    assert "Bỏ: Đối tượng nộp ← «Cá nhân» cho mọi dòng" in page.words(".history")
    assert [a.text for a in page.select("[aria-labelledby=da-dung] tbody a")] == ["Tháng 7.xlsx", "Hồ sơ tháng 6.xlsx"]
    old = officer.page("/bang-anh-xa/ho-so-mot-cua/", ban="1")
    assert "«Cá nhân» cho mọi dòng" in old.words("[aria-labelledby=cach-ghep]")
    assert officer.get("/bang-anh-xa/ho-so-mot-cua/?ban=9").status_code == 404
    assert officer.get("/bang-anh-xa/ho-so-mot-cua/?ban=x").status_code == 400


def test_a_saved_mapping_that_is_named_is_taken(officer):
    check(officer, upload(officer, workbook()), ten="Hồ sơ một cửa")

    load = upload(officer, workbook(), wanted_as="anh-xa:ho-so-mot-cua")

    assert "theo bảng ánh xạ «Hồ sơ một cửa», bản 1" in officer.page(f"{load}ghep-cot/").words(".guess")


def test_a_sheet_of_very_many_columns_is_matched_by_typing(officer):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Rộng")
        sheet.write_row(0, 0, ["Số biên nhận", *(f"Cột số {number}" for number in range(400))])
        for row in range(1, 4):
            sheet.write_row(row, 0, [f"HS-{row}", *range(400)])
    load = upload(officer, SimpleUploadedFile("Rộng.xlsx", held.getvalue()), wanted_as="bang:dossiers")

    reply = officer.get(f"{load}ghep-cot/")

    page = officer.checked(reply)
    assert page.find(id="nguon.code")["value"] == "Số biên nhận"
    assert len(page.select("datalist#cot option")) == 401
    assert len(reply.content) < 400_000
    fields = filled_in(page) | {"nguon.agency": "CỘT SỐ 7", "nguon.channel": "không có"}
    refused = officer.send(f"{load}ghep-cot/", 422, **fields)
    assert "không có cột «không có»" in refused.words("[role=alert]")
    assert refused.find(id="nguon.agency")["value"] == "CỘT SỐ 7"


def test_fields_that_the_page_has_not_are_answered_on_it_too(officer):
    load = upload(officer, workbook())
    fields = filled_in(officer.page(f"{load}ghep-cot/")) | {"luc.code": "x", "kieu-ngay.channel": "y"}

    page = officer.send(f"{load}ghep-cot/", 422, **fields)

    assert len(page.select("[role=alert] a")) == 2


def test_a_saved_mapping_may_be_for_one_sheet_and_header_alone(officer):
    check(officer, upload(officer, workbook()), ten="Đúng chỗ", **{"dung-cho": "1"})

    body = SavedMapping.objects.get().body
    assert (body["sheet"], body["header"]) == ("Sheet1", 4)
    assert "Chỉ dùng cho trang «Sheet1»." in officer.page("/bang-anh-xa/dung-cho/").words()


def test_what_was_typed_stays_where_the_columns_do_not_fit(officer):
    load = upload(officer, workbook())
    fields = filled_in(officer.page(f"{load}ghep-cot/"))
    fields |= {"nguon.code": [""], "dich.channel": ["không dấu bằng"], "ten": ["Tên của tôi"]}

    page = officer.send(f"{load}ghep-cot/", 422, **fields)

    assert "«Mã hồ sơ» cần có ở mọi dòng" in page.words("[role=alert]")
    assert page.select_one("[role=alert] a[href='#dich.channel']")
    assert page.find(id="dich.channel").text == "không dấu bằng"
    assert page.find(id="dich.channel").find_parent("details").has_attr("open")
    assert page.find(id="ten")["value"] == "Tên của tôi"
    assert page.find(id="nguon.agency").select_one("option[selected]")["value"] == "Đơn vị tiếp nhận"
    assert SheetLoad.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"dong-tieu-de": "bốn"}, "phải là số của một dòng"),
        ({"dong-tieu-de": "9" * 400}, "phải là số của một dòng"),
        ({"trang": "Không có"}, "không có trang «Không có»"),
        ({"bang": "evaluations"}, "không nạp dữ liệu vào bảng ấy"),
        ({"bang": "\x00"}, "không nạp dữ liệu vào bảng ấy"),
    ],
)
def test_another_sheet_or_table_that_cannot_be_is_refused_on_the_page(officer, fields, words):
    load = upload(officer, workbook())
    sent = {"viec": "xem-lai", "trang": "Sheet1", "dong-tieu-de": "0", "bang": "dossiers"} | fields

    reply = officer.post(f"{load}ghep-cot/", sent)

    assert reply.status_code in (403, 422)
    assert words in officer.checked(reply, reply.status_code).words("[role=alert]")


def test_another_table_is_matched_anew(officer):
    load = upload(officer, workbook())
    sent = {"viec": "xem-lai", "trang": "Sheet1", "dong-tieu-de": "4", "bang": "feedback"}

    assert officer.send(f"{load}ghep-cot/", **sent) == f"{load}ghep-cot/"

    assert SheetLoad.objects.get().target == "feedback"
    missing = [legend.text.split(" *")[0] for legend in officer.page(f"{load}ghep-cot/").select("legend:has(.tag)")]
    assert missing
    assert all(f"«{label}»" in officer.page(load).words(".facts") for label in missing)
    assert officer.page(f"{load}ghep-cot/").select_one("#bang option[selected]")["value"] == "feedback"


def test_every_table_has_its_matching_page(officer):
    load = upload(officer, workbook())
    address = f"{load}ghep-cot/"
    for option in officer.page(address).select("#bang option"):
        sent = {"viec": "xem-lai", "trang": "Sheet1", "dong-tieu-de": "0", "bang": option["value"]}
        assert officer.send(address, **sent) == address

        page = officer.page(address)
        assert option.text in page.words()
        reply = officer.post(address, filled_in(page))
        assert reply.status_code in (302, 422), option["value"]
        if reply.status_code == 302:
            work()
            officer.page(load)
        else:
            officer.checked(reply, 422)
