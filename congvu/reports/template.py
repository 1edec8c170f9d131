"""A report's template: its data (template.toml) and its text (body.txt)."""

from __future__ import annotations

import dataclasses
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from congvu.kernel.errors import UsageRefusal

from .marks import Piece, parse


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` 1 to 4) or a paragraph (0; ``item``: of a list); ``place`` names it to a person."""

    level: int
    item: bool
    pieces: tuple[Piece, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Slot:
    """``find`` says how the slot is filled from the records where nobody filled it; empty: it is not."""

    name: str
    find: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    kind: str
    kind_name: str
    symbol: str
    title: tuple[Piece, ...]
    subject: str
    signature: tuple[str, ...]
    recipients: tuple[str, ...]
    periods: dict[str, str]
    slots: dict[str, Slot]
    paragraphs: tuple[str, ...]
    blocks: tuple[Block, ...]
    draft: int = 0
    """The number of the draft from which the text is; 0 for the template's own."""

    @property
    def digest(self) -> str:
        """A short print of the text, by which one sees whether it is still the same."""
        return hashlib.sha256("\n\n".join(self.paragraphs).encode()).hexdigest()[:16]

    def with_draft(self, number: int, paragraphs: Iterable[str]) -> Template:
        """Return the template with the text of a draft instead of its own."""
        texts = tuple(paragraphs)
        return dataclasses.replace(self, paragraphs=texts, blocks=tuple(_blocks(texts)), draft=number)


@cache
def load_template(kind: str) -> Template:
    """Return the template of a kind of report, as it lies in ``templates/<kind>``."""
    folder = files("congvu.reports") / "templates" / kind
    if not kind.isidentifier() or not (folder / "template.toml").is_file():
        raise UsageRefusal(f"Không có mẫu báo cáo «{kind}».")
    data = tomllib.loads((folder / "template.toml").read_text(encoding="utf-8"))
    return make_template(data, (folder / "body.txt").read_text(encoding="utf-8"))


def make_template(data: dict[str, object], body: str) -> Template:
    """Return the template that ``data`` (as in template.toml) and ``body`` (as in body.txt) describe."""
    get: dict[str, object] = data
    paragraphs = tuple(text for chunk in body.split("\n\n") if (text := " ".join(chunk.split())))
    slots = {
        name: Slot(str(entry["name"]), tuple(str(entry.get("find", "")).split(" ", 1)) if entry.get("find") else ())
        for name, entry in get["slots"].items()  # type: ignore[attr-defined]
    }
    return Template(
        kind=str(get["kind"]),
        kind_name=str(get["kind_name"]),
        symbol=str(get["symbol"]),
        title=parse(str(get["title"]), "Tiêu đề"),
        subject=str(get["subject"]),
        signature=tuple(get["signature"]),  # type: ignore[arg-type]
        recipients=tuple(get["recipients"]),  # type: ignore[arg-type]
        periods=dict(get["periods"]),  # type: ignore[call-overload]
        slots=slots,
        paragraphs=paragraphs,
        blocks=tuple(_blocks(paragraphs)),
    )


def _blocks(paragraphs: Iterable[str]) -> list[Block]:
    blocks: list[Block] = []
    heading, count = "đầu báo cáo", 0
    for text in paragraphs:
        marks = len(text) - len(text.lstrip("="))
        if marks:
            text = text[marks:].strip()
            heading, count = text.split("{{")[0].split("[[")[0].strip(), 0
            place = f"Mục «{heading}»"
        else:
            count += 1
            place = f"Mục «{heading}», đoạn {count}"
        item = text.startswith("- ")
        blocks.append(Block(marks, item, parse(text, place), place))
    return blocks
