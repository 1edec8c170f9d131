"""Whole reports put together from passages, each on another topic so that nothing in one contradicts another."""

from __future__ import annotations

from random import Random

from .catalogue import TEMPLATES
from .language import Passage, Segment, Template, draw

SAME_TOPIC = {
    "growth": "dossiers", "offices": "staff", "people": "poverty", "again": "dossiers", "feedback": "feedback",
    "procedures": "dossiers", "online": "dossiers", "capital": "budget", "debts": "budget", "epidemic": "vaccinated",
    "crimes": "market", "visitors": "trade", "schools": "exams", "shares": "shares", "new": "units",
}  # fmt: skip
"""Topics that speak of the same quantities, by the first word of a template's name."""

OPENING = (
    "Báo cáo của Ủy ban nhân dân (UBND) tỉnh và Hội đồng nhân dân (HĐND) tỉnh về các mặt công tác trong năm, "
    "theo đề cương đã gửi các cơ quan, đơn vị."
)
HEADINGS = (
    "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
    "II. KẾT QUẢ THỰC HIỆN",
    "III. TỒN TẠI, HẠN CHẾ",
    "IV. NHIỆM VỤ THỜI GIAN TỚI",
)
LETTERS_A_PAGE = 2600
"""What a page of a report in 14-point type with its margins holds."""


def topic(template: Template) -> str:
    first = template.name.split("-")[0]
    return SAME_TOPIC.get(first, first)


def document(seed: int) -> Passage:
    """One report of some thirty passages that agree with one another."""
    rng = Random(f"document {seed}")
    by_topic: dict[str, list[Template]] = {}
    for template in TEMPLATES:
        by_topic.setdefault(topic(template), []).append(template)
    chosen = [rng.choice(templates) for templates in by_topic.values()]
    rng.shuffle(chosen)
    segments, relations = [Segment(OPENING)], []
    for number, template in enumerate(chosen):
        if number % (len(chosen) // len(HEADINGS) + 1) == 0:
            segments.append(Segment("\n\n" + HEADINGS[number * len(HEADINGS) // len(chosen)]))
        passage, _drawing = draw(template, rng)
        segments.append(Segment("\n\n"))
        # the slots of two passages may have the same names
        segments += [Segment(s.text, s.slot and f"{number} {s.slot}", s.value) for s in passage.segments]
        relations += [
            type(one)(
                one.kind, tuple(f"{number} {slot}" for slot in one.slots), one.stated, one.computed, one.tolerance
            )
            for one in passage.relations
        ]
    return Passage(f"document {seed}", tuple(segments), tuple(relations))


def pages(number: int) -> str:
    """A text of ``number`` pages, to measure the time that checking takes."""
    text, seed = "", 1000
    while len(text) < number * LETTERS_A_PAGE:
        text += document(seed).text + "\n\n"
        seed += 1
    return text[: number * LETTERS_A_PAGE]
