"""How a document is cited: whole the first time, short when it comes again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from congvu.work.documents.queries import DocumentLine

NO_TITLE = "(không có trích yếu trong nguồn)"
_VERBS = ("ban hành", "phê duyệt", "công bố", "thành lập", "về ")


def short_citation(document: DocumentLine) -> str:
    """Return kind, number and day: ``Kế hoạch số 3652/KH-UBND ngày 24/12/2021``."""
    if not document.symbol:
        kind = "" if document.kind == "other" else f"{document.kind_name} "
        return kind + (_title_phrase(document.title, about=False) if kind else document.title)
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return f"{document.kind_name} số {document.symbol}{day}"


def full_citation(document: DocumentLine) -> str:
    """Return the short citation with issuer and title, as far as the register knows them."""
    parts = [short_citation(document), f"của {document.issuer}"]
    if document.symbol and document.title != NO_TITLE:
        parts.append(_title_phrase(document.title, about=True))
    return " ".join(parts)


def _title_phrase(title: str, *, about: bool) -> str:
    if title.lower().startswith("v/v "):
        title = "Về việc " + title[4:]
    first = title.split(" ", 1)[0]
    # an abbreviation keeps its capitals
    lowered = title if first.isupper() and len(first) > 1 else title[:1].lower() + title[1:]
    if not about or lowered.startswith(_VERBS):
        return lowered
    return f"về {lowered}"


def note_text(documents: Sequence[DocumentLine], cited: set[str]) -> str:
    """Return the words of a footnote that cites ``documents``; those in ``cited`` have been cited whole before."""
    titles = {document.title for document in documents}
    if len(documents) > 2 and len(titles) == 1 and all(d.symbol for d in documents):
        listed = "; ".join(f"{d.symbol} của {d.issuer}" for d in documents)
        return f"{documents[0].title} số: {listed}."
    words = [short_citation(d) if d.id in cited else full_citation(d) for d in documents]
    return "; ".join(words) + "."


def inline_text(documents: Sequence[DocumentLine]) -> str:
    """Return the documents named in a sentence; neighbours of one issuer name it once, after the last of them."""
    groups = [(issuer, [short_citation(d) for d in group]) for issuer, group in groupby(documents, lambda d: d.issuer)]
    parts: list[str] = []
    for issuer, citations in groups:
        parts += [*citations[:-1], f"{citations[-1]} của {issuer}"]
    return _joined(parts)


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " và " + parts[-1]
