"""Other names of agencies, and the blank forms, as pages."""

import pytest

from congvu.access.rules import Role
from congvu.intake.models import AgencyAlias
from congvu.journal.models import Act
from congvu.sheets.reading.opening import open_book

ADDRESS = "/ten-goi-co-quan/"


@pytest.mark.parametrize("agency", ["X1", "Ủy ban nhân dân xã Đào Ngạn (X1)", "ủy ban nhân dân XÃ ĐÀO NGẠN", " X1 "])
def test_a_name_is_remembered_for_an_agency_however_it_is_chosen(officer, agency):
    officer.send(ADDRESS, spelled="UBND X. Đào  Ngạn", agency=agency)

    (row,) = officer.page(ADDRESS).select("tbody tr")
    assert [cell.text for cell in row.select("th, td")[:3]] == ["UBND X. Đào Ngạn", "Ủy ban nhân dân xã Đào Ngạn", "X1"]
    assert Act.objects.filter(kind="alias:remember").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"spelled": "", "agency": "X1"}, "Hãy nhập tên gọi"),
        ({"spelled": "Xã Đào", "agency": ""}, "Hãy chọn một cơ quan"),
        ({"spelled": "Xã Đào", "agency": "Nơi nào đó"}, "Không có cơ quan «Nơi nào đó»"),
        ({"spelled": "x" * 301, "agency": "X1"}, "300"),
        ({"spelled": "  ", "agency": "X1"}, "Hãy nhập tên gọi"),
    ],
)
def test_a_name_that_will_not_do_is_refused_and_stays(officer, fields, words):
    page = officer.send(ADDRESS, 422, **fields)

    assert words in page.words("[role=alert]")
    assert page.find(id="id_agency")["value"] == fields["agency"]
    assert not AgencyAlias.objects.exists()


def test_a_name_is_forgotten(officer):
    officer.send(ADDRESS, spelled="Xã Đào", agency="X1")
    alias = officer.page(ADDRESS).select_one("[name=ten-goi]")["value"]

    assert officer.send(f"{ADDRESS}bo/", **{"ten-goi": alias}) == ADDRESS

    assert officer.page(ADDRESS).select_one(".empty")
    assert officer.post(f"{ADDRESS}bo/", {"ten-goi": alias}).status_code == 404


def test_each_seat_is_offered_the_forms_of_its_tables(officer, as_role):
    personnel = as_role(Role.PERSONNEL_OFFICER)
    links = {
        who: {a["href"] for a in client.page("/bieu-mau/").select("tbody a")}
        for who, client in (("o", officer), ("p", personnel))
    }

    assert "/bieu-mau/dossiers.xlsx" in links["o"] - links["p"]
    assert "/bieu-mau/evaluations.xlsx" in links["p"] - links["o"]
    for address in links["o"]:
        assert officer.get(address).content.startswith(b"PK"), address
    assert officer.get("/bieu-mau/evaluations.xlsx").status_code == 404
    assert officer.get("/bieu-mau/khong-co.xlsx").status_code == 404


def test_a_blank_form_lists_the_agencies_of_the_province(officer):
    reply = officer.get("/bieu-mau/dossiers.xlsx")

    assert 'filename="bieu-mau-dossiers.xlsx"' in reply["Content-Disposition"]
    book = open_book(reply.content, "bieu-mau.xlsx")
    words = {cell for info in book.sheets for column in book.read(info.name).columns for cell in column}
    assert any("Đào Ngạn" in str(cell) for cell in words)
    assert "1.000115" in words
