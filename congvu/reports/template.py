"""Types of report: folders of a template.toml and a body.txt, ours and those that a province lays into its home.

A bad folder is refused whole, every problem with its file, its place and what is expected there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from congvu.figures.period import Cycle
from congvu.kernel.errors import Refusal, UsageRefusal
from congvu.kernel.text import nfc, vn_sort_key

from .finding import FINDERS
from .marks import Piece, TemplateFault, parse
from .report_type import Block, Days, Slot, Template, blocks_of, paragraphs_of

__all__ = ["Template", "TemplateNotValid", "all_templates", "load_template", "make_template"]

DATA, BODY = "template.toml", "body.txt"
_LARGEST_FILE = 200_000
_ID = re.compile(r"[a-z][a-z0-9_]*")
_SYMBOL = re.compile(r"[A-ZĐ][A-Za-zĐđ&]*(?:[-/][A-ZĐ][A-Za-zĐđ&]*)*")
E_ = TypeVar("E_", bound=StrEnum)


class TemplateNotValid(Refusal):
    """``problems`` are all of them, each with file and place."""

    code = "report.template_not_valid"
    status = 409

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_template(kind: str) -> Template:
    """Return the template of a kind of report; the province's own stands before ours of the same kind.

    Raises
    ------
    UsageRefusal
        There is no such kind.
    TemplateNotValid
    """
    if _ID.fullmatch(kind):
        for folder in (_own_folder() / kind, _shipped() / kind):
            if folder.is_dir():
                return read_template(kind, _text_of(folder, DATA), _text_of(folder, BODY))
    raise UsageRefusal(f"Không có mẫu báo cáo «{kind[:80]}».")


def all_templates() -> tuple[list[Template], list[str]]:
    """Return every type that can be read, ours and the province's, by name, and what is wrong with the others."""
    own = [folder.name for folder in _own_folder().iterdir() if folder.is_dir()] if _own_folder().is_dir() else []
    found, problems = [], []
    for kind in sorted({folder.name for folder in _shipped().iterdir() if folder.is_dir()} | set(own)):
        if not _ID.fullmatch(kind):
            problems.append(f"{kind}: tên thư mục chỉ gồm chữ thường không dấu, chữ số và gạch dưới")
            continue
        try:
            found.append(load_template(kind))
        except TemplateNotValid as refused:
            problems += refused.problems
    return sorted(found, key=lambda template: vn_sort_key(template.name)), problems


def _shipped() -> Traversable:
    return files("congvu.reports") / "templates"


def _own_folder() -> Path:
    return Path(settings.HOME) / "templates"


def _text_of(folder: Traversable, name: str) -> str:
    where = f"{folder.name}/{name}"
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise TemplateNotValid([f"{where}: không đọc được tệp; thư mục cần có {DATA} và {BODY}"]) from error
    if len(data) > _LARGEST_FILE:
        raise TemplateNotValid([f"{where}: tệp lớn hơn {_LARGEST_FILE // 1000} kB"])
    try:
        return nfc(data.decode("utf-8-sig")).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise TemplateNotValid([f"{where}: cần văn bản UTF-8"]) from error


@lru_cache(maxsize=64)
def read_template(kind: str, data: str, body: str) -> Template:
    """Return the template that the two files of a folder describe.

    Raises
    ------
    TemplateNotValid
    """
    try:
        table = tomllib.loads(data)
    except tomllib.TOMLDecodeError as error:
        raise TemplateNotValid([f"{kind}/{DATA}: không phải tệp TOML ({error})"]) from error
    if table.get("kind") != kind:
        raise TemplateNotValid([f"{kind}/{DATA}: kind: cần đúng tên thư mục, «{kind}»"])
    return make_template(table, body)


def make_template(data: dict[str, Any], body: str) -> Template:
    """Return the template that ``data`` (as in template.toml) and ``body`` (as in body.txt) describe.

    Raises
    ------
    TemplateNotValid
    """
    reading = _Reading(str(data.get("kind", "")))
    template = reading.template(data, body)
    if reading.problems:
        raise TemplateNotValid(reading.problems)
    return template


_KEYS = ("kind", "name", "cycle", "kind_name", "symbol", "title", "subject", "signature", "recipients", "periods")


