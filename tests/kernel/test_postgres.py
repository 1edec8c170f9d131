"""The embedded server: what it offers, how commands share it, and what it survives."""

import contextlib
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from congvu.kernel.errors import SurroundingsRefusal
from congvu.kernel.postgres import APP, OWNER, Cluster, acquire, destroy, fresh_database, running
from congvu.kernel.postgres.layout import ROOT_BASE, Layout, layout_of

IS_ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not IS_ROOT, reason="chỉ kiểm được khi chạy bằng root")

# A command of its own: takes the server, says so, and keeps it until its standard input closes.
HOLDER = """
import sys
from pathlib import Path
from congvu.kernel.postgres import running
with running(Path(sys.argv[1]), test=True) as cluster:
    print(cluster.app_url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """An unused home; whatever ran on it is gone afterwards."""
    path = tmp_path / "home"
    yield path
    if path.is_dir():
        _forget(path)


@pytest.fixture(scope="module")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with a database and no running server: each test leaves it so (making one is slow)."""
    path = tmp_path_factory.mktemp("used") / "home"
    with running(path, test=True):
        pass
    yield path
    _forget(path)


@pytest.fixture(scope="module")
def closed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that only its owner may enter, as the home folders of many machines."""
    path = tmp_path_factory.mktemp("closed")
    path.chmod(0o700)
    return path


@pytest.fixture(scope="module")
def modes_before(closed_folder: Path) -> dict[Path, int]:
    return _modes(closed_folder)


@pytest.fixture(scope="module")
def cluster(closed_folder: Path, modes_before: dict[Path, int]) -> Iterator[Cluster]:
    """A server that the tests of this file only read from, or write to in databases of their own."""
    path = closed_folder / "home"
    with running(path, test=True) as held:
        yield held
    _forget(path)


@pytest.fixture
def start_holder() -> Iterator[list[subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def _forget(home: Path) -> None:
    postmaster = _postmaster(home)
    with contextlib.suppress(SurroundingsRefusal):
        destroy(home)
    if postmaster and _is_alive(postmaster):
        os.kill(postmaster, signal.SIGQUIT)


def _hold(home: Path, *, start_new_session: bool = False) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=start_new_session,
        preexec_fn=_hear_ctrl_c,
    )


def _hear_ctrl_c() -> None:
    """Undo what a shell does to commands in its background: they inherit that Ctrl-C means nothing."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _modes(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mode for path in (folder, *folder.parents)}


def _layout(home: Path) -> Layout:
    return layout_of(home)


def _postmaster(home: Path) -> int | None:
    """The process number that the server wrote down, whether or not it still lives."""
    with contextlib.suppress(FileNotFoundError, SurroundingsRefusal):
        return int((_layout(home).data / "postmaster.pid").read_text().split("\n", 1)[0])
    return None


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False


def _until(happened: object, seconds: float = 10) -> None:
    limit = time.monotonic() + seconds
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < limit, "did not happen in time"
        time.sleep(0.02)


