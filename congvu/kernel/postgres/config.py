"""The server's configuration files, written anew at every start.

They lie beside the data folder. What an operator sets with ``ALTER SYSTEM`` lies in it, and wins.
"""

import os
from pathlib import Path

from congvu.kernel.postgres.layout import Layout

_SETTINGS = {
    "listen_addresses": "",  # the socket is the only door
    "port": 5432,
    "unix_socket_permissions": "0700",
    "max_connections": 60,
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": 1.1,
    "max_wal_size": "2GB",
    "huge_pages": "off",
    # With the default of 50 changed rows the statistics of the smallest tables are never taken (index_frameworks has
    # five rows): index.score then took 27 ms instead of 7.5. Looking every 15 s, not every minute, brings all tables'
    # statistics within half a minute of a load; without any it took 40 ms.
    "autovacuum_analyze_threshold": 0,
    "autovacuum_naptime": "15s",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "Asia/Ho_Chi_Minh",
    "log_checkpoints": "off",
    "lc_messages": "C",
}
_TEST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_ROOMY = 512 * 1024 * 1024


def write_config(layout: Layout, *, test: bool) -> None:
    """Write the three files beside the data folder; ``test`` trades safety of data for speed."""
    settings: dict[str, object] = _SETTINGS | {
        "unix_socket_directories": layout.socket_dir,
        "hba_file": layout.base / "pg_hba.conf",
        "ident_file": layout.base / "pg_ident.conf",
        "dynamic_shared_memory_type": "posix" if _has_roomy_shared_memory() else "mmap",
    }
    if test:
        settings |= _TEST_SETTINGS
    _write(layout.base / "postgresql.conf", [f"{name} = {_quoted(value)}" for name, value in settings.items()])
    _write(layout.base / "pg_hba.conf", ["local all all peer map=congvu"])
    _write(
        layout.base / "pg_ident.conf",
        [f'congvu "{user}" {role}' for user in layout.system_users for role in _ROLES],
    )


_ROLES = ("postgres", "congvu_owner", "congvu_app")


def _has_roomy_shared_memory() -> bool:
    """Whether parallel queries may use /dev/shm: containers often give it 64 MB, which they exceed."""
    try:
        found = os.statvfs("/dev/shm")  # noqa: S108 - only measured
    except OSError:
        return False
    return found.f_blocks * found.f_frsize >= _ROOMY


def _quoted(value: object) -> str:
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("# Congvu viết lại tệp này mỗi lần khởi động.\n" + "\n".join(lines) + "\n")
    path.chmod(0o644)
