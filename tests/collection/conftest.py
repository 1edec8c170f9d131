"""A small province that owes reports, on the demo's day; readers of its seats."""

import pytest

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.access.visibility import agencies_under
from congvu.collection.asking import Asked, open_request
from congvu.collection.filling import Entry
from congvu.collection.rules import Deed
from congvu.collection.services import fill, move
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.province.models import Agency
from tests.web.province import NOW, make_province

FORM = """
title = "Báo cáo thử"
periodicity = "year"
from = "15/12-1"
to = "14/12"
[due]
commune = 3
district = 4
province = 4
[owed_by]
kinds = ["department", "district_committee", "commune_committee"]
[[section]]
title = "Số liệu"
[[section.question]]
id = "xong"
kind = "figure"
label = "Hồ sơ đã giải quyết xong"
figure = "dossiers.finished[level=own]"
[[section.question]]
id = "tre"
kind = "figure"
label = "Hồ sơ trễ hạn"
figure = "dossiers.late[level=own]"
[[section.question]]
id = "ty-le"
kind = "figure"
label = "Tỷ lệ đúng hạn"
figure = "dossiers.on_time_rate[level=own]"
required = false
[[section.question]]
id = "lop"
kind = "figure"
label = "Lớp bồi dưỡng"
figure = "courses.count"
required = false
[[section.question]]
id = "ky-luat"
kind = "figure"
label = "Người bị kỷ luật"
figure = "officers.disciplined"
central = true
[[section.question]]
id = "cap-duoi"
kind = "figure"
label = "Cấp xã trễ hạn"
figure = "dossiers.late[level=commune]"
scope = "below"
levels = ["district"]
[[section]]
title = "Nhận xét"
[[section.question]]
id = "tu-kiem-tra"
kind = "number"
label = "Lần tự kiểm tra"
unit = "lần"
additive = true
[[section.question]]
id = "nguoi"
kind = "number"
label = "Người tham gia"
unit = "người"
distinct = true
[[section.question]]
id = "uu-diem"
kind = "text"
label = "Ưu điểm"
required = true
limit = 200
[[section.question]]
id = "van-ban"
kind = "documents"
label = "Văn bản"
limit = 2
[[section.question]]
id = "han-che"
kind = "weakness"
label = "Hạn chế"
limit = 2
"""
CODE = "thu-20221214"


def seat(role, code):
    day = clock.today()
    return Reader(None, f"{role} {code}", role, code, code, agencies_under(code, day))


@pytest.fixture
def on_the_demos_day(monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", NOW)


@pytest.fixture
def lay_form(settings, tmp_path):
    """Return a function that lays a form into the installation's home."""
    settings.HOME = tmp_path / "home"

    def lay(text=FORM, name="thu"):
        folder = tmp_path / "home" / "forms"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")

    return lay


@pytest.fixture
def province(db, on_the_demos_day, lay_form):
    make_province()
    lay_form()


@pytest.fixture
def officer(province):
    return seat(Role.REPORTING_OFFICER, "P")


@pytest.fixture
def head(province):
    """Return a function that gives the head of an agency."""
    return lambda code: seat(Role.AGENCY_HEAD, code)


@pytest.fixture
def asked(officer):
    """The form asked of everybody for 2022."""
    return open_request(officer, Asked("thu", 2022))


GOOD = {"uu-diem": Entry("Chấp hành tốt")}
NO_DOSSIERS = {"xong": Entry("0"), "tre": Entry("0")}
"""What an agency says whose dossiers are not here."""


@pytest.fixture
def hand_in(asked, head):
    """Return a function that fills an agency's form, checks it and hands it in."""

    def do(code, entries=None, missing=()):
        reader = head(code)
        fill(reader, CODE, code, GOOD | (entries or {}))
        move(reader, CODE, code, Deed.CHECK)
        move(reader, CODE, code, Deed.SUBMIT, missing=missing)

    return do


@pytest.fixture
def accept(officer, head):
    """Return a function that accepts what an agency handed in, as whoever receives it."""

    def do(code, receiver=None):
        move(head(receiver) if receiver else officer, CODE, code, Deed.ACCEPT)

    return do


def add_agencies(*rows):
    with act("package:load", actor=SYSTEM):
        for row in rows:
            Agency.objects.create(**row)
