"""One paragraph of a draft: written, seen as it would stand in the report, saved as the next draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.messages import success
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congvu.access.rules import Permission
from congvu.kernel.errors import Refusal
from congvu.reports import drafts, redrafting
from congvu.reports.previewing import with_mark
from congvu.reports.queries import part_of
from congvu.reports.term import Term

from ..advice_page import PARTED
from ..forms import Noted, ParagraphForm, accepted
from ..guards import Seated, needs
from ..paragraph_page import ParagraphPage, paragraph_page


@dataclass(frozen=True)
class _Place:
    """The paragraph of a draft that a page is about; ``adds``: the new one behind it."""

    kind: str
    term: Term
    number: int
    position: int
    adds: bool

    def save(self, request: Seated, words: str) -> int:
        deed = redrafting.add_paragraph if self.adds else redrafting.edit_paragraph
        return deed(
            self.kind, self.term.year, self.number, self.position, words, reader=request.reader, part=self.term.part
        )

    def delete(self, request: Seated) -> int:
        return redrafting.delete_paragraph(
            self.kind, self.term.year, self.number, self.position, reader=request.reader, part=self.term.part
        )

    def seen(self, request: Seated, words: str) -> ParagraphPage:
        return paragraph_page(request.reader, self.kind, self.term, self.number, self.position, words, adds=self.adds)


@needs(Permission.WRITE_REPORT)
@require_http_methods(["GET", "POST"])
def report_paragraph(request: Seated, kind: str, term: Term, number: int, position: int) -> HttpResponse:
    text = drafts.get_draft_text(request.reader, kind, term.year, number, part=part_of(kind, term))
    if not 1 <= position <= len(text.paragraphs):
        raise Http404("Không tìm thấy đoạn này.")
    place = _Place(kind, term, number, position, adds=False)
    if request.method == "POST":
        return _posted(request, place)
    words = text.paragraphs[position - 1].text
    return _page(request, place, ParagraphForm(initial={"text": words}), seen=_seen_or_nothing(request, place, words))


@needs(Permission.WRITE_REPORT)
@require_http_methods(["GET", "POST"])
def report_paragraph_add(request: Seated, kind: str, term: Term, number: int, position: int) -> HttpResponse:
    text = drafts.get_draft_text(request.reader, kind, term.year, number, part=part_of(kind, term))
    if position > len(text.paragraphs):
        raise Http404("Không tìm thấy đoạn này.")
    place = _Place(kind, term, number, position, adds=True)
    return _posted(request, place) if request.method == "POST" else _page(request, place, ParagraphForm())


def _posted(request: Seated, place: _Place) -> HttpResponse:
    """Save, delete, show, or put a mark in and show: what the button that was pressed says."""
    action, put = request.POST.get("action"), request.POST.get("put")
    form = ParagraphForm(request.POST)
    if put is not None:
        number, _bar, mark = put.partition(PARTED)
        form = ParagraphForm({"text": with_mark(request.POST.get("text", ""), number, mark) if number else ""})
    if put is not None or action == "preview":
        seen = Noted(lambda: place.seen(request, form.cleaned_data["text"]))
        status = 200 if accepted(form, seen) else seen.status
        return _page(request, place, form, seen=seen.result, status=status)
    deletes = action == "delete" and not place.adds
    form.fields["text"].required = not deletes
    deed = Noted(lambda: place.delete(request) if deletes else place.save(request, form.cleaned_data["text"]))
    if accepted(form, deed):
        success(request, _("Đã ghi dự thảo %(number)s.") % {"number": deed.result})
        return redirect("web:report-drafts", kind=place.kind, term=place.term)
    return _page(request, place, form, status=deed.status)


def _seen_or_nothing(request: Seated, place: _Place, words: str) -> ParagraphPage | None:
    """Return the paragraph as it stands in the report; nothing where the records no longer let it be written."""
    try:
        return place.seen(request, words)
    except Refusal:
        return None


def _page(
    request: Seated, place: _Place, form: ParagraphForm, *, seen: object = None, status: int = 200
) -> HttpResponse:
    context = {
        "kind": place.kind,
        "term": place.term,
        "number": place.number,
        "position": place.position,
        "adds": place.adds,
        "form": form,
        "shown": seen,
    }
    return render(request, "reports/paragraph.html", context, status=status)
