"""Lists: page by page without gaps, and as many queries for fifty rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.access.rules import SYSTEM
from congvu.journal.models import Act
from congvu.journal.services import act
from congvu.province.models import Agency
from congvu.web.address import place_token
from congvu.work.dossiers.models import DossierEvent
from congvu.work.feedback.models import Feedback

from .province import at, make_dossier, make_user

YEAR = "tu=2022-01-01&den=2022-12-31"


def add_dossiers(many):
    for number in range(many):
        make_dossier(f"LATE-{number:03d}", finished_at=at("06-15"), due_at=at("06-10", 17))


def add_feedback(many):
    for number in range(many):
        Feedback.objects.create(
            code=f"N-{number:03d}",
            channel="web",
            received_at=at("06-01"),
            category="Đất đai",
            about_procedure=False,
            agency="X1",
            content="…",
        )


def add_events(many):
    for number in range(many):
        DossierEvent.objects.create(dossier_id="X1-LATE", seq=number + 2, kind="forwarded", at=at("03-02"), agency="X1")


def add_agencies(many):
    for number in range(many):
        Agency.objects.create(code=f"N{number:03d}", name=f"Xã {number}", kind="other", level="commune", parent="H")


def add_users(many):
    for number in range(many):
        make_user(f"u{number:03d}", "one_stop_clerk")


def add_acts(many):
    for _number in range(many):
        with act("user:change", actor=SYSTEM):
            pass


def add_corrections(many):
    from congvu.work.dossiers.models import Dossier

    for number in range(many):
        with act("dossier:correct", actor=SYSTEM) as deed, deed.changing(Dossier, ["X1-LATE"]):
            Dossier.objects.filter(pk="X1-LATE").update(finished_at=at("03-16", number % 23))


LISTS = {
    "rows of a figure": (f"/chi-tieu/dossiers.late/?level=commune&{YEAR}", add_dossiers),
    "personal rows": (f"/chi-tieu/feedback.received/?{YEAR}", add_feedback),
    "board": (f"/bang-dieu-hanh/?{YEAR}", add_dossiers),
    "events of a dossier": ("/ho-so/X1-LATE/", add_events),
    "history of a dossier": ("/ho-so/X1-LATE/", add_corrections),
    "agencies": ("/co-quan/", add_agencies),
    "agencies below one": ("/co-quan/H/", add_agencies),
    "journal": ("/nhat-ky/", add_acts),
}


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.page(address)
    return [query["sql"][:200] for query in found]


@pytest.mark.parametrize(("address", "add"), LISTS.values(), ids=LISTS)
def test_fifty_rows_take_the_queries_of_one(officer, address, add):
    with act("package:load", actor=SYSTEM):
        add(1)
    one = queries_of(officer, address)

    with act("package:load", actor=SYSTEM):
        add_more(add)
    fifty = queries_of(officer, address)

    assert len(fifty) == len(one), "\n".join(fifty)


def add_more(add):
    """Add fifty rows beside the first: their keys begin anew, so the first is left out."""
    from congvu.work.dossiers.models import Dossier

    if add is add_dossiers:
        Dossier.objects.filter(code__startswith="LATE-").delete()
    elif add is add_feedback:
        Feedback.objects.filter(code__startswith="N-").delete()
    elif add is add_events:
        DossierEvent.objects.filter(seq__gte=2).delete()
    elif add is add_agencies:
        Agency.objects.filter(code__startswith="N0").delete()
    add(50)


def test_fifty_users_take_the_queries_of_one(administrator):
    one = queries_of(administrator, "/nguoi-dung/")
    add_users(49)
    fifty = queries_of(administrator, "/nguoi-dung/")

    assert len(fifty) == len(one), "\n".join(fifty)


def follow(client, address, cells):
    """Return the first cells of all pages of a list."""
    found = []
    while address:
        page = client.page(address)
        found += [row.select_one(cells).text for row in page.select("tbody tr") if row.select_one(cells)]
        following = page.select_one("a[rel=next]")
        address = following["href"] if following else None
    return found


def test_the_rows_of_a_figure_come_once_each_over_all_pages(officer):
    with act("package:load", actor=SYSTEM):
        add_dossiers(120)

    codes = follow(officer, f"/chi-tieu/dossiers.late/?level=commune&{YEAR}", "td.one-line a")

    assert codes == sorted([*(f"LATE-{n:03d}" for n in range(120)), "X1-LATE", "X2-LATE"])


def test_the_journal_comes_once_each_over_all_pages(officer):
    add_acts(60)

    numbers = [int(n) for n in follow(officer, "/nhat-ky/", "th a")]

    assert numbers == list(Act.objects.order_by("-id").values_list("id", flat=True))


def test_an_act_of_many_changes_shows_them_page_by_page(officer):
    with (
        act("package:load", actor=SYSTEM) as deed,
        deed.changing(Agency, [f"N{n:03d}\x1f1900-01-01" for n in range(60)]),
    ):
        add_agencies(60)

    first = officer.page(f"/nhat-ky/{deed.id}/")
    second = officer.page(first.select_one("a[rel=next]")["href"])

    assert "(60 bản ghi)" in first.words()
    assert [len(page.select("main details")) for page in (first, second)] == [50, 10]


def test_a_page_beyond_the_last_is_empty_not_wrong(officer):
    token = place_token(["ZZZ"], "dossiers.late")

    page = officer.page(f"/chi-tieu/dossiers.late/?level=commune&{YEAR}&sau={token}")

    assert "Về đầu danh sách" in page.words()
