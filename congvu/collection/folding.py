"""The folded text of answers as the database makes it: the same as :func:`congvu.kernel.text.fold`."""

from __future__ import annotations

from typing import Any

from django.db import models


class Folded(models.Func):
    """Several columns as one text without case, tones and marks."""

    output_field = models.TextField()

    def __init__(self, *columns: str) -> None:
        super().__init__(*(models.F(column) for column in columns))

    def as_sql(self, compiler: Any, connection: Any, **_options: Any) -> tuple[str, tuple[str | int, ...]]:  # type: ignore[override]
        columns = [compiler.compile(expression)[0] for expression in self.get_source_expressions()]
        joined = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
        apart = f"normalize(translate(lower({joined}), 'đ', 'd'), NFD)"
        plain = f"regexp_replace({apart}, '[\\u0300-\\u036f]', '', 'g')"
        return f"btrim(regexp_replace({plain}, '[[:space:]]+', ' ', 'g'))", ()
