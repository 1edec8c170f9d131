"""A report's Word file and its drafts: renewed, brought back, edited paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.messages import success
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congvu.access.rules import Permission
from congvu.kernel.errors import Refusal
from congvu.reports import drafts, redrafting
from congvu.reports.bringing_back import bring_back
from congvu.reports.queries import part_of
from congvu.reports.refreshing import refresh_word
from congvu.reports.term import Term

from ..forms import ParagraphForm, WordForm, accepted, posted
from ..guards import Seated, needs
from ..word_page import WordPage, refreshed_page, returned_page
from .reports import download

UNPROCESSABLE = 422
CONFLICT = 409


@needs(Permission.WRITE_REPORT)
@require_http_methods(["GET", "POST"])
def report_word(request: Seated, kind: str, term: Term) -> HttpResponse:
    drafts.get_draft_text(request.reader, kind, term.year, part=part_of(kind, term))
    form = WordForm(posted(request), request.FILES)
    page, status = WordPage(kind, term), 200
    if request.method == "POST":
        deed = _Noted(lambda: _word_deed(request, form, kind, term))
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
            kind, term, bring_back(docx, reader=request.reader, kind=kind, year=term.year, part=term.part)
        )
    if action == "download" and form.is_carried:
        return docx
    word = refresh_word(docx, reader=request.reader, kind=kind, year=term.year, part=term.part)
    return word.docx if action == "download" else refreshed_page(kind, term, word)


class _Noted:
    """A deed that remembers what it gave, and the status of the refusal in which it ended."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self._deed = deed
        self.status = UNPROCESSABLE
        self.result: object = None

    def __call__(self) -> None:
        try:
            self.result = self._deed()
        except Refusal as refusal:
            self.status = CONFLICT if refusal.status == CONFLICT else UNPROCESSABLE
            raise


@needs(Permission.WRITE_REPORT)
@require_GET
def report_drafts(request: Seated, kind: str, term: Term) -> HttpResponse:
    context = {
        "kind": kind,
        "term": term,
        "text": drafts.get_draft_text(request.reader, kind, term.year, part=part_of(kind, term)),
        "history": drafts.history(request.reader, kind, term.year, part=term.part),
    }
    return render(request, "reports/drafts.html", context)


@needs(Permission.WRITE_REPORT)
@require_GET
def report_draft_changes(request: Seated, kind: str, term: Term, number: int) -> HttpResponse:
    found = drafts.draft_changes(request.reader, kind, term.year, number, part=part_of(kind, term))
    return render(request, "reports/draft_changes.html", {"kind": kind, "term": term, "found": found})


@needs(Permission.WRITE_REPORT)
@require_http_methods(["GET", "POST"])
def report_paragraph(request: Seated, kind: str, term: Term, number: int, position: int) -> HttpResponse:
    text = drafts.get_draft_text(request.reader, kind, term.year, number, part=part_of(kind, term))
    if not 1 <= position <= len(text.paragraphs):
        raise Http404("Không tìm thấy đoạn này.")
    form = ParagraphForm(posted(request), initial={"text": text.paragraphs[position - 1].text})
    deleting = request.POST.get("action") == "delete"
    if deleting:
        form.fields["text"].required = False

    def write() -> int:
        if deleting:
            return redrafting.delete_paragraph(kind, term.year, number, position, reader=request.reader, part=term.part)
        words = form.cleaned_data["text"]
        return redrafting.edit_paragraph(
            kind, term.year, number, position, words, reader=request.reader, part=term.part
        )

    return _paragraph(request, kind, term, number, position, form, write, adds=False)


@needs(Permission.WRITE_REPORT)
@require_http_methods(["GET", "POST"])
def report_paragraph_add(request: Seated, kind: str, term: Term, number: int, position: int) -> HttpResponse:
    text = drafts.get_draft_text(request.reader, kind, term.year, number, part=part_of(kind, term))
    if position > len(text.paragraphs):
        raise Http404("Không tìm thấy đoạn này.")
    form = ParagraphForm(posted(request))

    def write() -> int:
        words = form.cleaned_data["text"]
        return redrafting.add_paragraph(kind, term.year, number, position, words, reader=request.reader, part=term.part)

    return _paragraph(request, kind, term, number, position, form, write, adds=True)


def _paragraph(
    request: Seated,
    kind: str,
    term: Term,
    number: int,
    position: int,
    form: ParagraphForm,
    write: Callable[[], int],
    *,
    adds: bool,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        deed = _Noted(write)
        if accepted(form, deed):
            success(request, _("Đã ghi dự thảo %(number)s.") % {"number": deed.result})
            return redirect("web:report-drafts", kind=kind, term=term)
        status = deed.status
    context = {"kind": kind, "term": term, "number": number, "position": position, "form": form, "adds": adds}
    return render(request, "reports/paragraph.html", context, status=status)
