"""The tables of a report's drafts: their history, and what one of them changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congvu.reports.drafts import DraftChanges, ParagraphChange
from congvu.reports.models import Draft
from congvu.reports.term import Term

from .listing import Cell, Listing, Row, Rows, Table, columns, instant, link
from .templating import url


def drafts_listing(kind: str, term: Term, history: Sequence[Draft]) -> Listing:
    def row(draft: Draft) -> Row:
        address = url("report-draft-changes", kind=kind, term=term, number=draft.number)
        name, origin = link(_("Dự thảo") + f" {draft.number}", address), Cell(draft.get_origin_display())
        return Row((name, instant(draft.saved_at), Cell(draft.saved_by), origin))

    titles = columns(_("Dự thảo"), _("Lúc"), _("Người ghi"), _("Từ"))
    title = _("Các dự thảo của báo cáo %(term)s") % {"term": term.words}
    return Listing(title, (Table(_("Lịch sử dự thảo"), titles, Rows(row, history)),))


def changes_listing(term: Term, found: DraftChanges) -> Listing:
    words = {"changed": _("Sửa"), "added": _("Thêm"), "removed": _("Bỏ")}

    def row(change: ParagraphChange) -> Row:
        what = " ".join((words[change.kind], pgettext("one", "đoạn"), str(change.position)))
        return Row((Cell(what), Cell(change.before, "vi"), Cell(change.after, "vi")))

    titles = columns(_("Việc"), _("Trước"), _("Sau"))
    title = _("Dự thảo %(number)s, báo cáo %(term)s") % {"number": found.draft.number, "term": term.words}
    return Listing(title, (Table(_("Các đoạn đã đổi"), titles, Rows(row, found.changes), style="compared"),))
