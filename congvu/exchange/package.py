"""Finding a package's files: a folder, or a zip of one, described by ``datapackage.json``.

Nothing is ever unpacked to disk, and no path leads out of the package.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from congvu.kernel.errors import UsageRefusal

from .problems import DESCRIPTION, Report

PROFILE = "tabular-data-package"
LARGEST = 2 * 1024**3
"""Bytes that a zip may unpack to; one member that grows by more than ``STEEPEST`` is a bomb as well."""
STEEPEST, _STEEP_FROM = 200, 10 * 1024**2
_LONGEST_DESCRIPTION = 16 * 1024**2
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # https:, file:, C:


class Files(Protocol):
    """The plain files of a package, by their path inside it."""

    def names(self) -> list[str]: ...

    def size(self, path: str) -> int:
        """Return how many bytes a file has, 0 where there is none."""
        ...

    def read(self, path: str) -> bytes | str:
        """Return a file's bytes, or a Vietnamese sentence that says why it is none."""
        ...


@dataclass(frozen=True, slots=True)
class Resource:
    table: str
    path: str


@dataclass(frozen=True)
class Package:
    """A package whose description holds; ``resources`` are those that have a file."""

    files: Files
    province: str
    resources: tuple[Resource, ...]


@contextmanager
def open_package(path: Path, report: Report) -> Iterator[Package | None]:
    """Yield the package at ``path``; None where its description is so broken that nothing can be read (reported).

    Raises
    ------
    UsageRefusal
        There is nothing at ``path``, or neither a folder nor a zip.
    """
    if path.is_dir():
        yield _described(Folder(path), report)
    elif not path.exists():
        raise UsageRefusal(f"Không có thư mục hay tệp zip nào ở {path}. Hãy kiểm tra lại đường dẫn.")
    else:
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise UsageRefusal(
                f"{path} không phải thư mục, cũng không phải tệp zip đọc được. Gói dữ liệu là một thư mục có "
                f"{DESCRIPTION}, hoặc tệp zip của thư mục ấy."
            ) from error
        with archive:
            archived = _rooted(archive, report)
            yield None if archived is None else _described(archived, report)


