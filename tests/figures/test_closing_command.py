"""The command that closes periods, opens them again and lists them."""

import pytest
from django.core.management import call_command

from congvu.figures.models import Closing
from congvu.kernel.errors import Refusal

pytestmark = pytest.mark.usefixtures("closing_day")


def test_a_command_closes_lists_and_opens_again(province, capsys):
    call_command("close", agency="H", first="2022-01-01", last="2022-01-31", below=True)
    assert "Đã chốt kỳ 01/01/2022–31/01/2022 của 3 cơ quan" in capsys.readouterr().out
    call_command("close", list=True)
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines() if "01/01/2022" in line] == ["H", "X1", "X2"]
    call_command("close", agency="H", first="2022-01-01", last="2022-01-31", reopen=True, reason="Nhập thiếu")
    assert "Đã mở lại kỳ 01/01/2022–31/01/2022" in capsys.readouterr().out
    call_command("close", list=True)
    assert "đã mở lại: Nhập thiếu" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "complaint", "status"),
    [
        ({}, "Hãy nêu cơ quan", 2),
        ({"agency": "X1"}, "Hãy nêu cơ quan", 2),
        ({"agency": "X1", "first": "2022-01-31", "last": "2022-01-01"}, "bị ngược", 2),
        ({"agency": "X1", "first": "2022-13-31", "last": "2022-01-01"}, "không phải là một ngày", 2),
        ({"agency": "?", "first": "2022-01-01", "last": "2022-01-31"}, "Không có cơ quan", 1),
        ({"agency": "H", "first": "2022-01-01", "last": "2022-01-31"}, "chưa chốt", 1),
        ({"agency": "H", "first": "2022-01-01", "last": "2022-01-31", "reopen": True}, "nêu lý do", 1),
        ({"agency": "H", "first": "2022-01-01", "last": "2022-01-31", "below": True, "reopen": True}, "--below", 2),
        ({"list": True, "below": True}, "--list", 2),
    ],
)
def test_the_command_refuses_what_it_cannot_do(province, options, complaint, status):
    with pytest.raises(Refusal, match=complaint) as refused:
        call_command("close", **options)
    assert refused.value.exit_status == status
    assert Closing.objects.count() == 0
