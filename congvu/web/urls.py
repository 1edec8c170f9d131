"""Every route of the web application. Addresses are Vietnamese words without marks; codes, never row numbers."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from congvu.reports.term import ADDRESS, Term, term_at

from .views import (
    agencies,
    agency_aliases,
    assessments,
    blank_forms,
    board,
    checking,
    closings,
    collection,
    dossiers,
    drafts,
    figures,
    journal,
    language,
    owed,
    paragraphs,
    plain,
    reports,
    sheet_loads,
    sheet_mappings,
    sheet_matching,
    signing,
    users,
)


class FileForm(StringConverter):
    """The forms in which a report is saved."""

    regex = "docx|pdf|xlsx"


class Day(StringConverter):
    """A day as 2022-12-31; whether there is such a day is for the view to say."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class LetterForm(StringConverter):
    """The forms in which a letter is saved."""

    regex = "docx|pdf"


class ReportTerm:
    """A year, or a part of one: ``2022``, ``2022/quy-3``."""

    regex = ADDRESS

    def to_python(self, value: str) -> Term:
        return term_at(value)

    def to_url(self, value: Term) -> str:
        return value.address


register_converter(FileForm, "form")
register_converter(ReportTerm, "term")
register_converter(LetterForm, "letter")
register_converter(Day, "day")

_CLOSING = "chot-so-lieu/<day:first>/<day:last>/lan-<int:number>"

_LOAD = "nap-bang-tinh/<int:number>"

_ASSESSMENT = "bao-cao/<slug:kind>/<int:year>/danh-gia"

