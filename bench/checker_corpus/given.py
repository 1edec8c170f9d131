"""Figures and articles that others gave (the folder that ``CONGVU_TESTDATA`` names), beside our own sentences.

Nothing of their text is kept here: of an article, only the numbers that stand in a relation.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from .language import Passage, Segment, Template, draw

NAME = "CONGVU_TESTDATA"

ARTICLES = {
    "train-076265.txt": (("share", "22.530", "8.505", "37,75%"), ("sum", "1.990", "1.885", "105")),
    "train-105365.txt": (("sum", "880", "589", "291"), ("share", "1.100", "120", "10%")),
}
"""What holds in each article: the kind, and the numbers as they are written there."""


@dataclass(frozen=True)
class Given:
    passages: tuple[Passage, ...] = ()
    note: str = ""


def given() -> Given:
    """Return the clean passages of the given data; without the data, a sentence that says so."""
    folder = os.environ.get(NAME)
    if not folder:
        return Given(note=f"{NAME} is not set: the given figures and articles are left out.")
    root = Path(folder) / "vn_reports" if (Path(folder) / "vn_reports").is_dir() else Path(folder)
    figures = [json.loads(line) for path in sorted(root.glob("pages_figures*.jsonl")) for line in _lines(path)]
    passages = [passage for record in figures for passage in _sentences(record)]
    articles = [_article(path) for path in sorted((root / "verbatim_vietnews").glob("*.txt"))]
    found = (*passages, *articles)
    return Given(found, f"{NAME}: {len(passages)} passages from given figures, {len(articles)} articles.")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


MONTH = Template(
    "given-month",
    "Trong kỳ, trung tâm nhận mới {moi} hồ sơ, kỳ trước chuyển sang {ton} hồ sơ, cộng lại phải xử lý {luyke} hồ sơ. "
    "Số đến hạn là {denhan} hồ sơ: trả sớm và đúng hẹn {dung} hồ sơ (đạt {p|d2}%), chậm {cham} hồ sơ (chiếm {q|d2}%). "
    "Có {rut} hồ sơ được rút.",
    "luyke=moi+ton; denhan=dung+cham; p=dung%denhan; q=cham%denhan",
)
LEVELS = Template(
    "given-levels",
    "Các sở nhận {so} hồ sơ, trả đúng hẹn {so_dung} hồ sơ, đạt {p|t2}%. Cấp huyện nhận {huyen} hồ sơ, trả đúng hẹn "
    "{huyen_dung} hồ sơ, đạt {q|t2}%. Cấp xã nhận {xa} hồ sơ, trả đúng hẹn {xa_dung} hồ sơ, đạt {r|t2}%.",
    "p=so_dung%so; q=huyen_dung%huyen; r=xa_dung%xa",
)


def _sentences(record: dict[str, Any]) -> list[Passage]:
    """Our own sentences with the figures of ``record``, where it has those that a template needs."""
    figures = record.get("fig", {})
    groups = [figures, *(group for group in figures.values() if isinstance(group, dict))]
    return [
        _with_figures(template, {name: group[name] for name in names})
        for group in groups
        for template, names in (
            (MONTH, ("moi", "ton", "luyke", "denhan", "dung", "cham", "rut")),
            (LEVELS, ("so", "so_dung", "huyen", "huyen_dung", "xa", "xa_dung")),
        )
        if all(isinstance(group.get(name), int) for name in names)
    ]


def _with_figures(template: Template, figures: dict[str, int]) -> Passage:
    fixed = "; ".join(f"{name}:{number}-{number}" for name, number in figures.items())
    return draw(Template(template.name, template.text, f"{fixed}; {template.rules}"), Random(0))[0]


def _article(path: Path) -> Passage:
    return Passage(f"article {path.name}", (Segment(path.read_text(encoding="utf-8")),), ())


def relations_of_articles(passages: tuple[Passage, ...]) -> int:
    """How many known relations the articles among ``passages`` hold, each number of them being there."""
    texts = {passage.template.removeprefix("article "): passage.text for passage in passages}
    return sum(
        all(number in texts.get(name, "") for number in numbers)
        for name, relations in ARTICLES.items()
        for _kind, *numbers in relations
    )
