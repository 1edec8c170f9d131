"""Share one server between all the commands of a home: the first starts it, the last stops it."""

import contextlib
import errno
import fcntl
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import psycopg

from congvu.kernel.errors import SurroundingsRefusal
from congvu.kernel.postgres import server
from congvu.kernel.postgres.databases import APP, OWNER, prepare
from congvu.kernel.postgres.layout import Layout, layout_of, note_home
from congvu.kernel.postgres.server import Tell

DATABASE = "congvu"
_PATIENCE = 3.0  # seconds
_SENTENCES = {
    errno.ENOSPC: "Đĩa đã đầy",
    errno.EDQUOT: "Đã hết hạn mức đĩa",
    errno.EROFS: "Ổ đĩa chỉ cho đọc",
    errno.EACCES: "Không đủ quyền",
    errno.EPERM: "Không đủ quyền",
}


class Cluster:
    """A hold on the running server of a home; made by ``acquire``.

    The hold is a shared lock on a file: it ends with ``release``, and by itself when the process is killed.
    """

    def __init__(self, layout: Layout, hold: int, tell: Tell) -> None:
        self._layout = layout
        self._hold: int | None = hold
        self._tell = tell
        self._pid = os.getpid()

    @property
    def owner_url(self) -> str:
        """URL for migrations: the role that owns the database."""
        return server.url(self._layout, OWNER, DATABASE)

    @property
    def app_url(self) -> str:
        """URL for everything else: a role that owns nothing."""
        return server.url(self._layout, APP, DATABASE)

    @property
    def superuser_url(self) -> str:
        """URL for tests that make databases, and for operators."""
        return server.superuser_url(self._layout)

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self._layout.log

    def release(self) -> None:
        """Give up the hold; stop the server if nobody else holds it. A second call does nothing.

        In a forked child it does nothing either: the hold is the parent's.
        """
        hold, self._hold = self._hold, None
        if hold is None or self._pid != os.getpid():
            return
        try:
            with _locked(self._layout, self._tell):
                if _is_sole_user(hold):
                    server.stop(self._layout, self._tell)
        finally:
            os.close(hold)


def acquire(home: Path, *, test: bool = False, tell: Tell | None = None) -> Cluster:
    """Start the server of ``home`` or join the running one, prepare its database, and hold it.

    home: created 0700 when missing; no other folder's mode changes.
    test: start it without the costs of surviving a power cut (a running server is taken as it is).
    tell: takes progress sentences in Vietnamese; the default writes them on the standard error.

    Raises ``SurroundingsRefusal`` when the disk, rights, the system account or the server stand in the way.
    """
    tell = tell or _to_stderr
    with _refusing_os_errors(home):
        layout = layout_of(home)
        with _locked(layout, tell):
            note_home(layout)
            hold = _open_lock(layout.users_lock)
            try:
                fcntl.flock(hold, fcntl.LOCK_SH)
                _ensure_running(layout, test=test, tell=tell)
            except BaseException:
                _abandon(layout, hold, tell)
                raise
    return Cluster(layout, hold, tell)


@contextlib.contextmanager
def running(home: Path, *, test: bool = False, tell: Tell | None = None) -> Iterator[Cluster]:
    """Hold the server of ``home`` for a ``with`` block; see ``acquire``."""
    cluster = acquire(home, test=test, tell=tell)
    try:
        yield cluster
    finally:
        cluster.release()


def destroy(home: Path, *, tell: Tell | None = None) -> None:
    """Stop the server of ``home`` and delete its database for good.

    Raises ``SurroundingsRefusal`` while somebody uses it.
    """
    tell = tell or _to_stderr
    with _refusing_os_errors(home):
        layout = layout_of(home)
        with _locked(layout, tell):
            users = _open_lock(layout.users_lock)
            try:
                if not _is_sole_user(users):
                    raise SurroundingsRefusal(
                        f"Cơ sở dữ liệu của {layout.home} đang được dùng. Hãy dừng các lệnh khác rồi chạy lại."
                    )
                server.stop(layout, tell)
                rmtree(layout.data, ignore_errors=True)
                rmtree(layout.socket_dir, ignore_errors=True)
            finally:
                os.close(users)
        rmtree(layout.base)
        rmtree(layout.home / "postgres", ignore_errors=True)


def _ensure_running(layout: Layout, *, test: bool, tell: Tell) -> None:
    server.initialise(layout, test=test, tell=tell)

    def is_running() -> bool:
        return server.is_running(layout)

    # A server that was found running may be one that is just being shut down from outside.
    if not (is_running() and server.is_ready(layout, is_running, tell)):
        server.start(layout, test=test, tell=tell)
    try:
        prepare(server.superuser_url(layout), DATABASE)
    except psycopg.Error as error:
        raise server.failure(layout, "Không chuẩn bị được cơ sở dữ liệu") from error


def _abandon(layout: Layout, hold: int, tell: Tell) -> None:
    """Give up after a failed start, without hiding its cause behind a second failure."""
    with contextlib.suppress(SurroundingsRefusal, OSError):
        if _is_sole_user(hold):
            server.stop(layout, tell)
    os.close(hold)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _is_sole_user(hold: int) -> bool:
    """Whether the shared lock on ``hold`` can become exclusive: then no living process shares it."""
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _locked(layout: Layout, tell: Tell) -> Iterator[None]:
    """Hold the start lock; wait for another command that starts or stops the server."""
    lock = _open_lock(layout.start_lock)
    try:
        began = time.monotonic()
        told = False
        while not _is_sole_user(lock):
            if time.monotonic() - began > _PATIENCE and not told:
                tell("Đang chờ một lệnh khác khởi động hoặc dừng cơ sở dữ liệu…")
                told = True
            time.sleep(0.05)
        yield
    finally:
        os.close(lock)


@contextlib.contextmanager
def _refusing_os_errors(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        sentence = _SENTENCES.get(error.errno or 0, f"Hệ điều hành báo lỗi: {error.strerror}")
        raise SurroundingsRefusal(
            f"Không mở được cơ sở dữ liệu của {home}. {sentence}: {error.filename or home}. "
            "Hãy kiểm tra ổ đĩa và quyền của thư mục, hoặc đặt CONGVU_HOME sang thư mục khác."
        ) from error


def _to_stderr(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
