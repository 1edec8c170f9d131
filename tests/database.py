"""Where the tests' database comes from; loaded by ``-p tests.database`` before Django reads its settings.

The embedded server of ``var/test``, or the one of ``DATABASE_SUPERUSER_URL``. Each process of a parallel run
has a database of its own, and connects to it as the application's role, as in use.
"""

import atexit
import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from congvu.kernel.postgres import APP, OWNER, acquire

ROOT = Path(__file__).resolve().parent.parent
NAME = f"test_congvu_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


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


SUPERUSER_URL = _superuser_url()
os.environ.pop("CONGVU_NOW", None)
os.environ["CONGVU_HOME"] = str(ROOT / "var" / "test")
os.environ["DATABASE_URL"] = url_for(APP, NAME)
os.environ["DATABASE_OWNER_URL"] = url_for(OWNER, NAME)
