"""Requests for reports: asking, how far they have come, urging, and how much they make agencies type."""

from datetime import date, datetime

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.access.rules import Permission
from congvu.collection import late
from congvu.collection.asking import current_year_and_number, open_request
from congvu.collection.burden import agency_burdens, form_burdens, years_with_requests
from congvu.collection.form import CYCLE_NAMES
from congvu.collection.form_reading import all_forms
from congvu.collection.queries import PAGE, STANDINGS, count_owing, get_request, owing_page, requests_page
from congvu.kernel import clock
from congvu.kernel.errors import UsageRefusal

from ..address import AFTER, place_token
from ..aggregation_page import QUESTION, aggregation_listing, aggregation_page
from ..collection_lists import burden_listing, owing_listing, requests_listing
from ..collection_words import count_words
from ..forms import RequestForm, accepted, posted
from ..guards import Seated, needs
from ..list_export import place_asked, rows_asked, show_list
from ..templating import url

_LIST, _BURDEN = "collection", "burden"
_AGGREGATION, _LONGEST = "aggregation", 200
_STATE, _YEAR, _WORDS = "tinh-trang", "nam", "tim"
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
UNPROCESSABLE = 422
STANDING_NAMES = {
    "": gettext_lazy("Tất cả"),
    "late": gettext_lazy("Quá hạn"),
    "open": gettext_lazy("Chưa gửi"),
    "submitted": gettext_lazy("Chờ duyệt"),
    "returned": gettext_lazy("Bị trả lại"),
    "accepted": gettext_lazy("Đã duyệt"),
}


@needs(Permission.SEE_COLLECTION)
@require_GET
def requests(request: Seated) -> HttpResponse:
    place = place_asked(request, _LIST)
    after = (date.fromisoformat(place[0]), str(place[1])) if place else None
    lines, following = requests_page(request.reader, after=after, limit=rows_asked(request, PAGE))
    token = place_token([following[0].isoformat(), following[1]] if following else None, _LIST)
    context = {
        "may_ask": request.reader.may(Permission.COLLECT_REPORTS),
        "next": url("collection", {AFTER: token}) if token else None,
        "first": url("collection") if place else None,
    }
    listing = requests_listing(lines, more=following is not None)
    return show_list(request, "collection/requests.html", listing, context)


@needs(Permission.COLLECT_REPORTS)
@require_http_methods(["GET", "POST"])
def request_open(request: Seated) -> HttpResponse:
    forms, problems = all_forms()
    choices = [(form.id, f"{form.title} ({CYCLE_NAMES[form.periodicity]})") for form in forms]
    today = clock.today()
    year, number = current_year_and_number(forms[0], today) if forms else (today.year, 1)
    form = RequestForm(posted(request), choices=choices, initial={"year": year, "number": number})
    opened: list[str] = []
    if request.method == "POST" and accepted(
        form, lambda: opened.append(open_request(request.reader, form.asked()).code)
    ):
        success(request, _("Đã lập yêu cầu báo cáo; các cơ quan thấy việc này ở trang đầu của mình."))
        return redirect("web:collection-request", code=opened[0])
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "collection/open.html", {"form": form, "problems": problems}, status=status)


@needs(Permission.SEE_COLLECTION)
@require_GET
def request(request: Seated, code: str) -> HttpResponse:
    found = get_request(request.reader, code)
    standing = request.GET.get(_STATE, "")
    if standing not in STANDINGS:
        raise UsageRefusal(f"Không có tình trạng «{standing[:40]}». Hãy chọn trong danh sách.")
    name = f"{_LIST}-{code}-{standing}"
    place = place_asked(request, name)
    page = owing_page(
        request.reader, request=code, standing=standing, after=_after(place), limit=rows_asked(request, PAGE)
    )
    kept = {_STATE: standing}
    token = place_token(_place(page.after), name)
    context = {
        "found": found,
        "total": count_words(page.total),
        "standing": standing,
        "standings": STANDING_NAMES,
        "late": count_words(count_owing(request.reader, code, "late")),
        "letters": late.letters_of(request.reader, code),
        "may_urge": request.reader.may(Permission.COLLECT_REPORTS) or request.reader.may(Permission.HAND_IN_REPORT),
        "next": url("collection-request", kept | {AFTER: token}, code=code) if token else None,
        "first": url("collection-request", kept, code=code) if place else None,
    }
    listing = owing_listing(found, page, str(STANDING_NAMES[standing]))
    return show_list(request, "collection/request.html", listing, context)


def _after(place: list[str] | None) -> tuple[datetime, str, str] | None:
    return (datetime.fromisoformat(place[0]), place[1], place[2]) if place else None


def _place(after: tuple[datetime, str, str] | None) -> list[str] | None:
    return [after[0].isoformat(), after[1], after[2]] if after else None


@needs(Permission.SEE_COLLECTION)
@require_GET
def aggregation(request: Seated, code: str) -> HttpResponse:
    question, words = request.GET.get(QUESTION, "")[:_LONGEST], request.GET.get(_WORDS, "")[:_LONGEST]
    name = f"{_AGGREGATION}-{code}-{question}-{words}"
    place = place_asked(request, name)
    after = tuple(place) if place else None
    page = aggregation_page(request.reader, code, question, words, after, rows_asked(request, PAGE))
    kept = {QUESTION: question, _WORDS: words}
    token = place_token(list(page.after) if page.after else None, name)
    context = {
        "page": page,
        "next": url("aggregation", kept | {AFTER: token}, code=code) if token else None,
        "first": url("aggregation", kept, code=code) if place else None,
    }
    return show_list(request, "collection/aggregation.html", aggregation_listing(page), context)


@needs(Permission.SEE_COLLECTION)
@require_POST
def urge(request: Seated, code: str) -> HttpResponse:
    number = late.urge(request.reader, code)
    success(request, _("Đã lập văn bản đôn đốc số %(number)s. Tải bản Word hoặc PDF ở dưới.") % {"number": number})
    return redirect("web:collection-request", code=code)


@needs(Permission.SEE_COLLECTION)
@require_GET
def letter(request: Seated, code: str, number: int, form: str) -> HttpResponse:
    content = late.letter_file(request.reader, code, number, form)
    name = f"don-doc-{code}-{number}.{form}"
    return HttpResponse(
        content, content_type=_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@needs(Permission.SEE_COLLECTION)
@require_GET
def burden(request: Seated) -> HttpResponse:
    years = years_with_requests()
    year = _year_in(request, years[0])
    name = f"{_BURDEN}-{year}"
    place = place_asked(request, name)
    after = (place[0], place[1]) if place else None
    agencies, following = agency_burdens(request.reader, year, after=after, limit=rows_asked(request, PAGE))
    token = place_token(list(following) if following else None, name)
    context = {
        "year": year,
        "years": years,
        "next": url("burden", {_YEAR: year, AFTER: token}) if token else None,
        "first": url("burden", {_YEAR: year}) if place else None,
    }
    listing = burden_listing(year, form_burdens(request.reader, year), agencies, more=following is not None)
    return show_list(request, "collection/burden.html", listing, context)


def _year_in(request: HttpRequest, default: int) -> int:
    text = request.GET.get(_YEAR, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1900 <= int(text[:5]) <= 2199):
        raise UsageRefusal(f"Năm «{text[:40]}» phải là một số từ 1900 đến 2199.")
    return int(text)
