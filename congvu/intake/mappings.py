"""Mappings saved by name, version by version, and found again for the next file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.http import Http404

from congvu.access.rules import Reader
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.text import fold, nfc
from congvu.sheets.mapping import Mapping, mapping_from

from .models import SavedMapping
from .rules import may_load

_NAME_MAX = 100
_NAMES = 0x434F4E4B  # of advisory locks


class MappingNotSaved(Refusal):
    code = "mapping.not_saved"


@dataclass(frozen=True, slots=True)
class MappingShown:
    """One version of a saved mapping."""

    code: str
    version: int
    name: str
    mapping: Mapping
    titles: tuple[str, ...]
    saved_at: datetime
    saved_by: str


def code_of(name: str) -> str:
    """Return a mapping's name as it stands in an address.

    >>> code_of("Hồ sơ một cửa – iGate")
    'ho-so-mot-cua-igate'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def save_mapping(reader: Reader, name: str, mapping: Mapping, titles: Iterable[str]) -> MappingShown:
    """Save ``mapping`` under ``name``, as its next version; what is saved already is not saved again.

    Raises
    ------
    MappingNotSaved
        The name is no name, or that of a mapping for another table.
    """
    name = nfc(" ".join(name.split()))
    code = code_of(name)
    if not code or len(name) > _NAME_MAX:
        raise MappingNotSaved(f"Tên bảng ánh xạ cần có chữ hoặc số, nhiều nhất {_NAME_MAX} ký tự.")
    if not may_load(reader, mapping.table):
        raise MappingNotSaved("Vị trí làm việc này không nạp dữ liệu vào bảng ấy, nên không lưu bảng ánh xạ cho nó.")
    with transaction.atomic():
        one_at_a_time(code)
        latest = SavedMapping.objects.filter(code=code).order_by("-version").first()
        if latest and latest.target != mapping.table:
            raise MappingNotSaved(f"Đã có bảng ánh xạ «{latest.name}» cho bảng khác. Hãy đặt tên khác.")
        if latest and latest.body == mapping.as_json() and latest.name == name:
            return _shown(latest)
        version = latest.version + 1 if latest else 1
        key = f"{code}\x1f{version}"
        with (
            act("mapping:save", actor=reader, subject=(SavedMapping.table(), key)) as deed,
            deed.changing(SavedMapping, [key]),
        ):
            saved = SavedMapping.objects.create(
                code=code,
                version=version,
                name=name,
                target=mapping.table,
                body=mapping.as_json(),
                signature=sorted(set(titles)),
                saved_at=clock.now(),
                saved_by=reader.name,
            )
    return _shown(saved)


def one_at_a_time(name: str) -> None:
    """Let other transactions that ask for the same ``name`` wait until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_NAMES, name])


def _shown(saved: SavedMapping) -> MappingShown:
    return MappingShown(
        saved.code,
        saved.version,
        saved.name,
        mapping_from(saved.body),
        tuple(saved.signature),
        saved.saved_at,
        saved.saved_by,
    )


def saved_mappings(reader: Reader) -> list[MappingShown]:
    """Return the latest version of every mapping whose table the reader may load, by name."""
    found = SavedMapping.objects.order_by("code", "-version").distinct("code")
    return sorted((_shown(one) for one in found if may_load(reader, one.target)), key=lambda one: fold(one.name))


def get_mapping(reader: Reader, code: str, version: int | None = None) -> MappingShown:
    """Return one version of a mapping, the latest by default; absent and not-yours are the same 404."""
    found = SavedMapping.objects.filter(code=code).order_by("-version")
    saved = (found if version is None else found.filter(version=version)).first()
    if saved is None or not may_load(reader, saved.target):
        raise Http404("Không tìm thấy bảng ánh xạ.")
    return _shown(saved)


def versions_of(reader: Reader, code: str) -> list[MappingShown]:
    """Return all versions of a mapping, the latest first."""
    get_mapping(reader, code)
    return [_shown(one) for one in SavedMapping.objects.filter(code=code).order_by("-version")]


def fitting(reader: Reader, titles: Collection[str], table: str = "") -> MappingShown | None:
    """Return the saved mapping made for a sheet with these columns: all that it uses are there, most of them alike."""
    present = {fold(title) for title in titles}
    best: tuple[float, MappingShown] | None = None
    for one in saved_mappings(reader):
        if table and one.mapping.table != table:
            continue
        used = {fold(title) for rule in one.mapping.rules for title in rule.source}
        signature = {fold(title) for title in one.titles}
        alike = len(signature & present) / max(len(signature | present), 1)
        if used and used <= present and alike >= ALIKE and (best is None or alike > best[0]):
            best = alike, one
    return best[1] if best else None


ALIKE = 0.6
"""A saved mapping is proposed by itself where so large a share of both sheets' columns are the same."""
