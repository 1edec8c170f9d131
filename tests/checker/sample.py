"""A text with a note and a table, and findings placed in it by hand."""

from congvu.checker import Finding, Kind
from congvu.press.reading import read_manuscript

TEXT = """\
BÁO CÁO
Số liệu mô phỏng, năm 2022

Trong năm có 30 hồ sơ<script>: 10 hồ sơ đúng hạn, 25 hồ sơ trễ hạn¹; đạt 99, 29 phần trăm.

Đơn vị\tSố hồ sơ
Sở A\t12
Tổng\t13

¹ Gồm 03 sở: A; B.
"""


def manuscript():
    return read_manuscript(TEXT.encode(), "mau.txt")


def finding(paragraph, words, kind=Kind.SUM, certainty="certain", message="Các phần cộng lại khác tổng."):
    start = paragraph.text.index(words)
    return Finding(kind, certainty, paragraph, start, start + len(words), words, "35", message)


def look(manuscript):
    """A detector: what a person sees in TEXT, wherever the words stand."""
    cells = [cell for grid in manuscript.grids for row in grid.rows for cell in row]
    wanted = (
        ("99, 29", Kind.FORMAT, "certain", "Số thập phân không có dấu cách sau dấu phẩy."),
        ("30 hồ sơ<script>: 10 hồ sơ", Kind.SUM, "likely", "10 + 25 = 35, khác 30."),
        ("10 hồ sơ đúng hạn", Kind.SHARE, "likely", "Hai chỗ chồng lên nhau."),
        ("13", Kind.SUM, "certain", "Tổng của cột là 12."),
        ("03 sở", Kind.LIST_COUNT, "certain", "Nêu 03 sở, liệt kê 02."),
    )
    for paragraph in (*manuscript.paragraphs, *cells, *manuscript.notes):
        for words, kind, certainty, message in wanted:
            if words in paragraph.text:
                yield finding(paragraph, words, kind, certainty, message)
