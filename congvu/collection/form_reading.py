"""Reading forms from TOML: ours, and those that a province lays into its home. A bad file is refused whole."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

from congvu.figures.compute import parse_key
from congvu.figures.period import Cycle
from congvu.kernel.errors import Refusal, UsageRefusal
from congvu.kernel.text import nfc
from congvu.province.models import AgencyKind, Level
from congvu.worktime.terms import Unit

from .form import OWN_LEVEL, Check, DayRule, Form, Kind, Owed, PeriodRule, Question, Scope, Section, Terms

TEXT_LIMIT, ITEMS_LIMIT = 4000, 5
_LARGEST_FILE = 200_000
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"(last|[0-9]{1,2})(?:/([0-9]{1,2}))?(?:\s*([+-])\s*([0-9]))?")


class FormNotValid(Refusal):
    """``problems`` are all of them, each with file and place."""

    code = "form.not_valid"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class FormUnknown(Refusal):
    code = "form.unknown"
    status = 404


def load_form(form_id: str) -> Form:
    """Return the form of that id; the province's own stands before ours of the same id.

    Raises
    ------
    FormUnknown, FormNotValid
    """
    if _ID.fullmatch(form_id):
        own = _own_folder() / f"{form_id}.toml"
        if own.is_file():
            return read_form(form_id, _text_of(own), own.name)
        shipped = files("congvu.collection") / "forms" / f"{form_id}.toml"
        if shipped.is_file():
            return read_form(form_id, shipped.read_text(encoding="utf-8"), f"{form_id}.toml")
    raise FormUnknown(f"Không có mẫu báo cáo «{form_id[:80]}». Hãy chọn từ danh sách mẫu.")


def all_forms() -> tuple[list[Form], list[str]]:
    """Return every form that can be read, by title, and what is wrong with the files that cannot."""
    shipped = {Path(one.name).stem for one in (files("congvu.collection") / "forms").iterdir()}
    own = {path.stem for path in _own_folder().glob("*.toml")} if _own_folder().is_dir() else set()
    found, problems = [], []
    for form_id in sorted(shipped | own):
        try:
            found.append(load_form(form_id))
        except FormNotValid as refused:
            problems += refused.problems
        except FormUnknown:
            problems.append(f"{form_id}.toml: tên tệp chỉ gồm chữ thường không dấu, chữ số và gạch nối")
    return sorted(found, key=lambda form: form.title), problems


def _own_folder() -> Path:
    return Path(settings.HOME) / "forms"


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise FormNotValid([f"{path.name}: tệp lớn hơn {_LARGEST_FILE // 1000} kB"])
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormNotValid([f"{path.name}: không đọc được tệp; cần văn bản UTF-8"]) from error


@lru_cache(maxsize=64)
def read_form(form_id: str, text: str, file: str) -> Form:
    """Return the form that ``text`` describes.

    Raises
    ------
    FormNotValid
        Every problem, with the file, the place in it and what is expected there.
    """
    text = nfc(text).strip()
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormNotValid([f"{file}: không phải tệp TOML ({error})"]) from error
    reading = _Reading(file)
    form = reading.form(form_id, data, text)
    if reading.problems or form is None:
        raise FormNotValid(reading.problems)
    return form


@dataclass
class _Reading:
    """One file being read; problems gather, so that whoever writes it sees all of them at once."""

    file: str
    problems: list[str] = field(default_factory=list)

    def wrong(self, place: str, words: str) -> None:
        self.problems.append(f"{self.file}: {place}: {words}")

    def form(self, form_id: str, data: dict[str, Any], text: str) -> Form | None:
        self.known(data, "đầu tệp", {"title", "periodicity", "from", "to", "due", "owed_by", "section", "check"})
        title = self.text(data, "title", "đầu tệp", required=True)
        periodicity = self.choice(data, "periodicity", "đầu tệp", Cycle, None)
        rule = self.rule(data, periodicity)
        terms = self.terms(data.get("due"))
        owed = self.owed(data.get("owed_by"), "owed_by", required=True)
        sections = self.sections(data.get("section"))
        questions = {q.id: q for section in sections for q in section.questions}
        checks = self.checks(data["check"], questions) if "check" in data else ()
        if self.problems or periodicity is None:
            return None
        return Form(form_id, title, periodicity, rule, terms, owed, sections, checks, text)

    def known(self, table: dict[str, Any], place: str, keys: set[str]) -> None:
        for name in table.keys() - keys:
            self.wrong(place, f"không hiểu «{name}»; các mục có thể dùng: {', '.join(sorted(keys))}")

    def text(self, table: dict[str, Any], name: str, place: str, *, required: bool = False) -> str:
        found = table.get(name, "")
        if not isinstance(found, str) or (required and not found.strip()):
            self.wrong(place, f"{name}: cần một đoạn chữ")
            return ""
        return found.strip()

    def flag(self, table: dict[str, Any], name: str, place: str, default: bool = False) -> bool:
        found = table.get(name, default)
        if not isinstance(found, bool):
            self.wrong(place, f"{name}: cần true hoặc false")
        return found is True

    def whole(self, table: dict[str, Any], name: str, place: str, default: int, most: int) -> int:
        found = table.get(name, default)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= most:
            self.wrong(place, f"{name}: cần một số nguyên từ 0 đến {most}")
            return default
        return found

    def choice(self, table: dict[str, Any], name: str, place: str, of: type[StrEnum], default: Any) -> Any:
        found = table.get(name, default)
        try:
            return of(found)
        except ValueError:
            self.wrong(place, f"{name}: cần một trong: {', '.join(of)}")
            return default

    def names(self, table: dict[str, Any], name: str, place: str, allowed: list[str]) -> tuple[str, ...]:
        found = table.get(name, [])
        if not isinstance(found, list) or any(one not in allowed for one in found):
            self.wrong(place, f"{name}: cần một danh sách lấy từ: {', '.join(allowed)}")
            return ()
        return tuple(found)

    def rule(self, data: dict[str, Any], periodicity: Cycle | None) -> PeriodRule | None:
        if periodicity is Cycle.ON_REQUEST:
            for name in ("from", "to"):
                if name in data:
                    self.wrong("đầu tệp", f"{name}: báo cáo theo yêu cầu lấy kỳ khi lập yêu cầu, cần bỏ mục này")
            return None
        first, last = (self.day(data, name, periodicity) for name in ("from", "to"))
        if first is None or last is None or periodicity is None:
            return None
        rule = PeriodRule(first, last)
        try:
            rule.period(periodicity, 2024, 1)
        except UsageRefusal:
            self.wrong("đầu tệp", "from, to: ngày đầu kỳ phải không sau ngày cuối kỳ")
        return rule

    def day(self, data: dict[str, Any], name: str, periodicity: Cycle | None) -> DayRule | None:
        found = _DAY.fullmatch(str(data.get(name, "")).strip())
        of_year = periodicity is Cycle.YEAR
        if found is None or bool(found[2]) is not of_year:
            example = '"15/12-1" (ngày/tháng, kèm số năm lùi)' if of_year else '"15-1" (ngày, kèm số tháng lùi), "last"'
            self.wrong("đầu tệp", f"{name}: cần viết như {example}")
            return None
        day = None if found[1] == "last" else int(found[1])
        month = int(found[2]) if found[2] else None
        if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):
            self.wrong("đầu tệp", f"{name}: không có ngày «{found[0]}»")
            return None
        shift = int(found[4] or 0) * (-1 if found[3] == "-" else 1)
        return DayRule(day, month, shift * 12 if of_year else shift)

    def terms(self, found: Any) -> Terms:
        table = found if isinstance(found, dict) else {}
        if not table:
            self.wrong("due", "cần số ngày của từng cấp, ví dụ commune = 3")
        self.known(table, "due", {"unit", *Level.values})
        unit = self.choice(table, "unit", "due", Unit, Unit.WORKING_DAY)
        if unit not in (Unit.WORKING_DAY, Unit.CALENDAR_DAY):
            self.wrong("due", "unit: cần working_day hoặc calendar_day")
        return Terms(unit, {Level(n): self.whole(table, n, "due", 0, 366) for n in Level.values if n in table})

    def owed(self, found: Any, place: str, *, required: bool = False) -> Owed:
        table = found if isinstance(found, dict) else {}
        self.known(table, place, {"levels", "kinds", "all"})
        levels = self.names(table, "levels", place, Level.values)
        kinds = self.names(table, "kinds", place, AgencyKind.values)
        everyone = self.flag(table, "all", place)
        if required and not (levels or kinds or everyone):
            self.wrong(place, "cần levels, kinds, hoặc all = true")
        return Owed(levels, kinds)

    def sections(self, found: Any) -> tuple[Section, ...]:
        tables = self.tables(found, "section", "phần [[section]]")
        seen: set[str] = set()
        return tuple(self.section(table, f"phần {number}", seen) for number, table in enumerate(tables, 1))

    def tables(self, found: Any, place: str, what: str) -> list[dict[str, Any]]:
        """Return a list of tables, at least one."""
        if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
            self.wrong(place, f"cần ít nhất một {what}")
            return []
        return found

    def section(self, table: dict[str, Any], place: str, seen: set[str]) -> Section:
        self.known(table, place, {"title", "question"})
        title = self.text(table, "title", place, required=True)
        asked = self.tables(table.get("question"), place, "câu hỏi [[section.question]]")
        questions = []
        for number, one in enumerate(asked, 1):
            question = self.question(one, f"{place}, câu {number} («{one.get('id', '')}»)")
            if question.id in seen:
                self.wrong(place, f"câu {number}: mã «{question.id}» đã dùng ở câu khác")
            seen.add(question.id)
            questions.append(question)
        return Section(title, tuple(questions))

    def question(self, table: dict[str, Any], place: str) -> Question:
        common = {"id", "kind", "label", "hint", "required", "levels", "kinds"}
        kind: Kind | None = self.choice(table, "kind", place, Kind, None)
        own = {
            Kind.FIGURE: {"figure", "scope", "central"},
            Kind.NUMBER: {"unit", "additive", "distinct"},
            Kind.TEXT: {"limit"},
            Kind.DOCUMENTS: {"limit"},
            Kind.WEAKNESS: {"limit"},
        }
        self.known(table, place, common | (own[kind] if kind else set().union(*own.values())))
        question_id = self.text(table, "id", place, required=True)
        if question_id and not _ID.fullmatch(question_id):
            self.wrong(place, "id: chỉ gồm chữ thường không dấu, chữ số và gạch nối")
        figure, members = self.figure(table, place) if kind is Kind.FIGURE else ("", ())
        most = TEXT_LIMIT if kind is Kind.TEXT else ITEMS_LIMIT
        narrowed = {name: table[name] for name in ("levels", "kinds") if name in table}
        made = Question(
            id=question_id,
            kind=kind or Kind.TEXT,
            label=self.text(table, "label", place, required=True),
            hint=self.text(table, "hint", place),
            required=self.flag(table, "required", place, kind is Kind.FIGURE),
            asked=self.owed(narrowed, place),
            figure_id=figure,
            members=members,
            scope=self.choice(table, "scope", place, Scope, Scope.OWN),
            central=self.flag(table, "central", place),
            unit=self.text(table, "unit", place, required=kind is Kind.NUMBER),
            additive=self.flag(table, "additive", place),
            distinct=self.flag(table, "distinct", place),
            limit=self.whole(table, "limit", place, most, most) or most,
        )
        if made.scope is Scope.BELOW and figure and not made.figure.is_share and made.why_not_added():
            self.wrong(place, "scope: chỉ tiêu đếm mỗi đối tượng một lần, không gộp được của nhiều cơ quan; cần own")
        if made.additive and made.distinct:
            self.wrong(place, "additive, distinct: số đếm mỗi người một lần thì không cộng được; cần bỏ một mục")
        return made

    def figure(self, table: dict[str, Any], place: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        key = self.text(table, "figure", place, required=True)
        if not key:
            return "", ()
        try:
            figure, members = parse_key(key)
        except UsageRefusal as refusal:
            self.wrong(place, f"figure: {refusal}")
            return "", ()
        for dimension, (name, member) in zip(figure.dimensions, members, strict=True):
            own = name == "level" and member == OWN_LEVEL
            if dimension.choices is not None and not own and member not in dimension.choices.values:
                allowed = [OWN_LEVEL] * (name == "level") + list(dimension.choices.values)
                self.wrong(place, f"figure: {name}={member}: cần một trong: {', '.join(allowed)}")
            if dimension.is_agency:
                self.wrong(place, "figure: chỉ tiêu này đã theo cơ quan; cần chỉ tiêu không có chiều cơ quan")
        if figure.fact.owner is None or figure.minus is not None:
            self.wrong(place, f"figure: các dòng của {figure.id} không thuộc cơ quan nào, nên không hỏi cơ quan được")
        return figure.id, members

    def checks(self, found: Any, questions: dict[str, Question]) -> tuple[Check, ...]:
        made = []
        for number, table in enumerate(self.tables(found, "check", "phép kiểm [[check]]"), 1):
            place = f"check {number}"
            self.known(table, place, {"total", "parts"})
            numbers = [q.id for q in questions.values() if q.is_counted]
            parts = self.names(table, "parts", place, numbers)
            if table.get("total") not in numbers or len(parts) < 2:
                self.wrong(place, "cần total là mã một câu hỏi số, parts là mã ít nhất hai câu hỏi số")
                continue
            made.append(Check(table["total"], parts))
        return tuple(made)
