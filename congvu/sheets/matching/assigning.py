"""The best one-to-one assignment: which pairs together have the highest total."""

from __future__ import annotations

from collections.abc import Sequence


def assign(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return the row → column pairs with the highest total; a pair of score 0 or less is none.

    Kuhn and Munkres' method on the negated scores; rows never outnumber the columns, which are filled with blanks.

    >>> assign([[0.9, 0.8], [0.8, 0.1]])
    {0: 1, 1: 0}
    """
    height = len(scores)
    width = max((len(row) for row in scores), default=0)
    if not height or not width:
        return {}
    size = width + height  # a blank column for each row: a row may stay without
    cost = [[0.0, *(-max(score, 0.0) for score in row), *([0.0] * (size - len(row)))] for row in scores]
    by_row, by_column = [0.0] * (height + 1), [0.0] * (size + 1)
    owner, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, height + 1):
        owner[0] = row
        at = 0
        least = [float("inf")] * (size + 1)
        done = [False] * (size + 1)
        while True:
            done[at] = True
            current, delta, following = owner[at], float("inf"), 0
            line, base = cost[current - 1], by_row[current]
            for column in range(1, size + 1):
                if done[column]:
                    continue
                reduced = line[column] - base - by_column[column]
                if reduced < least[column]:
                    least[column], way[column] = reduced, at
                if least[column] < delta:
                    delta, following = least[column], column
            for column in range(size + 1):
                if done[column]:
                    by_row[owner[column]] += delta
                    by_column[column] -= delta
                else:
                    least[column] -= delta
            at = following
            if owner[at] == 0:
                break
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    pairs = {owner[column] - 1: column - 1 for column in range(1, size + 1) if owner[column]}
    return {
        row: column for row, column in sorted(pairs.items()) if column < len(scores[row]) and scores[row][column] > 0
    }
