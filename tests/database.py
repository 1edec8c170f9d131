"""Where the tests' database comes from; loaded by ``-p tests.database`` before Django reads its settings.

The embedded server of ``var/test``, or the one of ``DATABASE_SUPERUSER_URL``. Each process of a parallel run
has a database of its own, and so has each of several runs at once. It connects as the application's role, as in use.
"""

import atexit
import fcntl
import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from congvu.kernel.postgres import APP, OWNER, acquire

ROOT = Path(__file__).resolve().parent.parent


def _free_name() -> str:
    """Return a database name that no other run of the tests uses now; it is ours until this process ends."""
    folder = ROOT / "var" / "test"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(64):
        lock = os.open(folder / f"database-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        return f"test_congvu_{number}"
    raise RuntimeError("64 runs of the tests are under way")


def _superuser_url() -> str:
    if given := os.environ.get("DATABASE_SUPERUSER_URL"):
        return given
    cluster = acquire(ROOT / "var" / "test", test=True)
    atexit.register(cluster.release)
    return cluster.superuser_url


def url_for(role: str, database: str) -> str:
    """Return the address of ``database`` for one of the application's roles, on the tests' server."""
    parts = conninfo_to_dict(SUPERUSER_URL)
    host = str(parts.get("host", ""))
    if host.startswith("/"):
        return f"postgresql://{role}@/{database}?host={host}"
    return f"postgresql://{role}@{host}:{parts.get('port', 5432)}/{database}"


NAME = _free_name()
SUPERUSER_URL = _superuser_url()
os.environ.pop("CONGVU_NOW", None)
os.environ["CONGVU_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ["CONGVU_HOME"] = str(ROOT / "var" / "test")
os.environ["DATABASE_URL"] = url_for(APP, NAME)
os.environ["DATABASE_OWNER_URL"] = url_for(OWNER, NAME)
