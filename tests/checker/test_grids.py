"""Tables: totals, shares and growth, how surely they are wrong, and what is no sum."""

from __future__ import annotations

import pytest

from congvu.checker.numbers import grids
from congvu.press.reading import read_manuscript


def found(text: str) -> list[tuple[str, str, str, str]]:
    manuscript = read_manuscript(f"Bảng số liệu\n\n{text}\n".replace("|", "\t").encode(), "doan.txt")
    assert manuscript.grids
    return [(f.kind.value, f.certainty, f.text, f.computed) for f in grids.find(manuscript)]


LEVELS = "Cấp|Tổng số|Đúng hạn|Trễ hạn\nCấp tỉnh|120|100|20\nCấp huyện|230|200|30\nCấp xã|340|300|40\n"
GROUPS = "STT|Nội dung|Nhận|Xử lý\nI|Khối tỉnh|{0}|30\n1|Sở A|20|10\n2|Sở B|30|20\nII|Khối huyện|70|50\n"
GROUPS += "1|Huyện C|40|30\n2|Huyện D|30|20\n|Tổng số|120|80"

WRONG = [
    (f"{LEVELS}Cộng|690|600|95", ("sum", "certain", "95", "90")),  # one cell explains its row and its column
    (LEVELS.replace("200", "210") + "Cộng|690|600|90", ("sum", "certain", "210", "200")),
    ("Đơn vị|Số vụ|Số người\nTổng|60|95\nHuyện A|30|45\nHuyện B|30|40", ("sum", "likely", "95", "85")),
    (LEVELS.replace("230", "320") + "Cộng|690|600|90", ("sum", "certain", "320", "230")),
    ("Năm|Tổng số|Nam|Nữ\n2021|1.000|480|520\n2022|1.200|500|600", ("sum", "likely", "1.200", "1.100")),
    (
        "Huyện|Tổng số|Nam|Nữ|Thành thị|Nông thôn\nA|1.000|480|520|300|700\nB|1.200|600|600|500|700\n"
        "C|1.500|700|800|600|800\nD|1.600|700|900|600|1.000",
        ("sum", "certain", "1.500", "1.400"),
    ),
    (GROUPS.format(55), ("sum", "certain", "55", "50")),
    (
        "Nguồn|Dự toán|Thực hiện|Tỷ lệ (%)\nThu nội địa|200|150|75,0\nThu khác|300|210|71,0\nTổng số|500|360|72,0",
        ("share", "likely", "71,0", "70,0%"),
    ),
    (
        "Chỉ tiêu|Năm 2021|Năm 2022|Tăng, giảm (%)\nHồ sơ tiếp nhận|1.234|1.310|6,2\nTrực tuyến|456|430|-7,5",
        ("share", "likely", "-7,5", "-5,7%"),
    ),
    (  # 20,6 would be the fall from 2018 back to 2017
        "Chỉ tiêu|Năm 2017|Năm 2018|Tăng, giảm (%)\nHồ sơ tiếp nhận|42.796|54.745|27,9\nTrực tuyến|13.972|17.605|20,6",
        ("share", "likely", "20,6", "26,0%"),
    ),
]
RIGHT = [
    f"{LEVELS}Cộng|690|600|90",
    GROUPS.format(50),
    # a blank inside a number, a point misplaced: no false sum of others
    LEVELS.replace("|230|", "|23 0|") + "Cộng|690|600|90",
    # averages, rates and what is part of a part are not added
    "Đơn vị|Số vụ|Bình quân\nHuyện A|30|15\nHuyện B|40|20\nBình quân|35|17\nTổng|70|17",
    "Đơn vị|Số vụ|Điểm\nHuyện A|30|9\nHuyện B|40|7\nTrong đó: xã C|10|8\nTổng|70|8",
    "Đơn vị|Số vụ|Xếp hạng\nHuyện A|30|1\nHuyện B|40|2\nTổng|70|5",
    # years are no amounts, two ways to part a total stand side by side
    "Năm|Tổng số|Nam|Nữ|Thành thị|Nông thôn\n2010|1.014|501|513|232|782\n2011|1.106|543|563|257|849\n"
    "2012|1.123|555|568|261|862",
    "Chỉ tiêu|Năm 2021|Năm 2022|Tăng, giảm (%)\nHồ sơ tiếp nhận|1.234|1.310|6,2\nTrực tuyến|456|430|5,7",
    # a yearbook parts one total in two ways below each other
    "Nhóm|2018\nTỔNG SỐ - TOTAL|100\nPhân theo thành phần|\nNhà nước|30\nNgoài nhà nước|70\nPhân theo ngành|\n"
    "Nông nghiệp|21\nKhai khoáng|29\nDịch vụ|50",
    # rows that are no parts of each other
    "Chỉ tiêu|Kế hoạch|Thực hiện|Tỷ lệ (%)\nDân số|1.000|990|12\nHộ nghèo|30|20|3\nTrường học|5|4|90",
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_what_a_table_adds_up_wrongly_is_found(text: str, expected: tuple[str, str, str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize("text", RIGHT)
def test_a_table_that_some_reading_saves_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_cell_of_another_form_leaves_the_sum_uncertain() -> None:
    table = LEVELS.replace("|120|100|20", "|120|100|2,5") + "Cộng|690|600|90"
    assert {certainty for _kind, certainty, *_ in found(table)} <= {"likely"}
