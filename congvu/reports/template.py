"""A report's template: its data (template.toml) and its text (body.txt)."""

from __future__ import annotations

import tomllib
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
    blocks: tuple[Block, ...]


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
        blocks=tuple(_blocks(body)),
    )


def _blocks(body: str) -> list[Block]:
    blocks: list[Block] = []
    heading, count = "đầu báo cáo", 0
    for chunk in body.split("\n\n"):
        text = " ".join(chunk.split())
        if not text:
            continue
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
