"""Which column of a sheet becomes which column of a table, and why: guesses for a person to look at."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from dataclasses import dataclass

from congvu.sheets.grid import Grid
from congvu.sheets.layout import Layout
from congvu.sheets.mapping import Rule
from congvu.sheets.target import Target, TargetTable

from .assigning import assign
from .derivable import LEFT_OVER, derive
from .evidence import NEUTRAL, Fit, Known, Seen, fit, seen_columns
from .naming import Named, contains_phrase, name_score, words_of
from .proposal import Guess, Proposal, Spare

__all__ = ["Guess", "Known", "Proposal", "Spare", "guess_table", "propose"]

LEAST = 0.45
_ALONE = 0.5
_LACKS, _MOST_LACKING = 0.08, 3
"""What a table loses for each column that it needs and the sheet has not."""
_ORDINAL = frozenset(
    {("stt",), ("so", "tt"), ("so", "thu", "tu"), ("tt",), ("so", "thu", "tuc"), ("thu", "tuc"), ("no",), ("id", "stt")}
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """How well a column of the sheet would serve one of the table."""

    score: float
    name: Named
    content: Fit

    @property
    def certain(self) -> bool:
        return self.name.exact and self.content.score > -0.5


def propose(grid: Grid, layout: Layout, table: TargetTable, known: Known) -> Proposal:
    """Return a mapping of the sheet to ``table``, with a reason for every guess."""
    return _propose(seen_columns(grid, layout), grid, layout, table, known)


def _propose(columns: Sequence[Seen], grid: Grid, layout: Layout, table: TargetTable, known: Known) -> Proposal:
    pairs = [[_pair(seen, target, known) for target in table.targets] for seen in columns]
    # The table's columns are few, a sheet's may be thousands: the method is quick in that order.
    usable = [[row[to].score if row[to].score >= LEAST else 0.0 for row in pairs] for to in range(len(table.targets))]
    chosen = {at: to for to, at in assign(usable).items()}
    guesses: dict[str, Guess] = {}
    for at, to in chosen.items():
        target = table.targets[to]
        others = [(pairs[i][to].score, columns[i].heading.title) for i in range(len(columns)) if i != at]
        near = sorted((told for told in others if told[0] >= LEAST), reverse=True)[:3]
        guesses[target.name] = Guess(
            target.name,
            (columns[at].heading.title,),
            _certainty(pairs[at][to], near[0][0] if near else 0.0),
            _reasons(columns[at], target, pairs[at][to]),
            tuple(title for _score, title in near),
        )
    rules = {guess.target: Rule(guess.target, guess.sources) for guess in guesses.values()}
    return derive(columns, grid, layout, table, known, rules, guesses)


def _pair(seen: Seen, target: Target, known: Known) -> _Pair:
    if _is_ordinal(seen, target):
        return _Pair(0.0, Named(0.0, ""), NEUTRAL)
    name = name_score(seen.heading.title, target)
    content = fit(seen, target, known)
    if name.exact and content.score > -0.5:
        return _Pair(1.5 + content.score * 0.1, name, content)
    if name.score < 0.4:
        # Under a heading that says nothing or something else, only what can hardly be anything else counts.
        counts = content.alone and (target.required or target.name == "symbol")
        return _Pair(_ALONE + 0.2 * content.score if counts else 0.0, name, content)
    return _Pair(name.score + 0.6 * content.score, name, content)


def _is_ordinal(seen: Seen, target: Target) -> bool:
    """Return whether a column only counts the rows, and the table has no place for that."""
    title = seen.heading.title.rsplit(" / ", 1)[-1].strip().lower()
    plain = title in {"stt", "tt", "số tt", "số thứ tự", "no", "no.", "#", "stt."}
    if not plain or seen.share("number", "text", "code") < 0.9:
        return False
    return not (
        name_score(seen.heading.title, target).score > 0.9 and target.key and target.kind == "integer"
    ) and not (target.name == "code" and "stt" in target.called and seen.share("code") > 0.2)


def _certainty(pair: _Pair, next_best: float) -> float:
    if pair.certain:
        return 1.0
    margin = min(max(pair.score - next_best, 0.0), 0.2)
    return round(min(0.97, max(0.3, 0.75 * min(pair.score, 1.1) + margin)), 2)


def _reasons(seen: Seen, target: Target, pair: _Pair) -> tuple[str, ...]:
    title = seen.heading.title
    if pair.name.exact:
        first = f"tên cột «{title}» đúng là «{target.label}»"
    elif pair.name.score > 0.85:
        first = f"tên cột «{title}» là cách gọi khác của «{target.label}»"
    elif pair.name.score >= 0.4:
        first = f"tên cột «{title}» gần với «{pair.name.name}», một cách gọi của «{target.label}»"
    else:
        first = f"nội dung cột «{title}» hợp với «{target.label}»"
    return (first, *pair.content.reasons)


def guess_table(
    grid: Grid, layout: Layout, tables: Mapped[str, TargetTable], known: Known
) -> list[tuple[str, float, str]]:
    """Return the tables that the sheet may become, the likeliest first: name, score (0 to 1), reason."""
    columns = seen_columns(grid, layout)
    titles = " ".join([grid.name, *_front_texts(grid, layout)])
    found = []
    for table in tables.values():
        proposal = _propose(columns, grid, layout, table, known)
        score, reason = _table_score(table, proposal, columns, titles)
        found.append((table.name, score, reason))
    return sorted(found, key=lambda told: -told[1])


def _front_texts(grid: Grid, layout: Layout) -> list[str]:
    first = layout.header[0] or (layout.rows[0] if layout.rows else 1)
    return [cell for row in range(1, first) for cell in grid.row(row) if isinstance(cell, str) and cell]


def _table_score(table: TargetTable, proposal: Proposal, columns: Sequence[Seen], titles: str) -> tuple[float, str]:
    # A column that is only what is left over speaks for no table.
    told_by = [guess for guess in proposal.guesses if guess.sources and guess.certainty > LEFT_OVER]
    with_source = {guess.target: guess.certainty for guess in told_by}
    required = [target for target in table.targets if target.required]
    covered = sum(with_source.get(target.name, 0.0) for target in required) / len(required)
    real = [seen for seen in columns if seen.values and words_of(seen.heading.title) not in _ORDINAL]
    used = {source for guess in told_by for source in guess.sources}
    explained = sum(seen.heading.title in used for seen in real) / max(len(real), 1)
    keys = [target for target in table.targets if target.key]
    keyed = sum(target.name in with_source for target in keys) / len(keys)
    strength = min(sum(with_source.values()), 6.0) / 6
    phrase = contains_phrase(titles, (table.label, *table.called))
    titled = min(len(words_of(phrase)), 4) / 4 if phrase else 0.0
    left_over = sum(bool(guess.sources) for guess in proposal.guesses) - len(told_by)
    lacking = min(len(proposal.missing) + left_over, _MOST_LACKING)
    score = 0.25 * covered + 0.25 * explained + 0.1 * keyed + 0.2 * strength + 0.2 * titled - _LACKS * lacking
    told = (
        f"{len(with_source)} cột khớp, gồm {sum(t.name in with_source for t in required)}/{len(required)} cột bắt buộc"
    )
    score = max(score, 0.0)
    return round(score, 4), f"tiêu đề có «{phrase}»; {told}" if phrase else told
