"""A report's Word file and its drafts: renewed, brought back, their history."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from congvu.access.rules import Permission
from congvu.reports import drafts
from congvu.reports.bringing_back import bring_back
from congvu.reports.queries import part_of
from congvu.reports.refreshing import refresh_word
from congvu.reports.term import Term

from ..drafts_page import changes_listing, drafts_listing
from ..forms import Noted, WordForm, accepted, posted
from ..guards import Seated, needs
from ..list_export import show_list
from ..word_page import WordPage, refreshed_page, returned_page
from .reports import download


@needs(Permission.WRITE_REPORT)
@require_http_methods(["GET", "POST"])
def report_word(request: Seated, kind: str, term: Term) -> HttpResponse:
    drafts.get_draft_text(request.reader, kind, term.year, part=part_of(kind, term))
    form = WordForm(posted(request), request.FILES or None)
    page, status = WordPage(kind, term), 200
    if request.method == "POST":
        deed = Noted(lambda: _word_deed(request, form, kind, term))
        if not accepted(form, deed):
            status = deed.status
            page = WordPage(kind, term, carried=form.cleaned_data.get("carried", ""))
        elif isinstance(deed.result, bytes):
            return download(deed.result, "docx", f"bao-cao-{term.slug}-lam-moi.docx")
        elif isinstance(deed.result, WordPage):
            page = deed.result
    return render(request, "reports/word.html", {"page": page, "form": form}, status=status)


def _word_deed(request: Seated, form: WordForm, kind: str, term: Term) -> WordPage | bytes:
    docx, action = form.docx, form.cleaned_data["action"]
    if action == "return":
        return returned_page(
            kind,
            term,
            bring_back(docx, reader=request.reader, kind=kind, year=term.year, part=term.part),
            request.reader,
        )
    if action == "download" and form.is_carried:
        return docx
    word = refresh_word(docx, reader=request.reader, kind=kind, year=term.year, part=term.part)
    return word.docx if action == "download" else refreshed_page(kind, term, word)


@needs(Permission.WRITE_REPORT)
@require_GET
def report_drafts(request: Seated, kind: str, term: Term) -> HttpResponse:
    text = drafts.get_draft_text(request.reader, kind, term.year, part=part_of(kind, term))
    listing = drafts_listing(kind, term, drafts.history(request.reader, kind, term.year, part=term.part))
    return show_list(request, "reports/drafts.html", listing, {"kind": kind, "term": term, "text": text})


@needs(Permission.WRITE_REPORT)
@require_GET
def report_draft_changes(request: Seated, kind: str, term: Term, number: int) -> HttpResponse:
    found = drafts.draft_changes(request.reader, kind, term.year, number, part=part_of(kind, term))
    context = {"kind": kind, "term": term, "found": found}
    return show_list(request, "reports/draft_changes.html", changes_listing(term, found), context)
