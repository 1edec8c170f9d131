"""Turn what went wrong in a command into one Vietnamese sentence and an exit status."""

import errno
from dataclasses import dataclass

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, SystemCheckError
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from congvu.kernel.errors import Refusal, SurroundingsRefusal, UsageRefusal

_SURROUNDINGS = SurroundingsRefusal.exit_status
_OS = {
    errno.ENOSPC: "Đĩa đã đầy",
    errno.EDQUOT: "Đã hết hạn mức đĩa",
    errno.EROFS: "Ổ đĩa chỉ cho đọc",
    errno.EACCES: "Không đủ quyền",
    errno.EPERM: "Không đủ quyền",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_SQLSTATES = {
    "53100": "Đĩa của máy chủ cơ sở dữ liệu đã đầy. Hãy giải phóng dung lượng rồi chạy lại.",
    "53200": "Máy chủ cơ sở dữ liệu hết bộ nhớ. Hãy chạy lại khi máy bớt tải.",
    "53300": "Máy chủ cơ sở dữ liệu đã hết chỗ kết nối. Hãy dừng bớt lệnh khác rồi chạy lại.",
    "55P03": "Dữ liệu đang bị một lệnh khác khóa. Hãy chạy lại sau khi lệnh đó xong.",
    "40P01": "Dữ liệu đang bị một lệnh khác khóa. Hãy chạy lại sau khi lệnh đó xong.",
    "25006": "Cơ sở dữ liệu chỉ cho đọc. Hãy đặt DATABASE_URL tới máy chủ cho ghi.",
    "3D000": "Máy chủ không có cơ sở dữ liệu nêu trong DATABASE_URL. Hãy lập nó hoặc sửa DATABASE_URL.",
    "42501": (
        "Vai trò nêu trong DATABASE_URL không có quyền làm việc này. "
        "Hãy chạy `congvu migrate` với DATABASE_OWNER_URL là vai trò sở hữu các bảng."
    ),
}
_UNDEFINED = ("42P01", "42703", "42883")  # table, column, function


@dataclass(frozen=True)
class Failure:
    """What to print on the standard error, and the exit status."""

    sentence: str
    exit_status: int


def explain(error: BaseException) -> Failure | None:
    """The failure to show for ``error``; ``None`` for what no person can mend: a fault of the program."""
    match error:
        case Refusal():
            return Failure(str(error), error.exit_status)
        case SystemCheckError():
            return Failure(str(error), _SURROUNDINGS)
        case CommandError():
            return Failure(str(error), error.returncode)
        case ImproperlyConfigured():
            return Failure(f"Cấu hình sai: {error}", UsageRefusal.exit_status)
        case DatabaseError() | psycopg.Error():
            return _of_database(error)
        case OSError(errno=int(number)) if number in _OS:
            return Failure(_of_system(_OS[number], error), _SURROUNDINGS)
        case MemoryError():
            return Failure("Máy không đủ bộ nhớ. Hãy đóng bớt chương trình khác rồi chạy lại.", _SURROUNDINGS)
    return None


def _of_system(what: str, error: OSError) -> str:
    where = f": {error.filename}" if error.filename else ""
    return f"{what}{where}. Hãy kiểm tra ổ đĩa và quyền của thư mục rồi chạy lại."


def is_outdated(error: DatabaseError) -> bool:
    """Whether ``error`` comes of migrations not yet run, and not of a fault in a query; asks the database."""
    if _sqlstate(error) not in _UNDEFINED:
        return False
    connection = connections["default"]
    connection.close()  # whatever transaction it was in is over
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _sqlstate(error: BaseException) -> str | None:
    source = error if isinstance(error, psycopg.Error) else error.__cause__
    return source.sqlstate if isinstance(source, psycopg.Error) else None


def _of_database(error: BaseException) -> Failure | None:
    sqlstate = _sqlstate(error)
    if sqlstate in _SQLSTATES:
        return Failure(_SQLSTATES[sqlstate], _SURROUNDINGS)
    if isinstance(error, OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError):
        first_line = str(error).strip().split("\n", 1)[0]
        return Failure(
            f"Không làm việc được với cơ sở dữ liệu: {first_line}. Hãy kiểm tra máy chủ và DATABASE_URL.",
            _SURROUNDINGS,
        )
    return None
