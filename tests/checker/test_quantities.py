"""Numbers as people write them, and digits that count nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.checker.grammar.masks import masked
from congvu.checker.grammar.quantities import Quantity, parse_number, quantities
from congvu.checker.grammar.units import PERCENT, same_unit


def only(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, [q.text for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "step", "unit"),
    [
        ("Tiếp nhận 48.447 hồ sơ.", 48447, 1, "hồ sơ"),
        ("Tiếp nhận 48447 hồ sơ.", 48447, 1, "hồ sơ"),
        ("Tiếp nhận 48,447 hồ sơ.", 48447, 1, "hồ sơ"),
        ("Tỷ lệ đạt 99,50%.", 99.5, 0.01, PERCENT),
        ("Tỷ lệ đạt 99,5 %.", 99.5, 0.1, PERCENT),
        ("Tỷ lệ đạt 99.5%.", 99.5, 0.1, PERCENT),
        ("Tỷ lệ đạt 12 phần trăm.", 12, 1, PERCENT),
        ("Số tiền 5,5 tỷ đồng.", 5.5e9, 1e8, "đồng"),
        ("Số tiền 1 tỷ 200 triệu đồng.", 1.2e9, 1e6, "đồng"),
        ("Số tiền 3.798,254 tỷ đồng.", 3798.254e9, 1e6, "đồng"),
        ("Tiếp nhận 10,18 ngàn HS.", 10180, 10, "hồ sơ"),
        ("Có 06 sở, ngành.", 6, 1, "sở"),
        ("Đã cấp 57.689 bộ hồ sơ.", 57689, 1, "hồ sơ"),
    ],
)
def test_a_number_is_read_with_its_exactness_and_unit(text: str, value: float, step: float, unit: str) -> None:
    quantity = only(text)
    assert quantity.value == pytest.approx(value)
    assert quantity.step == pytest.approx(step)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 653/QĐ-UBND ngày 02/6/2022 của tỉnh",
        "theo Nghị định số 61/2018/NĐ-CP của Chính phủ",
        "từ ngày 05/12/2021-13/12/2022",
        "từ ngày 2.1.2018 đến 17.5.2018",
        "giai đoạn 2021-2025",
        "trong năm 2022 và năm 2023",
        "dịch vụ công trực tuyến mức độ 3, 4",
        "khoản 2 Điều 5 của Luật",
        "dịch COVID-19",
        "đứng thứ 12/63 tỉnh, thành phố",
        "gọi số 0206.3852.123 để được hướng dẫn",
        "trong 6 tháng đầu năm",
        "quý 3/2021",
        "từ 5-10 ngày",
        "mạng 4G",
        "1. Công tác chỉ đạo",
        "lúc 17:00 hằng ngày",
    ],
)
def test_digits_that_count_nothing_are_no_quantities(text: str) -> None:
    assert [q.text for q in quantities(text)] == []


def test_a_label_of_a_month_hides_no_count_behind_it() -> None:
    assert [q.text for q in quantities("Trong tháng 9 cuộc kiểm tra được tiến hành")] == ["9"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("hơn 550 triệu đồng", 550e6, 561e6),
        ("gần 4.000 nguồn", 3000, 4000),
        ("khoảng 100 người", 0, 200),
        ("552 triệu đồng", 551.5e6, 553e6),
        ("105 mẫu", 105, 105),
        ("98,94%", 98.935, 98.95),
    ],
)
def test_a_number_may_mean_all_that_is_rounded_or_called_so(text: str, low: float, high: float) -> None:
    span = only(text).span
    assert span.low == pytest.approx(low)
    assert span.high == pytest.approx(high)


def test_a_fraction_knows_its_parts() -> None:
    part, whole = quantities("hoàn thành 55/59 nhiệm vụ")
    assert (part.value, whole.value, part.part_of, whole.whole_of, part.unit) == (55, 59, 1, 0, "nhiệm vụ")


def test_words_belong_to_the_number_of_their_clause() -> None:
    first, second = quantities("Giải quyết đúng hạn 120 hồ sơ; trễ hạn 5 hồ sơ.")
    assert "đúng hạn" in first.before
    assert "trễ hạn" in second.before
    assert "đúng" not in second.before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hồ sơ", "hồ sơ", True),
        ("cơ sở", "cơ quan", False),
        ("hộ nghèo", "hộ toàn", True),
        ("", "hồ sơ", True),
        ("", PERCENT, False),
        ("đồng", "người", False),
    ],
)
def test_units_of_one_thing(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same


@given(st.text(alphabet="0123456789.,/%-() abcđâ\n", max_size=80))
def test_any_text_is_read_without_fail(text: str) -> None:
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.step > 0
    spans = masked(text)
    assert all(a[1] < b[0] for a, b in pairwise(spans))


@given(st.integers(0, 10**9))
def test_a_whole_number_is_read_as_written(value: int) -> None:
    assert parse_number(f"{value:,}".replace(",", "."), False) == (value, 1.0)
