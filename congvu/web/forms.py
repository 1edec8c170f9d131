"""The forms of the pages: what is typed in, turned into values. What the rules forbid, the services refuse."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from congvu.access.rules import ROLE_NAMES, Role
from congvu.collection.asking import Asked
from congvu.figures.period import Period
from congvu.kernel import clock
from congvu.kernel.clock import VIETNAM
from congvu.kernel.errors import Refusal
from congvu.press.word.opened import FILE_MAX_BYTES

from .uploads import UPLOAD_MAX_BYTES

_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
UNPROCESSABLE, CONFLICT = 422, 409
_TIMES = ["%H:%M", "%H:%M:%S"]
_SHOWN_IN_THE_FORM = (400, 409)
"""Refusals of these kinds are about what was typed; any other is a page of its own."""


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also where all of it is empty; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def accepted(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do ``deed`` with a form that is well filled in; a refusal becomes the form's own error."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refusal as refusal:
        if refusal.status not in _SHOWN_IN_THE_FORM:
            raise
        form.add_error(None, str(refusal))
    return not form.errors


class Noted:
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


def _missing(what: str) -> dict[str, str]:
    return {"required": what, "invalid": what}


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=150, error_messages=_missing("Hãy nhập tên đăng nhập.")
    )
    password = forms.CharField(
        label=_("Mật khẩu"), max_length=200, strip=False, error_messages=_missing("Hãy nhập mật khẩu.")
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("Mật khẩu đang dùng"), strip=False, error_messages=_missing("Hãy nhập mật khẩu đang dùng.")
    )
    new = forms.CharField(
        label=_("Mật khẩu mới"), max_length=200, strip=False, error_messages=_missing("Hãy nhập mật khẩu mới.")
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        max_length=200,
        strip=False,
        error_messages=_missing("Hãy nhập lại mật khẩu mới."),
    )

    def __init__(self, *args: object, is_right: Callable[[str], bool], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        self._is_right = is_right

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self._is_right(old):
            raise forms.ValidationError(_("Mật khẩu đang dùng không đúng. Hãy nhập lại."))
        return old

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại."))
        return again


class UserForm(forms.Form):
    username = forms.RegexField(
        r"^[a-z0-9._-]+$",
        label=_("Tên đăng nhập"),
        max_length=150,
        error_messages=_missing("Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối."),
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=200, error_messages=_missing("Hãy nhập họ và tên."))


class SeatForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        error_messages={"required": "Hãy chọn vai trò.", "invalid_choice": "Hãy chọn một vai trò trong danh sách."},
    )
    agency = forms.CharField(label=_("Mã cơ quan"), max_length=200, error_messages=_missing("Hãy nhập mã cơ quan."))
    valid_from = forms.DateField(
        label=_("Từ ngày"), input_formats=_DAYS, error_messages=_missing("Hãy nhập ngày bắt đầu, ví dụ 01/12/2022.")
    )
    valid_to = forms.DateField(
        label=_("Đến hết ngày"),
        input_formats=_DAYS,
        required=False,
        error_messages=_missing("Hãy nhập ngày kết thúc như 31/12/2022, hoặc để trống."),
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class CheckForm(forms.Form):
    """A report to be checked: a file, or words pasted in."""

    file = forms.FileField(
        label=_("Tệp báo cáo"),
        required=False,
        error_messages={"empty": _("Tệp trống, không có chữ nào để đọc. Hãy chọn tệp khác.")},
    )
    text = forms.CharField(
        label=_("Hoặc dán văn bản"),
        required=False,
        strip=False,
        max_length=2_000_000,
        error_messages={"max_length": _("Văn bản dán vào quá dài. Hãy tách thành nhiều phần hoặc tải tệp lên.")},
    )

    def __init__(self, *args: object, is_too_large: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        self._is_too_large = is_too_large

    def clean(self) -> dict[str, object]:
        held: dict[str, object] = self.cleaned_data
        if self._is_too_large:
            size = UPLOAD_MAX_BYTES // 1_000_000
            self.add_error(
                "file", _("Tệp lớn hơn %(size)s MB. Hãy bớt hình ảnh hoặc tách tệp rồi thử lại.") % {"size": size}
            )
        elif not self.errors and not held.get("file") and not str(held.get("text") or "").strip():
            self.add_error("file", _("Hãy chọn một tệp, hoặc dán văn bản vào ô bên dưới."))
        return held

    @property
    def given(self) -> tuple[bytes, str]:
        """The bytes to check, and the file's name; no name for what was pasted."""
        file = self.cleaned_data["file"]
        return (file.read(), file.name) if file else (self.cleaned_data["text"].encode(), "")


