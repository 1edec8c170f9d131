"""The application's two roles and its database, on the embedded server and on one that somebody else runs.

``congvu_owner`` owns the database and runs migrations. ``congvu_app`` is what the application connects as: it
owns nothing and is no superuser, so the guards that the owner sets up bind it.
"""

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

OWNER = "congvu_owner"
APP = "congvu_app"
_EXTENSIONS = ("btree_gist", "pg_trgm")
# Written on the database as the last step, so that a preparation cut short is taken up again.
_PREPARED = "congvu: prepared 1"
_BUILTIN_LOCALE_SINCE = 170000


def prepare(superuser_url: str, database: str) -> None:
    """Create the roles and the database with its extensions and rights, where any of it is missing.

    ``superuser_url`` may name any database of the server; PostgreSQL 15 or later. A second run is idle.
    """
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if _is_prepared(connection, database):
            return
        _create_roles(connection)
        if not _exists(connection, database):
            _create_database(connection, database)
        with psycopg.connect(make_conninfo(superuser_url, dbname=database), autocommit=True) as inside:
            _fit_out(inside)
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database), sql.Literal(_PREPARED))
        )


def fresh_database(superuser_url: str, database: str) -> None:
    """Drop ``database`` with everything in it, whoever is connected, and prepare it anew: for tests."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
    prepare(superuser_url, database)


def _is_prepared(connection: psycopg.Connection, database: str) -> bool:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    row = connection.execute(query, [database]).fetchone()
    return row is not None and row[0] == _PREPARED


def _exists(connection: psycopg.Connection, database: str) -> bool:
    row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    return row is not None


def _create_roles(connection: psycopg.Connection) -> None:
    for role in (OWNER, APP):
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS").format(
                    sql.Identifier(role)
                )
            )


def _create_database(connection: psycopg.Connection, database: str) -> None:
    """Create it in UTF-8, sorting by code point, knowing the letters of every alphabet (``lower('Đ')``)."""
    locale = sql.SQL("LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
    if connection.info.server_version >= _BUILTIN_LOCALE_SINCE:
        locale = sql.SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
            sql.Identifier(database), sql.Identifier(OWNER), locale
        )
    )


def _fit_out(inside: psycopg.Connection) -> None:
    """Extensions, and rights of the application on whatever the owner will create."""
    for extension in _EXTENSIONS:
        inside.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    for right in (
        "SELECT, INSERT, UPDATE, DELETE ON TABLES",
        "USAGE, SELECT ON SEQUENCES",
        "USAGE ON SCHEMAS",
    ):
        inside.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO {}").format(
                sql.Identifier(OWNER), sql.SQL(right), sql.Identifier(APP)
            )
        )