_PAGES = [
    path("", signing.home, name="home"),
    path("dang-nhap/", signing.sign_in, name="sign-in"),
    path("dang-nhap/vai-tro/", signing.sign_in_as_demo, name="sign-in-as-demo"),
    path("dang-xuat/", signing.sign_out, name="sign-out"),
    path("mat-khau/", signing.password, name="password"),
    path("vi-tri/", signing.seats, name="seats"),
    path("ngon-ngu/", language.language, name="language"),
    path("bang-dieu-hanh/", board.board, name="board"),
    path("chi-tieu/", figures.figures, name="figures"),
    path("chi-tieu/<str:figure>/", figures.figure, name="figure"),
    path("ho-so/<path:code>/dinh-chinh/", dossiers.dossier_correct, name="dossier-correct"),
    path("ho-so/<path:code>/", dossiers.dossier, name="dossier"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<slug:kind>/<term:term>/", reports.report_draft, name="report-draft"),
    path("bao-cao/<slug:kind>/<term:term>/du-thao.<form:form>", reports.report_draft_file, name="report-draft-file"),
    path("bao-cao/<slug:kind>/<term:term>/chot/", reports.report_freeze, name="report-freeze"),
    path("bao-cao/<slug:kind>/<term:term>/ban-<int:number>/", reports.report, name="report"),
    path("bao-cao/<slug:kind>/<term:term>/ban-<int:number>.<form:form>", reports.report_file, name="report-file"),
    path("bao-cao/<slug:kind>/<term:term>/ban-<int:number>/chi-tieu/", reports.report_figure, name="report-figure"),
    path("bao-cao/<slug:kind>/<term:term>/ban-<int:number>/phat-hanh/", reports.report_issue, name="report-issue"),
    path("bao-cao/<slug:kind>/<term:term>/ban-<int:number>/cong-bo/", reports.report_publish, name="report-publish"),
    path("kiem-tra-so-lieu/", checking.checking, name="checking"),
    path("chot-so-lieu/", closings.closings, name="closings"),
    path("chot-so-lieu/chot/", closings.closing_close, name="closing-close"),
    path(f"{_CLOSING}/chi-tieu/<path:code>/", closings.closing_figure, name="closing-figure"),
    path(f"{_CLOSING}/phat-sinh-muon/<path:code>/", closings.closing_late, name="closing-late"),
    path(f"{_CLOSING}/mo-lai/<path:code>/", closings.closing_reopen, name="closing-reopen"),
    path(f"{_CLOSING}/co-quan/<path:code>/", closings.closing, name="closing"),
    path("bao-cao/<slug:kind>/<term:term>/tep-word/", drafts.report_word, name="report-word"),
    path("bao-cao/<slug:kind>/<term:term>/du-thao/", drafts.report_drafts, name="report-drafts"),
    path(
        "bao-cao/<slug:kind>/<term:term>/du-thao/<int:number>/",
        drafts.report_draft_changes,
        name="report-draft-changes",
    ),
    path(
        "bao-cao/<slug:kind>/<term:term>/du-thao/<int:number>/doan-<int:position>/",
        paragraphs.report_paragraph,
        name="report-paragraph",
    ),
    path(
        "bao-cao/<slug:kind>/<term:term>/du-thao/<int:number>/doan-<int:position>/them/",
        paragraphs.report_paragraph_add,
        name="report-paragraph-add",
    ),
    path("danh-gia/", assessments.assessments, name="assessments"),
    path("phat-hien/<path:code>/", assessments.finding, name="finding"),
    path(f"{_ASSESSMENT}/", assessments.assessment, name="assessment"),
    path(f"{_ASSESSMENT}/han-che/them/", assessments.weakness_add, name="weakness-add"),
    path(f"{_ASSESSMENT}/han-che/<int:number>/", assessments.weakness, name="weakness"),
    path(f"{_ASSESSMENT}/han-che/<int:number>/thu-tu/", assessments.weakness_move, name="weakness-move"),
    path(f"{_ASSESSMENT}/han-che/<int:number>/ket-qua/", assessments.outcome, name="remedy-outcome"),
    path(f"{_ASSESSMENT}/phuong-huong/them/", assessments.direction_add, name="direction-add"),
    path(f"{_ASSESSMENT}/phuong-huong/<int:number>/", assessments.direction, name="direction"),
    path(f"{_ASSESSMENT}/phuong-huong/<int:number>/thu-tu/", assessments.direction_move, name="direction-move"),
    path(f"{_ASSESSMENT}/ke-hoach/", assessments.plan, name="plan"),
    path(f"{_ASSESSMENT}/ke-hoach/ban-hanh/", assessments.plan_issue, name="plan-issue"),
    path("viec-cua-toi/", owed.mine, name="owed"),
    path("yeu-cau-bao-cao/", collection.requests, name="collection"),
    path("yeu-cau-bao-cao/moi/", collection.request_open, name="collection-open"),
    path("yeu-cau-bao-cao/ganh-nang/", collection.burden, name="burden"),
    path("yeu-cau-bao-cao/<slug:code>/", collection.request, name="collection-request"),
    path("yeu-cau-bao-cao/<slug:code>/tong-hop/", collection.aggregation, name="aggregation"),
    path("yeu-cau-bao-cao/<slug:code>/don-doc/", collection.urge, name="collection-urge"),
    path("yeu-cau-bao-cao/<slug:code>/don-doc-<int:number>.<letter:form>", collection.letter, name="collection-letter"),
    path("yeu-cau-bao-cao/<slug:code>/co-quan/<path:agency>/dien/", owed.report_fill, name="collection-fill"),
    path("yeu-cau-bao-cao/<slug:code>/co-quan/<path:agency>/buoc/", owed.report_move, name="collection-move"),
    path("yeu-cau-bao-cao/<slug:code>/co-quan/<path:agency>/bang-tinh.xlsx", owed.workbook, name="collection-workbook"),
    path("yeu-cau-bao-cao/<slug:code>/co-quan/<path:agency>/nap/", owed.workbook_take, name="collection-take"),
    path("yeu-cau-bao-cao/<slug:code>/co-quan/<path:agency>/", owed.report, name="collection-report"),
    path("nap-bang-tinh/", sheet_loads.sheet_loads, name="sheet-loads"),
    path(f"{_LOAD}/", sheet_loads.sheet_load, name="sheet-load"),
    path(f"{_LOAD}/ghep-cot/", sheet_matching.sheet_load_match, name="sheet-load-match"),
    path(f"{_LOAD}/giai-nghia/", sheet_loads.sheet_load_teach, name="sheet-load-teach"),
    path(f"{_LOAD}/nap/", sheet_loads.sheet_load_start, name="sheet-load-start"),
    path(f"{_LOAD}/bo/", sheet_loads.sheet_load_drop, name="sheet-load-drop"),
    path(f"{_LOAD}/rut/", sheet_loads.sheet_load_withdraw, name="sheet-load-withdraw"),
    path(f"{_LOAD}/loi.xlsx", sheet_loads.sheet_load_errors, name="sheet-load-errors"),
    path(f"{_LOAD}/con-lai.xlsx", sheet_loads.sheet_load_rest, name="sheet-load-rest"),
    path(f"{_LOAD}/tep-goc", sheet_loads.sheet_load_file, name="sheet-load-file"),
    path("bang-anh-xa/", sheet_mappings.sheet_mappings, name="sheet-mappings"),
    path("bang-anh-xa/<slug:code>/", sheet_mappings.sheet_mapping, name="sheet-mapping"),
    path("ten-goi-co-quan/", agency_aliases.agency_aliases, name="agency-aliases"),
    path("ten-goi-co-quan/bo/", agency_aliases.agency_alias_forget, name="agency-alias-forget"),
    path("bieu-mau/", blank_forms.blank_forms, name="blank-forms"),
    path("bieu-mau/<str:table>.xlsx", blank_forms.blank_form_file, name="blank-form"),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("co-quan/<path:code>/", agencies.agency, name="agency"),
    path("nhat-ky/", journal.journal, name="journal"),
    path("nhat-ky/<int:act>/", journal.act, name="act"),
    path("nguoi-dung/", users.users, name="users"),
    path("nguoi-dung-moi/", users.user_create, name="user-create"),
    path("nguoi-dung/<str:username>/", users.user, name="user"),
    path("nguoi-dung/<str:username>/mat-khau/", users.user_password, name="user-password"),
    path("nguoi-dung/<str:username>/trang-thai/", users.user_active, name="user-active"),
    path("nguoi-dung/<str:username>/vi-tri/<int:seat>/ket-thuc/", users.user_seat_end, name="user-seat-end"),
    path("healthz", plain.healthz, name="healthz"),
    path("robots.txt", plain.robots, name="robots"),
]

urlpatterns = [path("", include((_PAGES, "web")))]

handler400 = plain.bad_request
handler403 = plain.forbidden
handler404 = plain.not_found
handler500 = plain.server_error
