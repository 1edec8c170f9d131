"""The order in which a manuscript is read."""

from __future__ import annotations

from collections.abc import Iterator

from congvu.press.manuscript import Manuscript, Paragraph


def body(manuscript: Manuscript) -> Iterator[Paragraph]:
    """Yield every paragraph and cell of the body in reading order."""
    for block in manuscript.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                yield from row


def in_order(manuscript: Manuscript) -> Iterator[Paragraph]:
    """Yield every paragraph and cell of the body in reading order, then every note."""
    yield from body(manuscript)
    yield from manuscript.notes
