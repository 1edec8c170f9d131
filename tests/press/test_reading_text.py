"""Text files become paragraphs and notes that know their lines."""

import itertools

import pytest

from congvu.press.manuscript import Place
from congvu.press.reading import ManuscriptNotReadable, read_manuscript

LONG = "Trong năm 2022, các cơ quan trong tỉnh mô phỏng đã ban hành kế hoạch và tổ chức thực hiện "


def read(text, name="mau.txt"):
    return read_manuscript(text if isinstance(text, bytes) else text.encode(), name)


def texts(manuscript):
    return [block.text for block in manuscript.paragraphs]


def lines_of(paragraph):
    return [place.line for _start, place in paragraph.starts]


ENCODED = {
    "utf-8": "Tỉnh có 12 xã.".encode(),
    "utf-8 with mark": "\ufeffTỉnh có 12 xã.".encode(),
    "utf-8 in pieces": "Tỉnh có 12 xã.".encode(),
    "utf-16 little": b"\xff\xfe" + "Tỉnh có 12 xã.".encode("utf-16-le"),
    "utf-16 big": b"\xfe\xff" + "Tỉnh có 12 xã.".encode("utf-16-be"),
    # Windows-1258 writes a letter and then its tone
    "windows-1258": "Ti\u0309nh co\u0301 12 xa\u0303.".encode("cp1258"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_every_encoding_gives_the_same_words(data):
    assert texts(read(data)) == ["Tỉnh có 12 xã."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end):
    manuscript = read(end.join(["Một.", "", "Hai.", "Ba."]))

    assert [lines_of(paragraph) for paragraph in manuscript.paragraphs] == [[1], [3], [4]]
    assert manuscript.lines == ("Một.", "", "Hai.", "Ba.")


def test_long_lines_without_blank_lines_are_paragraphs():
    manuscript = read("\n".join([LONG * 3 + "nhiệm vụ.", LONG * 2 + "kế hoạch.", "Nguồn: mô phỏng"]))

    assert len(manuscript.paragraphs) == 3


def test_lines_broken_at_a_width_are_joined():
    manuscript = read(
        "Trong năm 2022, các cơ quan đã nhận 120 hồ sơ,\n"
        "trong đó có 100 hồ sơ giải quyết đúng hạn và còn\n"
        "20 hồ sơ trễ hạn theo Quyết định số 12/\n"
        "QĐ-UBND của tỉnh mô phỏng.\n"
        "\n"
        "- Sở A: 60 hồ sơ;\n"
        "- Sở B: 60 hồ sơ.\n"
    )

    assert texts(manuscript) == [
        "Trong năm 2022, các cơ quan đã nhận 120 hồ sơ, trong đó có 100 hồ sơ giải quyết đúng hạn và còn "
        "20 hồ sơ trễ hạn theo Quyết định số 12/QĐ-UBND của tỉnh mô phỏng.",
        "- Sở A: 60 hồ sơ;",
        "- Sở B: 60 hồ sơ.",
    ]
    first = manuscript.paragraphs[0]
    assert lines_of(first) == [1, 2, 3, 4]
    assert first.place(first.text.index("20 hồ sơ trễ")).line == 3


def test_notes_in_mid_sentence_do_not_break_the_paragraph():
    manuscript = read(
        LONG + "kế hoạch¹ và tổ chức\n\n¹ Kế hoạch số 1.\n\n¹² Kế hoạch số 12; mô phỏng.\n\nthực hiện đầy đủ.\n"
    )

    (paragraph,) = manuscript.paragraphs
    assert paragraph.text.endswith("và tổ chức thực hiện đầy đủ.")
    assert lines_of(paragraph) == [1, 7]
    assert [(note.footnote, note.text) for note in manuscript.notes] == [
        (1, "Kế hoạch số 1."),
        (12, "Kế hoạch số 12; mô phỏng."),
    ]
    assert manuscript.notes[1].place(0) == Place(5, footnote=12)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Kết thúc một câu.", "chữ thường nhưng câu trước đã hết."),
        ("Các việc gồm", "a) việc thứ nhất"),
        ("Các việc gồm", "- việc thứ nhất"),
        ("BÁO CÁO CÔNG TÁC", "về việc mô phỏng"),
        ("Một dòng chưa hết", "Nhưng dòng sau viết hoa"),
    ],
)
def test_what_begins_anew_is_not_joined(before, after):
    assert texts(read(f"{before}\n\n{after}\n")) == [before, after]


HEADINGS = {
    "I. TÌNH HÌNH": True,
    "3.1. Kết quả thực hiện nội dung cơ bản": True,
    "a) Trang phục": True,
    "ĐÁNH GIÁ CHUNG": True,
    "1. Tiếp tục chỉ đạo thực hiện kế hoạch.": False,
    "a) 12 hồ sơ;": False,
    "Tình hình chung": False,
    "2. " + LONG * 3: False,
    "12 hồ sơ": False,
}


@pytest.mark.parametrize(("text", "heading"), HEADINGS.items())
def test_only_what_can_be_nothing_else_is_a_heading(text, heading):
    (paragraph,) = read(text).paragraphs

    assert paragraph.heading is heading


def test_lines_with_tabs_are_a_table():
    manuscript = read("Số liệu như sau:\n\nĐơn vị\tSố\nSở A\t12\nTổng\t\n\nHết.\n")

    (grid,) = manuscript.grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["Đơn vị", "Số"], ["Sở A", "12"], ["Tổng", ""]]
    assert grid.rows[1][1].place(0).line == 4
    assert [type(block).__name__ for block in manuscript.blocks] == ["Paragraph", "Grid", "Paragraph"]


def test_blanks_of_every_kind_are_plain_ones():
    assert texts(read("Đạt 99,5\u00a0%\u200b trong\u202fnăm.")) == ["Đạt 99,5 % trong năm."]


FOREIGN = {
    "nothing": (b"", "trống"),
    "blanks": (b" \n\r\n\t", "trống"),
    "what cannot be seen": ("\u200b\n\ufeff".encode(), "trống"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "kiểu cũ"),
    "Word with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "mật khẩu",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "hình ảnh"),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(50), "hình ảnh"),
    "a web page": ("<!DOCTYPE html><html><p>Báo cáo</p></html>".encode(), "HTML"),
    "RTF": (b"{\\rtf1 B\\'e1o c\\'e1o}", "RTF"),
    "a program": (b"\x7fELF" + bytes(range(256)), "không phải văn bản"),
    "half of UTF-16": (b"\xff\xfea", "không phải văn bản"),
}


@pytest.mark.parametrize(("data", "why"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_text_is_refused_with_the_reason(data, why):
    with pytest.raises(ManuscriptNotReadable) as refusal:
        read(data, "bao-cao.docx")

    assert "bao-cao.docx" in str(refusal.value)
    assert why in str(refusal.value)


@pytest.mark.parametrize("text", ["a " * 1_600_000, "a\n" * 100_001], ids=["characters", "lines"])
def test_a_text_beyond_all_reports_is_refused(text):
    with pytest.raises(ManuscriptNotReadable, match="quá dài"):
        read(text)


def test_places_ascend_and_starts_fit_the_words():
    manuscript = read((LONG + "\n") * 5 + "\n" + LONG + "hết.\n\n¹ Ghi chú.\n")

    for paragraph in (*manuscript.paragraphs, *manuscript.notes):
        for (start, place), (later, below) in itertools.pairwise(paragraph.starts):
            assert start < later <= len(paragraph.text)
            assert place.line < below.line
        for start, place in paragraph.starts:
            assert paragraph.text[start : start + 8].strip() in manuscript.lines[place.line - 1]