class WordForm(forms.Form):
    """A Word file as it is uploaded, or as the page before handed it on."""

    file = forms.FileField(label=_("Tệp Word (.docx)"), required=False)
    carried = forms.CharField(required=False, strip=True)
    action = forms.ChoiceField(choices=[("", ""), ("download", ""), ("return", "")], required=False)

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        if self.errors:
            return data
        if self.cleaned_data["file"] is None and not self.cleaned_data["carried"]:
            self.add_error("file", "Hãy chọn một tệp Word (.docx).")
        elif self.is_carried:
            try:
                base64.b64decode(self.cleaned_data["carried"], validate=True)
            except ValueError:
                self.add_error("file", "Không đọc được tệp của trang trước. Hãy chọn lại tệp.")
        elif self.cleaned_data["file"].size > FILE_MAX_BYTES:
            self.add_error("file", "Tệp Word lớn hơn 30 MB; hãy giảm kích thước hình ảnh rồi thử lại.")
        return data

    @property
    def is_carried(self) -> bool:
        return self.cleaned_data["file"] is None

    @property
    def docx(self) -> bytes:
        if self.is_carried:
            return base64.b64decode(self.cleaned_data["carried"])
        content: bytes = self.cleaned_data["file"].read()
        return content


class ParagraphForm(forms.Form):
    text = forms.CharField(
        label=_("Nội dung của đoạn"), error_messages=_missing("Hãy viết nội dung của đoạn, hoặc xóa đoạn.")
    )


class IssueForm(forms.Form):
    """The day that a report is dated, or made public."""

    day = forms.DateField(
        label=_("Ngày phát hành"), input_formats=_DAYS, error_messages=_missing("Hãy nhập ngày, ví dụ 21/12/2022.")
    )


