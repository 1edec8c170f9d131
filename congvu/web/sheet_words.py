"""Loads, mappings and cells of tables in the words of the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.intake.rules import STATE_NAMES, State
from congvu.kernel.text import fold
from congvu.sheets.mapping import Mapping, Rule
from congvu.sheets.target import Target, TargetTable

from .listing import NONE, Cell, day, instant
from .mapping_form import DATES_WORDS, DERIVE_WORDS, MOMENT_WORDS, value_label

_LOOKS = {
    State.DRAFT: ("open", "✎"),
    State.CHECKING: ("open", "◷"),
    State.CHECKED: ("open", "◉"),
    State.LOADING: ("open", "◷"),
    State.LOADED: ("good", "✓"),
    State.WITHDRAWN: ("out", "↶"),
    State.DROPPED: ("out", "⊘"),
}
_SURE, _LIKELY = 0.85, 0.6
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
KIND_WORDS = {
    "text": gettext_lazy("chữ"),
    "choice": gettext_lazy("chọn trong danh sách"),
    "date": gettext_lazy("ngày"),
    "instant": gettext_lazy("ngày và giờ"),
    "boolean": gettext_lazy("có hoặc không"),
    "integer": gettext_lazy("số nguyên"),
    "decimal": gettext_lazy("số"),
}


@dataclass(frozen=True, slots=True)
class StateShown:
    """A state in words, with its icon and the class that colours it."""

    words: str
    icon: str
    style: str


def state_of(state: str) -> StateShown:
    known = State(state)
    style, icon = _LOOKS[known]
    return StateShown(str(STATE_NAMES[known]), icon, style)


def certainty_words(certainty: float) -> str:
    if certainty >= _SURE:
        return _("chắc")
    return _("khá chắc") if certainty >= _LIKELY else _("chưa chắc, hãy xem kỹ")


def target_of(table: TargetTable, name: str) -> Target | None:
    return next((target for target in table.targets if target.name == name), None)


def label_of(table: TargetTable, name: str) -> str:
    """Return how a column is called; the names of several, as the journal tells them, one after the other."""
    labels = (getattr(target_of(table, part), "label", part) for part in name.split(", "))
    return ", ".join(labels)


def shown_value(target: Target | None, value: Any) -> str:
    """Return a value of the table as people write it."""
    return value_cell(target, value).words


def value_cell(target: Target | None, value: Any) -> Cell:
    """Return a value of the table as a cell; days are days."""
    if value is None or value == "":
        return Cell(NONE)
    if isinstance(value, bool):
        value = "true" if value else "false"
    text = str(value)
    if target is None:
        return Cell(text)
    if target.values:
        return Cell(value_label(target, text))
    try:
        if target.kind == "date":
            return day(date.fromisoformat(text))
        if target.kind == "instant":
            return instant(datetime.fromisoformat(text))
    except ValueError:
        pass  # a text that is no day is shown as it stands
    return Cell(text)


def rule_sentence(table: TargetTable, rule: Rule) -> str:
    """Return ``Mã hồ sơ ← cột «Số biên nhận»``: one rule of a mapping as people read it."""
    target = target_of(table, rule.target)
    constant = shown_value(target, rule.constant)
    columns = " + ".join(f"«{title}»" for title in rule.source)
    if rule.derive == "section" and not columns:
        source = _("dòng tiêu đề phía trên nhóm dòng")
    elif not columns:
        source = _("«%(value)s» cho mọi dòng") % {"value": constant}
    elif rule.constant:
        source = _("«%(value)s» nơi có ghi ở cột %(columns)s") % {"value": constant, "columns": columns}
    else:
        source = _("cột %(columns)s") % {"columns": columns}
    more = [
        str(words[chosen])
        for words, chosen in ((DERIVE_WORDS, rule.derive), (DATES_WORDS, rule.dates), (MOMENT_WORDS, rule.moment or ""))
        if chosen and not (chosen == "section" and not columns)
    ]
    return f"{label_of(table, rule.target)} ← {source}" + (f" ({'; '.join(more).lower()})" if more else "")


def translations(table: TargetTable, rule: Rule) -> list[str]:
    """Return the translations of a rule, ``«cho bo sung» = Chờ bổ sung``."""
    target = target_of(table, rule.target)
    return [f"«{text}» = {shown_value(target, value)}" for text, value in rule.values.items()]


def mapping_sentences(table: TargetTable, mapping: Mapping) -> list[str]:
    """Return what a mapping says beside its rules."""
    found = []
    if mapping.sheet:
        found.append(_("Chỉ dùng cho trang «%(sheet)s».") % {"sheet": mapping.sheet})
    if mapping.header:
        found.append(_("Dòng tiêu đề là dòng %(row)s.") % {"row": mapping.header})
    if mapping.split:
        words = _("Mỗi dòng chữ trong ô của cột «%(title)s» thành một dòng của bảng %(table)s.")
        found.append(words % {"title": mapping.split, "table": table.label})
    if mapping.kept:
        titles = ", ".join(f"«{title}»" for title in mapping.kept)
        found.append(_("Giữ kèm như đã ghi: %(titles)s.") % {"titles": titles})
    return found


def mapping_changes(table: TargetTable, before: Mapping, after: Mapping) -> list[str]:
    """Return in sentences what a version of a mapping has other than the one before."""
    old, new = ({rule.target: rule for rule in mapping.rules} for mapping in (before, after))
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        if name not in new:
            found.append(_("Bỏ: %(rule)s") % {"rule": rule_sentence(table, old[name])})
        elif name not in old:
            found.append(_("Thêm: %(rule)s") % {"rule": rule_sentence(table, new[name])})
        elif old[name] != new[name]:
            words = {"before": _whole(table, old[name]), "after": _whole(table, new[name])}
            found.append(_("Đổi: %(before)s → %(after)s") % words)
    old_words, new_words = mapping_sentences(table, before), mapping_sentences(table, after)
    found += [_("Bỏ: %(rule)s") % {"rule": words} for words in old_words if words not in new_words]
    found += [_("Thêm: %(rule)s") % {"rule": words} for words in new_words if words not in old_words]
    return found


def _whole(table: TargetTable, rule: Rule) -> str:
    return "; ".join([rule_sentence(table, rule), *translations(table, rule)])


def entry_words(code: str, name: str) -> str:
    """Return an entry of a list to choose from: ``UBND xã Đào Ngạn (X1)``."""
    return f"{name} ({code})"


def code_in(words: str, entries: list[tuple[str, str]]) -> str | None:
    """Return the code that ``words`` choose among ``entries`` (code, name): as listed, the code, or a name of one."""
    words = " ".join(words.split())
    codes = {code for code, _name in entries}
    if words in codes:
        return words
    bracketed = _IN_BRACKETS.search(words)
    if bracketed and bracketed[1] in codes:
        return bracketed[1]
    named = [code for code, name in entries if fold(name) == fold(words)]
    return named[0] if len(named) == 1 else None
