"""``congvu regime``: the forms, the late agencies, the burden."""

import pytest
from django.core.management import call_command

from congvu.collection.form_reading import FormNotValid


def test_the_burden_is_printed(asked, hand_in, capsys):
    hand_in("X1")
    call_command("regime", "burden", "--year", "2022")

    words = " ".join(capsys.readouterr().out.split())
    assert "thu-20221214 │ 4 │ 21 │ 11 │" in words
    assert "X1 │ UBND xã Đào Ngạn │ 1 │ 1 │ 0 │" in words


def test_the_late_are_printed_in_working_days(asked, capsys):
    call_command("regime", "late")

    words = capsys.readouterr().out
    assert "Ủy ban nhân dân xã Đào Ngạn" in words
    assert "quá hạn 1 ngày làm việc" in words


def test_the_forms_are_listed_and_a_bad_one_named(lay_form, capsys):
    lay_form()
    call_command("regime", "forms")
    assert "thu" in capsys.readouterr().out

    lay_form("title = 1", "hong")
    with pytest.raises(FormNotValid, match=r"hong\.toml"):
        call_command("regime", "forms")
