"""One CSV file in, one out: named columns, every fault with its line, output whole or not at all."""

import csv
import io
import os
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from congvu.kernel.errors import Refusal, SurroundingsRefusal, UsageRefusal

REPORTED = 1000
"""Faults listed one by one; the rest are counted."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: the line on which the row begins, the column where one is at fault."""

    line: int
    column: str | None
    reason: str


class BatchNotValid(Refusal):
    """Rows of a file are wrong, so nothing was written; ``faults`` holds them all in order of lines."""

    code = "batch_not_valid"

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        lines = [
            f"{name}:{fault.line}: {f'{fault.column}: ' if fault.column else ''}{fault.reason}"
            for fault in self.faults[:REPORTED]
        ]
        if len(self.faults) > REPORTED:
            lines.append(f"… và {len(self.faults) - REPORTED} lỗi khác.")
        lines.append(f"Có {len(self.faults)} lỗi; chưa ghi kết quả nào. Hãy sửa các dòng trên rồi chạy lại.")
        super().__init__("\n".join(lines))


class FileNotReadable(UsageRefusal):
    """The input file cannot be opened."""

    code = "file_not_readable"


class FileNotWritable(SurroundingsRefusal):
    """The output file cannot be written."""

    code = "file_not_writable"


@dataclass(frozen=True)
class Sheet:
    """The wanted columns of a file, cells trimmed, and for each row the line on which it begins."""

    name: str
    lines: list[int]
    columns: dict[str, list[str]]


def refuse(name: str, faults: Sequence[Fault]) -> None:
    """Raise ``BatchNotValid`` if there is any fault."""
    if faults:
        raise BatchNotValid(name, faults)


def read_sheet(path: Path, wanted: Sequence[str]) -> Sheet:
    """Return the wanted columns of a CSV file (RFC 4180, UTF-8, a BOM allowed); the first must not be empty.

    Raises
    ------
    FileNotReadable
        The system refuses the file.
    BatchNotValid
        The file is no CSV of UTF-8, a wanted column is missing or doubled, a row has another number of cells
        than the header, or a cell of the first wanted column is empty.
    """
    lines, rows = _rows(path)
    if not rows:
        raise BatchNotValid(path.name, [Fault(1, None, f"thiếu dòng tiêu đề {','.join(wanted)}.")])
    header = [cell.strip() for cell in rows[0]]
    refuse(
        path.name,
        [Fault(lines[0], name, "phải có đúng một cột tên này.") for name in wanted if header.count(name) != 1],
    )
    del lines[0], rows[0]
    refuse(
        path.name,
        [
            Fault(line, None, f"có {len(row)} ô, tiêu đề có {len(header)} ô.")
            for line, row in zip(lines, rows, strict=True)
            if len(row) != len(header)
        ],
    )
    columns = {name: [row[place].strip() for row in rows] for name, place in _places(header, wanted)}
    key = wanted[0]
    refuse(
        path.name,
        [Fault(line, key, "để trống.") for line, cell in zip(lines, columns[key], strict=True) if not cell],
    )
    return Sheet(path.name, lines, columns)


def write_sheet(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file beside its place and move it there in one step; ``FileNotWritable`` if that fails.

    A place that is no file, such as a pipe, is written to directly: moving onto it would replace it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = text.getvalue().encode()
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise FileNotWritable(f"Không ghi được tệp {path.name}: {_reason(error)}.") from error


def _places(header: list[str], wanted: Sequence[str]) -> list[tuple[str, int]]:
    return [(name, header.index(name)) for name in wanted]


def _rows(path: Path) -> tuple[list[int], list[list[str]]]:
    """Return the rows that are not blank, and the line on which each begins."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    lines, rows, begins = [], [], 1
    try:
        for row in reader:
            if row:
                lines.append(begins)
                rows.append(row)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BatchNotValid(
            path.name, [Fault(begins, None, "không đúng dạng CSV; hãy xem lại dấu ngoặc kép.")]
        ) from error
    return lines, rows


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileNotReadable(f"Không đọc được tệp {path.name}: {_reason(error)}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BatchNotValid(
            path.name, [Fault(data.count(b"\n", 0, error.start) + 1, None, "không phải UTF-8.")]
        ) from error
    if "\0" in text:
        raise BatchNotValid(path.name, [Fault(text.count("\n", 0, text.index("\0")) + 1, None, "có ký tự NUL.")])
    return unicodedata.normalize("NFC", text)


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "không có tệp hoặc thư mục này"
        case PermissionError():
            return "không có quyền"
        case IsADirectoryError():
            return "đây là thư mục"
        case _:
            return os.strerror(error.errno) if error.errno else str(error)


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
