"""Writing the whole province as a package that loads into an empty database to the same rows."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from congvu.kernel.errors import SurroundingsRefusal, UsageRefusal

from .package import PROFILE
from .problems import DESCRIPTION
from .tables import NO_DUE, Column, Kind, Table, tables

_MARK = "x_written_by"
_WRITER = "congvu export"
_IN_THE_WAY = {
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã hết hạn mức đĩa",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EACCES: "không đủ quyền ghi",
    errno.EPERM: "không đủ quyền ghi",
}
Tell = Callable[[str, float], None]


class CannotWrite(SurroundingsRefusal):
    """The folder or its disk takes no package."""

    code = "export_cannot_write"


@dataclass(frozen=True)
class Exported:
    """``rows`` by table, in the order of the package's files."""

    folder: Path
    rows: dict[str, int]


def _quietly(_what: str, _share: float) -> None:
    pass


def export_package(folder: Path, *, tell: Tell = _quietly) -> Exported:
    """Write every table to ``folder``: the whole package stands there in the end, or what was there before.

    The same rows always give the same bytes. A package that an earlier export wrote is replaced.

    Raises
    ------
    UsageRefusal
        ``folder`` holds something else, is a file, or its parent does not exist.
    CannotWrite
        The disk is full or may not be written.
    """
    folder = Path(os.path.abspath(folder))
    _refuse_other_contents(folder)
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        draft.mkdir(mode=0o700)
        try:
            rows = _write(draft, tell)
            _put_in_place(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        if error.errno not in _IN_THE_WAY:
            raise
        reason = _IN_THE_WAY[error.errno]
        raise CannotWrite(
            f"Không xuất được gói vào {folder}: {reason}. Hãy chọn thư mục khác hoặc giải phóng chỗ rồi chạy lại."
        ) from error
    return Exported(folder, rows)


def _refuse_other_contents(folder: Path) -> None:
    if not folder.parent.is_dir():
        raise UsageRefusal(f"Không có thư mục {folder.parent}. Hãy lập nó trước, hoặc chọn thư mục khác.")
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise UsageRefusal(f"{folder} không phải thư mục. Hãy chọn tên khác.")
    names = set(os.listdir(folder))
    if names and not _is_earlier_package(folder, names):
        raise UsageRefusal(
            f"Thư mục {folder} đã có thứ khác bên trong, không ghi đè. Hãy chọn thư mục trống hoặc chưa có."
        )


def _is_earlier_package(folder: Path, names: set[str]) -> bool:
    """Return whether an export wrote everything in the folder."""
    try:
        description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        written = {resource["path"] for resource in description["resources"]}
        return description.get(_MARK) == _WRITER and names <= written | {DESCRIPTION}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def _put_in_place(draft: Path, folder: Path) -> None:
    """Let the draft become ``folder``; an earlier package goes only once the new one stands."""
    earlier = folder.with_name(f"{draft.name}.old")
    replaced = folder.exists()
    if replaced:
        folder.rename(earlier)
    try:
        draft.rename(folder)
    except OSError:
        if replaced:
            earlier.rename(folder)
        raise
    if replaced:
        shutil.rmtree(earlier, ignore_errors=True)
    _sync(folder.parent)


def _write(draft: Path, tell: Tell) -> dict[str, int]:
    rows = {}
    with transaction.atomic(), connection.cursor() as cursor:
        _see_one_moment(cursor)
        for number, table in enumerate(tables().values()):
            tell(f"Ghi {table.name}.csv", number / len(tables()))
            with (draft / f"{table.name}.csv").open("wb") as file:
                rows[table.name] = _copy_out(cursor, table, file)
                _finish(file)
        with (draft / DESCRIPTION).open("wb") as file:
            file.write(_description(cursor).encode("utf-8"))
            _finish(file)
    _sync(draft)
    return rows


def _see_one_moment(cursor: CursorWrapper) -> None:
    """Read every table as of one moment; within somebody's transaction that is theirs to care for."""
    if not connection.savepoint_ids:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _copy_out(cursor: CursorWrapper, table: Table, file: BinaryIO) -> int:
    columns = [f'{_cell(column)} AS "{column.name}"' for column in table.columns]
    if table.name == "dossiers" and (marked := _meant_to_have_no_due(cursor)):
        columns.append(f"CASE WHEN {marked} THEN 'true' END AS {NO_DUE}")
    order = ", ".join(f'r."{name}" NULLS FIRST' for name in table.key)
    with cursor.copy(
        f"COPY (SELECT {', '.join(columns)} FROM {table.name} r ORDER BY {order}) TO STDOUT (FORMAT csv, HEADER)"
    ) as copy:
        for block in copy:
            file.write(block)
    return int(cursor.rowcount)


def _cell(column: Column) -> str:
    """Return SQL for a column of ``r`` as the package writes it."""
    name = f'r."{column.name}"'
    match column.kind:
        case Kind.INSTANT:
            local = f"({name} AT TIME ZONE INTERVAL '+07:00')"
            fraction = f"rtrim(rtrim(to_char({local}, '.US'), '0'), '.')"
            return f"to_char({local}, 'YYYY-MM-DD\"T\"HH24:MI:SS') || {fraction} || '+07:00'"
        case Kind.BOOLEAN:
            return f"{name}::text"
        case Kind.DECIMAL:
            return f"trim_scale({name})"
    return name


def _meant_to_have_no_due(cursor: CursorWrapper) -> str | None:
    """Return the condition under which a load would compute a due instant that the dossier does not have.

    None where there is no such dossier: the column is then left out.
    """
    condition = (
        "r.due_at IS NULL AND EXISTS (SELECT FROM procedures p WHERE p.code = r.procedure "
        "AND coalesce(p.reduced_time, p.legal_time) IS NOT NULL)"
    )
    cursor.execute(f"SELECT EXISTS (SELECT FROM dossiers r WHERE {condition})")
    return condition if cursor.fetchone()[0] else None


def _description(cursor: CursorWrapper) -> str:
    cursor.execute(
        "SELECT code, name FROM agencies WHERE kind = 'province_committee' ORDER BY valid_from DESC, code LIMIT 1"
    )
    found = cursor.fetchone()
    if found is None:
        raise UsageRefusal("Chưa có cơ quan nào là Ủy ban nhân dân tỉnh nên chưa lập được gói. Hãy nạp dữ liệu trước.")
    code, name = found
    description = {
        "profile": PROFILE,
        "name": "congvu",
        "title": f"Dữ liệu của {name}",
        "province": code,
        _MARK: _WRITER,
        "resources": [{"name": table, "path": f"{table}.csv"} for table in tables()],
    }
    return json.dumps(description, ensure_ascii=False, indent=1) + "\n"


def _finish(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
