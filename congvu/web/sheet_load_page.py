"""The page of one load: what was found, what it would do or did, what is wrong at which cells, what can be done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congvu.access.rules import Permission, Reader
from congvu.intake.mappings import MappingShown, get_mapping
from congvu.intake.models import SheetLoad
from congvu.intake.notes import PAGE, UnknownWord, notes_page, unknown_words
from congvu.intake.queries import LISTED, entries_of
from congvu.intake.rules import IN_BACKGROUND, MOVES, NOTES_KEPT, Severity, State
from congvu.intake.targets import target_tables
from congvu.kernel.format import format_number
from congvu.sheets.target import Target

from .address import AFTER, place_token
from .list_export import place_asked, rows_asked
from .listing import Cell, Listing, Table
from .sheet_lists import changed_table, new_table, notes_table
from .sheet_words import StateShown, entry_words, label_of, state_of, target_of, value_cell
from .templating import url

WHICH = "xem"
PLACES = {Severity.ERROR: "loi", Severity.REVIEW: "can-xem", Severity.ODD: "la"}
"""Which of the lists the address pages through, and the id of that list on the page."""
_COLUMNS_SHOWN = 12


LEFT_EMPTY = "-"
"""The answer that a text means "nothing yet"; no choice has this value."""


@dataclass(frozen=True)
class Notes:
    """One list of notes: a page of it, how many there are in all, where its next page is."""

    place: str
    title: Any
    explained: Any
    total: int
    table: Table
    next: str | None
    first: str | None

    @property
    def beyond(self) -> bool:
        """Whether there are more than are kept."""
        return self.total > NOTES_KEPT


_TITLES = {
    Severity.ERROR: (_("Ô có lỗi"), _("Dòng có lỗi không được nạp. Sửa trong tệp đã đánh dấu rồi tải lên lại.")),
    Severity.REVIEW: (
        _("Cần người xem"),
        _("Các dòng này vẫn nạp được: giá trị đã được đọc theo cách dễ đúng hơn, hoặc để trống."),
    ),
    Severity.ODD: (
        _("Điều lạ"),
        _("Các dòng này vẫn nạp được. Giá trị ghi trong tệp khác với số tính được, hoặc khác thường."),
    ),
}


@dataclass(frozen=True)
class Asked:
    """A text that nobody knows, with what it may mean; ``answer`` is what was typed before.

    ``label`` names all columns that have it; what it means is said for ``target``.
    """

    target: Target
    label: str
    value: str
    rows: int
    choices: list[tuple[str, str]]
    listed: str
    answer: str = ""
    problem: str = ""


@dataclass(frozen=True)
class LoadPage:
    """``typed`` is what was sent with a deed that was refused."""

    load: SheetLoad
    reader: Reader
    typed: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    lists: Sequence[Notes] = ()

    @cached_property
    def table(self) -> Any:
        return target_tables()[self.load.target]

    @property
    def state(self) -> State:
        return State(self.load.state)

    @property
    def state_shown(self) -> StateShown:
        return state_of(self.load.state)

    @property
    def waits(self) -> bool:
        return self.state in IN_BACKGROUND

    @property
    def percent(self) -> int:
        return round(100 * min(max(self.load.share, 0), 1))

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.load.facts
        return facts

    @property
    def hidden_columns(self) -> list[str]:
        return [heading["title"] for heading in self.facts["headings"] if heading["hidden"]]

    @property
    def hidden_sheets(self) -> list[str]:
        return [sheet["name"] for sheet in self.facts["sheets"] if sheet["hidden"]]

    @property
    def matched(self) -> int:
        return len(self.load.mapping["rules"])

    @property
    def missing(self) -> list[str]:
        """The columns that every row needs and that nothing is matched with yet."""
        matched = {rule["target"] for rule in self.load.mapping["rules"]}
        return [target.label for target in self.table.targets if target.required and target.name not in matched]

    @cached_property
    def saved(self) -> MappingShown | None:
        if not self.load.saved_code:
            return None
        return get_mapping(self.reader, self.load.saved_code, self.load.saved_version)

    @property
    def saved_url(self) -> str:
        return url("sheet-mapping", {"ban": self.load.saved_version}, code=self.load.saved_code)

    def count(self, name: str) -> int:
        return int(self.load.counts.get(name, 0))

    @property
    def right(self) -> int:
        """How many rows have no error."""
        return self.count("rows") - self.count("refused")

    @property
    def changes_something(self) -> bool:
        return bool(self.count("new") or self.count("changed"))

    @property
    def may_drop(self) -> bool:
        return State.DROPPED in MOVES[self.state]

    @property
    def may_see_journal(self) -> bool:
        return self.reader.may(Permission.SEE_JOURNAL)

    @cached_property
    def _agency_names(self) -> dict[str, str]:
        refers = any(target.refers == "agencies" for target in self.table.targets)
        return dict(entries_of("agencies")) if refers else {}

    def _cell(self, name: str, value: Any) -> Cell:
        target = target_of(self.table, name)
        if target is not None and target.refers == "agencies" and value in self._agency_names:
            return Cell(entry_words(value, self._agency_names[value]))
        return value_cell(target, value)

    @cached_property
    def sample_columns(self) -> list[str]:
        """The columns of which the new rows have something, the first of them."""
        columns = self.load.samples.get("columns", [])
        new = self.load.samples.get("new", [])
        filled = [name for at, name in enumerate(columns) if any(row["values"][at] for row in new)]
        return filled[:_COLUMNS_SHOWN]

    @cached_property
    def new(self) -> Table | None:
        """The first of the new rows, as long as they are to be looked at before they are written."""
        found = self.load.samples.get("new", [])
        if not found or self.state is not State.CHECKED:
            return None
        places = [(name, self.load.samples["columns"].index(name)) for name in self.sample_columns]
        heads = [label_of(self.table, name) for name in self.sample_columns]
        rows = [(row["row"], [self._cell(name, row["values"][at]) for name, at in places]) for row in found]
        return new_table(heads, rows)

    @cached_property
    def changed(self) -> Table | None:
        """The first of the rows that change, likewise."""
        found = self.load.samples.get("changed", [])
        if not found or self.state is not State.CHECKED:
            return None
        return changed_table([(row["row"], [self._difference(row, name) for name in row["after"]]) for row in found])

    def _difference(self, row: Mapping[str, Any], name: str) -> tuple[str, Cell, Cell]:
        label = label_of(self.table, name)
        return label, self._cell(name, row["before"][name]), self._cell(name, row["after"][name])

    @property
    def listing(self) -> Listing:
        """Every table of the page; all that is kept where the list is taken home."""
        tables = (self.new, self.changed, *(one.table for one in self.lists))
        beyond = [
            str(_("%(title)s: chỉ giữ lại %(kept)s ô đầu tiên trong %(total)s."))
            % {"title": one.title, "kept": format_number(NOTES_KEPT), "total": format_number(one.total)}
            for one in self.lists
            if one.beyond
        ]
        return Listing(
            self.load.file_name,
            tuple(table for table in tables if table is not None),
            ((str(_("Lần nạp")), str(self.load.number)), (str(_("Bảng dữ liệu")), self.table.label)),
            notes=tuple(beyond),
            more=any(one.next for one in self.lists),
        )

    @cached_property
    def asked(self) -> list[Asked]:
        """The texts that a person could translate once for all their rows."""
        if self.state is not State.CHECKED:
            return []
        return [self._asked(word) for word in unknown_words(self.load)]

    def _asked(self, word: UnknownWord) -> Asked:
        target = self.table.target(word.targets[0])
        label = ", ".join(label_of(self.table, name) for name in word.targets)
        choices = [(choice, words[0]) for choice, words in target.values.items()]
        if choices and not target.required:
            choices = [(LEFT_EMPTY, str(_("để trống (chưa có gì)"))), *choices]
        listed = target.refers if target.refers in LISTED else ""
        answer, problem = self.answers.get((target.name, word.value), ("", ""))
        return Asked(target, label, word.value, word.rows, choices, listed, answer, problem)

    @property
    def entries(self) -> dict[str, list[str]]:
        """What can be chosen from, by table, for the tables that are asked for."""
        tables = sorted({asked.listed for asked in self.asked if asked.listed})
        return {table: [entry_words(*entry) for entry in entries_of(table)] for table in tables}


def load_page(
    request: HttpRequest,
    reader: Reader,
    load: SheetLoad,
    *,
    answers: Mapping[tuple[str, str], tuple[str, str]] | None = None,
) -> LoadPage:
    """Return the page of a load; which of its lists are open at which place stands in the address."""
    has_notes = State(load.state) in (State.CHECKED, State.LOADED, State.WITHDRAWN)
    lists = [_notes(request, load, severity) for severity in Severity if has_notes and load.counts.get(severity.value)]
    typed = request.POST.dict() if request.method == "POST" else {}
    return LoadPage(load, reader, typed, answers or {}, lists)


def _notes(request: HttpRequest, load: SheetLoad, severity: Severity) -> Notes:
    place = PLACES[severity]
    name = f"load-{load.number}-{place}"
    after = place_asked(request, name) if request.GET.get(WHICH) == place else None
    limit = rows_asked(request, PAGE)
    found = notes_page(load, severity, (int(after[0]), int(after[1])) if after else None, limit=limit)
    shown, more = found[:limit], len(found) > limit
    token = place_token([shown[-1].row, shown[-1].pk], name) if more else None
    title, explained = _TITLES[severity]
    return Notes(
        place=place,
        title=title,
        explained=explained,
        total=load.counts[severity.value],
        table=notes_table(str(title), target_tables()[load.target], shown),
        next=f"{url('sheet-load', {WHICH: place, AFTER: token}, number=load.number)}#{place}" if token else None,
        first=f"{url('sheet-load', number=load.number)}#{place}" if after else None,
    )
