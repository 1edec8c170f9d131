"""The command ``congvu``: which database it hands on, and how it ends."""

import errno
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, SystemCheckError
from django.db import IntegrityError, OperationalError, ProgrammingError

import congvu
from congvu import cli
from congvu.commands import COMMANDS
from congvu.kernel import postgres
from congvu.kernel.errors import Refusal, SurroundingsRefusal, UsageRefusal
from congvu.kernel.postgres.layout import layout_of
from tests.database import SUPERUSER_URL, url_for

NOWHERE = "postgresql://congvu_app@/congvu?host=/nonexistent"
VIETNAMESE = re.compile("[ăâđêôơưáàảãạấầẩẫậếềểễệốồổỗộớờởỡợúùủũụứừửữựíìỉĩị]", re.IGNORECASE)
Run = Callable[[str, list[str]], object]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONGVU_HOME", str(tmp_path / "home"))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The homes whose server was started; the server itself is not, its URLs are made up."""
    homes: list[Path] = []

    @contextmanager
    def running(home: Path) -> Iterator[SimpleNamespace]:
        homes.append(home)
        yield SimpleNamespace(app_url="postgresql://app", owner_url="postgresql://owner")

    monkeypatch.setattr(postgres, "running", running)
    return homes


@pytest.fixture
def run_instead(monkeypatch: pytest.MonkeyPatch, started: list[Path]) -> Callable[[Run], None]:
    """Put a function in the place of the Django command."""

    def put(function: Run) -> None:
        monkeypatch.setattr(cli, "_run_django", lambda name, rest, *, database: function(name, rest))

    return put


@pytest.fixture
def seen(run_instead: Callable[[Run], None]) -> dict[str, str | None]:
    """What the command found in its environment."""
    found: dict[str, str | None] = {}
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "CONGVU_HOME", "DJANGO_SETTINGS_MODULE")
    run_instead(lambda _name, _rest: found.update({name: os.environ.get(name) for name in names}))
    return found


def _shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "congvu", *arguments],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def _raise(error: BaseException) -> Run:
    def command(_name: str, _rest: list[str]) -> None:
        raise error

    return command


