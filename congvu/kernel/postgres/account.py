"""The system account that the server runs as when the application runs as root."""

import pwd
import shutil
import subprocess
from dataclasses import dataclass

from congvu.kernel.errors import SurroundingsRefusal

NAME = "congvu-pg"
_SYSTEM_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"


@dataclass(frozen=True)
class Account:
    """A system account by name and numbers."""

    name: str
    uid: int
    gid: int


def server_account() -> Account:
    """The account ``congvu-pg``, created without a login when missing.

    Raises ``SurroundingsRefusal`` when it cannot be created.
    """
    found = _find()
    if found is None:
        _create()
        found = _find()
    if found is None:
        raise _refusal("lệnh useradd không báo lỗi nhưng tài khoản vẫn chưa có")
    return found


def _find() -> Account | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(NAME, entry.pw_uid, entry.pw_gid)


def _create() -> None:
    useradd = shutil.which("useradd", path=_SYSTEM_PATH)
    if useradd is None:
        raise _refusal("máy không có lệnh useradd")
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run(  # noqa: S603 - found on the system's own path, arguments are constants
        [useradd, *options, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, text=True, check=False
    )
    # Status 9: another command created it between the look-up and here.
    if done.returncode not in (0, 9):
        raise _refusal(done.stderr.strip() or f"useradd thoát với mã {done.returncode}")


def _refusal(reason: str) -> SurroundingsRefusal:
    return SurroundingsRefusal(
        f"PostgreSQL không chạy dưới quyền root và không lập được tài khoản hệ thống {NAME}: {reason}. "
        "Hãy chạy lệnh bằng một người dùng thường, hoặc đặt DATABASE_URL tới một máy chủ PostgreSQL."
    )
