"""What is wrong, or only odd, in a package: always with file, line, column and value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from congvu.kernel.errors import Refusal

CAP = 1_000
"""So many errors (and so many warnings) of a package are listed; of the rest only the count is told."""

DESCRIPTION = "datapackage.json"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """``expected`` says in Vietnamese what was expected; ``value`` is the cell as it was sent.

    ``line`` is the file's line on which the row begins, from 1; None where the whole file, or no line, is meant.
    """

    file: str
    line: int | None
    column: str | None
    value: str | None
    expected: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        column = "" if self.column is None else f"{self.column}: "
        value = "" if self.value is None else f"{_quoted(self.value)} "
        return f"{place}: {column}{value}{self.expected}"

    def as_json(self, severity: str) -> dict[str, Any]:
        return {
            "severity": severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "value": None if self.value is None else printable(self.value),
            "expected": self.expected,
        }


def printable(value: str) -> str:
    """Return the value with bytes that were no UTF-8 written as ``\\xff``, cut where it is very long."""
    shown = value.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"


def _quoted(value: str) -> str:
    escaped = printable(value).replace("\0", "\\0").replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    return f"'{escaped}'"


@dataclass
class Findings:
    """A list with a cap: the first ``cap`` are kept, all are counted."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0
    cap: int = CAP

    def add(self, problem: Problem) -> None:
        self.count += 1
        if len(self.kept) < self.cap:
            self.kept.append(problem)

    @property
    def full(self) -> bool:
        return self.count >= self.cap

    @property
    def beyond(self) -> int:
        """How many are counted and not listed."""
        return self.count - len(self.kept)

    def lines(self) -> set[int]:
        """Return the lines that what is kept stands on."""
        return {problem.line for problem in self.kept if problem.line is not None}

    def in_order(self, files: Iterable[str] = ()) -> list[Problem]:
        """Return what is kept by file (``files`` first, in their order), line and column."""
        rank = {name: number for number, name in enumerate([DESCRIPTION, *files])}
        last = len(rank)
        return sorted(self.kept, key=lambda p: (rank.get(p.file, last), p.file, p.line or 0, p.column or ""))


@dataclass
class Report:
    """Errors refuse the package, warnings do not. ``place`` names a line of the file within a sentence."""

    errors: Findings = field(default_factory=Findings)
    warnings: Findings = field(default_factory=Findings)
    place: Callable[[int], str] = "dòng {}".format

    def error(self, file: str, line: int | None, column: str | None, value: str | None, expected: str) -> None:
        self.errors.add(Problem(file, line, column, value, expected))

    def warn(self, file: str, line: int | None, column: str | None, value: str | None, expected: str) -> None:
        self.warnings.add(Problem(file, line, column, value, expected))


class PackageRefused(Refusal):
    """Something in the package is wrong, so nothing of it was written. ``problems`` lists at most ``CAP`` errors."""

    code = "package_refused"
    status = 422

    def __init__(self, errors: Findings, files: Iterable[str] = ()) -> None:
        self.problems = errors.in_order(files)
        self.count = errors.count
        self.lines = errors.lines()
        super().__init__(
            f"Gói dữ liệu có {self.count} lỗi, chưa ghi gì vào cơ sở dữ liệu. Lỗi đầu tiên: {self.problems[0]}"
        )

    @property
    def beyond(self) -> int:
        return self.count - len(self.problems)
