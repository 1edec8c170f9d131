"""The tables of the pages for spreadsheets: loads, notes about cells, saved mappings, names of agencies."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from congvu.intake.aliases import AliasShown
from congvu.intake.mappings import MappingShown
from congvu.intake.models import SheetLoad, SheetNote
from congvu.intake.notes import cell_of
from congvu.intake.rules import STATE_NAMES, State
from congvu.intake.targets import target_tables
from congvu.sheets.mapping import Rule
from congvu.sheets.target import TargetTable

from .listing import Cell, Listing, Row, Rows, Table, columns, instant, lines, link, number, numeral, text
from .sheet_words import label_of, mapping_sentences, rule_sentence, state_of, translations
from .templating import url

_COUNTS = ("rows", "new", "changed", "refused")


def loads_listing(loads: Sequence[SheetLoad], state: State | None, *, more: bool) -> Listing:
    titles = (
        *columns(_("Tệp"), _("Tình trạng"), _("Bảng dữ liệu")),
        *columns(numbers=(_("Dòng"), _("Mới"), _("Thay đổi"), _("Có lỗi"))),
        *columns(_("Người nạp"), _("Lúc")),
    )
    table = Table(_("Các lần nạp"), titles, Rows(_load, loads), _("Các lần nạp, mới nhất trước"), "loads")
    filters = ((_("Tình trạng"), str(STATE_NAMES[state]) if state else ""),)
    return Listing(_("Nạp bảng tính"), (table,), filters, more=more)


def _load(load: SheetLoad) -> Row:
    return Row(
        (
            _file(load),
            _state(load),
            Cell(target_tables()[load.target].label),
            *(number(load.counts.get(name)) for name in _COUNTS),
            text(load.by),
            instant(load.begun_at),
        )
    )


def _file(load: SheetLoad) -> Cell:
    note = _("lần nạp") + f" {load.number}"
    return Cell(load.file_name, url=url("sheet-load", number=load.number), note=note)


def _state(load: SheetLoad) -> Cell:
    shown = state_of(load.state)
    return Cell(shown.words, "one-line", state=shown.style, icon=shown.icon)


def notes_table(title: str, table: TargetTable, notes: Sequence[SheetNote]) -> Table:
    """Return what is said about cells of a sheet."""

    def row(note: SheetNote) -> Row:
        label = label_of(table, note.target) if note.target else ""
        return Row((Cell(cell_of(note)), text(label), text(note.value), text(note.reason)))

    titles = columns(_("Ô"), _("Cột của bảng"), _("Trong tệp"), _("Vì sao, cần gì"))
    return Table(title, titles, Rows(row, notes), f"{title}, " + _("theo thứ tự trong trang tính"), "cells")


def new_table(heads: Sequence[str], samples: Sequence[tuple[int, Sequence[Cell]]]) -> Table:
    """Return the first of the new rows: the sheet's row, and the cells under ``heads``."""
    rows = [Row((numeral(row), *cells)) for row, cells in samples]
    caption = _("Dòng mới: %(count)s dòng đầu, như sẽ được ghi") % {"count": len(rows)}
    return Table(_("Dòng mới"), columns(_("Dòng của tệp"), *heads), rows, caption, "samples")


def changed_table(samples: Sequence[tuple[int, Sequence[tuple[str, Cell, Cell]]]]) -> Table:
    """Return the first of the rows that change: the sheet's row, and (column, before, after) of what differs."""
    rows = [
        Row((numeral(row), lines([Cell(new.words, before=f"{label}: {old.words} →") for label, old, new in differing])))
        for row, differing in samples
    ]
    caption = _("Dòng thay đổi: %(count)s dòng đầu, trước → sau") % {"count": len(rows)}
    return Table(_("Dòng thay đổi"), columns(_("Dòng của tệp"), _("Thay đổi")), rows, caption)


def mappings_listing(mappings: Sequence[MappingShown]) -> Listing:
    titles = (
        *columns(_("Tên"), _("Bảng dữ liệu")),
        *columns(numbers=(_("Cột đã ghép"), _("Bản"))),
        *columns(_("Người lưu"), _("Lúc")),
    )
    table = Table(_("Bảng ánh xạ"), titles, Rows(_mapping, mappings), _("Các bảng ánh xạ đã lưu, theo tên"))
    return Listing(_("Bảng ánh xạ"), (table,))


def _mapping(one: MappingShown) -> Row:
    return Row(
        (
            link(one.name, url("sheet-mapping", code=one.code)),
            Cell(target_tables()[one.mapping.table].label),
            number(len(one.mapping.rules)),
            number(one.version),
            text(one.saved_by),
            instant(one.saved_at),
        )
    )


def mapping_listing(found: MappingShown, loads: Sequence[SheetLoad], *, more: bool) -> Listing:
    """Return the rules of a mapping, which its page tells in sentences, and the loads that used it."""
    table = target_tables()[found.mapping.table]

    def rule(one: Rule) -> Row:
        meant = lines([Cell(words) for words in translations(table, one)])
        return Row((Cell(label_of(table, one.target)), Cell(rule_sentence(table, one)), meant))

    rule_titles = columns(_("Cột của bảng"), _("Cách ghép"), _("Giải nghĩa từ trong tệp"))
    rules = Table(_("Cách ghép"), rule_titles, Rows(rule, found.mapping.rules))
    titles = (*columns(_("Tệp"), _("Tình trạng"), numbers=(_("Bản"),)), *columns(_("Người nạp"), _("Lúc")))
    caption = _("Các lần nạp đã dùng bảng ánh xạ này, mới nhất trước")
    used = Table(_("Các lần nạp đã dùng"), titles, Rows(_used, loads), caption)
    return Listing(
        found.name,
        (rules, used) if loads else (rules,),
        ((_("Bản"), str(found.version)), (_("Bảng dữ liệu"), table.label)),
        notes=tuple(mapping_sentences(table, found.mapping)),
        more=more,
    )


def _used(load: SheetLoad) -> Row:
    return Row((_file(load), _state(load), number(load.saved_version), text(load.by), instant(load.begun_at)))


def aliases_listing(aliases: Sequence[AliasShown]) -> Listing:
    titles = columns(_("Tên gọi"), _("Là cơ quan"), _("Mã"))
    caption = _("Tên gọi đã ghi nhớ, theo cơ quan")
    table = Table(_("Tên gọi đã ghi nhớ"), titles, Rows(_alias, aliases), caption)
    return Listing(_("Tên gọi khác của cơ quan"), (table,))


def _alias(one: AliasShown) -> Row:
    agency = link(one.agency_name, url("agency", code=one.agency_code))
    return Row((Cell(one.spelled), agency, Cell(one.agency_code, "one-line")), record=one)
