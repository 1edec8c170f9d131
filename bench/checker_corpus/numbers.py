"""How a number is shown, and by how much what is shown may differ from the number."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
NOTHING = Decimal(0)


def grouped(value: Decimal) -> str:
    """Return ``value`` as Vietnamese writes it: 1234567.5 → ``1.234.567,5``."""
    whole, _, fraction = f"{value:,f}".partition(".")
    return whole.replace(",", ".") + ("," + fraction if fraction else "")


def decimals_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def to_places(value: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding)


def shown(value: Decimal, option: str) -> tuple[str, Decimal, Decimal]:
    """Return the text of ``value``, the number that the text says, and the most by which they may differ.

    Options: ``02`` two digits at least; ``word`` in words up to ten; ``plain`` without separators; ``dN`` rounded and
    ``tN`` cut to N decimals; ``rN`` down and ``cN`` up to a multiple of N; ``k1`` in thousands with one decimal.
    """
    if option.startswith("d"):
        said = to_places(value, int(option[1:]))
        return grouped(said), said, Decimal(5).scaleb(-int(option[1:]) - 1)
    if option.startswith("t"):
        said = to_places(value, int(option[1:]), ROUND_FLOOR)
        return grouped(said), said, Decimal(1).scaleb(-int(option[1:]))
    if option[:1] in ("r", "c"):
        unit = Decimal(option[1:])
        said = (value / unit).to_integral_value(ROUND_FLOOR if option[0] == "r" else ROUND_CEILING) * unit
        return grouped(said), said, unit
    if option == "k1":
        said = to_places(value / 1000, 1)
        return grouped(said), said * 1000, Decimal(50)
    if option == "word" and value == value.to_integral_value() and 0 <= value <= 10:
        return WORDS[int(value)], value, NOTHING
    if option == "02" and value < 10:
        return f"{int(value):02d}", value, NOTHING
    if option == "plain":
        return f"{value:f}", value, NOTHING
    return grouped(value), value, NOTHING
