"""Where a home's server keeps its data, socket, locks and log, and as which system account it runs.

For an ordinary user everything lies in ``HOME/postgres``. PostgreSQL refuses to run as root, so for root the
server runs as an account of its own, under ``/var/lib/congvu``: that account must not need to enter the home,
and no folder of somebody else is ever opened up for it. The home then holds only the name of its cluster.
"""

import contextlib
import hashlib
import os
import pwd
import re
import secrets
import socket
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from congvu.kernel.errors import SurroundingsRefusal
from congvu.kernel.postgres.account import Account, server_account
from congvu.kernel.postgres.binaries import Binaries, readable_copy, wheel_binaries

ROOT_BASE = Path("/var/lib/congvu")
SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107  # sun_path of Linux, less its closing NUL
# libpq and PostgreSQL split socket folders at commas and give '@' and '%' a meaning: only plain paths do.
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/-]*")


@dataclass(frozen=True)
class Layout:
    """The places of one home's server; every folder named here exists.

    ``account`` is the system account to switch to, ``None`` when the server runs as the caller.
    """

    home: Path
    base: Path
    socket_dir: Path
    binaries: Binaries
    account: Account | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    @property
    def start_lock(self) -> Path:
        """Held exclusively by whoever starts or stops the server."""
        return self.base / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Held shared by everyone who uses the server; nobody left means that it may stop."""
        return self.base / "users.lock"

    @property
    def socket(self) -> Path:
        return self.socket_dir / SOCKET_NAME

    @property
    def system_users(self) -> tuple[str, ...]:
        """Names of the system accounts that may connect: the caller's, and the server's own."""
        names = [pwd.getpwuid(os.geteuid()).pw_name]
        if self.account:
            names.append(self.account.name)
        return tuple(names)


def layout_of(home: Path) -> Layout:
    """Create what is missing of a home's places (the home itself too, 0700) and return them.

    Raises ``SurroundingsRefusal`` when the home belongs to another kind of user, or an account is missing.
    """
    home = home.resolve()
    if not home.exists():
        home.mkdir(mode=0o700, parents=True)
    return _layout_of_root(home) if os.geteuid() == 0 else _layout_of_user(home)


def _layout_of_user(home: Path) -> Layout:
    _refuse_nameless_user()
    base = home / "postgres"
    if (base / "cluster").exists():
        raise SurroundingsRefusal(
            f"Cơ sở dữ liệu của thư mục {home} do người dùng root lập. "
            "Hãy chạy lệnh này bằng root, hoặc đặt CONGVU_HOME sang thư mục khác."
        )
    base.mkdir(mode=0o700, exist_ok=True)
    return Layout(home, base, _socket_dir_of_user(base), wheel_binaries(), account=None)


def _layout_of_root(home: Path) -> Layout:
    note = home / "postgres"
    if (note / "data").exists():
        owner = (note / "data").owner()
        raise SurroundingsRefusal(
            f"Cơ sở dữ liệu của thư mục {home} do người dùng {owner} lập. "
            f"Hãy chạy lệnh này bằng người dùng {owner}, hoặc đặt CONGVU_HOME sang thư mục khác."
        )
    account = server_account()
    _own_folder(ROOT_BASE, 0o755)
    base = ROOT_BASE / _cluster_name(home, note)
    _own_folder(base, 0o711)
    socket_dir = base / "socket"
    if not socket_dir.exists():
        socket_dir.mkdir(mode=0o700)
        os.chown(socket_dir, account.uid, account.gid)
    return Layout(home, base, socket_dir, readable_copy(wheel_binaries(), ROOT_BASE), account)


def _cluster_name(home: Path, note: Path) -> str:
    """Name of the home's folder below ``/var/lib/congvu``, kept in the home as ``postgres/cluster``.

    A path alone would not do: a home deleted and made anew must start empty, a home moved must keep its data.
    """
    file = note / "cluster"
    if not file.exists():
        note.mkdir(mode=0o700, exist_ok=True)
        name = f"{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}-{secrets.token_hex(4)}"
        with tempfile.NamedTemporaryFile("w", dir=note, delete=False) as draft:
            draft.write(name + "\n")
        with contextlib.suppress(FileExistsError):  # another command named it first: its name counts
            os.link(draft.name, file)
        os.unlink(draft.name)
    name = file.read_text().strip()
    if not re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]{8}", name):
        raise SurroundingsRefusal(
            f"Tệp {file} đã hỏng: không chứa tên cơ sở dữ liệu. Hãy khôi phục tệp từ bản sao lưu."
        )
    return name


def note_home(layout: Layout) -> None:
    """Write down which home a cluster of root belongs to; refuse a second home that is a copy of the first.

    Call it under the start lock.
    """
    if layout.account is None:
        return
    file = layout.base / "home"
    known = Path(file.read_text().strip()) if file.exists() else layout.home
    if known != layout.home and (known / "postgres" / "cluster").exists():
        raise SurroundingsRefusal(
            f"Thư mục {layout.home} là bản sao của {known}, "
            "hai thư mục không dùng chung một cơ sở dữ liệu được. "
            f"Hãy xóa {layout.home / 'postgres'} để bắt đầu với cơ sở dữ liệu trống."
        )
    file.write_text(f"{layout.home}\n")


def _own_folder(path: Path, mode: int) -> None:
    """Create a folder of root's with exactly ``mode``; refuse one that others may change."""
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            path.mkdir()
            path.chmod(mode)
    _refuse_foreign(path)


def _refuse_foreign(path: Path) -> None:
    found = path.lstat()
    safe = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
    if not safe:
        raise SurroundingsRefusal(
            f"{path} không phải thư mục riêng của người dùng đang chạy lệnh "
            "(khác chủ, hoặc người khác ghi được). "
            "Hãy kiểm tra rồi xóa hoặc đổi tên nó và chạy lại."
        )


def _refuse_nameless_user() -> None:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise SurroundingsRefusal(
            f"Tài khoản hệ thống số {os.geteuid()} không có tên trong /etc/passwd "
            "nên PostgreSQL không chạy được. "
            "Hãy chạy bằng một tài khoản có tên, hoặc đặt DATABASE_URL tới một máy chủ PostgreSQL."
        ) from None


def _socket_dir_of_user(base: Path) -> Path:
    """The socket's folder: in the home when its path is short and plain, else a private one in /tmp."""
    inside = base / "socket"
    if _takes_sockets(inside):
        return inside
    digest = hashlib.sha256(os.fsencode(base)).hexdigest()[:12]
    # Not $TMPDIR: every command of the home must find the same folder.
    outside = Path("/tmp") / f"congvu-{os.geteuid()}-{digest}"  # noqa: S108 - its owner is checked
    outside.mkdir(mode=0o700, exist_ok=True)
    _refuse_foreign(outside)
    return outside


def _takes_sockets(folder: Path) -> bool:
    """Whether a socket can live there: some network and shared file systems cannot hold one."""
    if not _PLAIN_PATH.fullmatch(str(folder)) or len(os.fsencode(folder / SOCKET_NAME)) > _SOCKET_PATH_BYTES:
        return False
    folder.mkdir(mode=0o700, exist_ok=True)
    if (folder / SOCKET_NAME).exists():
        return True
    trial = folder / f".{secrets.token_hex(4)}"
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.bind(str(trial))
        except OSError:
            return False
    trial.unlink()
    return True
