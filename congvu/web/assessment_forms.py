"""The forms of weaknesses, directions and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congvu.assessment.rules import Outcome
from congvu.assessment.services import DirectionEntry, NotWritten, WeaknessEntry
from congvu.kernel.errors import Refusal

from .forms import _DAYS, _SHOWN_IN_THE_FORM, _missing

Choices = Sequence[tuple[str, str]]


class OpenChoice(forms.ChoiceField):
    """A list to choose from, of which the service says what else it takes."""

    def valid_value(self, value: str) -> bool:
        return True


def _due_on() -> forms.DateField:
    return forms.DateField(
        label=_("Chậm nhất ngày"),
        input_formats=_DAYS,
        required=False,
        error_messages=_missing("Hãy nhập ngày như 30/06/2023, hoặc để trống."),
    )


class WeaknessForm(forms.Form):
    text = forms.CharField(label=_("Hạn chế"), error_messages=_missing("Hãy viết hạn chế."))
    evidence = OpenChoice(label=_("Minh chứng"), required=False)
    other = forms.CharField(label=_("Hoặc chỉ tiêu khác"), required=False)
    remedy = forms.CharField(label=_("Giải pháp khắc phục"), required=False)
    responsible = OpenChoice(label=_("Cơ quan chịu trách nhiệm"), required=False)
    due_on = _due_on()
    before = forms.CharField(required=False)

    def __init__(self, *args: Any, evidence: Choices, agencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "evidence", evidence)
        _offer(self, "responsible", agencies)

    def entry(self) -> WeaknessEntry:
        given = self.cleaned_data
        other = given["other"]
        code = f"figure:year:{other}" if other and ":" not in other.partition("[")[0] else other
        return WeaknessEntry(
            text=given["text"],
            evidence=code or given["evidence"],
            remedy=given["remedy"],
            responsible=given["responsible"],
            due_on=given["due_on"],
        )

    @property
    def field_of_evidence(self) -> str:
        """The field from which the evidence is taken."""
        return "other" if self.cleaned_data.get("other") else "evidence"


class DirectionForm(forms.Form):
    text = forms.CharField(label=_("Phương hướng, nhiệm vụ"), error_messages=_missing("Hãy viết phương hướng."))
    lead_agency = OpenChoice(label=_("Cơ quan chủ trì"), required=False)
    cooperating = forms.MultipleChoiceField(label=_("Cơ quan phối hợp"), required=False)
    others = forms.CharField(label=_("Cơ quan phối hợp khác"), required=False)
    due_on = _due_on()
    before = forms.CharField(required=False)

    def __init__(self, *args: Any, agencies: Choices, beside: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "lead_agency", agencies)
        self.fields["cooperating"].choices = list(beside)  # type: ignore[attr-defined]  # a ChoiceField's

    def entry(self) -> DirectionEntry:
        given = self.cleaned_data
        others = (code.strip() for code in given["others"].replace(";", ",").split(","))
        return DirectionEntry(
            text=given["text"],
            lead_agency=given["lead_agency"],
            cooperating=(*given["cooperating"], *(code for code in others if code)),
            due_on=given["due_on"],
        )


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Kết quả thực hiện"),
        choices=Outcome.choices,
        error_messages={"required": "Hãy chọn kết quả.", "invalid_choice": "Hãy chọn một kết quả trong danh sách."},
    )
    outcome_text = forms.CharField(label=_("Nói rõ thêm"), required=False)
    before = forms.CharField(required=False)


class IssueForm(forms.Form):
    document = forms.CharField(
        label=_("Mã, hoặc số và ký hiệu, của văn bản trong sổ"),
        max_length=200,
        error_messages=_missing("Hãy nhập văn bản đã vào sổ, ví dụ 12/KH-UBND."),
    )


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Fill a list; what the form already holds stays in it, also where it is not offered any more."""
    field: Any = form.fields[name]
    held = str(form[name].value() or "")
    known = {value for value, _label in choices}
    field.choices = [*choices, *([(held, held)] if held and held not in known else [])]


def written(form: forms.Form, deed: Callable[[], object], *, evidence: str = "evidence") -> bool:
    """Do ``deed`` with a form that is well filled in; each problem goes to its field, any other refusal to the form."""
    if not form.is_valid():
        return False
    try:
        deed()
    except NotWritten as refusal:
        for problem in refusal.problems:
            field = evidence if problem.field == "evidence" else problem.field
            form.add_error(field if field in form.fields else None, problem.words)
    except Refusal as refusal:
        if refusal.status not in _SHOWN_IN_THE_FORM:
            raise
        form.add_error(None, str(refusal))
    return not form.errors
