"""The folded text of answers as the database makes it: the same as :func:`congvu.kernel.text.fold`."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def _letters() -> dict[str, str]:
    """Return every marked Vietnamese letter with its plain one."""
    found = {"đ": "d"}
    for vowel in _VOWELS:
        for tone in _TONES:
            letter = unicodedata.normalize("NFC", vowel + tone)
            if not letter.isascii():
                found[letter] = unicodedata.normalize("NFD", vowel)[0]
    return found


_MARKED, _PLAIN = "".join(_letters()), "".join(_letters().values())


class Folded(models.Func):
    """Several columns as one text without case, tones and marks."""

    output_field = models.TextField()

    def __init__(self, *columns: str) -> None:
        super().__init__(*(models.F(column) for column in columns))

    def as_sql(self, compiler: Any, connection: Any, **_options: Any) -> tuple[str, tuple[str | int, ...]]:  # type: ignore[override]
        columns = [compiler.compile(expression)[0] for expression in self.get_source_expressions()]
        joined = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
        plain = f"translate(lower(normalize({joined}, NFC)), '{_MARKED}', '{_PLAIN}')"
        return f"btrim(regexp_replace({plain}, '[[:space:]]+', ' ', 'g'))", ()
