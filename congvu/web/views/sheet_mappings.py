"""Saved mappings, each version a page in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission
from congvu.intake.mappings import MappingShown, get_mapping, saved_mappings, versions_of
from congvu.intake.queries import PAGE, loads_with
from congvu.intake.targets import target_tables
from congvu.kernel.errors import UsageRefusal

from ..guards import Seated, needs
from ..list_export import rows_asked, show_list
from ..sheet_lists import mapping_listing, mappings_listing
from ..sheet_words import mapping_changes, mapping_sentences, rule_sentence, translations

_VERSION = "ban"


@dataclass(frozen=True)
class _Version:
    """``changes`` is what it has other than the version before; empty for the first."""

    number: int
    saved_at: datetime
    saved_by: str
    changes: list[str]


@needs(Permission.LOAD_SHEETS)
@require_GET
def sheet_mappings(request: Seated) -> HttpResponse:
    return show_list(request, "sheets/mappings.html", mappings_listing(saved_mappings(request.reader)))


@needs(Permission.LOAD_SHEETS)
@require_GET
def sheet_mapping(request: Seated, code: str) -> HttpResponse:
    found = get_mapping(request.reader, code, _version_in(request))
    table, limit = target_tables()[found.mapping.table], rows_asked(request, PAGE)
    loads = loads_with(request.reader, code, limit=limit)
    context = {
        "found": found,
        "table_label": table.label,
        "rules": [(rule_sentence(table, rule), translations(table, rule)) for rule in found.mapping.rules],
        "sentences": mapping_sentences(table, found.mapping),
        "versions": _versions(versions_of(request.reader, code)),
    }
    listing = mapping_listing(found, loads[:limit], more=len(loads) > limit)
    return show_list(request, "sheets/mapping.html", listing, context)


def _version_in(request: HttpRequest) -> int | None:
    text = request.GET.get(_VERSION, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageRefusal(f"Số của bản «{text[:20]}» phải là một số.")
    return int(text)


def _versions(latest_first: list[MappingShown]) -> list[_Version]:
    table = target_tables()[latest_first[0].mapping.table]
    before = [*latest_first[1:], None]
    return [
        _Version(
            one.version, one.saved_at, one.saved_by, mapping_changes(table, old.mapping, one.mapping) if old else []
        )
        for one, old in zip(latest_first, before, strict=True)
    ]