def _with_cause(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def test_the_version_needs_no_database(started: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"congvu {congvu.__version__}\n"
    assert not started


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_help_lists_every_command(
    arguments: list[str], started: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 0
    text = capsys.readouterr().out
    assert all(f"  {name} " in text and command.summary in text for name, command in COMMANDS.items())
    assert not started


def test_the_help_and_the_rooms_know_the_same_commands() -> None:
    files = Path(congvu.__file__).parent.glob("**/management/commands/[!_]*.py")
    # django_migrate is Django's own migrate, which ours wraps; reference and messages are for developers (congvu dev)
    assert set(COMMANDS) == {file.stem for file in files} - {"django_migrate", "reference", "messages"}


def test_an_unknown_command_is_wrong_use_with_a_suggestion(
    started: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["figurs"]) == 2
    assert "«figurs»" in (text := capsys.readouterr().err)
    assert "congvu figures" in text
    assert not started


def test_without_an_address_the_embedded_server_is_named_to_the_command_only(
    seen: dict[str, str | None], started: list[Path], tmp_path: Path
) -> None:
    assert cli.main(["figures"]) == 0
    assert started == [tmp_path / "home"]
    assert seen == {
        "DATABASE_URL": "postgresql://app",
        "DATABASE_OWNER_URL": "postgresql://owner",
        "CONGVU_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "congvu.settings",
    }
    assert "DATABASE_URL" not in os.environ
    assert "DATABASE_OWNER_URL" not in os.environ


@pytest.mark.parametrize(("owner", "expected"), [(None, NOWHERE), ("postgresql://owner", "postgresql://owner")])
def test_a_server_given_by_address_is_used_and_none_started(
    owner: str | None,
    expected: str,
    seen: dict[str, str | None],
    started: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", NOWHERE)
    if owner:
        monkeypatch.setenv("DATABASE_OWNER_URL", owner)
    assert cli.main(["figures"]) == 0
    assert (seen["DATABASE_URL"], seen["DATABASE_OWNER_URL"]) == (NOWHERE, expected)
    assert not started


def test_an_owner_without_an_application_address_is_wrong_use(
    seen: dict[str, str | None],
    started: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", NOWHERE)
    assert cli.main(["migrate"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err
    assert not seen
    assert not started


@pytest.mark.parametrize(
    ("arguments", "starts"),
    [
        (["figures"], True),
        (["dev", "shell"], True),
        (["figures", "--help"], False),
        (["due", "--batch", "in.csv", "out.csv"], False),
        (["elapsed", "--batch", "in.csv", "out.csv"], False),
    ],
)
def test_the_server_starts_only_for_commands_that_use_it(
    arguments: list[str], starts: bool, seen: dict[str, str | None], started: list[Path]
) -> None:
    assert cli.main(arguments) == 0
    assert bool(started) is starts
    assert seen["DJANGO_SETTINGS_MODULE"], "the command ran"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Refusal("Dòng 3 sai ngày."), 1, "Dòng 3 sai ngày."),
        (UsageRefusal("Thiếu tên gói."), 2, "Thiếu tên gói."),
        (SurroundingsRefusal("Đang có lần nhập khác."), 3, "Đang có lần nhập khác."),
        (CommandError("Sai số.", returncode=1), 1, "Sai số."),
        (SystemCheckError("Máy chủ không hiểu chữ Đ."), 3, "chữ Đ"),
        (ImproperlyConfigured("CONGVU_HOSTS"), 2, "Cấu hình sai: CONGVU_HOSTS"),
        (OSError(errno.ENOSPC, "x", "/dữ liệu"), 3, "Đĩa đã đầy: /dữ liệu"),
        (OSError(errno.EROFS, "x"), 3, "chỉ cho đọc"),
        (PermissionError(errno.EACCES, "x", "/tệp"), 3, "Không đủ quyền: /tệp"),
        (OperationalError("connection refused\nmore"), 3, "connection refused. Hãy kiểm tra"),
        (psycopg.OperationalError("no socket"), 3, "no socket"),
        (_with_cause(OperationalError("x"), psycopg.errors.DiskFull("x")), 3, "đã đầy"),
        (SystemExit(1), 1, ""),
        (SystemExit("Thôi."), 1, "Thôi."),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_each_failure_ends_with_its_status_and_one_sentence(
    error: BaseException,
    status: int,
    words: str,
    run_instead: Callable[[Run], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_instead(_raise(error))
    assert cli.main(["figures"]) == status
    shown = capsys.readouterr()
    assert words in shown.err
    assert "Traceback" not in shown.err
    assert shown.out == ""


@pytest.mark.parametrize(
    "error",
    [
        ValueError("mười"),
        IntegrityError("mười"),
        _with_cause(ProgrammingError("mười"), psycopg.errors.UndefinedTable("mười")),
    ],
)
def test_a_fault_of_the_program_is_shown_whole(
    error: Exception, run_instead: Callable[[Run], None], capsys: pytest.CaptureFixture[str]
) -> None:
    run_instead(_raise(error))
    assert cli.main(["figures"]) == cli.PROGRAM_FAULT
    shown = capsys.readouterr().err
    assert "Traceback" in shown
    assert "mười" in shown


def test_wrong_arguments_are_explained_in_vietnamese() -> None:
    done = _shell("migrate", "--khong-co", DATABASE_URL=NOWHERE)
    assert done.returncode == 2, done.stderr
    assert "Cách dùng: congvu migrate" in done.stderr
    assert "không hiểu tham số --khong-co" in done.stderr


def test_the_help_of_a_command_shows_its_own_options_only() -> None:
    done = _shell("migrate", "--help")
    assert done.returncode == 0, done.stderr
    assert "Tùy chọn" in done.stdout
    assert "--pythonpath" not in done.stdout
    assert "in hướng dẫn này" in done.stdout


def test_a_server_that_does_not_answer_is_a_trouble_of_the_surroundings() -> None:
    done = _shell("migrate", DATABASE_URL=NOWHERE)
    assert done.returncode == 3, done.stderr
    assert VIETNAMESE.search(done.stderr)
    assert "Traceback" not in done.stderr


def test_a_database_without_its_tables_is_a_trouble_of_the_surroundings_a_wrong_query_is_not() -> None:
    postgres.fresh_database(SUPERUSER_URL, "test_cli_empty")
    urls = {
        "DATABASE_URL": url_for(postgres.APP, "test_cli_empty"),
        "DATABASE_OWNER_URL": url_for(postgres.OWNER, "test_cli_empty"),
    }
    empty = _shell("dev", "clearsessions", "--skip-checks", **urls)
    assert (empty.returncode, empty.stderr.splitlines()[-1:]) == (3, [cli._OUTDATED])
    assert "Traceback" not in empty.stderr
    migrated = _shell("migrate", **urls)
    assert migrated.returncode == 0, migrated.stderr
    query = "from django.db import connection; connection.cursor().execute('SELECT * FROM bảng_lạ')"
    wrong = _shell("dev", "shell", "--command", query, **urls)
    assert wrong.returncode == cli.PROGRAM_FAULT
    assert "bảng_lạ" in wrong.stderr


def test_vietnamese_comes_out_in_any_locale() -> None:
    done = _shell("--help", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="")
    assert "Cách dùng" in done.stdout, done.stderr


def test_a_reader_who_leaves_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "congvu", "--help"], stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


def test_output_that_finds_no_room_is_a_trouble_of_the_surroundings() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "congvu", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.startswith("Đĩa đã đầy")


def test_a_command_that_is_told_to_end_leaves_no_server_behind(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; from congvu import cli\n"
        "def wait(name, rest, **_): print(os.environ['DATABASE_URL'], flush=True); time.sleep(60)\n"
        "cli._run_django = wait\n"
        "sys.exit(cli.main(['serve']))"
    )
    home = tmp_path / "home"
    command = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert command.stdout
        url = command.stdout.readline().strip()
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_user").fetchone()
        assert row == ("congvu_app",)
        command.terminate()
        _, errors = command.communicate(timeout=60)
        assert command.returncode == 128 + signal.SIGTERM, errors
        assert not (layout_of(home).data / "postmaster.pid").exists()
    finally:
        command.kill()
        command.communicate()
        postgres.destroy(home)
