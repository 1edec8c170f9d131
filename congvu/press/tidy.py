"""Text as every file format can hold it."""

import unicodedata
from typing import Any

LINE_BREAKS = dict.fromkeys(("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"), "\n")


def tidy(text: str) -> str:
    """Return composed (NFC) text whose only control character is ``\\n``.

    Word pastes vertical tabs as line breaks, web pages paste invisible joiners and direction marks. XML
    refuses the first and no print font has the rest, so breaks become ``\\n``, tabs a space, and what has
    no look is dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    for found, meant in LINE_BREAKS.items():
        text = text.replace(found, meant)
    text = unicodedata.normalize("NFC", text.replace("\t", " "))
    return "".join(letter for letter in text if letter == "\n" or not _lookless(letter))


def tidied(record: Any, *fields: str) -> None:
    """Tidy these fields of a frozen dataclass in place: each a string, a tuple of strings, or ``None``."""
    for field in fields:
        value = getattr(record, field)
        if isinstance(value, str):
            object.__setattr__(record, field, tidy(value))
        elif value is not None:
            object.__setattr__(record, field, tuple(tidy(line) for line in value))


def _lookless(letter: str) -> bool:
    # Cc control, Cf joiners and direction marks, Cs lone surrogates; U+FFFE and U+FFFF are no characters.
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs"} or ord(letter) & 0xFFFE == 0xFFFE
