"""A count and the list beside it: what differs is found, and what a reading saves is left alone."""

from __future__ import annotations

import pytest

from congvu.checker.numbers import lists
from congvu.press.reading import read_manuscript


def found(text: str) -> list[tuple[str, str, str]]:
    manuscript = read_manuscript(text.encode(), "doan.txt")
    return [(f.certainty, f.text, f.computed) for f in lists.find(manuscript)]


# fmt: off
# ruff: noqa: E501
WRONG = [
    ("Hồ sơ trễ hạn thuộc 06 lĩnh vực: bảo trợ xã hội, khoáng sản, hộ tịch, xây dựng và đất đai.",
     ("likely", "06 lĩnh vực", "05")),
    ("Có 4/15 huyện bố trí đủ kinh phí: Hà Quảng, Thạch An, Bảo Lâm.", ("certain", "4/15 huyện bố trí đủ kinh phí", "03")),
    ("Mưa làm ngập 4 xã, bao gồm Minh Tân, Cô Ba, Đại Đồng; đến tối nước đã rút.", ("certain", "4 xã", "03")),
    ("Tỉnh chọn tám huyện làm điểm là Hà Quảng, Thạch An, Bảo Lâm.", ("likely", "tám huyện làm điểm", "03")),
    ("Các cơ quan phối hợp (04 cơ quan): Sở Nội vụ, Kho bạc Nhà nước tỉnh, Cục Thuế tỉnh.",
     ("likely", "04 cơ quan", "03")),
    ("Có đại diện 03 cơ quan, gồm Sở Tư pháp, Văn phòng UBND tỉnh, Cục Thuế tỉnh và Ban Dân tộc.",
     ("likely", "03 cơ quan", "04")),
    ("Các sở: Tài chính; Ngoại vụ; Y tế (04 đơn vị) chưa gửi báo cáo.", ("likely", "04 đơn vị", "03")),
    ("Các sở: Tư pháp, Ngoại vụ, Giao thông vận tải và Tài chính (03 đơn vị) chưa gửi báo cáo.",
     ("likely", "03 đơn vị", "04")),
    ("Đoàn chỉ ra 02 hạn chế: chưa phân công người thay thế, thiếu phiếu hẹn, niêm yết chậm.",
     ("likely", "02 hạn chế", "03")),
    ("Đề ra 05 giải pháp: rà soát thủ tục, công khai quy trình và tăng cường kiểm tra.",
     ("likely", "05 giải pháp", "03")),
]
RIGHT = [
    # the year, and a second count inside
    "Cả năm xã: Minh Tân, Đại Đồng, Cô Ba đều đạt.",
    "Trong năm huyện có hai xã là Minh Tân và Đại Đồng đạt chuẩn.",
    # commas and "và" inside clauses and names
    "Có 02 nguyên nhân: thiếu cán bộ, công chức có chuyên môn, cơ sở vật chất chưa đáp ứng.",
    "Có 03 tồn tại: chậm rà soát, cập nhật; chưa niêm yết công khai, đầy đủ; thiếu cán bộ, công chức.",
    "Có 03 giải pháp: rà soát, cắt giảm thủ tục, công khai quy trình, tăng cường kiểm tra.",
    "Có 4 lĩnh vực: đất đai, hộ tịch, tài nguyên và môi trường, xây dựng.",
    "Tập trung vào 03 lĩnh vực: nông, lâm, thủy sản; công nghiệp, xây dựng; thương mại, dịch vụ.",
    "Có 3 cơ quan: Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh, Sở Y tế, Sở Xây dựng.",
    "Có 02 đơn vị là Công ty TNHH Thương mại và Dịch vụ An Phát, Công ty Cổ phần Đầu tư và Xây dựng Nam Á.",
    # another clause after the list, another thing in the bracket, a list that is open
    "Thực hiện 03 nhiệm vụ: hoàn thiện thể chế, cải cách thủ tục, sắp xếp bộ máy; đồng thời đẩy mạnh tuyên truyền.",
    "Có 03 nhiệm vụ: hoàn thiện thể chế; cải cách thủ tục; sắp xếp bộ máy; đồng thời đẩy mạnh tuyên truyền.",
    "Các huyện: Hà Quảng, Thạch An (12 xã) đã xong.",
    "Các sở: Nội vụ, Tài chính, Y tế (06 đơn vị trực thuộc) chưa gửi.",
    "Có 4 huyện (Hà Quảng, Thạch An, Bảo Lâm cùng với Hạ Lang).",
    "Có 5 doanh nghiệp gồm Công ty A, Công ty B và 3 doanh nghiệp khác.",
    "Có 3 cấp: tỉnh, huyện, xã; mỗi cấp có 4 nhóm: thể chế, thủ tục, bộ máy, công vụ.",
    "Có 4/34 tỉnh, thành phố có tỷ lệ cao nhất là Lào Cai, TP. Huế, Tuyên Quang và Vĩnh Long.",
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_count_that_differs_from_its_list_is_found(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize("text", RIGHT)
def test_a_list_that_some_reading_saves_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_list_of_offices_of_places_is_never_certain() -> None:
    ((certainty, _text, _number),) = found("Có 05 huyện: Chủ tịch huyện Hà Quảng, Thạch An đã báo cáo.")
    assert certainty == "likely"
