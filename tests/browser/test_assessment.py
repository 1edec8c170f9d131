"""The pages of a report's assessment in a real browser: accessible, on a phone, and from a suggestion to a plan."""

from datetime import date

import pytest

from congvu.access.rules import SYSTEM, Role
from congvu.assessment.services import DirectionEntry, WeaknessEntry, add_direction, add_weakness
from congvu.journal.services import act
from congvu.reports.assessing import sheet_of
from congvu.work.inspections.models import Finding
from tests.web.province import make_user

from .test_pages import findings

PAGE = "/bao-cao/annual/2022/danh-gia/"
PAGES = (
    PAGE,
    "/bao-cao/annual/2023/danh-gia/",
    f"{PAGE}han-che/them/",
    f"{PAGE}han-che/1/",
    f"{PAGE}han-che/1/ket-qua/",
    f"{PAGE}phuong-huong/1/",
    f"{PAGE}ke-hoach/",
    "/phat-hien/F1/",
)


@pytest.fixture
def assessed(site):
    with act("package:load", actor=SYSTEM):
        Finding.objects.create(id="F1", inspection_id="KT1", agency="H", text="Còn đi muộn, về sớm")
    sheet = sheet_of("annual", 2022, SYSTEM)
    for evidence in ("figure:dossiers:dossiers.late[level=commune]", "finding:F1", ""):
        entry = WeaknessEntry("Còn hồ sơ trễ hạn", evidence, "Rà soát hằng tuần", "SNV", date(2023, 6, 30))
        add_weakness(SYSTEM, sheet, entry)
    add_direction(SYSTEM, sheet, DirectionEntry("Nâng cao chất lượng một cửa", "SNV", ("H",), date(2023, 12, 15)))
    add_direction(SYSTEM, sheet, DirectionEntry("Chưa giao cho ai"))
    make_user("lanhdao", Role.PROVINCE_LEADER, demo_card="Lãnh đạo")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(assessed, visit, scheme):
    for username, addresses in {"tonghop": PAGES, "lanhdao": PAGES[:2]}.items():
        page = visit(username, color_scheme=scheme, bypass_csp=True)
        for address in addresses:
            page.goto(address)
            assert findings(page) == [], (address, scheme)


def test_axe_finds_nothing_wrong_with_forms_that_cannot_be_sent(assessed, visit):
    page = visit("tonghop", bypass_csp=True)
    for address, button in ((f"{PAGE}han-che/them/", "Ghi hạn chế"), (f"{PAGE}phuong-huong/them/", "Ghi phương hướng")):
        page.goto(address)
        page.click(f"main button:has-text('{button}')")
        assert page.locator(".faults a").count() == 1
        assert findings(page) == [], address


@pytest.mark.parametrize("width", [360, 390])
def test_no_page_is_wider_than_a_phone(assessed, visit, width):
    page = visit("tonghop", width=width)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_from_a_suggestion_to_the_plan_without_a_script(assessed, visit):
    page = visit("tonghop", java_script_enabled=False)
    page.goto(PAGE)
    page.click("tr:has-text('Nhiệm vụ cải cách hành chính') >> text=Viết hạn chế")
    page.fill("#id_text", "Chưa hoàn thành hết nhiệm vụ")
    page.click("main button:has-text('Ghi hạn chế')")
    assert "4 hạn chế, 1 chưa có minh chứng" in page.inner_text("main")
    page.click("tr:has-text('Chưa giao cho ai') >> text=Sửa")
    page.select_option("#id_lead_agency", "SNV")
    page.click("summary:has-text('Chọn cơ quan')")
    page.check("label:has-text('UBND huyện Hà Quảng')")
    page.fill("#id_due_on", "2023-10-31")
    page.click("main button:has-text('Ghi phương hướng')")
    page.click("text=Dự thảo kế hoạch năm 2023")
    page.click("main button:has-text('Lập dự thảo kế hoạch')")

    assert "thêm 5 nhiệm vụ" in page.inner_text("main")
    page.click("text=Đánh giá và phương hướng năm 2022")
    assert "Đang thực hiện" in page.inner_text("tr:has-text('Chưa giao cho ai')")
