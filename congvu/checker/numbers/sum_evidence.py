"""What, beside a total and its parts, tells whether they should add up: rates, a second list, a blank in a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..grammar.passages import Passage
from ..grammar.quantities import Quantity
from ..grammar.units import same_unit
from ..grammar.vocabulary import said
from .chains import Chain, Opener
from .rates import fits, is_number, numerator_of

_EACH, _ALIKE = said("mỗi"), said("cùng, đều, đều có, cùng có", at="end")


def proven(chain: Chain, holding: Sequence[Chain]) -> bool:
    """Return whether a list told item by item with this one, in another unit, adds up: "337 lượt với 369 người"."""
    own = {id(part) for part in (chain.total, *chain.parts)}
    return any(
        len(other.parts) == len(chain.parts)
        and not own & {id(part) for part in (other.total, *other.parts)}
        and abs(chain.total.start - other.total.start) < 60
        and all(abs(a.start - b.start) < 60 for a, b in zip(chain.parts, other.parts, strict=True))
        for other in holding
    )


def told_twice(chain: Chain, around: Sequence[Quantity]) -> Chain | None:
    """Return the first of two ways of telling parts that add up to the same: "27 … và 43 …; 68 phù hợp, 02 cần sửa"."""
    total = chain.total
    if chain.opener not in (Opener.PART, Opener.WHOLE, Opener.MARK) or not total.is_count:
        return None
    last = max(part.start for part in chain.parts)
    after = [q for q in around if q.start > last and q.is_count and same_unit(q.unit, total.unit)]
    told = [q.value for q in (*chain.parts, *after)]
    for cut in range(2, len(chain.parts) + 1):
        amount = sum(told[:cut])
        near = amount >= 10 and 0.5 * amount < total.value < 2 * amount
        if near and any(sum(told[cut:stop]) == amount for stop in range(cut + 2, len(told) + 1)):
            return replace(chain, parts=chain.parts[:cut])
    return None


def by_its_rate(chain: Chain, passage: Passage) -> bool:
    """Return whether the rate beside the total follows from what the parts add up to, and not from the total."""
    total, found = chain.total, passage.quantities
    alike = all(q.step == total.step and not q.qualifier for q in (total, *chain.parts))
    if chain.opener not in (Opener.PART, Opener.WHOLE, Opener.MARK) or not alike:
        return False
    place = next((i for i, q in enumerate(found) if q.is_share and q.start > total.start), None)
    if place is None or numerator_of(passage, place) is not total or found[place].step > 0.11:
        return False
    amount = replace(total, value=sum(part.value for part in chain.parts)).span
    bases = [q.span for q in found if q is not total and q not in chain.parts and is_number(q)]
    bases = [base for base in bases if base.low > 0]
    return any(fits(found[place], amount, base) for base in bases) and not any(
        fits(found[place], total.span, base) for base in bases
    )


def of_its_shares(chain: Chain, passage: Passage) -> bool:
    """Return whether every part stands with a share of its own that is right for the total."""
    found, total = passage.quantities, chain.total
    right = {
        id(part)
        for place, share in enumerate(found)
        if share.is_share and (part := numerator_of(passage, place)) and fits(share, part.span, total.span)
    }
    return all(id(part) in right for part in chain.parts)


def cut_off(quantity: Quantity, passage: Passage) -> bool:
    """Return whether a number is the end of one with a blank in it: "7. 572 triệu"; that slip is one of form."""
    return bool(re.match(r"\d{3}(?!\d)", quantity.text) and re.search(r"\d\.\s$", passage.text[: quantity.start]))


def counts_several(chain: Chain) -> bool:
    """Return whether parts told of each of several could fill the total: "Hà Nội và Hưng Yên mỗi nơi 6 ca"."""
    several = any(_EACH.search(part.words) or _ALIKE.search(part.before) for part in chain.parts)
    return several and sum(part.value for part in chain.parts) < chain.total.value
