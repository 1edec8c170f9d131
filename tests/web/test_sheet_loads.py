"""A spreadsheet from the upload to the figures and back out: matched, looked over, mended, loaded, withdrawn."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from congvu.access.rules import Role
from congvu.intake.files import SIZE_MAX
from congvu.intake.models import SheetFile, SheetLoad, SheetNote
from congvu.intake.running import work
from congvu.province.models import Agency
from congvu.sheets.reading.opening import open_book
from congvu.web.uploads import UPLOAD_MAX_BYTES, InMemoryOnly
from congvu.work.dossiers.models import Dossier
from congvu.work.procedures.models import Procedure

from .sheets import LIST, RIGHT, cells, check, counts, filled_in, loaded, stored_load, upload, workbook, wrong_rows

LATE = "/chi-tieu/dossiers.late/?level=commune&tu=2022-01-01&den=2022-12-31"


def test_an_ugly_workbook_becomes_figures_and_is_taken_back(officer):
    before = officer.page(LATE).words(".value-box .big dd")
    load = upload(officer, workbook(wrong_rows()))

    found = officer.page(load)
    assert "dòng 4" in found.words()
    assert "«Nháp»" in found.words()
    assert "Dòng ẩn 1" in found.words()
    matching = officer.page(f"{load}ghep-cot/")
    fields = filled_in(matching)
    assert (fields["nguon.code"][0], fields["nguon.received_at"][0]) == ("Số biên nhận", "Ngày nhận")
    assert "cách gọi khác" in matching.words(".guess")

    checked = check(officer, load)
    assert counts(checked) | {"Dòng": "4", "Mới": "1", "Có lỗi": "3"} == counts(checked)
    assert [row[:3] for row in cells(checked, "loi")] == [
        ["D5", "Cơ quan tiếp nhận", "UBND xã Không Có"],
        ["F6", "Tiếp nhận lúc", "32/06/2022"],
        ["C8", "Mã thủ tục", "9.999999"],
    ]
    assert not Dossier.objects.filter(code="HS-03").exists()

    reply = officer.get(f"{load}loi.xlsx")
    assert reply["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in reply["Content-Disposition"]
    marked = open_book(reply.content, "loi.xlsx")
    listed = next(info.name for info in marked.sheets if info.name not in ("Sheet1", "Nháp"))
    words = {str(cell) for column in marked.read(listed).columns for cell in column}
    assert {"D5", "F6", "C8"} <= {word for text in words for word in text.split()}
    names = zipfile.ZipFile(io.BytesIO(reply.content)).namelist()
    assert any("comments" in name for name in names)

    mended = loaded(officer)
    page = officer.page(mended)
    assert counts(page)["Mới"] == "4"
    act = page.select_one("a[href^='/nhat-ky/']")["href"]
    assert "Nạp bảng tính" in officer.page(act).words()
    assert (before, officer.page(LATE).words(".value-box .big dd")) == ("2 hồ sơ", "3 hồ sơ")

    officer.send("/ho-so/HS-02/dinh-chinh/", day="2022-06-07", time="10:00", reason="Ghi nhầm ngày")
    refused = officer.page(f"{mended}rut/")
    assert "Chưa rút được" in refused.words()
    assert "1 dòng được sửa về sau" in refused.words()
    assert not refused.select("main form")
    again = officer.send(f"{mended}rut/", 409, reason="Nhầm tệp")
    assert "dựa vào nó" in again.words("[role=alert]")
    assert Dossier.objects.filter(code="HS-02").exists()


def test_a_load_on_which_nothing_rests_is_withdrawn_with_a_reason(officer):
    load = loaded(officer)
    before = officer.page(LATE).words(".value-box .big dd")

    assert "Hãy nêu lý do" in officer.send(f"{load}rut/", 422, reason="").words("[role=alert]")
    assert officer.send(f"{load}rut/", reason="Nạp nhầm tệp") == load

    assert "Đã rút" in officer.page(load).words()
    assert not Dossier.objects.filter(code__startswith="HS-").exists()
    assert (before, officer.page(LATE).words(".value-box .big dd")) == ("3 hồ sơ", "2 hồ sơ")
    assert not officer.page(f"{load}rut/").select("main form")
    officer.send(f"{load}rut/", 409, reason="Lần nữa")


def test_a_second_time_the_same_file_has_nothing_to_load(officer):
    loaded(officer)

    page = check(officer, upload(officer, workbook()))

    assert counts(page)["Giữ nguyên"] == "4"
    assert "không có gì để nạp" in page.words()
    assert not page.select("form[action$='/nap/']")


def test_a_changed_row_is_shown_before_and_after(officer):
    loaded(officer)
    rows = [list(row) for row in RIGHT]
    rows[2][6], rows[2][7] = "07/06/2022 16:00", "Đã trả kết quả"

    page = check(officer, upload(officer, workbook(rows)))

    assert counts(page)["Thay đổi"] == "1"
    ((row, words),) = cells(page, "dong-doi")
    assert row == "7"
    assert "Giải quyết xong lúc: — → 16:00 07/06/2022" in words


def test_what_a_word_means_is_said_once_and_remembered(officer):
    load = upload(officer, workbook(wrong_rows()))
    page = check(officer, load)
    fields = filled_in(page, "form[action$='/giai-nghia/']")
    asked = {fields[f"chu.{at}"][0]: f"nghia.{at}" for at in range(2)}
    assert asked.keys() == {"UBND xã Không Có", "9.999999"}

    unknown = officer.send(f"{load}giai-nghia/", 400, **fields | {asked["UBND xã Không Có"]: "Nơi nào đó"})
    assert "Không có «Nơi nào đó»" in unknown.words("[role=alert]")
    assert unknown.find(id=asked["UBND xã Không Có"])["value"] == "Nơi nào đó"
    answers = {asked["UBND xã Không Có"]: "Ủy ban nhân dân xã Đào Ngạn (X1)", asked["9.999999"]: "1.000115"}
    assert officer.send(f"{load}giai-nghia/", **fields | answers) == load
    work()

    assert counts(officer.page(load)) | {"Mới": "3", "Có lỗi": "1"} == counts(officer.page(load))
    assert "UBND xã Không Có" in officer.page("/ten-goi-co-quan/").words("tbody")
    assert counts(check(officer, upload(officer, workbook(wrong_rows()))))["Có lỗi"] == "2"


def test_a_name_in_two_columns_of_agencies_is_asked_for_once(officer):
    rows = [list(row) for row in RIGHT]
    rows[0][2] = "Nơi lạ"
    rows[0][8:], rows[1][8:], rows[2][8:] = ["Nơi lạ"], ["Nơi lạ"], ["Chỗ khác"]
    load = upload(officer, workbook(rows))

    page = check(officer, load, **{"nguon.handling_agency": "Ghi chú"})

    assert counts(page)["Có lỗi"] == "3"
    labels = [label.get_text() for label in page.select("form.teach label")]
    assert labels == [
        "«Nơi lạ» Cơ quan tiếp nhận, Cơ quan giải quyết · 2 dòng",
        "«Chỗ khác» Cơ quan giải quyết · 1 dòng",
    ]
    fields = filled_in(page, "form.teach")
    officer.send(f"{load}giai-nghia/", **fields | {"nghia.0": "X1", "nghia.1": "X2"})
    work()
    assert counts(officer.page(load)) | {"Mới": "4", "Có lỗi": "0"} == counts(officer.page(load))


def test_a_word_of_a_choice_may_mean_that_nothing_is_there_yet(officer):
    rows = [list(row) for row in RIGHT]
    rows[2][7], rows[3][3] = "Đợi ký số", "Bồ câu"
    load = upload(officer, workbook(rows))
    page = check(officer, load)
    asked = {page.find("input", {"name": f"chu.{at}"})["value"]: page.find(id=f"nghia.{at}") for at in range(2)}
    outcome, channel = asked["Đợi ký số"], asked["Bồ câu"]
    assert [option.text for option in outcome.select("option")][:2] == ["Chưa chọn", "để trống (chưa có gì)"]
    empty = outcome.select("option")[1]["value"]
    assert empty
    assert empty not in [option["value"] for option in channel.select("option")], "every row needs a channel"

    fields = filled_in(page, "form.teach")
    refused = officer.send(f"{load}giai-nghia/", 400, **fields | {outcome["id"]: empty, channel["id"]: empty})
    assert refused.find(id=outcome["id"]).select_one("option[selected]")["value"] == empty
    assert f"Không có «{empty}»" in refused.words("[role=alert]")
    officer.send(f"{load}giai-nghia/", **fields | {outcome["id"]: empty, channel["id"]: "postal"})
    work()

    assert counts(officer.page(load)) | {"Mới": "4", "Có lỗi": "0"} == counts(officer.page(load))
    officer.send(f"{load}nap/")
    work()
    assert Dossier.objects.get(code="HS-03").outcome is None
    assert filled_in(officer.page(f"{upload(officer, workbook())}ghep-cot/"))["dich.outcome"] == [""]


def test_what_can_be_chosen_from_is_on_the_page_once_for_all_fields(officer):
    rows = [list(row) for row in RIGHT]
    for at, row in enumerate(rows):
        row[1], row[2] = f"9.99999{at}", f"Nơi lạ {at}"

    page = check(officer, upload(officer, workbook(rows)))

    fields, lists = page.select("form.teach input[list]"), page.select("datalist")
    assert len(fields) == 8
    assert {field["list"] for field in fields} == {one["id"] for one in lists}
    assert len(lists) == 2
    options = [option["value"] for option in page.select("datalist option")]
    assert (
        len(options)
        == len(set(options))
        == Agency.objects.values("code").distinct().count() + (Procedure.objects.values("code").distinct().count())
    )


def test_rows_without_errors_are_loaded_alone_on_purpose_and_the_rest_is_kept(officer):
    load = upload(officer, workbook(wrong_rows()))
    page = check(officer, load)
    assert not page.select("aside button.main")

    assert "Tệp còn 3 dòng có lỗi" in officer.send(f"{load}nap/", 409).words("[role=alert]")
    assert "Hãy ghi lý do" in officer.send(f"{load}nap/", 409, rieng="1").words("[role=alert]")
    officer.send(f"{load}nap/", rieng="1", **{"ly-do": "Cần số liệu ngay"})
    work()

    page = officer.page(load)
    assert "Cần số liệu ngay" in page.words()
    assert "Còn 3 dòng để lại" in page.words()
    rest = open_book(officer.get(f"{load}con-lai.xlsx").content, "con-lai.xlsx").read("Sheet1")
    assert [code for code in rest.columns[1] if str(code).startswith("HS-")] == ["HS-01", "HS-02", "HS-04"]
    again = check(
        officer, upload(officer, SimpleUploadedFile("con-lai.xlsx", officer.get(f"{load}con-lai.xlsx").content))
    )
    assert counts(again) | {"Dòng": "3", "Có lỗi": "3"} == counts(again)


def test_while_it_waits_the_page_reloads_itself_and_says_how_far_it_is(officer):
    load = upload(officer, workbook())
    officer.send(f"{load}ghep-cot/", **filled_in(officer.page(f"{load}ghep-cot/")))
    SheetLoad.objects.update(stage="Đọc các dòng", share=0.2)

    reply = officer.get(load)
    page = officer.checked(reply)
    assert reply["Refresh"] == f"2; url={load}"
    assert page.select_one("progress")["value"] == "20"
    assert "Đọc các dòng · 20%" in page.words()
    assert officer.get(f"{load}ghep-cot/")["Location"] == load
    work()
    assert "Refresh" not in officer.get(load)


def test_a_load_is_dropped_before_it_is_written_and_not_after(officer):
    load = upload(officer, workbook())
    officer.send(f"{load}bo/")
    assert "dữ liệu không đổi gì" in officer.page(load).words()
    assert "Hãy tải lại trang" in officer.send(f"{load}bo/", 409).words("[role=alert]")
    written = loaded(officer)
    officer.send(f"{written}bo/", 409)


def test_the_file_comes_back_as_it_was_sent_under_a_safe_name(officer):
    file = workbook(name='Bản "của"\\tôi.xlsx')
    content = file.read()
    file.seek(0)
    load = upload(officer, file)

    reply = officer.get(f"{load}tep-goc")

    assert reply.content == content
    assert reply["Content-Type"] == "application/octet-stream"
    assert reply["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert officer.get(f"{load}con-lai.xlsx").status_code == 404
    assert officer.get(f"{load}loi.xlsx").status_code == 404


BAD = {
    "nothing": ({}, "Hãy chọn một tệp"),
    "an empty file": ({"file": (b"", "trong.xlsx")}, "trống"),
    "a broken workbook": ({"file": (b"PK\x03\x04", "hong.xlsx")}, "hong.xlsx"),
    "a picture": ({"file": (b"\x89PNG\r\n\x1a\n" + bytes(100), "anh.xlsx")}, "anh.xlsx"),
    "a table that is none": ({"file": (b"a;b\n1;2\n", "a.csv"), "wanted_as": "bang:users"}, "Hãy chọn một bảng"),
    "another's table": ({"file": (b"a;b\n1;2\n", "a.csv"), "wanted_as": "bang:evaluations"}, "Hãy chọn một bảng"),
}


@pytest.mark.parametrize(("sent", "words"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(officer, sent, words):
    fields = {
        key: SimpleUploadedFile(value[1], value[0]) if isinstance(value, tuple) else value
        for key, value in sent.items()
    }

    page = officer.send(LIST, 422, **fields)

    assert words in page.words("[role=alert]")
    assert not SheetLoad.objects.exists()
    assert not SheetFile.objects.exists()


def test_files_may_be_larger_here_than_elsewhere_up_to_a_limit(officer):
    page = officer.send(LIST, 422, file=SimpleUploadedFile("x.bin", bytes(UPLOAD_MAX_BYTES + 1)))
    assert "MB" not in page.words("[role=alert]")

    page = officer.send(LIST, 422, file=SimpleUploadedFile("x.bin", bytes(SIZE_MAX + 1)))
    assert "lớn hơn 64 MB" in page.words("[role=alert]")


def test_strangers_send_no_more_here_than_elsewhere(db):
    from django.core.files.uploadhandler import SkipFile

    request = HttpRequest()
    request.resolver_match = resolve(LIST)
    handler = InMemoryOnly(request)
    handler.new_file("file", "a.xlsx", "", None)

    with pytest.raises(SkipFile):
        handler.receive_data_chunk(bytes(UPLOAD_MAX_BYTES + 1), 0)


def test_a_table_that_is_named_is_taken(officer):
    load = upload(officer, workbook(), wanted_as="bang:feedback")

    assert "Phản ánh" in officer.page(load).words(".facts")


def test_nobody_sees_the_loads_of_tables_that_are_not_theirs(officer, as_role):
    load = upload(officer, workbook())
    personnel = as_role(Role.PERSONNEL_OFFICER)

    assert personnel.get(load).status_code == 404
    assert personnel.page(LIST).select_one(".empty")
    assert officer.get(f"{LIST}{'9' * 400}/").status_code == 404
    assert officer.get(f"{LIST}0/").status_code == 404


def test_the_list_is_filtered_and_comes_page_by_page(officer):
    for number in range(60):
        stored_load(state="dropped" if number % 20 == 0 else "draft")
    found, address = [], LIST
    while address:
        page = officer.page(address)
        found += [row.select_one("a")["href"] for row in page.select("table.loads tbody tr")]
        following = page.select_one("a[rel=next]")
        address = following["href"] if following else None

    assert len(found) == len(set(found)) == 60
    assert len(officer.page(LIST, **{"tinh-trang": "dropped"}).select("table.loads tbody tr")) == 3
    assert officer.get(LIST, {"tinh-trang": "gi-do"}).status_code == 400
    assert officer.get(LIST, {"sau": "x"}).status_code == 400


def test_fifty_loads_take_the_queries_of_one(officer):
    found = []
    for many in (1, 49):
        for _number in range(many):
            stored_load()
        with CaptureQueriesContext(connection) as queries:
            officer.page(LIST)
        found.append(len(queries))

    assert found[0] == found[1]


def test_errors_come_page_by_page_beside_the_other_lists(officer):
    load = stored_load(
        state="checked",
        counts={"rows": 60, "new": 0, "changed": 0, "unchanged": 0, "refused": 60, "error": 60, "review": 1, "odd": 0},
    )
    SheetNote.objects.bulk_create(
        SheetNote(load=load, severity="error", row=row, column=0, target="code", value=f"v{row}", reason="sai")
        for row in range(2, 62)
    )
    SheetNote.objects.create(load=load, severity="review", row=3, column=None, target="", value="", reason="xem lại")

    first = officer.page(f"{LIST}{load.number}/")
    second = officer.page(first.select_one("a[rel=next]")["href"])

    assert [row[0] for row in cells(first, "loi") + cells(second, "loi")] == [f"A{row}" for row in range(2, 62)]
    assert cells(second, "can-xem") == [["dòng 3", "—", "—", "xem lại"]]
    assert not second.select("a[rel=next]")
    assert officer.get(f"{LIST}{load.number}/?xem=loi&sau=x").status_code == 400


ODD = (
    {},
    {"viec": "xem-lai"},
    {
        "viec": "\x00",
        "nguon.code": "\x00",
        "dich.channel": "\x00=\x00",
        "ten": "\x00",
        "giu-kem": ["\x00", "x"],
        "tach": "\x1b",
    },
    {"cot.0": "x", "chu.0": "y", "nghia.0": "z"},
    {"cot.0": "agency", "chu.0": "UBND\x00", "nghia.0": "X1\x00"},
    {"cot.0": "received_at", "chu.0": "y", "nghia.0": "z"},
    {"reason": "\x00", "ly-do": "\x00", "rieng": "1"},
    {"file": "no file", "wanted_as": "\x00"},
    {"spelled": "\x00", "agency": "\x00", "ten-goi": "\x00"},
)


@pytest.mark.parametrize(
    "address",
    [
        LIST,
        *(f"{LIST}N/{deed}/" for deed in ("ghep-cot", "giai-nghia", "nap", "bo", "rut")),
        "/ten-goi-co-quan/",
        "/ten-goi-co-quan/bo/",
    ],
)
def test_nothing_that_is_sent_is_a_fault_of_the_program(officer, address):
    for fields in ODD:
        load = upload(officer, workbook(RIGHT[:1]))

        reply = officer.post(address.replace(f"{LIST}N/", load), fields)

        assert reply.status_code in (302, 400, 403, 404, 409, 422), (address, fields)