def _scalar(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def test_text_is_vietnamese_whatever_the_locale_of_the_machine(cluster: Cluster) -> None:
    assert _scalar(cluster.app_url, "SELECT lower('ĐẮK LẮK')") == "đắk lắk"
    assert _scalar(cluster.app_url, "SELECT 'Huyện Đắk Song' ILIKE '%đẮK%'") is True
    assert _scalar(cluster.app_url, "SHOW server_encoding") == "UTF8"


def test_the_zone_of_viet_nam_is_known(cluster: Cluster) -> None:
    query = "SELECT to_char(timestamptz '2022-06-30 20:00Z' AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24')"
    assert _scalar(cluster.app_url, query) == "2022-07-01 03"


def test_the_application_is_neither_superuser_nor_owner(cluster: Cluster) -> None:
    with psycopg.connect(cluster.app_url) as connection:
        powers = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.mine (id int)")
    assert powers == (False, False, False, False, True)
    owner = _scalar(cluster.app_url, "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'congvu'")
    assert owner == OWNER


def test_the_owner_is_no_superuser(cluster: Cluster) -> None:
    query = "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert _scalar(cluster.owner_url, query) is False


def test_the_application_may_write_what_the_owner_creates_but_not_change_it(cluster: Cluster) -> None:
    fresh_database(cluster.superuser_url, "rights")
    owner_url, app_url = (url.replace("/congvu?", "/rights?") for url in (cluster.owner_url, cluster.app_url))
    _scalar(owner_url, "CREATE TABLE note (id serial PRIMARY KEY, text text)")
    _scalar(owner_url, "CREATE SCHEMA drawer")
    _scalar(owner_url, "CREATE TABLE drawer.note (id int)")
    assert _scalar(app_url, "INSERT INTO note (text) VALUES ('a') RETURNING id") == 1
    assert _scalar(app_url, "UPDATE note SET text = 'b' RETURNING text") == "b"
    assert _scalar(app_url, "DELETE FROM note RETURNING text") == "b"
    assert _scalar(app_url, "SELECT count(*) FROM drawer.note") == 0
    for refused in ("ALTER TABLE note ADD extra int", "DROP TABLE note", "TRUNCATE note"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _scalar(app_url, refused)


def test_a_fresh_database_has_the_extensions_and_nothing_of_before(cluster: Cluster) -> None:
    fresh_database(cluster.superuser_url, "again")
    url = cluster.owner_url.replace("/congvu?", "/again?")
    _scalar(url, "CREATE TABLE left_behind (id int)")
    with psycopg.connect(url):  # somebody is connected
        fresh_database(cluster.superuser_url, "again")
    assert _scalar(url, "SELECT to_regclass('left_behind')") is None
    assert _scalar(url, "SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'") == 1
    assert _scalar(url, "SELECT lower('ĐẮK')") == "đắk"


def test_urls_name_role_database_and_socket(cluster: Cluster) -> None:
    folder = cluster.app_url.split("?host=")[1]
    assert cluster.app_url == f"postgresql://{APP}@/congvu?host={folder}"
    assert cluster.owner_url == f"postgresql://{OWNER}@/congvu?host={folder}"
    assert len(os.fsencode(f"{folder}/.s.PGSQL.5432")) <= 107


def test_the_socket_is_the_only_door_and_shut_to_others(cluster: Cluster) -> None:
    folder = Path(cluster.app_url.split("?host=")[1])
    assert _scalar(cluster.superuser_url, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / ".s.PGSQL.5432").stat().st_mode) == 0o700


@only_root
def test_another_user_of_the_machine_cannot_connect(cluster: Cluster) -> None:
    path = Path(cluster.app_url.split("?host=")[1]) / ".s.PGSQL.5432"
    assert _connects_as(os.geteuid(), path)
    assert not _connects_as(65534, path)


def _connects_as(uid: int, path: Path) -> bool:
    child = os.fork()
    if child == 0:
        try:
            os.setuid(uid)
            socket.socket(socket.AF_UNIX).connect(str(path))
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_real_home_survives_a_power_cut_and_a_test_home_is_fast(cluster: Cluster, used_home: Path) -> None:
    with running(used_home) as real:
        assert _scalar(real.app_url, "SHOW fsync") == "on"
        assert _scalar(real.app_url, "SHOW synchronous_commit") == "on"
    assert _scalar(cluster.app_url, "SHOW fsync") == "off"


def test_no_folder_on_the_way_changes_its_mode_and_the_home_is_private(
    cluster: Cluster, closed_folder: Path, modes_before: dict[Path, int]
) -> None:
    assert _scalar(cluster.app_url, "SELECT 1") == 1
    assert _modes(closed_folder) == modes_before
    assert stat.S_IMODE((closed_folder / "home").stat().st_mode) == 0o700


def test_the_last_to_release_stops_the_server(used_home: Path) -> None:
    first = acquire(used_home, test=True)
    pid = _postmaster(used_home)
    second = acquire(used_home, test=True)
    assert pid is not None
    assert _postmaster(used_home) == pid
    first.release()
    first.release()  # once more does nothing
    assert _scalar(second.app_url, "SELECT 1") == 1
    second.release()
    assert not _is_alive(pid)
    assert _postmaster(used_home) is None


def test_a_forked_child_does_not_release(used_home: Path) -> None:
    with running(used_home, test=True) as held:
        child = os.fork()
        if child == 0:
            held.release()
            os._exit(0)
        os.waitpid(child, 0)
        assert _scalar(held.app_url, "SELECT 1") == 1


def test_two_commands_at_once_on_a_new_home_share_one_server(
    home: Path, start_holder: list[subprocess.Popen[str]]
) -> None:
    start_holder += [_hold(home), _hold(home)]
    urls = {process.stdout.readline().strip() for process in start_holder if process.stdout}
    assert len(urls) == 1
    assert _scalar(urls.pop(), "SELECT 1") == 1
    pid = _postmaster(home)
    errors = [process.communicate()[1] for process in start_holder]
    assert [process.returncode for process in start_holder] == [0, 0]
    assert sum("Đang lập cơ sở dữ liệu" in text for text in errors) == 1
    assert pid is not None
    assert not _is_alive(pid)


def test_the_hold_of_a_killed_command_ends_with_it(used_home: Path, start_holder: list[subprocess.Popen[str]]) -> None:
    start_holder.append(_hold(used_home))
    killed = start_holder[0]
    assert killed.stdout
    assert killed.stdout.readline()
    pid = _postmaster(used_home)
    assert pid is not None
    killed.kill()
    killed.wait()
    assert _is_alive(pid), "the server outlives the command that was killed"
    with running(used_home, test=True) as held:
        assert _postmaster(used_home) == pid, "and is taken over"
        assert _scalar(held.app_url, "SELECT 1") == 1
    assert not _is_alive(pid)


def test_ctrl_c_ends_a_command_but_not_the_server_that_it_started(
    used_home: Path, start_holder: list[subprocess.Popen[str]]
) -> None:
    start_holder.append(_hold(used_home, start_new_session=True))
    interrupted = start_holder[0]
    assert interrupted.stdout
    url = interrupted.stdout.readline().strip()
    with running(used_home, test=True), psycopg.connect(url) as connection:
        os.killpg(interrupted.pid, signal.SIGINT)
        interrupted.wait(timeout=30)
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_what_was_committed_survives_a_killed_server(used_home: Path) -> None:
    held = acquire(used_home)
    _scalar(held.owner_url, "CREATE TABLE kept (word text)")
    _scalar(held.app_url, "INSERT INTO kept VALUES ('còn')")
    pid = _postmaster(used_home)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    _until(lambda: not _is_alive(pid))
    with running(used_home) as again:
        assert _scalar(again.app_url, "SELECT word FROM kept") == "còn"
    held.release()


def test_a_process_number_used_again_is_not_taken_for_the_server(used_home: Path) -> None:
    with running(used_home, test=True):
        lock = (_layout(used_home).data / "postmaster.pid").read_text()
        socket_lock = _layout(used_home).socket.with_name(".s.PGSQL.5432.lock")
        socket_text = socket_lock.read_text()
    account = _layout(used_home).account
    stranger = subprocess.Popen(["sleep", "60"], user=account.uid if account else None)
    try:
        for path, text in ((_layout(used_home).data / "postmaster.pid", lock), (socket_lock, socket_text)):
            path.write_text(text.replace(text.split("\n", 1)[0], str(stranger.pid), 1))
            if account:
                os.chown(path, account.uid, account.gid)
            path.chmod(0o600)
        with running(used_home, test=True) as held:
            assert _scalar(held.app_url, "SELECT 1") == 1
        assert stranger.poll() is None, "the stranger is left alone"
    finally:
        stranger.kill()
        stranger.wait()


def test_data_of_another_major_version_is_refused_untouched(used_home: Path) -> None:
    with running(used_home, test=True):
        pass
    version = _layout(used_home).data / "PG_VERSION"
    version.write_text("14\n")
    with pytest.raises(SurroundingsRefusal, match=r"PostgreSQL 14, .*PostgreSQL 18"):
        acquire(used_home, test=True)
    version.write_text("18\n")
    with running(used_home, test=True) as held:
        assert _scalar(held.app_url, "SELECT 1") == 1


def test_a_server_that_fails_names_its_log_and_the_cause(used_home: Path) -> None:
    with running(used_home, test=True) as held:
        log = held.log
    settings = _layout(used_home).data / "postgresql.auto.conf"
    settings.write_text("max_connections = 'nhiều'\n")
    with pytest.raises(SurroundingsRefusal, match=r"max_connections|configuration file") as refusal:
        acquire(used_home, test=True)
    assert str(log) in str(refusal.value)
    settings.unlink()


def test_a_preparation_cut_short_is_taken_up_again(used_home: Path) -> None:
    with running(used_home, test=True) as held:
        _scalar(held.superuser_url, "COMMENT ON DATABASE congvu IS NULL")
        url = held.superuser_url.replace("/postgres?", "/congvu?")
        _scalar(url, "DROP EXTENSION btree_gist")
        with running(used_home, test=True) as again:
            assert _scalar(again.app_url, "SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'") == 1


def test_a_home_that_cannot_be_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(SurroundingsRefusal, match=str(file)):
        acquire(file / "home")


def test_a_database_in_use_is_not_destroyed(home: Path) -> None:
    with running(home, test=True) as held:
        with pytest.raises(SurroundingsRefusal, match="đang được dùng"):
            destroy(home)
        assert _scalar(held.app_url, "SELECT 1") == 1
    base = _layout(home).base
    destroy(home)
    assert not base.exists()


@only_root
def test_a_home_moved_keeps_its_data_and_a_copy_is_refused(used_home: Path, tmp_path: Path) -> None:
    with running(used_home, test=True) as held:
        _scalar(held.owner_url, "CREATE TABLE moved (word text)")
    copy = tmp_path / "copy"
    shutil.copytree(used_home, copy)
    with pytest.raises(SurroundingsRefusal, match="bản sao"):
        acquire(copy, test=True)
    shutil.rmtree(copy)
    used_home.rename(copy)
    with running(copy, test=True) as held:
        assert _scalar(held.owner_url, "SELECT count(*) FROM moved") == 0
    copy.rename(used_home)


@only_root
def test_a_home_deleted_and_made_again_starts_empty(home: Path) -> None:
    with running(home, test=True) as held:
        _scalar(held.owner_url, "CREATE TABLE old (word text)")
    old = _layout(home).base
    shutil.rmtree(home)
    with running(home, test=True) as held:
        assert _scalar(held.owner_url, "SELECT to_regclass('old')") is None
    assert old.is_relative_to(ROOT_BASE)
    shutil.rmtree(old)


@only_root
def test_the_data_of_another_user_is_left_to_them(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs" / "postgres" / "data"
    theirs.mkdir(parents=True)
    os.chown(theirs, 65534, -1)
    with pytest.raises(SurroundingsRefusal, match="nobody"):
        acquire(tmp_path / "theirs")
