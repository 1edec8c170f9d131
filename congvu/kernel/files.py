"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from .errors import SurroundingsRefusal, UsageRefusal


def read_whole(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    UsageRefusal
        There is no such file, or it is not for us to read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageRefusal(f"Không đọc được tệp {path}: {error.strerror}. Hãy kiểm tra đường dẫn.") from error


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that nobody ever sees half of it.

    Raises
    ------
    SurroundingsRefusal
        The folder cannot be written, or the disk is full; what stood at ``path`` still does.
    """
    scratch = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(scratch, 0o644)
        os.replace(scratch, path)
    except OSError as error:
        if scratch:
            with contextlib.suppress(OSError):
                os.unlink(scratch)
        raise SurroundingsRefusal(
            f"Không ghi được tệp {path}: {error.strerror}. Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa."
        ) from error
