"""Vietnamese unless somebody has chosen English; what people and reports wrote stays as it is written."""

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import get_language

from congvu.web.middleware import LANGUAGE_COOKIE

ENGLISH_BROWSER = {"HTTP_ACCEPT_LANGUAGE": "en-US,en;q=0.9"}
YEAR = {"tu": "2022-01-01", "den": "2022-12-31"}


def soup(client, address, **query):
    reply = client.get(address, query)
    assert reply.status_code == 200, (address, reply.status_code)
    return BeautifulSoup(reply.content, "html5lib")


def choose(client, language, following="/bang-dieu-hanh/"):
    return client.post("/ngon-ngu/", {"language": language, "next": following})


def test_an_english_browser_gets_vietnamese(officer):
    page = officer.checked(officer.get("/bang-dieu-hanh/", **ENGLISH_BROWSER))

    assert page.words("h1") == "Bảng điều hành"


def test_a_language_that_is_none_of_ours_is_vietnamese(officer):
    officer.cookies[LANGUAGE_COOKIE] = "fr"

    assert officer.page("/bang-dieu-hanh/").words("h1") == "Bảng điều hành"


def test_who_chooses_english_gets_english_and_comes_back_to_vietnamese(officer):
    form = officer.page("/bang-dieu-hanh/", **YEAR).select_one("footer form")
    assert form["action"] == "/ngon-ngu/"
    assert (form.button.text, form.button["lang"], form.button["value"]) == ("English", "en", "en")
    here = form.select_one("[name=next]")["value"]
    assert here == "/bang-dieu-hanh/?tu=2022-01-01&den=2022-12-31"

    reply = choose(officer, "en", here)
    assert (reply.status_code, reply["Location"]) == (302, here)
    page = soup(officer, here)
    assert page.html["lang"] == "en"
    assert page.h1.text == "Dashboard"
    assert page.select_one("footer button").text == "Tiếng Việt"

    choose(officer, "vi")
    assert officer.page("/bang-dieu-hanh/").words("h1") == "Bảng điều hành"


def test_the_macros_speak_the_language_of_the_page(officer):
    vietnamese = officer.page("/bang-dieu-hanh/", **YEAR)
    assert vietnamese.select_one(".picker button").text == "Xem kỳ này"
    assert vietnamese.select_one("section.chart summary").text == "Bảng số liệu"

    choose(officer, "en")
    english = soup(officer, "/bang-dieu-hanh/", **YEAR)
    assert english.select_one(".picker button").text == "Show this period"
    assert english.select_one("section.chart summary").text == "Table of numbers"

    choose(officer, "vi")
    assert officer.page("/bang-dieu-hanh/", **YEAR).select_one(".picker button").text == "Xem kỳ này"


def test_figures_members_units_and_roles_are_translated_and_numbers_are_not(officer):
    choose(officer, "en")
    page = soup(officer, "/chi-tieu/dossiers.late/", level="commune", **YEAR)

    assert page.h1.text == "Dossiers finished late: Commune"
    assert page.select_one(".value-box .big").get_text(" ", strip=True) == "Value 2 dossiers"
    assert "01/01/2022" in page.select_one(".scope").text
    assert page.select_one("header .seat span").text == "Reporting officer · UBND tỉnh"
    assert "Figures and reports" in page.select_one("nav.side").text


def test_an_error_page_and_the_forms_follow_the_choice(browser):
    choose(browser, "en")

    missing = BeautifulSoup(browser.get("/khong-co/").content, "html5lib")
    assert (missing.html["lang"], missing.h1.text) == ("en", "Page not found")
    labels = [label.text for label in soup(browser, "/dang-nhap/").select("main label")]
    assert labels == ["Username", "Password", "Report file (Word, PDF, plain text)"]


def test_a_page_that_answers_a_form_leads_home(browser):
    reply = browser.post("/dang-nhap/", {"username": "ai", "password": ""})

    assert reply.status_code == 422
    assert BeautifulSoup(reply.content, "html5lib").select_one("footer [name=next]")["value"] == "/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "bang-dieu-hanh/", ""],
)
def test_the_way_back_stays_on_this_host(browser, elsewhere):
    assert choose(browser, "en", elsewhere)["Location"] == "/"


def test_a_language_that_does_not_exist_is_refused(browser):
    reply = choose(browser, "fr")

    assert reply.status_code == 400
    assert LANGUAGE_COOKIE not in reply.cookies


def test_the_cookie_is_for_pages_only_and_stays(browser, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = choose(browser, "en").cookies[LANGUAGE_COOKIE]

    assert cookie.value == "en"
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] >= 180 * 24 * 3600


def test_a_stored_page_is_not_shown_in_another_language(browser):
    assert "Cookie" in browser.get("/dang-nhap/")["Vary"]


def test_a_choice_does_not_reach_into_the_next_request_of_the_thread(browser):
    choose(browser, "en")
    browser.get("/dang-nhap/")

    assert get_language() == "vi"


def test_a_report_is_vietnamese_on_an_english_page(officer):
    vietnamese = officer.page("/bao-cao/annual/2022/").words("article.paper")
    choose(officer, "en")
    page = soup(officer, "/bao-cao/annual/2022/")

    assert page.h1.text.startswith("Draft of the report")
    assert page.select_one("article.paper")["lang"] == "vi"
    assert " ".join(page.select_one("article.paper").get_text(" ").split()) == vietnamese
