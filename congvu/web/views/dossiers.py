"""A dossier's page, and its correction."""

from django.contrib.messages import success
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congvu.access.rules import Permission
from congvu.intake.origins import origins_of
from congvu.journal.queries import history_of
from congvu.kernel.format import format_instant
from congvu.work.dossiers.queries import get_dossier
from congvu.work.dossiers.services import correct_finish

from ..forms import CorrectionForm, accepted, posted
from ..guards import Seated, needs
from ..origin_words import may_see_load, place_of
from ..record_words import event_sentence, history_lines

UNPROCESSABLE = 422


@needs(Permission.SEE_FIGURES)
@require_GET
def dossier(request: Seated, code: str) -> HttpResponse:
    found = get_dossier(request.reader, code)
    context = {
        "dossier": found,
        "events": [event_sentence(event) for event in found.events],
        "origin": (origin := origins_of("dossiers", [code]).get(code)),
        "origin_place": place_of(origin) if origin else "",
        "sees_load": may_see_load(request.reader, "dossiers"),
        "history": history_lines(history_of("dossiers", code)),
        "may_correct": request.reader.may(Permission.CORRECT_DOSSIER) and found.instants.finished_at is not None,
    }
    return render(request, "dossiers/dossier.html", context)


@needs(Permission.CORRECT_DOSSIER)
@require_http_methods(["GET", "POST"])
def dossier_correct(request: Seated, code: str) -> HttpResponse:
    found = get_dossier(request.reader, code)
    form = CorrectionForm(posted(request), initial=CorrectionForm.starting_from(found.finished_at))
    if request.method == "POST" and accepted(
        form,
        lambda: correct_finish(request.reader, code, form.finished_at, form.cleaned_data["reason"]),
    ):
        at = format_instant(form.finished_at)
        success(request, _("Đã đính chính hồ sơ %(code)s: giải quyết xong lúc %(at)s.") % {"code": code, "at": at})
        return redirect("web:dossier", code=code)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "dossiers/correct.html", {"dossier": found, "form": form}, status=status)
