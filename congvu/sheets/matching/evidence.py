"""What a column of a sheet holds, and how well that fits a column of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from congvu.kernel.text import fold
from congvu.sheets.grid import Cell, Grid
from congvu.sheets.layout import Heading, Layout
from congvu.sheets.shapes import shape, year_like
from congvu.sheets.target import Target

MOST_ROWS, MOST_VALUES = 1_500, 300
_AGENCY = re.compile(
    r"^(?:(?:tt|trung tam) (?:phuc vu )?hcc|ubnd|uy ban nhan dan|so|phong|ban|chi cuc|cuc|van phong|vp|tong cuc|bo|"
    r"trung tam|thanh tra|"
    r"cong an|bao hiem|kho bac|benh vien|truong|huyen|xa|phuong|thi tran|thi xa|thanh pho|tp\.?|tinh|hdnd|toa an|"
    r"vien|hoi|bo phan|kho|dai|chinh phu|quoc hoi|thu tuong|tinh uy|huyen uy|quan|uỷ ban|bqp|bca|dang uy|bqlda)\b"
)
_PERSON = re.compile(r"(?:(?:Ông|Bà|ông|bà)\s+)?[A-ZÀ-ỸĐ]\w*(?:\s+[A-ZÀ-ỸĐ]\w*){1,5}")
_LATE = re.compile(
    r"(?:dung|truoc|tre|qua|som|trong|con|den|cham|chua den|sap den) (?:hen|han)\b.*"
    r"|.*\b(?:dung|truoc|tre|qua|som) (?:han|hen)"
)
_PERSON_TARGETS = frozenset({"full_name", "signer", "attendee"})
_LONG_TARGETS = frozenset({"title", "content", "answer", "text", "note"})
_YES_NO = "co khong x true false 1 0 yes no v da chua roi dat"
YES_NO = frozenset(_YES_NO.split())


@dataclass
class Known:
    """What the installation knows: for each table the texts (folded) that are keys or names of its rows.

    ``agencies`` has codes, names, short names and remembered spellings of agencies.
    """

    keys: Mapping[str, Collection[str]] = field(default_factory=dict)

    def share(self, table: str, texts: Collection[str]) -> float:
        """Return the share of ``texts`` that are known in ``table``, 0 where nothing is."""
        known = self.keys.get(table, ())
        return sum(fold(text) in known for text in texts) / len(texts) if texts and known else 0.0


@dataclass
class Seen:
    """A column of a sheet, as a sample of it shows it. ``values`` are distinct; ``filled`` is a share of the rows."""

    heading: Heading
    values: tuple[Cell, ...]
    filled: float
    distinct: float

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(_text(value) for value in self.values)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(fold(text) for text in self.texts)

    @cached_property
    def shapes(self) -> Counter[str]:
        return Counter(shape(value) for value in self.values)

    def share(self, *shapes: str) -> float:
        return sum(self.shapes[name] for name in shapes) / len(self.values) if self.values else 0.0

    @cached_property
    def agencies(self) -> float:
        """The share of values that begin as names of agencies do."""
        return _share(_AGENCY.match(text) for text in self.folded)

    @cached_property
    def persons(self) -> float:
        return _share(_PERSON.fullmatch(text) for text in self.texts)

    @cached_property
    def lateness(self) -> float:
        """The share of values that say "in time" or "late"."""
        return _share(_LATE.match(text) for text in self.folded)

    @cached_property
    def years(self) -> float:
        return _share(year_like(value) for value in self.values)

    @cached_property
    def length(self) -> float:
        return sum(map(len, self.texts)) / len(self.texts) if self.texts else 0.0

    def said(self, target: Target) -> float:
        """Return the share of values that are words of a choice (or mean nothing yet)."""
        known = words_known(target)
        return _share(text in known for text in self.folded)


def _share(tests: object) -> float:
    found = [bool(test) for test in tests]  # type: ignore[attr-defined]
    return sum(found) / len(found) if found else 0.0


def _text(value: Cell) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else " ".join(str(value).split())


@lru_cache(maxsize=2_000)
def _words_known(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


def words_known(target: Target) -> frozenset[str]:
    """Return every word of a choice or a yes and no, folded."""
    known = _words_known((*(word for words in target.values.values() for word in words), *target.empty))
    return known | YES_NO if target.kind == "boolean" else known


def seen_columns(grid: Grid, layout: Layout) -> list[Seen]:
    """Return a sample of every column with a heading."""
    step = max(1, len(layout.rows) // MOST_ROWS)
    rows = layout.rows[::step]
    return [_seen(grid, heading, rows) for heading in layout.headings]


def _seen(grid: Grid, heading: Heading, rows: Sequence[int]) -> Seen:
    column = grid.columns[heading.column]
    cells = [
        cell for row in rows if (cell := column[row - 1]) != "" and not (isinstance(cell, str) and not cell.strip())
    ]
    distinct = dict.fromkeys(cells)
    share = len(distinct) / len(cells) if cells else 0.0
    return Seen(heading, tuple(distinct)[:MOST_VALUES], len(cells) / len(rows) if rows else 0.0, share)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a column's content fits, -1 (it cannot be) to 1 (it is hard to be anything else), and why."""

    score: float
    reasons: tuple[str, ...] = ()
    alone: bool = False  # whether the content says so even under a heading that says nothing


NEUTRAL = Fit(0.0)


def percent(share: float) -> str:
    return f"{share:.0%}"


