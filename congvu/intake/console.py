"""A spreadsheet loaded from the console: the same steps as on the pages, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.http import Http404

from congvu.access.rules import SYSTEM
from congvu.exchange.services import Tell, under_way
from congvu.kernel.errors import UsageRefusal
from congvu.kernel.files import read_whole, write_whole
from congvu.kernel.format import format_number
from congvu.kernel.text import fold
from congvu.sheets.grid import SheetRefused, cell_name
from congvu.sheets.mapping import Mapping, Rule

from .mappings import code_of, get_mapping, save_mapping
from .models import SheetLoad, SheetNote
from .notes import marked_file
from .rules import Severity, State
from .running import give_up, mine, work_on
from .taking import MappingIncomplete, begin, drop, lacking, mapping_of, settle, start
from .targets import target_tables

UNSURE = 0.5
"""A column that was matched with less certainty is pointed out."""
LISTED = 100
"""So many notes are printed; the rest is counted, and stands in the marked file."""


@dataclass(frozen=True)
class Asked:
    """What was asked on the command line; ``settings`` are ``column=value`` or ``column=@heading``."""

    path: Path
    name: str
    sheet: str = ""
    header: int = 0
    settings: tuple[str, ...] = ()
    only_check: bool = False
    part: str = ""
    errors: Path | None = None
    save: str = ""


@dataclass(frozen=True)
class Imported:
    """How a load from the console ended."""

    load: SheetLoad
    errors_file: Path | None

    @property
    def exit_status(self) -> int:
        """1 where rows were refused and not left out on purpose."""
        wrong = bool(self.load.counts.get("refused")) and not self.load.only_right
        return int(wrong or bool(self.load.trouble))

    @property
    def missing(self) -> list[str]:
        """The columns that every row needs and that have no source."""
        return [one.name for one in lacking(target_tables()[self.load.target], mapping_of(self.load))]

    def _unused(self) -> list[str]:
        used = {title for rule in mapping_of(self.load).rules for title in rule.source}
        return [one["title"] for one in self.load.facts["headings"] if one["title"] not in used]

    def lines(self) -> Iterator[str]:
        load, counts = self.load, self.load.counts
        table = target_tables()[load.target]
        header = load.facts["header"][1]
        yield f"{load.file_name}, trang «{load.facts['sheet']}», dòng tiêu đề {header} → {table.label} ({table.name})"
        yield from load.facts["notices"]
        for rule in mapping_of(load).rules:
            yield f"  {table.target(rule.target).label} ({rule.target}) ← {_source(rule)}{self._why(rule.target)}"
        if not counts:
            return
        told = {key: format_number(counts[key]) for key in ("rows", "new", "changed", "unchanged", "refused")}
        yield (
            f"{told['rows']} dòng: {told['new']} mới, {told['changed']} đổi, {told['unchanged']} giữ nguyên, "
            f"{told['refused']} không nhận; {format_number(load.facts['aside_count'])} dòng ngoài bảng"
        )
        if load.state == State.LOADED and load.act is not None:
            yield f"Đã nạp xong (lần nạp {load.number}, thao tác số {load.act} trong nhật ký)."
        elif not (counts["new"] or counts["changed"] or counts["refused"]):
            yield "Không có gì mới, nên không ghi gì."
        elif not self.exit_status:
            yield f"Mới kiểm tra, chưa nạp gì (lần nạp {load.number})."
        if self.errors_file:
            yield f"Đã ghi tệp có đánh dấu các ô sai: {self.errors_file}"

    def _why(self, target: str) -> str:
        guess = self.load.facts["guesses"].get(target, {})
        unsure = "CHƯA CHẮC, hãy xem lại: " if guess.get("certainty", 1) < UNSURE else ""
        reasons = "; ".join(guess.get("reasons", []))
        return f" – {unsure}{reasons}" if reasons else ""

    def problems(self) -> Iterator[str]:
        marks = {Severity.ERROR: "", Severity.REVIEW: "Cần người xem: ", Severity.ODD: "Xem lại: "}
        for severity, mark in marks.items():
            notes = SheetNote.objects.filter(load=self.load, severity=severity.value).order_by("row", "id")[:LISTED]
            for note in notes:
                yield f"{mark}{_place(note)}: {f'«{note.value}» ' if note.value else ''}{note.reason}"
            if (rest := self.load.counts.get(severity.value, 0) - len(notes)) > 0:
                yield f"… và {format_number(rest)} điều nữa, không liệt kê."
        if self.load.trouble:
            yield self.load.trouble
        if self.missing:
            unused = ", ".join(f"«{title}»" for title in self._unused())
            yield f"Các cột chưa dùng của tệp: {unused or 'không còn cột nào'}."
            yield f'Ví dụ: --set "{self.missing[0]}=@TIÊU ĐỀ CỘT", hoặc --set "{self.missing[0]}=GIÁ TRỊ CHUNG".'
        if self.exit_status:
            yield "Chưa ghi gì vào cơ sở dữ liệu."

    def as_json(self) -> dict[str, Any]:
        notes = SheetNote.objects.filter(load=self.load).order_by("row", "id")
        return {
            "load": self.load.number,
            "state": self.load.state,
            "act": self.load.act,
            "table": self.load.target,
            "sheet": self.load.facts["sheet"],
            "header": self.load.facts["header"],
            "counts": self.load.counts,
            "mapping": self.load.mapping,
            "missing": self.missing,
            "trouble": self.load.trouble,
            "guesses": self.load.facts["guesses"],
            "aside": self.load.facts["aside"],
            "notices": self.load.facts["notices"],
            "notes": [
                {
                    "severity": note.severity,
                    "row": note.row,
                    "cell": None if note.column is None else cell_name(note.row, note.column),
                    "column": note.target,
                    "value": note.value,
                    "expected": note.reason,
                }
                for note in notes
            ],
        }


def _source(rule: Rule) -> str:
    if rule.derive == "section":
        return "tên nhóm đứng trên các dòng"
    shown = " + ".join(f"«{title}»" for title in rule.source)
    if not shown:
        return f"«{rule.constant}» cho mọi dòng"
    return f"«{rule.constant}» nơi có {shown}" if rule.constant else shown


def _place(note: SheetNote) -> str:
    where = f"dòng {note.row}" if note.column is None else f"ô {cell_name(note.row, note.column)}"
    return f"{where} ({note.target})" if note.target else where


def import_sheet(asked: Asked, tell: Tell) -> Imported:
    """Load a file as ``asked``: match, look over, and write if nothing is wrong (or wrong rows are left out).

    Raises
    ------
    UsageRefusal
        There is no file, mapping or table of that name.
    SheetRefused
        The file cannot be read.
    LoadUnderWay
        Another load runs.
    """
    content = read_whole(asked.path)
    saved, table = _named(asked.name)
    load = begin(SYSTEM, content, asked.path.name, table=table, saved=saved, sheet=asked.sheet, header=asked.header)
    with mine(load.number) as is_mine:
        assert is_mine, "nobody else knows of it yet"
        try:
            _check(asked, load, tell)
            if not asked.only_check:
                _write(asked, load, tell)
        except MappingIncomplete as error:
            # What was proposed is shown all the same: who reads it sees what to set, and from which heading.
            load.trouble = str(error)
            return Imported(load, None)
        finally:
            if load.state == State.DRAFT:
                drop(SYSTEM, load.number)
    errors_file = None
    if asked.errors and load.counts["refused"]:
        write_whole(asked.errors, marked_file(load))
        errors_file = asked.errors
    return Imported(load, errors_file)


def _check(asked: Asked, load: SheetLoad, tell: Tell) -> None:
    mapping = _with_settings(load, mapping_of(load), asked.settings)
    titles = [heading["title"] for heading in load.facts["headings"]]
    kept = save_mapping(SYSTEM, asked.save, replace(mapping, sheet="", header=0), titles) if asked.save else None
    if kept is None and not asked.settings and load.saved_code:
        kept = get_mapping(SYSTEM, load.saved_code, load.saved_version)
    load.mapping = mapping.as_json()
    for setting in asked.settings:  # what was said is no guess
        load.facts["guesses"].pop(setting.partition("=")[0], None)
    SheetLoad.objects.filter(pk=load.pk).update(facts=load.facts)
    settle(SYSTEM, load.number, mapping, kept)
    work_on(load.number, tell)
    load.refresh_from_db()
    if load.state == State.DRAFT:
        raise SheetRefused(load.trouble)


def _write(asked: Asked, load: SheetLoad, tell: Tell) -> None:
    wrong = bool(load.counts["refused"])
    if (wrong and not asked.part) or not (load.counts["new"] or load.counts["changed"]):
        return
    start(SYSTEM, load.number, only_right=wrong, reason=asked.part)
    done = work_on(load.number, tell)
    load.refresh_from_db()
    if not done:
        give_up(load, "")
        raise under_way()


def _named(name: str) -> tuple[str, str]:
    """Return the code of the saved mapping, or the name of the table, that ``name`` means; both empty for none."""
    if not name:
        return "", ""
    if name in target_tables():
        return "", name
    try:
        return get_mapping(SYSTEM, code_of(name)).code, ""
    except Http404:
        pass
    for table in target_tables().values():
        if fold(name) in {fold(table.label), *map(fold, table.called)}:
            return "", table.name
    known = ", ".join(target_tables())
    raise UsageRefusal(f"Không có bảng ánh xạ hay bảng dữ liệu nào tên «{name}». Các bảng dữ liệu: {known}.")


def _with_settings(load: SheetLoad, mapping: Mapping, settings: tuple[str, ...]) -> Mapping:
    table = target_tables()[load.target]
    titles = {fold(heading["title"]): heading["title"] for heading in load.facts["headings"]}
    rules = {rule.target: rule for rule in mapping.rules}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or name not in {target.name for target in table.targets}:
            known = ", ".join(target.name for target in table.targets)
            raise UsageRefusal(f"--set {setting}: cần CỘT=GIÁ_TRỊ, CỘT là một trong: {known}.")
        if not value:
            rules.pop(name, None)
        elif value.startswith("@"):
            title = titles.get(fold(value[1:]))
            if title is None:
                raise UsageRefusal(
                    f"--set {setting}: tệp không có cột «{value[1:]}»; có: {', '.join(titles.values())}."
                )
            rules[name] = Rule(name, (title,))
        else:
            rules[name] = Rule(name, constant=value)
    return replace(mapping, rules=tuple(rules.values()))
