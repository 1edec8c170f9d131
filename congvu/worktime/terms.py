"""Time limits as stated: an amount and a unit."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Self

from congvu.kernel.errors import Refusal


class TermNotValid(Refusal):
    """An amount and a unit that make no time limit."""

    code = "term_not_valid"


class Unit(StrEnum):
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    WORKING_HOUR = "working_hour"


STEPS_PER_UNIT = {Unit.WORKING_DAY: 2, Unit.CALENDAR_DAY: 1, Unit.MONTH: 1, Unit.WORKING_HOUR: 60}
"""The smallest amount of each unit is one step: half a day, a day, a month, a minute."""

NAMES = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.CALENDAR_DAY: "ngày",
    Unit.MONTH: "tháng",
    Unit.WORKING_HOUR: "giờ làm việc",
}
_FINEST = {
    Unit.WORKING_DAY: "phải là bội số của 0,5 ngày",
    Unit.CALENDAR_DAY: "phải là số nguyên",
    Unit.MONTH: "phải là số nguyên",
    Unit.WORKING_HOUR: "phải tròn phút",
}
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True)
class Term:
    """A time limit: an exact amount greater than 0 and its unit.

    Raises
    ------
    TermNotValid
        The amount is not a finite number greater than 0, or finer than its unit allows: ``working_day``
        in halves, ``calendar_day`` and ``month`` whole, ``working_hour`` in whole minutes.
    """

    amount: Decimal
    unit: Unit

    def __init__(self, amount: Decimal | int, unit: Unit | str) -> None:
        object.__setattr__(self, "unit", _unit(unit))
        object.__setattr__(self, "amount", Decimal(amount))
        self._check()

    @classmethod
    def parse(cls, amount: str, unit: str) -> Self:
        """Return the term written as two texts, the decimals with a point."""
        if not _NUMBER.fullmatch(amount):
            raise TermNotValid(f"Thời hạn {amount!r} không phải là số. Ví dụ: 5 hoặc 2.5.")
        return cls(Decimal(amount), unit)

    @property
    def steps(self) -> int:
        """Return the amount in the unit's smallest steps: half days, days, months or minutes."""
        return int(Fraction(self.amount) * STEPS_PER_UNIT[self.unit])

    def _check(self) -> None:
        if not self.amount.is_finite() or self.amount <= 0:
            raise TermNotValid("Thời hạn giải quyết phải lớn hơn 0. Ví dụ: 5.")
        # A Fraction, because Decimal arithmetic rounds to 28 digits and could make a wrong amount look whole.
        if (Fraction(self.amount) * STEPS_PER_UNIT[self.unit]).denominator != 1:
            raise TermNotValid(f"Thời hạn {self} không hợp lệ: số {NAMES[self.unit]} {_FINEST[self.unit]}.")

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {NAMES[self.unit]}".replace(".", ",")


def _unit(text: str) -> Unit:
    try:
        return Unit(text)
    except ValueError as error:
        known = ", ".join(Unit)
        raise TermNotValid(f"Đơn vị thời hạn {text!r} không có. Hãy dùng một trong: {known}.") from error
