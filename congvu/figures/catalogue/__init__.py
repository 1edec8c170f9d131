"""Every figure, once (docs/reference/figures.md is made from here)."""

from ..definition import Figure
from . import direction, people, services

FIGURES: dict[str, Figure] = {figure.id: figure for figure in (*direction.FIGURES, *services.FIGURES, *people.FIGURES)}
ADDITIVE: dict[str, Figure] = {id_: figure for id_, figure in FIGURES.items() if figure.additive}
