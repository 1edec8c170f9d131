"""Shares of one whole: totals other than 100 are found where something tells that nothing is left out."""

from __future__ import annotations

import pytest

from congvu.checker.numbers import hundreds
from congvu.press.reading import read_manuscript


def found(text: str) -> list[tuple[str, str]]:
    manuscript = read_manuscript(text.encode(), "doan.txt")
    return [(f.certainty, f.stated) for f in hundreds.find(manuscript)]


# fmt: off
# ruff: noqa: E501
WRONG = [
    ("Cơ cấu nguồn vốn: ngân sách nhà nước 40,5%, vốn khác 49,5%.", "90,0%"),
    ("Cơ cấu kinh tế: nông nghiệp chiếm 7,0%; công nghiệp chiếm 47,5%; dịch vụ chiếm 34,4%.", "88,9%"),
    ("Người dân nộp hồ sơ theo ba cách: trực tiếp 42,1%, trực tuyến 33,7%, qua bưu chính 37,2%.", "113,0%"),
    ("Trong số người được hỏi, nam chiếm 52,5%, nữ chiếm 35,2%.", "87,7%"),
    ("Tỷ lệ phiếu đồng ý là 63,1%, không đồng ý là 39,9%.", "103,0%"),
    ("Có 43,7% người dân rất hài lòng, 31,6% hài lòng, 8,5% bình thường và 24,9% chưa hài lòng.", "108,7%"),
    ("Đất của huyện gồm đất nông nghiệp (47,1%), đất phi nông nghiệp (25,5%) và đất chưa sử dụng (25,8%).", "98,4%"),
    ("Nguyên nhân trễ hạn được phân chia như sau:\n\n- Do phối hợp: 55,1%;\n\n- Do phần mềm: 32,2%.\n\n- Do người nộp: 14,2%.", "101,5%"),
    ("Đại học chiếm 60,5%, cao đẳng chiếm 20,2%, còn lại 9,3% là trung cấp.", "90,0%"),
    ("Năm nay nông nghiệp chiếm 20%, công nghiệp chiếm 40%, còn lại chiếm 40%; năm trước nông nghiệp chiếm 21%,"
     " công nghiệp chiếm 40%, còn lại chiếm 49%.", "110%"),
]
RIGHT = [
    # one person is several of these; several answers each
    "Cơ cấu đại biểu: nữ 30%, trẻ tuổi 22%, ngoài Đảng 12%, tái cử 41%.",
    "Người dân có thể chọn nhiều ý theo ba cách: trực tiếp 60%, trực tuyến 50%, bưu chính 20%.",
    "Học lực giỏi 30%, khá 50%, hạnh kiểm tốt 95%.",
    # rates, each of another whole
    "Tỷ lệ dân số dùng nước sạch ở thành thị đạt 98%, nông thôn đạt 92%.",
    "Tỷ lệ đỗ của nam đạt 80%, nữ đạt 85%.",
    "Hồ sơ trực tuyến đúng hạn đạt 99%, trực tiếp đạt 97%.",
    "Có 3 nhóm chỉ tiêu: nhóm A đạt 80%, nhóm B đạt 90%, nhóm C đạt 70%.",
    "Ba huyện: Hà Quảng 80%, Thạch An 90%, Bảo Lâm 70%.",
    "Dự án gồm hạng mục A (đạt 80%), hạng mục B (75%), hạng mục C (60%).",
    "Nam chiếm 52,5% tổng số lao động, nữ chiếm 35,2% số lãnh đạo.",
    "Lãi suất gồm 3 nhóm: nhóm một 5,5%, nhóm hai 6,5%, nhóm ba 7,5%.",
    "Cơ cấu kinh tế chuyển dịch: tỷ trọng công nghiệp từ 30% lên 35%, dịch vụ từ 35% lên 40%.",
    # parts left out
    "Cơ cấu kinh tế: công nghiệp chiếm 45%, dịch vụ chiếm 25%.",
    "Chất lượng giáo dục: giỏi 12,1%, khá 45,5%, trung bình 38,4%.",
    "Chia theo thị trường: Mỹ chiếm 40,3%, EU chiếm 20,2%, Nhật Bản chiếm 30,1%...",
    "Có 84,48% đại biểu đồng ý, 6,9% không đồng ý.",
    "Giải quyết đúng hạn 92%, trễ hạn 3%.",
    # rounded, and several wholes one after the other
    "Cơ cấu: A chiếm 33,33%; B chiếm 33,33%; C chiếm 33,33%.",
    "Cơ cấu: A chiếm 33,34%; B chiếm 33,34%; C chiếm 33,33%.",
    "Cơ cấu năm 2021: nông nghiệp 20%, công nghiệp 40%, dịch vụ 40%; năm 2022: nông nghiệp 19%, công nghiệp 41%, dịch vụ 40%.",
]
# fmt: on


@pytest.mark.parametrize(("text", "total"), WRONG)
def test_shares_of_a_told_whole_that_miss_100_are_found(text: str, total: str) -> None:
    assert ("likely", total) in found(text)


@pytest.mark.parametrize("text", RIGHT)
def test_shares_that_some_reading_saves_are_left_alone(text: str) -> None:
    assert found(text) == []
