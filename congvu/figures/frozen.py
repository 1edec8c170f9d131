"""What freezing a report and closing a period share: one instant, one language, the definitions of that day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection
from django.utils.translation import override

from .catalogue import FIGURES
from .compile import count_queries

P = ParamSpec("P")
R = TypeVar("R")


def in_vietnamese(function: Callable[P, R]) -> Callable[P, R]:
    """Make what is kept the same whoever asks for it: names, units and kinds of documents are Vietnamese in it."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with override("vi"):
            return function(*args, **kwargs)

    return run


@in_vietnamese
def definitions_hash() -> str:
    """Return the hash over what the figures are defined as: names, sentences and the SQL that counts them."""
    whole = hashlib.sha256()
    for query in count_queries(tuple(FIGURES), "duckdb", frozenset(), False):
        whole.update(query.sql.encode())
    for figure in FIGURES.values():
        whole.update(f"{figure.id}\0{figure.name}\0{figure.sentence}\0{figure.policy}\n".encode())
    return whole.hexdigest()


def at_one_instant() -> None:
    """Let the transaction that has just begun see one instant of the database, whatever others commit meanwhile."""
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
