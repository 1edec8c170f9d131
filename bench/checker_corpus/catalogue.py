"""All templates, and passages drawn from them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from . import (
    templates_dossiers,
    templates_growth,
    templates_letters,
    templates_lists,
    templates_money,
    templates_offices,
    templates_quiet,
    templates_shares,
    templates_society,
)
from .errors import Injected
from .language import Draw, Passage, Template, draw
from .slips import INJECTORS

TEMPLATES: tuple[Template, ...] = (
    *templates_dossiers.TEMPLATES,
    *templates_offices.TEMPLATES,
    *templates_money.TEMPLATES,
    *templates_society.TEMPLATES,
    *templates_growth.TEMPLATES,
    *templates_lists.TEMPLATES,
    *templates_letters.TEMPLATES,
    *templates_quiet.TEMPLATES,
    *templates_shares.TEMPLATES,
)


def rounds(rng: Random, number: int) -> Iterator[tuple[Passage, Draw]]:
    """Draw every template ``number`` times, each time with other numbers."""
    for _ in range(number):
        for template in TEMPLATES:
            yield draw(template, rng)


def clean_passages(seed: int, number: int) -> list[Passage]:
    return [passage for passage, _drawing in rounds(Random(seed), number)]


def injected_passages(seed: int, kind: str, number: int) -> list[Injected]:
    """Return ``number`` passages with one error of ``kind``, the templates taking turns."""
    rng = Random(f"{seed} {kind}")
    injected: list[Injected] = []
    order = list(TEMPLATES)
    for _ in range(200):
        rng.shuffle(order)
        for template in order:
            passage, drawing = draw(template, rng)
            found = INJECTORS[kind](passage, drawing, rng)
            if found is not None and found.passage.text != passage.text:
                injected.append(found)
            if len(injected) == number:
                return injected
    return injected
