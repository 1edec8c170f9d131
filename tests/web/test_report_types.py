"""In the browser: a quarterly report from its list to its frozen file, and addresses that name no term of it."""

import pytest

from congvu.reports.models import Draft

from .test_reports import frozen, province  # noqa: F401 - fixtures

QUARTER = "/bao-cao/par_quarter/2022/quy-3/"


def test_the_list_has_every_type_with_the_terms_of_now_and_before(officer):
    page = officer.page("/bao-cao/")
    names = [head.get_text() for head in page.select("main h2")]
    links = {a["href"] for a in page.select("main a")}

    assert "Báo cáo quý về cải cách hành chính" in names
    assert "Báo cáo năm về kỷ luật, kỷ cương hành chính và văn hóa công vụ" in names
    assert {"/bao-cao/annual/2022/", "/bao-cao/par_quarter/2022/quy-4/", QUARTER} <= links
    assert {
        "/bao-cao/feedback/2022/nua-nam-2/",
        "/bao-cao/training/2022/",
        "/bao-cao/inspections/2022/nua-nam-1/",
    } <= links


def test_a_quarter_s_report_is_drafted_edited_frozen_issued_and_downloaded(frozen):  # noqa: F811
    assert "Kết quả công tác cải cách hành chính quý III năm 2022" in frozen.page(QUARTER).words(".paper")
    assert frozen.send(f"{QUARTER}du-thao/0/doan-1/", text="= I. Chỉ đạo") == f"{QUARTER}du-thao/"
    assert "I. Chỉ đạo" in frozen.page(QUARTER).words(".paper")
    assert "I. Chỉ đạo" not in frozen.page(QUARTER.replace("quy-3", "quy-2")).words(".paper")
    assert set(Draft.objects.values_list("report", "part")) == {("par_quarter", 3)}
    file = frozen.get(f"{QUARTER}du-thao.docx")
    assert file["Content-Disposition"] == 'attachment; filename="bao-cao-2022-quy-3-du-thao.docx"'

    assert frozen.send(f"{QUARTER}chot/") == f"{QUARTER}ban-1/"
    assert frozen.send(f"{QUARTER}ban-1/phat-hanh/", day="2022-12-21") == f"{QUARTER}ban-1/"
    page = frozen.page(f"{QUARTER}ban-1/")
    assert page.select_one("h1").get_text() == "Báo cáo quý III năm 2022, bản 1"
    assert frozen.get(f"{QUARTER}ban-1.pdf").content.startswith(b"%PDF")
    opened = page.select_one("a.mark[href*='chi-tieu']")["href"]
    assert opened.startswith(f"{QUARTER}ban-1/chi-tieu/?")
    frozen.checked(frozen.get(opened))
    assert "Quý III năm 2022" in frozen.page("/bao-cao/").words()


def test_a_word_file_of_one_quarter_is_refused_by_another(officer):
    docx = officer.get(f"{QUARTER}du-thao.docx").content
    from .test_drafts import uploaded

    reply = officer.post(f"{QUARTER.replace('quy-3', 'quy-2')}tep-word/", {"file": uploaded(docx)})
    assert "là báo cáo «par_quarter» kỳ 3 năm 2022, không phải báo cáo «par_quarter» kỳ 2" in officer.checked(
        reply, 422
    ).words(".faults")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bao-cao/par_quarter/2022/", 400),
        ("/bao-cao/par_quarter/2022/thang-3/", 400),
        ("/bao-cao/par_quarter/2022/quy-5/", 400),
        ("/bao-cao/annual/2022/quy-1/", 400),
        ("/bao-cao/par_quarter/2022/quy-0/", 404),
        ("/bao-cao/par_quarter/2022/quy-3/ban-1/", 404),
        ("/bao-cao/par_quarter/2022/quy-3/du-thao/9/", 404),
        ("/bao-cao/par_quarter/1/quy-3/", 400),
        ("/bao-cao/par_quarter/2022/quy-99/ban-1/", 404),
        ("/bao-cao/nothing/2022/quy-3/", 400),
    ],
)
def test_an_address_that_names_no_term_of_the_type_is_refused_in_words(officer, address, status):
    officer.checked(officer.get(address), status)


def test_a_frozen_one_is_not_found_under_another_name_of_its_part(frozen):  # noqa: F811
    frozen.send(f"{QUARTER}chot/")

    frozen.page(f"{QUARTER}ban-1/")
    frozen.page("/bao-cao/par_quarter/2022/thang-3/ban-1/", status=404)


def test_what_is_wrong_with_a_province_s_own_type_is_said_on_the_list(officer, settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "templates" / "weekly").mkdir(parents=True)

    assert "weekly/template.toml: không đọc được tệp" in officer.page("/bao-cao/").words(".notice")