class Folder:
    """A package as a folder; links are no plain files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        return sorted(
            Path(folder, name).relative_to(self.root).as_posix()
            for folder, _folders, names in os.walk(self.root)
            for name in names
        )

    def size(self, path: str) -> int:
        try:
            return (self.root / path).lstat().st_size
        except (OSError, ValueError):
            return 0

    def read(self, path: str) -> bytes | str:
        place = self.root
        for part in PurePosixPath(path).parts:
            place = place / part
            try:
                mode = place.lstat().st_mode
            except (FileNotFoundError, NotADirectoryError):
                return "không có tệp này trong gói"
            except (OSError, ValueError):
                return "tên tệp không dùng được"
            if stat.S_ISLNK(mode):
                return "là một liên kết; cần một tệp thường"
        if not stat.S_ISREG(mode):
            return "không phải một tệp thường"
        return place.read_bytes()


class Archive:
    """A package as a zip, read in memory; ``prefix`` is the one folder that holds it, if there is one."""

    def __init__(self, archive: zipfile.ZipFile, prefix: str) -> None:
        self.archive = archive
        self.prefix = prefix
        self._members: dict[str, list[zipfile.ZipInfo]] = {}
        for member in archive.infolist():
            self._members.setdefault(member.filename, []).append(member)

    def names(self) -> list[str]:
        files = [name for name in self._members if not name.endswith("/")]
        return sorted(name.removeprefix(self.prefix) if name.startswith(self.prefix) else f"/{name}" for name in files)

    def size(self, path: str) -> int:
        members = self._members.get(self.prefix + PurePosixPath(path).as_posix(), [])
        return members[0].file_size if len(members) == 1 else 0

    def read(self, path: str) -> bytes | str:
        name = self.prefix + PurePosixPath(path).as_posix()
        members = self._members.get(name, [])
        if not members:
            return "không phải một tệp thường" if f"{name}/" in self._members else "không có tệp này trong gói"
        if len(members) > 1:
            return "có hai lần trong tệp zip"
        member = members[0]
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind == stat.S_IFLNK:
            return "là một liên kết; cần một tệp thường"
        if kind not in (0, stat.S_IFREG):
            return "không phải một tệp thường"
        if member.flag_bits & 1:
            return "được đặt mật khẩu; hãy nén lại không mật khẩu"
        return self._unpacked(member)

    def _unpacked(self, member: zipfile.ZipInfo) -> bytes | str:
        steep = member.file_size > STEEPEST * max(member.compress_size, 1)
        if member.file_size > LARGEST or (steep and member.file_size > _STEEP_FROM):
            return f"bung ra {member.file_size} byte từ {member.compress_size} byte; không nhận tệp nén bất thường"
        try:
            with self.archive.open(member) as file:
                # never more than the member says it holds: what it says has been checked above
                content = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, RuntimeError, OSError) as error:
            return f"không giải nén được ({error})"
        return content if len(content) == member.file_size else "không giải nén được (sai độ dài)"


def _rooted(archive: zipfile.ZipFile, report: Report) -> Archive | None:
    """Return the archive with the place of its package: the root, or the one folder that has a description."""
    names = {member.filename for member in archive.infolist()}
    total = sum(member.file_size for member in archive.infolist())
    if total > LARGEST:
        report.error(DESCRIPTION, None, None, None, f"tệp zip bung ra {total} byte, quá giới hạn {LARGEST} byte")
        return None
    if DESCRIPTION in names:
        return Archive(archive, "")
    folders = [
        name.removesuffix(DESCRIPTION) for name in names if name.count("/") == 1 and name.endswith(f"/{DESCRIPTION}")
    ]
    if len(folders) == 1:
        return Archive(archive, folders[0])
    expected = (
        f"không có ở gốc tệp zip, cũng không có trong một thư mục duy nhất; thấy {len(folders)} thư mục có tệp này"
    )
    report.error(DESCRIPTION, None, None, None, expected)
    return None


def _described(files: Files, report: Report) -> Package | None:
    description = _description(files, report)
    if description is None:
        return None
    for name, expected in (
        ("profile", f"cần «{PROFILE}»"),
        ("name", "thiếu tên gói"),
        ("title", "thiếu tên gọi của gói"),
    ):
        value = description.get(name)
        if not isinstance(value, str) or not value.strip() or (name == "profile" and value != PROFILE):
            report.error(DESCRIPTION, None, name, value if isinstance(value, str) else None, expected)
    province = description.get("province")
    if not isinstance(province, str) or not province.strip():
        report.error(DESCRIPTION, None, "province", None, "thiếu mã cơ quan của Ủy ban nhân dân tỉnh")
        province = ""
    resources = _resources(description.get("resources"), report)
    for name in sorted(set(files.names()) - {DESCRIPTION} - {PurePosixPath(r.path).as_posix() for r in resources}):
        report.warn(name, None, None, None, f"không có trong resources của {DESCRIPTION}, được bỏ qua")
    return Package(files, province.strip(), resources)


def _description(files: Files, report: Report) -> dict[str, Any] | None:
    content = files.read(DESCRIPTION)
    if isinstance(content, str):
        report.error(DESCRIPTION, None, None, None, content)
        return None
    if len(content) > _LONGEST_DESCRIPTION:
        report.error(DESCRIPTION, None, None, None, "quá dài")
        return None
    try:
        description = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        report.error(DESCRIPTION, content.count(b"\n", 0, error.start) + 1, None, None, "có byte không phải UTF-8")
        return None
    except json.JSONDecodeError as error:
        report.error(
            DESCRIPTION, error.lineno, None, None, f"không phải JSON đúng, hỏng từ ký tự thứ {error.colno} của dòng"
        )
        return None
    except RecursionError:
        report.error(DESCRIPTION, None, None, None, "không phải JSON đúng: lồng nhau quá sâu")
        return None
    if not isinstance(description, dict):
        report.error(DESCRIPTION, None, None, None, "cần một đối tượng JSON")
        return None
    return description


def _resources(listed: object, report: Report) -> tuple[Resource, ...]:
    if not isinstance(listed, list):
        report.error(DESCRIPTION, None, "resources", None, "thiếu danh sách resources")
        return ()
    found: dict[str, Resource] = {}
    for number, entry in enumerate(listed, 1):
        table, path = (entry.get("name"), entry.get("path")) if isinstance(entry, dict) else (None, None)
        if not isinstance(table, str) or not isinstance(path, str):
            report.error(DESCRIPTION, None, "resources", None, f"mục thứ {number} cần name và path, đều là chuỗi ký tự")
        elif table in found:
            report.error(DESCRIPTION, None, "resources", table, "bảng được nêu hai lần")
        elif reason := _not_inside(path):
            report.error(DESCRIPTION, None, "path", path, reason)
        else:
            found[table] = Resource(table, path)
    return tuple(found.values())


def _not_inside(path: str) -> str | None:
    outward = path.startswith("/") or "\\" in path or ".." in path.split("/") or _SCHEME.match(path)
    if not path.strip() or outward or "\0" in path:
        return "cần đường dẫn tương đối, nằm trong gói, tới một tệp thường"
    if PurePosixPath(path).as_posix() in (".", DESCRIPTION):
        return "không phải tệp của một bảng"
    return None


def package_hash(digests: Mapping[str, str]) -> str:
    """Return the hash over the tables: the same for a folder and its zip, whatever the order of the resources."""
    lines = "".join(f"{table}\0{digest}\n" for table, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
