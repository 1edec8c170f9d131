"""The English of the pages: gathers what the code hands to gettext, keeps the .po in step, compiles the .mo."""

import sys
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand

SOURCE = Path(settings.ROOT)
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
MAPPING = SOURCE.parent / "babel.cfg"
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
WIDTH = 110


class Command(BaseCommand):
    help = "Đưa các câu của trang vào tệp dịch tiếng Anh và biên dịch tệp ấy (dành cho người phát triển)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ so sánh; thoát với mã 1 khi thiếu hoặc cũ")

    def handle(self, *args: Any, **options: Any) -> None:
        catalog = translations()
        if not options["check"]:
            catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
            PO.write_bytes(as_po(catalog))
            MO.write_bytes(as_mo(catalog))
        lacking = untranslated(extracted(), catalog)
        for sentence in lacking:
            self.stdout.write(f"Chưa có câu tiếng Anh: {sentence}")
        outdated = not MO.exists() or MO.read_bytes() != as_mo(catalog)
        if outdated:
            self.stdout.write(f"Tệp biên dịch khác với tệp dịch: {MO}")
        if options["check"] and (lacking or outdated):
            sys.exit(1)


def extracted() -> Catalog:
    """Return every sentence that the code and the templates hand to gettext, with the files that it stands in."""
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog(locale="en")
    for name, line, sentence, _comments, context in extract_from_dir(SOURCE, methods, options, KEYWORDS):
        catalog.add(sentence, locations=[(f"{SOURCE.name}/{name}", line)], context=context)
    return catalog


def translations() -> Catalog:
    """Return what the .po says."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def untranslated(wanted: Catalog, found: Catalog) -> list[str]:
    """Return the sentences of ``wanted`` that ``found`` does not say in English; a doubtful translation is none."""
    return [str(one.id) for one in wanted if one.id and not _is_translated(found.get(one.id, one.context))]


def _is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy or not message.string:
        return False
    return isinstance(message.string, str) or all(message.string)


def as_po(catalog: Catalog) -> bytes:
    """Return ``catalog`` as the .po has it; sentences that are used no more are left out."""
    file = BytesIO()
    # line numbers would change the file with every edit above a sentence
    write_po(file, catalog, width=WIDTH, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """Return ``catalog`` compiled."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()
