"""Two officers, their province, and what they do with drafts."""

import pytest

from congvu.access.models import User
from congvu.access.rules import SYSTEM, Reader, Role
from congvu.exchange.services import load_package
from congvu.press.model import plain_text
from congvu.reports.drafts import draft_changes, get_draft_text
from congvu.reports.redrafting import edit_paragraph
from congvu.reports.services import build_report, files_of
from tests.conftest import EXAMPLE
from tests.press import word_file as word

LAN = Reader(1, "Hoàng Thị Lan", Role.REPORTING_OFFICER, "P", "UBND tỉnh", frozenset())
MINH = Reader(2, "Lục Văn Minh", Role.REPORTING_OFFICER, "P", "UBND tỉnh", frozenset())
PLAIN = "Khi tiếp xúc với người dân"
COUNTED = "Trong năm đã mở"
DRESS = "Trang phục khi làm việc"

needs_office = pytest.mark.skipif(word.SOFFICE is None, reason="LibreOffice is not installed")


def make_province():
    load_package(EXAMPLE / "package", actor=SYSTEM)
    for officer in (LAN, MINH):
        User.objects.create(pk=officer.user_id, username=f"can-bo-{officer.user_id}", full_name=officer.name)


def word_of(reader=LAN):
    return files_of(build_report("annual", 2022, reader=reader)).docx


def text(reader=LAN, number=None):
    return get_draft_text(reader, "annual", 2022, number)


def position_of(words, reader=LAN):
    return next(place for place, p in enumerate(text(reader).paragraphs, 1) if words in p.text)


def change(words, wanted, reader=LAN, number=None):
    base = text(reader).number if number is None else number
    return edit_paragraph("annual", 2022, base, position_of(words), wanted, reader=reader)


def report(reader=LAN):
    return plain_text(build_report("annual", 2022, reader=reader).document)


def changes_of(number):
    return [(c.kind, c.before, c.after) for c in draft_changes(LAN, "annual", 2022, number).changes]
