"""Does the journal still say what was sealed, and do the records still equal their last act?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import connection

from congvu.province.records import Record, guarded_models

from . import guards
from .hashes import act_hash, hash_sql, key_sql, merkle_root, seal_hash
from .models import Act, Seal, SealedAct
from .sealing import seals_outside


@dataclass(frozen=True, slots=True)
class Fault:
    """``kind`` is for machines; ``text`` says in Vietnamese what does not hold and where."""

    kind: str
    text: str


def verify(*, records: bool = False) -> Iterator[Fault]:
    """Yield everything that does not hold; nothing, where all does."""
    for table in guards.missing():
        yield Fault("guard", f"Bảng «{table}» không còn chốt «không có thao tác thì không được ghi».")
    yield from _seals()
    yield from _acts()
    if records:
        for model in guarded_models():
            yield from _records(model)


def _seals() -> Iterator[Fault]:
    outside, previous, expected = seals_outside(), "", 1
    for seal in Seal.objects.order_by("number"):
        leaves = list(SealedAct.objects.filter(seal=seal).order_by("position").values_list("act_id", "hash"))
        root = merkle_root([bytes.fromhex(hash_) for _act, hash_ in leaves]).hex()
        whole = seal_hash(
            seal.number, seal.previous, seal.root, seal.at.astimezone(UTC).isoformat(), seal.snapshot, seal.acts
        )
        if seal.number != expected or seal.previous != previous:
            yield Fault("chain", f"Niêm phong số {seal.number} không nối tiếp niêm phong trước nó.")
        if [act for act, _hash in leaves] != seal.acts or root != seal.root:
            yield Fault("root", f"Niêm phong số {seal.number}: danh sách thao tác được niêm phong đã bị sửa.")
        kept = outside.get(seal.number, set())
        if not kept:
            yield Fault("outside", f"Niêm phong số {seal.number} không có trong sổ ngoài cơ sở dữ liệu.")
        elif len(kept) > 1:
            yield Fault(
                "tail", f"Niêm phong số {seal.number} có hai bản khác nhau trong sổ ngoài: bản trước đã bị gỡ đi."
            )
        elif kept != {seal.hash} or whole != seal.hash:
            yield Fault("seal", f"Niêm phong số {seal.number} khác với bản giữ ngoài cơ sở dữ liệu.")
        previous, expected = seal.hash, seal.number + 1
    cut = sorted(number for number in outside if number >= expected)
    if cut:
        yield Fault("tail", f"Phần cuối nhật ký đã bị cắt: thiếu niêm phong số {cut[0]} đến {cut[-1]}.")


def _acts() -> Iterator[Fault]:
    last = 0
    for leaf in SealedAct.objects.order_by("act_id").iterator():
        last = leaf.act_id
        found = act_hash(leaf.act_id)
        if found is None:
            yield Fault("removed", f"Thao tác số {leaf.act_id} đã bị xóa khỏi nhật ký.")
        elif found.hex() != leaf.hash:
            yield Fault("altered", f"Thao tác số {leaf.act_id} đã bị sửa sau khi niêm phong.")
    sealed = SealedAct.objects.values("act_id")
    for act_id in Act.objects.exclude(id__in=sealed).order_by("id").values_list("id", flat=True):
        if act_id < last:
            yield Fault("inserted", f"Thao tác số {act_id} bị chèn vào giữa những thao tác đã niêm phong.")
        else:
            yield Fault("unsealed", f"Thao tác số {act_id} chưa được niêm phong.")


_CHANGES = """
SELECT key,
       (array_agg(before_hash ORDER BY id))[1],
       (array_agg(after_hash ORDER BY id DESC))[1],
       max(act_id)
FROM journal_change WHERE "table" = %s AND act_id > %s GROUP BY key
"""


def _records(model: type[Record]) -> Iterator[Fault]:
    """Compare a table with its last checkpoint and the changes since: a block's rows, then each changed record."""
    table = model.table()
    with connection.cursor() as cursor:
        cursor.execute('SELECT max(act_id) FROM journal_block WHERE "table" = %s', [table])
        checkpoint = cursor.fetchone()[0] or 0
        cursor.execute(_CHANGES, [table, checkpoint])
        changed = {key: (before, after, act) for key, before, after, act in cursor.fetchall()}
        cursor.execute(
            'SELECT first, last, rows, hash FROM journal_block WHERE act_id = %s AND "table" = %s ORDER BY id',
            [checkpoint, table],
        )
        blocks = cursor.fetchall()
        cursor.execute(f"SELECT {key_sql(model)} AS key, {hash_sql(model)} FROM {table} r ORDER BY key")
        rows = {key: bytes(hash_) for key, hash_ in cursor.fetchall()}
    for key, (_before, after, act) in changed.items():
        now = rows[key].hex() if key in rows else None
        if now != after:
            yield Fault("record", f"{table} «{_shown(key)}» không còn đúng như thao tác số {act} để lại.")
    # the rows as the checkpoint saw them: changes since are undone by their hashes before
    then = {key: hash_ for key, hash_ in rows.items() if key not in changed}
    then |= {key: bytes.fromhex(before) for key, (before, _after, _act) in changed.items() if before}
    keys = sorted(then, key=str.encode)
    position = 0
    for first, last, count, hash_ in blocks:
        while position < len(keys) and keys[position].encode() < first.encode():
            yield Fault("record", f"{table} «{_shown(keys[position])}» không do thao tác nào ghi.")
            position += 1
        whole, found = hashlib.sha256(), 0
        while position < len(keys) and keys[position].encode() <= last.encode():
            whole.update(then[keys[position]])
            found, position = found + 1, position + 1
        if found != count or whole.hexdigest() != hash_:
            yield Fault(
                "record",
                f"{table}: các dòng từ «{_shown(first)}» đến «{_shown(last)}» không còn như lúc nạp "
                f"(thao tác số {checkpoint}: {count} dòng, nay {found} dòng).",
            )
    for key in keys[position:]:
        yield Fault("record", f"{table} «{_shown(key)}» không do thao tác nào ghi.")


def _shown(key: str) -> str:
    return key.replace("\x1f", ", ")
