"""Words become values of a list, yes and no."""

from __future__ import annotations

from congvu.sheets.values.choices import read_booleans, read_choices

CHANNELS = {"counter": ("Trực tiếp", "tại quầy"), "online": ("Trực tuyến",), "postal": ("Dịch vụ bưu chính công ích",)}
OUTCOMES = {"granted": ("Đã trả kết quả", "trả kết quả"), "refused": ("Từ chối",)}


def test_values_and_words_are_known_in_any_spelling() -> None:
    found = read_choices(["counter", "TRỰC TIẾP", "truc tuyen", " Trực  tuyến. "], CHANNELS)
    assert [*found.values.values()][1:] == ["counter", "counter", "online", "online"]


def test_one_value_within_a_longer_text_is_meant() -> None:
    found = read_choices(["Nộp trực tiếp tại bộ phận một cửa", "bưu chính"], CHANNELS)
    assert [*found.values.values()][1:] == ["counter", "postal"]


def test_two_values_within_a_text_are_refused() -> None:
    found = read_choices(["trực tiếp hoặc trực tuyến"], CHANNELS)
    assert "Trực tiếp" in found.wrong["trực tiếp hoặc trực tuyến"]
    assert "Trực tuyến" in found.wrong["trực tiếp hoặc trực tuyến"]


def test_what_is_denied_is_not_meant() -> None:
    assert "Chưa trả kết quả" in read_choices(["Chưa trả kết quả"], OUTCOMES).wrong
    assert "không từ chối" in read_choices(["không từ chối"], OUTCOMES).wrong


def test_unknown_words_are_refused_with_the_known_ones() -> None:
    found = read_choices(["gửi chim bồ câu"], CHANNELS)
    assert found.values["gửi chim bồ câu"] == ""
    assert "“Trực tiếp”, “Trực tuyến”" in found.wrong["gửi chim bồ câu"]


def test_words_for_nothing_are_empty() -> None:
    found = read_choices(["-", "Đang xử lý", "null"], OUTCOMES, empty=("đang xử lý",))
    assert set(found.values.values()) == {""}
    assert not found.wrong


def test_numbers_name_levels() -> None:
    assert read_choices([4.0], {"4": ("Mức độ 4",), "3": ("Mức độ 3",)}).values[4.0] == "4"


def test_yes_and_no_are_known() -> None:
    yes = ["x", "Có", 1.0, "✓", "Đã công bố", "TRUE"]
    no = ["Không", 0.0, "Chưa", "chưa công bố", "FALSE"]
    found = read_booleans([*yes, *no], {})
    assert [found.values[cell] for cell in yes] == ["true"] * len(yes)
    assert [found.values[cell] for cell in no] == ["false"] * len(no)
    assert not found.wrong


def test_words_of_the_column_come_before_the_usual_ones() -> None:
    found = read_booleans(["Đúng hạn", "Trễ hạn", "có thể"], {"true": ("Trễ hạn",), "false": ("Đúng hạn",)})
    assert found.values["Đúng hạn"] == "false"
    assert found.values["Trễ hạn"] == "true"


def test_neither_yes_nor_no_is_refused() -> None:
    assert "có hoặc không" in read_booleans(["xem sau"], {}).wrong["xem sau"]