def fit(seen: Seen, target: Target, known: Known) -> Fit:
    """Return how well the content of a column fits one of the table."""
    if not seen.values:
        return Fit(-0.1, ("cột không có giá trị nào",))
    match target.kind:
        case "date" | "instant":
            return _days(seen, target)
        case "integer" | "decimal":
            return _numbers(seen, target)
        case "choice" | "boolean":
            return _choices(seen, target)
    if target.refers:
        return _references(seen, target, known)
    return _texts(seen, target, known)


def _days(seen: Seen, target: Target) -> Fit:
    blank = _share(text in words_known(target) for text in seen.folded)
    share = seen.share("day") + blank
    if share >= 0.6:
        return Fit(0.4 * share, (f"{percent(share)} giá trị là ngày hoặc giờ",))
    if seen.share("number") > 0.8 and all(isinstance(v, float) and 20_000 < v < 80_000 for v in seen.values):
        return Fit(0.1, ("giá trị là số, có thể là ngày của bảng tính",))
    return Fit(-0.3 if share > 0.2 else -0.9, ("giá trị không phải ngày",))


def _numbers(seen: Seen, target: Target) -> Fit:
    if target.name == "year":
        return Fit(0.5, ("giá trị là năm",)) if seen.years > 0.8 else Fit(-0.7)
    terms = seen.share("term")
    if terms >= 0.3 and target.name.endswith("_time"):
        return Fit(0.4, (f"{percent(terms)} giá trị là thời hạn bằng chữ",))
    share = seen.share("number") + _share(text in words_known(target) for text in seen.folded)
    if share >= 0.7:
        return Fit(0.25, (f"{percent(min(share, 1))} giá trị là số",))
    if target.name.endswith("_time") and seen.share("text") > 0.5:
        return Fit(-0.1)
    return Fit(-0.8, ("giá trị không phải số",))


def _choices(seen: Seen, target: Target) -> Fit:
    share = seen.said(target)
    several = len(seen.values) >= 2
    if share >= 0.5:
        score = 0.5 * share
        if seen.lateness > 0.6:
            score -= 0.3
        labels = sum(text in words_known(target) for text in seen.folded)
        alone = target.kind == "choice" and share >= 0.75 and several and seen.share("number") < 0.5 and labels >= 2
        return Fit(score, (f"{percent(share)} giá trị là từ đã biết của cột này",), alone and seen.lateness < 0.6)
    if target.kind == "boolean":
        return Fit(-0.9 if seen.share("number") > 0.5 else -0.3)
    if seen.share("day", "number", "term") > 0.5 or len(seen.values) > 60:
        return Fit(-0.7, ("giá trị không phải là lựa chọn",))
    if seen.persons > 0.7 and not share:
        return Fit(-0.7, ("giá trị là họ tên",))
    return Fit(-0.15 + 0.3 * share if seen.distinct < 0.9 or len(seen.values) < 5 else -0.4)


def _references(seen: Seen, target: Target, known: Known) -> Fit:
    share = known.share(target.refers, seen.texts)
    noun = "cơ quan" if target.refers == "agencies" else "mã"
    if share >= 0.5:
        # Where both name and code of the same thing stand in the sheet, the code is the surer of the two.
        least = 0.1 if target.refers == "agencies" else 0.3
        coded = least if seen.share("code", "number", "symbol") > 0.6 else 0.0
        return Fit(0.5 * share + coded, (f"{percent(share)} giá trị là {noun} đã biết",), share >= 0.7)
    if seen.share("day", "time", "term") > 0.5:
        return Fit(-0.9)
    written = sum(isinstance(value, str) and shape(value) == "number" for value in seen.values)
    coded = seen.share("code", "symbol") + written / len(seen.values)
    if target.refers == "agencies":
        if seen.agencies >= 0.5:
            return Fit(
                0.35 * seen.agencies, (f"{percent(seen.agencies)} giá trị giống tên cơ quan",), seen.agencies > 0.8
            )
        return Fit(
            0.36 if coded > 0.6 else 0.1 if seen.share("number") > 0.9 else -0.15 if seen.persons > 0.6 else -0.05
        )
    if coded > 0.6:
        return Fit(0.25, (f"{percent(coded)} giá trị là mã",))
    return Fit(0.0 if seen.share("number") < 0.5 else -0.1)


def _texts(seen: Seen, target: Target, known: Known) -> Fit:
    coded = seen.share("code", "symbol", "number")
    if target.name == "symbol":
        share = seen.share("symbol")
        return (
            Fit(0.4 * share, (f"{percent(share)} giá trị là số, ký hiệu",), share > 0.7) if share > 0.4 else Fit(-0.2)
        )
    if target.name == "number" and not target.key:
        return Fit(0.2) if seen.share("number", "code") > 0.7 else Fit(-0.6 if seen.share("symbol") > 0.5 else -0.3)
    if target.key and target.name in {"code", "id"}:
        if seen.share("day", "time") > 0.5:
            return Fit(-0.8)
        unique = (f"{percent(seen.distinct)} giá trị khác nhau",)
        if seen.distinct > 0.97 and coded > 0.6:
            return Fit(0.3, unique)
        return Fit(0.0 if seen.distinct > 0.9 else -0.2, unique)
    if seen.share("day", "time") > 0.6:
        return Fit(-0.8)
    if target.name in _PERSON_TARGETS:
        return Fit(0.3, ("giá trị giống họ tên",)) if seen.persons > 0.7 else Fit(-0.2 if coded < 0.6 else 0.0)
    if target.name in _LONG_TARGETS:
        return Fit(0.15 if seen.length > 15 and coded < 0.3 else -0.3 if coded > 0.6 else 0.0)
    if target.name == "name" and seen.agencies > 0.6 and known is not None:
        return Fit(0.1)
    return Fit(-0.2 if coded > 0.7 and not target.key and target.name not in {"number", "parent", "criterion"} else 0.0)
