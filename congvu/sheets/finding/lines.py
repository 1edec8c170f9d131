"""The rows of a sheet that are looked at one by one, and what kind of line each may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from congvu.kernel.text import fold, nfc
from congvu.sheets.grid import Area, Cell, Grid
from congvu.sheets.shapes import shape

_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\W*tu do\W*hanh phuc|dang cong san viet nam|socialist republic")
_LINE_OF_TITLE = re.compile(
    r"^(?:\(?(?:tu|tinh tu) (?:ngay|thang)\b.*|(?:tu )?ngay .*\bden (?:ngay|het)\b.*|\(?kem theo\b.*|don vi tinh\b.*"
    r"|dvt\b.*"
    r"|(?:bieu|mau|phu luc)(?: so)?\W+[\w./-]*.*"
    r"|ngay (?:xuat|in|lap|bao cao)\b.*"
    r"|(?:nguoi|thoi gian|thoi diem) (?:xuat|in|lap)\b.*|xuat (?:ngay|luc)\b.*)$"
)
_PERIOD = re.compile(r"^(?:ky|thang|quy|nam)(?: bao cao)?\W*\d.*$")
_TOTAL = re.compile(
    r"^(?:\W*)(?:tong(?: so| cong| chung| hop| luy ke)*|cong(?: don| chung| luy ke| trang(?: truoc)?| lai)?"
    r"|toan (?:tinh|huyen|nganh)"
    r"|grand total|total|subtotal|sum)(?:\s*(?:ho so|van ban|luot|don vi|nguoi|thu tuc|ban ghi|dong))?"
    r"(?:\s*[:.(=].*|\s+[\d.,]+.*|\s*)$"
)
_FOOT = re.compile(
    r"^\W*(?:nguoi (?:lap|bao cao|tong hop|kiem tra|duyet|ky|xuat)\b|lap bieu\b|ghi chu\s*[:.]|chu thich\b"
    r"|noi nhan\s*[:.]|luu\s*[:.]"
    r"|nguon(?: so lieu)?\s*[:.]|thu truong\b|(?:tm|kt|tl|tuq|q)\.\s|giam doc\b|chu tich\b|truong phong\b"
    r"|chanh van phong\b"
    r"|pho (?:giam doc|chu tich|truong phong)\b|xac nhan cua\b|\(?ky(?:,| ten| ghi|\s*\()|ngay \d* *\W* *thang\b"
    r"|[\w .]+,\s*ngay\b.*\bthang\b|ke toan\b|noi nhan$|ghi chu$|phu trach\b"
    r"|danh sach (?:nay )?(?:co|gom)\b|trang \d+\s*(?:/|tren)?)"
)
_PAGE = re.compile(r"^(?:trang|page)\s*\d+(?:\s*(?:/|tren|of)\s*\d+)?$")
_NUMBERED = re.compile(
    r"^\(?\d{1,2}\)?(?:\.0)?(?:\s*=\s*.*)?$|^\[\d{1,2}\](?:\s*=.*)?$|^\(?[a-e]\)?$|^\(\d{1,2}\s*=.*\)$"
)
_MOST_IN_FRONT = 3
_WORDS = (
    "stt tt mã tên ngày số họ ghi trạng tình kết loại hình thời người lĩnh mức cấp năm hạn chức trích ký hẹn đơn cơ "
    "nơi địa điện nội lý kênh nguồn đối chủ cán giờ điểm thứ bộ thuộc hiệu đánh xếp email id code name date status "
    "type kind no number title agency unit channel category received due finished created closed result description "
    "note thông phương từ đến quyết tiêu giới khóa lớp học tổng phòng vị nhiệm thủ tthc dvc văn tiếp giải hồ báo biện "
    "về đã có lần bước công tháng quý tuần từng diễn phản danh đề tồn phát khắc key valid from to level parent"
)
_HEADING_WORDS = frozenset(_WORDS.split())
_HEADING_FOLDED = frozenset(fold(word) for word in _HEADING_WORDS)


@dataclass(frozen=True, slots=True)
class Line:
    """A row with content: ``filled`` are its columns with content, ``texts`` those cells as people see them."""

    row: int
    filled: tuple[int, ...]
    texts: tuple[str, ...]
    cells: tuple[Cell, ...]

    def text(self, column: int) -> str:
        return self.texts[self.filled.index(column)] if column in self.filled else ""

    @property
    def signature(self) -> tuple[tuple[int, str], ...]:
        """What two prints of one header share."""
        return tuple((c, fold(text)) for c, text in zip(self.filled, self.texts, strict=True))


@dataclass
class Look:
    """The lines of a grid that were looked at; ``under`` are cells that a merged area covers, with its first cell."""

    grid: Grid
    under: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    areas: dict[tuple[int, int], Area] = field(default_factory=dict)
    known: dict[int, Line | None] = field(default_factory=dict)

    def line(self, row: int) -> Line | None:
        """Return the row as a line, None if it is empty."""
        if row not in self.known:
            self.known[row] = _line(self.grid, row)
        return self.known[row]

    def lines(self, rows: Iterable[int]) -> Iterator[Line]:
        for row in rows:
            if (line := self.line(row)) is not None:
                yield line

    def held(self, line: Line) -> set[int]:
        """Return the columns that have a value in this row, or one that a merged area brings down to it."""
        found = set(line.filled)
        for column in range(self.grid.width):
            first = self.under.get((line.row, column))
            if first is not None and first[0] < line.row and self.grid.columns[first[1]][first[0] - 1] != "":
                found.add(column)
        return found

    def width_of(self, row: int, column: int) -> int:
        """Return over how many columns the cell is merged."""
        area = self.area(row, column)
        return area.right - area.left + 1 if area else 1

    def area(self, row: int, column: int) -> Area | None:
        return self.areas.get((row, column))


MOST_COVERED = 500_000


def look(grid: Grid) -> Look:
    found = Look(grid, areas={(area.top, area.left): area for area in grid.merged})
    for area in grid.merged:
        bottom, right = min(area.bottom, grid.height), min(area.right, grid.width - 1)
        if (bottom - area.top + 1) * (right - area.left + 1) + len(found.under) > MOST_COVERED:
            continue
        for row in range(area.top, bottom + 1):
            for column in range(area.left, right + 1):
                if (row, column) != (area.top, area.left):
                    found.under[row, column] = (area.top, area.left)
    return found


def _line(grid: Grid, row: int) -> Line | None:
    cells = grid.row(row)
    filled = tuple(c for c, cell in enumerate(cells) if cell != "" and not (isinstance(cell, str) and not cell.strip()))
    if not filled:
        return None
    return Line(row, filled, tuple(_seen(cells[c]) for c in filled), tuple(cells[c] for c in filled))


def _seen(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(nfc(str(cell)).split())


def is_heading(text: str, cell: Cell) -> bool:
    """Return whether a cell may be a title: a short text that is no value."""
    if not isinstance(cell, str) or len(text) > 150 or not any(map(str.isalpha, text)):
        return False
    if sum(map(str.isdigit, text)) > 4 or _MOTTO.search(fold(text)):
        return False
    return shape(cell) in {"text", "code"} or "_" in text


def is_known_heading(text: str) -> bool:
    """Return whether a title begins as titles of columns do."""
    words = text.lower().replace("_", " ").replace("/", " ").replace(".", " ").split()
    if not words or len(words) > 10:
        return False
    first = words[0].strip("()[]*:,;-")
    return first in (_HEADING_FOLDED if text.isascii() else _HEADING_WORDS)


def is_front(line: Line) -> bool:
    """Return whether a line belongs to what stands above a table: motto, days of the list, unit."""
    plain = [fold(text) for text in line.texts]
    # In a row of many cells "Từ ngày" or "Đơn vị tính" is the title of a column.
    alone = len(plain) <= _MOST_IN_FRONT
    if any(_MOTTO.search(text) or (alone and _LINE_OF_TITLE.match(text)) for text in plain):
        return True
    return len(plain) == 1 and bool(_PERIOD.match(plain[0]))


def is_total(line: Line) -> bool:
    texts = [text for text, cell in zip(line.texts, line.cells, strict=True) if isinstance(cell, str)]
    return any(_TOTAL.match(fold(text)) for text in texts[:2])


def is_foot(line: Line) -> bool:
    return any(_FOOT.match(fold(text)) for text in line.texts)


def is_page(line: Line) -> bool:
    return len(line.texts) <= 2 and any(_PAGE.match(fold(text)) for text in line.texts)


def is_numbering(line: Line, columns: int) -> bool:
    """Return whether a line numbers the columns: ``(1) (2) (3)``, ``A B 1 2 3``, ``(5)=(3)+(4)``."""
    texts = [fold(text) for text in line.texts]
    if len(texts) < max(2, columns // 2) or not all(_NUMBERED.match(text) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    letters = [text.strip("()") for text in texts if not re.search(r"\d", text)]
    marked = any(not text.isdigit() for text in texts)
    steps = [second - first for first, second in pairwise(numbers)]
    return letters == sorted(set(letters)) and all(step == 1 for step in steps) and (marked or len(numbers) >= 3)
