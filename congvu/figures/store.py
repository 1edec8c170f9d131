"""The rows of closed periods on disk: files named by the SHA-256 of what is in them, below ``CONGVU_HOME/closed``.

A file never changes, and two closings whose rows are the same share it. A file that no closing names is left of a
closing that was not committed; it does no harm.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings

from congvu.kernel.errors import Refusal, SurroundingsRefusal

Files = Mapping[str, str]
"""Fact -> the SHA-256 of its rows; a fact without rows is absent."""


class ClosingAltered(Refusal):
    code = "closing.snapshot_altered"
    status = 409


def path_of(sha256: str) -> Path:
    return Path(settings.HOME) / "closed" / sha256[:2] / f"{sha256}.parquet"


def keep(scratch: Path) -> str:
    """Take a file in under its hash, safe from a power cut, and return the hash; ``scratch`` is gone after it."""
    sha256 = hashlib.sha256(scratch.read_bytes()).hexdigest()
    target = path_of(sha256)
    if target.exists():
        scratch.unlink()
        return sha256
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with scratch.open("rb") as file:
            os.fsync(file.fileno())
        scratch.replace(target)
    except OSError as error:
        raise SurroundingsRefusal(
            f"Không ghi được dữ liệu gốc của kỳ chốt vào {target.parent}: {error.strerror}. "
            "Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa."
        ) from error
    return sha256


def scratch_folder() -> Path:
    """Return the folder, on the disk of the store, where files are made before they are kept."""
    folder = Path(settings.HOME) / "closed"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SurroundingsRefusal(
            f"Không ghi được vào {folder}: {error.strerror}. Hãy kiểm tra quyền ghi của thư mục dữ liệu."
        ) from error
    return folder


def files_hash(files: Files) -> str:
    """Return the hash over the list of a closing's files."""
    listed = "".join(f"{fact} {sha256}\n" for fact, sha256 in sorted(files.items()))
    return hashlib.sha256(listed.encode()).hexdigest()


def verified(closings: Iterable[tuple[str, Files]]) -> dict[str, list[Path]]:
    """Return fact -> files of several closings together; each is (what to call it, its files).

    Raises
    ------
    ClosingAltered
        A file is missing, or is no longer what was closed.
    """
    found: dict[str, list[Path]] = {}
    for name, files in closings:
        for fact, sha256 in files.items():
            path = path_of(sha256)
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                raise ClosingAltered(
                    f"Dữ liệu gốc của kỳ đã chốt ({name}) đã mất hoặc bị sửa nên không mở được. "
                    f"Hãy khôi phục tệp {path.parent.parent.name}/{path.parent.name}/{path.name} từ bản sao lưu."
                )
            found.setdefault(fact, []).append(path)
    return found