class RequestForm(forms.Form):
    """Asking for a report: one of a form's own periods, or any days."""

    form = forms.ChoiceField(
        label=_("Mẫu báo cáo"),
        error_messages={"required": "Hãy chọn mẫu báo cáo.", "invalid_choice": "Hãy chọn một mẫu trong danh sách."},
    )
    year = forms.IntegerField(
        label=_("Năm"), required=False, error_messages=_missing("Năm phải là một số, ví dụ 2022.")
    )
    number = forms.IntegerField(
        label=_("Kỳ thứ"), required=False, error_messages=_missing("Kỳ thứ phải là một số, ví dụ 12 cho tháng 12.")
    )
    first = forms.DateField(
        label=_("Từ ngày"),
        input_formats=_DAYS,
        required=False,
        error_messages=_missing("Hãy nhập ngày như 15/12/2021, hoặc để trống."),
    )
    last = forms.DateField(
        label=_("Đến hết ngày"),
        input_formats=_DAYS,
        required=False,
        error_messages=_missing("Hãy nhập ngày như 14/12/2022, hoặc để trống."),
    )
    title = forms.CharField(label=_("Tên yêu cầu"), max_length=300, required=False)
    document = forms.CharField(label=_("Mã văn bản yêu cầu"), max_length=200, required=False)
    note = forms.CharField(label=_("Ghi chú cho cơ quan"), max_length=2000, required=False)

    def __init__(self, *args: object, choices: list[tuple[str, str]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        self.fields["form"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if bool(cleaned.get("first")) is not bool(cleaned.get("last")) and not self.errors:
            self.add_error("last", _("Kỳ tự chọn cần cả ngày đầu và ngày cuối."))
        return cleaned

    def asked(self) -> Asked:
        """Return what is asked for; refuse a reversed period."""
        given = self.cleaned_data
        period = Period(given["first"], given["last"]) if given["first"] else None
        number = 1 if given["number"] is None else given["number"]
        return Asked(
            form=given["form"],
            year=given["year"],
            number=number,
            period=period,
            title=given["title"],
            document=given["document"],
            note=given["note"],
        )


class CorrectionForm(forms.Form):
    day = forms.DateField(
        label=_("Ngày giải quyết xong"),
        input_formats=_DAYS,
        error_messages=_missing("Hãy nhập ngày, ví dụ 05/12/2022."),
    )
    time = forms.TimeField(
        label=_("Giờ giải quyết xong"),
        input_formats=_TIMES,
        error_messages=_missing("Hãy nhập giờ và phút, ví dụ 16:30."),
    )
    reason = forms.CharField(
        label=_("Lý do đính chính"),
        max_length=1000,
        error_messages=_missing("Hãy nêu lý do đính chính; lý do được ghi vào nhật ký."),
    )

    @property
    def finished_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], VIETNAM)

    @staticmethod
    def starting_from(finished_at: datetime | None) -> dict[str, str]:
        """Return what the form shows at first: the finish as it stands."""
        local = (finished_at or clock.now()).astimezone(VIETNAM)
        return {"day": local.date().isoformat(), "time": f"{local:%H:%M}"}


class CloseForm(forms.Form):
    """How a period is closed; ``waiting`` says how many agencies below have not closed it."""

    ALONE, BELOW, MISSING = "alone", "below", "missing"

    how = forms.ChoiceField(
        label=_("Phạm vi chốt"),
        error_messages={
            "required": "Hãy chọn phạm vi chốt.",
            "invalid_choice": "Hãy chọn một phạm vi trong danh sách.",
        },
    )
    reason = forms.CharField(label=_("Lý do chốt khi còn thiếu"), max_length=1000, required=False)

    def __init__(self, *args: object, waiting: int, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        choices: list[tuple[str, object]] = [(self.ALONE, _("Cơ quan này"))]
        if waiting:
            choices = [
                (self.BELOW, _("Cơ quan này và các cơ quan bên dưới chưa chốt")),
                (self.MISSING, _("Chỉ cơ quan này, dù bên dưới còn thiếu")),
            ]
        self.fields["how"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's
        self.asks_reason = bool(waiting)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("how") == self.MISSING and not cleaned.get("reason"):
            self.add_error("reason", _("Hãy nêu lý do chốt khi còn thiếu; lý do được ghi vào nhật ký."))
        return cleaned


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do mở lại"),
        max_length=1000,
        error_messages=_missing("Hãy nêu lý do mở lại; lý do được ghi vào nhật ký."),
    )


class SheetForm(forms.Form):
    """A spreadsheet, and into what it is loaded: a table, by a saved mapping, or as it is found."""

    TABLE, MAPPING = "bang", "anh-xa"

    file = forms.FileField(
        label=_("Tệp bảng tính"),
        max_length=255,
        error_messages={
            "required": _("Hãy chọn một tệp bảng tính."),
            "empty": _("Tệp trống. Hãy chọn tệp có dữ liệu."),
            "invalid": _("Hãy chọn một tệp bảng tính."),
            "max_length": _("Tên tệp quá dài. Hãy đặt tên ngắn hơn."),
        },
    )
    wanted_as = forms.ChoiceField(
        label=_("Nạp vào"),
        required=False,
        error_messages={"invalid_choice": _("Hãy chọn một bảng trong danh sách, hoặc để tự nhận.")},
    )

    def __init__(
        self,
        *args: object,
        tables: list[tuple[str, str]],
        mappings: list[tuple[str, str]],
        is_too_large: bool,
        size_max: int,
        **options: object,
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        self.tables = [(f"{self.TABLE}:{name}", label) for name, label in tables]
        self.mappings = [(f"{self.MAPPING}:{code}", name) for code, name in mappings]
        self.fields["wanted_as"].choices = [("", ""), *self.tables, *self.mappings]  # type: ignore[attr-defined]
        self._is_too_large, self._size_max = is_too_large, size_max

    def clean(self) -> dict[str, object]:
        if self._is_too_large:
            self.errors.pop("file", None)
            size = self._size_max // 1_000_000
            self.add_error(
                "file", _("Tệp lớn hơn %(size)s MB. Hãy chia thành nhiều tệp rồi nạp từng tệp.") % {"size": size}
            )
        return self.cleaned_data

    @property
    def wanted(self) -> tuple[str, str]:
        """The name of the table, or the code of the mapping; both empty where they are to be found."""
        kind, _colon, name = self.cleaned_data["wanted_as"].partition(":")
        return (name, "") if kind == self.TABLE else ("", name)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=1000,
        error_messages=_missing("Hãy nêu lý do; lý do được ghi vào nhật ký."),
    )


class AliasForm(forms.Form):
    """Another name of an agency; the agency as the list has it, by its code or by its name."""

    spelled = forms.CharField(
        label=_("Tên gọi trong tệp"),
        max_length=300,
        error_messages=_missing("Hãy nhập tên gọi đúng như trong tệp, ví dụ UBND H. Hòa An."),
    )
    agency = forms.CharField(
        label=_("Là cơ quan"), max_length=600, error_messages=_missing("Hãy chọn một cơ quan trong danh sách.")
    )
