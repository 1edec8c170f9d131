"""The command ``congvu``: runs one command with its database, and answers failures in one sentence.

Exit statuses: 0 done; 1 the input is wrong, or something certain was found; 2 wrong use; 3 the surroundings
(database, disk, lock); 70 a fault of the program itself; 128 + n ended by signal n.
"""

import argparse
import contextlib
import difflib
import io
import os
import secrets
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from congvu import __version__
from congvu.commands import COMMANDS, DEV, help_text
from congvu.failures import explain, is_outdated
from congvu.kernel import postgres
from congvu.kernel.errors import SurroundingsRefusal, UsageRefusal
from congvu.kernel.usage import speak_vietnamese

PROGRAM_FAULT = 70
_BROKEN_PIPE = 128 + signal.SIGPIPE
_OPTIONS_OF_DJANGO = {
    *("version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks")
}
_OUTDATED = "Cơ sở dữ liệu chưa được lập hoặc chưa nâng cấp. Hãy chạy `congvu migrate`."
_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name) and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _write_utf8()
    try:
        with _signals_unwind():
            _run(arguments)
            sys.stdout.flush()
    except SystemExit as ending:
        return _status_of(ending)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read the output has left; give Python nothing to complain about when it flushes once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the outermost frame: what is unknown is printed whole
        failure = explain(error)
        if failure is None:
            traceback.print_exc()
            _say("Chương trình gặp lỗi. Hãy gửi các dòng trên cho người quản trị.")
            return PROGRAM_FAULT
        _say(failure.sentence)
        return failure.exit_status
    return 0


def _run(arguments: list[str]) -> None:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(help_text() + "\n")
        return
    if arguments[0] in ("--version", "-V"):
        sys.stdout.write(f"congvu {__version__}\n")
        return
    name, rest = arguments[0], arguments[1:]
    if name != DEV and name not in COMMANDS:
        raise _unknown(name)
    home = Path(os.environ.get("CONGVU_HOME") or "var").absolute()
    needed = _needs_database(name, rest)
    database = _database(home) if needed else _without_home()
    with _variables(CONGVU_HOME=str(home), DJANGO_SETTINGS_MODULE="congvu.settings"), database:
        _run_django(name, rest, database=needed)


def _needs_database(name: str, rest: Sequence[str]) -> bool:
    if "-h" in rest or "--help" in rest:
        return False
    if name == DEV or COMMANDS[name].database:
        return True
    option = COMMANDS[name].with_database
    return option is not None and any(word.partition("=")[0] == option for word in rest)


def _run_django(name: str, rest: list[str], *, database: bool) -> None:
    """Run a management command as Django would, except that its errors come out as exceptions.

    A simulated province lives on its own day; what the command did is sealed when it ends.
    """
    import django

    speak_vietnamese()
    django.setup()
    from django.core.management import execute_from_command_line, get_commands, load_command_class
    from django.db import ProgrammingError, connections

    try:
        if name == DEV:
            execute_from_command_line([f"congvu {DEV}", *rest])
            return
        command = load_command_class(get_commands()[name], name)
        # Wrong arguments then print the usage and exit with 2.
        setattr(command, "_called_from_command_line", True)  # noqa: B010 - a name the stubs do not list
        parser = command.create_parser("congvu", name)
        _hide_options_of_django(parser)
        options = vars(parser.parse_args(rest))
        with _on_the_installation_s_day() if database else contextlib.nullcontext():
            command.execute(*options.pop("args", ()), **options)
    except ProgrammingError as error:
        if name != "migrate" and is_outdated(error):
            raise SurroundingsRefusal(_OUTDATED) from error
        raise
    finally:
        connections.close_all()


@contextlib.contextmanager
def _on_the_installation_s_day() -> Iterator[None]:
    from congvu.journal.sealing import seal_acts
    from congvu.web.installation import adopt_clock, installation

    adopt_clock()
    yield
    if installation() is not None:
        seal_acts()


def _hide_options_of_django(parser: argparse.ArgumentParser) -> None:
    """Leave only the command's own options in its help."""
    for action in parser._actions:
        if action.dest in _OPTIONS_OF_DJANGO:
            action.help = argparse.SUPPRESS


@contextlib.contextmanager
def _database(home: Path) -> Iterator[None]:
    """Name the database in the environment, for children too; start the embedded one when none is given."""
    app_url, owner_url = (os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL"))
    if app_url:
        with _variables(DATABASE_OWNER_URL=owner_url or app_url):
            yield
        return
    if owner_url:
        raise UsageRefusal("Đã đặt DATABASE_OWNER_URL mà chưa đặt DATABASE_URL. Hãy đặt cả hai, hoặc bỏ cả hai.")
    with (
        postgres.running(home) as cluster,
        _variables(DATABASE_URL=cluster.app_url, DATABASE_OWNER_URL=cluster.owner_url),
    ):
        yield


def _without_home() -> contextlib.AbstractContextManager[None]:
    """A command that needs no database leaves no trace: it is not the one to make the installation's key."""
    if "CONGVU_SECRET_KEY" in os.environ:
        return contextlib.nullcontext()
    return _variables(CONGVU_SECRET_KEY=secrets.token_urlsafe())


@contextlib.contextmanager
def _variables(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _signals_unwind() -> Iterator[None]:
    """Let the ending signals unwind the stack, so that the hold on the server is released on the way out."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # What is ignored (nohup) stays ignored.
    heard = [one for one in _ENDING_SIGNALS if signal.getsignal(one) is not signal.SIG_IGN]
    before = {one: signal.signal(one, _end) for one in heard}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _status_of(ending: SystemExit) -> int:
    if isinstance(ending.code, str):
        _say(ending.code)
        return 1
    return ending.code or 0


def _write_utf8() -> None:
    """Vietnamese must come out whatever the locale of the terminal, of cron or of a container."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _unknown(name: str) -> UsageRefusal:
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    hint = f" Có phải `congvu {near[0]}`?" if near else ""
    return UsageRefusal(f"Không có lệnh «{name}».{hint} Xem `congvu --help`.")


if __name__ == "__main__":
    sys.exit(main())