@dataclass
class _Reading:
    """One folder being read; problems gather, so that whoever writes it sees all of them at once."""

    kind: str
    problems: list[str] = field(default_factory=list)

    def wrong(self, place: str, words: str, file: str = DATA) -> None:
        self.problems.append(f"{self.kind}/{file}: {place}: {words}")

    def template(self, data: dict[str, Any], body: str) -> Template:
        for name in sorted(data.keys() - {*_KEYS, "slots"}):
            self.wrong(name, f"không hiểu mục này; các mục có thể dùng: {', '.join((*_KEYS, 'slots'))}")
        subject = self.text(data, "subject")
        periods, days = self.periods(data.get("periods"))
        paragraphs = paragraphs_of(body)
        if not paragraphs:
            self.wrong("đầu tệp", "chưa có đoạn nào", BODY)
        symbol = self.text(data, "symbol")
        if symbol and not _SYMBOL.fullmatch(symbol):
            self.wrong("symbol", f"«{symbol}»: cần ký hiệu không có số, ví dụ BC-UBND")
        return Template(
            kind=self.kind,
            kind_name=self.text(data, "kind_name"),
            symbol=symbol,
            title=self.pieces(self.text(data, "title"), "title"),
            subject=subject,
            signature=self.lines(data, "signature"),
            recipients=self.lines(data, "recipients"),
            periods=periods,
            slots=self.slots(data.get("slots", {})),
            paragraphs=paragraphs,
            blocks=self.blocks(paragraphs),
            cycle=self.choice(data.get("cycle", Cycle.YEAR), "cycle", Cycle.YEAR),
            name=self.text(data, "name") if "name" in data else subject,
            days=days,
        )

    def text(self, table: dict[str, Any], name: str, place: str = "") -> str:
        found = table.get(name, "")
        if not isinstance(found, str) or not found.strip():
            self.wrong(place or name, "cần một đoạn chữ" if not place else f"{name}: cần một đoạn chữ")
            return ""
        return found.strip()

    def lines(self, table: dict[str, Any], name: str) -> tuple[str, ...]:
        found = table.get(name)
        if not isinstance(found, list) or not found or not all(isinstance(line, str) and line for line in found):
            self.wrong(name, 'cần một danh sách dòng chữ, ví dụ ["- Lưu: VT."]')
            return ()
        return tuple(found)

    def choice(self, found: object, place: str, default: E_) -> E_:
        of = type(default)
        try:
            return of(str(found))
        except ValueError:
            self.wrong(place, f"«{found}»: cần một trong: {', '.join(of)}")
            return default

    def periods(self, found: object) -> tuple[dict[str, str], dict[str, Days]]:
        if not isinstance(found, dict) or not found:
            self.wrong("periods", 'cần ít nhất một kỳ, ví dụ quarter = "Quý báo cáo"; kỳ đầu là kỳ của báo cáo')
            return {"year": ""}, {}
        names: dict[str, str] = {}
        days: dict[str, Days] = {}
        for period, entry in found.items():
            place = f"periods.{period}"
            table = entry if isinstance(entry, dict) else {"name": entry}
            names[period] = self.text(table, "name", place)
            rule = self.choice(table.get("days", Days.CALENDAR), place, Days.CALENDAR)
            if rule is not Days.CALENDAR and len(names) == 1:
                self.wrong(place, "kỳ đầu là kỳ của báo cáo, không đặt days được")
            elif rule is not Days.CALENDAR:
                days[period] = rule
            for name in sorted(table.keys() - {"name", "days"}):
                self.wrong(place, f"không hiểu «{name}»; cần name, days")
        return names, days

    def slots(self, found: object) -> dict[str, Slot]:
        if not isinstance(found, dict):
            self.wrong("slots", "cần một bảng [slots]")
            return {}
        return {name: self.slot(f"slots.{name}", entry) for name, entry in found.items()}

    def slot(self, place: str, entry: object) -> Slot:
        if not isinstance(entry, dict):
            self.wrong(place, 'cần viết như { name = "Kế hoạch của tỉnh", find = "plan par" }')
            return Slot("", ())
        for name in sorted(entry.keys() - {"name", "find"}):
            self.wrong(place, f"không hiểu «{name}»; cần name, find")
        find = str(entry.get("find", ""))
        if find and find.split(" ", 1)[0] not in FINDERS:
            self.wrong(place, f"find «{find}»: cần bắt đầu bằng một trong: {', '.join(FINDERS)}")
        return Slot(self.text(entry, "name", place), tuple(find.split(" ", 1)) if find else ())

    def pieces(self, text: str, place: str) -> tuple[Piece, ...]:
        try:
            return parse(text, place)
        except TemplateFault as fault:
            self.problems.append(f"{self.kind}/{DATA}: {fault}")
            return ()

    def blocks(self, paragraphs: tuple[str, ...]) -> tuple[Block, ...]:
        try:
            return tuple(blocks_of(paragraphs))
        except TemplateFault as fault:
            self.problems.append(f"{self.kind}/{BODY}: {fault}")
            return ()
