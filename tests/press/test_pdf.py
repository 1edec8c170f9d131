"""The PDF is read back: PDF/A, only our font, the text as written, and layout that a signer can rely on."""

import dataclasses
import hashlib
import io
import re
import unicodedata
from pathlib import Path

import pypdf
import pytest
import time_machine

import congvu.press
from congvu.press.glyphs import UnprintableText, printable_letters
from congvu.press.model import Footnote, Heading, Mark, Paragraph, Recipients, Signature, Table, Text, runs
from congvu.press.pdf import to_pdf
from congvu.press.word.document import to_docx
from tests.press import sample

FONTS = Path(congvu.press.__file__).parent / "fonts"
BASES = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = "".join(unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES) + "đ"
VIETNAMESE = LOWER + LOWER.upper()  # 146, the plain vowels among them


@pytest.fixture(scope="module")
def report():
    return sample.full_report()


@pytest.fixture(scope="module")
def pdf(report):
    return to_pdf(report)


def pages(data):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def words(data):
    """The text of all pages with every break one space, as extraction breaks lines where the page does."""
    return " ".join("\n".join(pages(data)).split())


def test_the_metadata_says_pdf_a_2a_and_tagged(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    xmp = reader.root_object["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>2<", xmp)
    assert re.search(r"pdfaid:conformance>A<", xmp)
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"] == "vi-VN"
    assert "/OutputIntents" in reader.root_object


def test_the_properties_are_those_of_the_document(pdf):
    described = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    meta = sample.META
    assert (described.title, described.author, described.subject) == (meta.title, meta.author, meta.subject)
    assert described.creation_date == meta.created


def test_headings_become_bookmarks(pdf):
    outline = pypdf.PdfReader(io.BytesIO(pdf)).outline
    assert outline[0].title.casefold() == "i. tình hình triển khai và kết quả thực hiện"
    assert outline[1][0].title == "1. Kết quả nhóm nhiệm vụ thứ 1"


def test_every_font_is_ours_and_embedded(pdf):
    fonts = {}
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            base = font.get_object()["/DescendantFonts"][0]
            fonts[base["/BaseFont"].split("+")[1]] = "/FontFile2" in base["/FontDescriptor"]
    assert fonts == dict.fromkeys(
        ("LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic"),
        True,
    )


def test_the_vendored_files_are_the_listed_ones():
    listed = dict(reversed(line.split()) for line in (FONTS / "SHA256SUMS").read_text().splitlines())
    found = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in FONTS.iterdir() if f.name != "SHA256SUMS"}
    assert found == listed
    assert len(found) == 5


def test_all_146_vietnamese_letters_are_printed_in_all_four_faces():
    assert len(set(VIETNAMESE)) == 146
    assert set(VIETNAMESE) <= printable_letters()
    faces = [(False, False), (True, False), (False, True), (True, True)]
    lines = [Paragraph((Text(VIETNAMESE, bold, italic),), style="centered") for bold, italic in faces]
    found = "".join(pages(to_pdf(sample.report(*lines)))[0].split())
    assert found.count(VIETNAMESE) == 4


def test_what_people_write_stays_as_written(pdf):
    assert " ".join(sample.LITERAL.split()) in words(pdf)


def test_markup_stays_letters_wherever_people_write():
    odd = '#panic() *a* <b> & "c" $x$ @d `e` = f \\ ]'
    document = dataclasses.replace(
        sample.report(
            Heading(2, runs(odd + "1")),
            Paragraph(runs("x", Footnote(runs(odd + "2")), Mark("m", odd + "3", "list"))),
            Table((odd + "4",), ((odd + "5",),)),
        ),
        title=odd + "6",
        recipients=Recipients((odd + "7",)),
        signature=Signature(("A",), odd + "8"),
        notice=odd + "9",
    )
    text = words(to_pdf(document))
    assert all(odd + str(n) in text for n in range(1, 10))


def test_the_notice_is_on_every_page_and_the_number_from_the_second_on(pdf):
    texts = pages(pdf)
    assert len(texts) > 2
    assert all(sample.NOTICE in text for text in texts)
    firsts = [text.splitlines()[0] for text in texts]
    assert firsts[1:] == [str(n) for n in range(2, len(texts) + 1)]
    assert "1" not in texts[0].splitlines()


def test_without_a_notice_nothing_is_marked():
    assert sample.NOTICE not in words(to_pdf(sample.report(notice=None)))


def long_note(number):
    return Footnote(runs(f"Chú thích {number}: " + "văn bản của tỉnh, " * 12))


def noted(number):
    """Paragraphs and headings with a long note early, late, or in a heading, as the number goes."""
    head = (Heading(2, runs(f"Nhóm {number};")),)
    if number % 3 == 0:
        head += (Heading(3, runs(f"mốc {number};", long_note(number))), Paragraph(runs("y " * 200)))
    elif number % 3 == 1:
        head += (Heading(3, runs("Mục")), Paragraph(runs(f"mốc {number};", long_note(number), " y" * 200)))
    else:
        head += (Paragraph(runs("y " * 150, f"mốc {number};", long_note(number), " y" * 9)),)
    return head


@pytest.mark.parametrize("shift", range(8))
def test_each_note_is_on_the_page_of_its_number_and_no_heading_is_left_behind(shift):
    before = (Paragraph(runs("x"), style="item"),) * shift
    texts = pages(to_pdf(sample.report(*before, *(block for n in range(1, 19) for block in noted(n)))))
    assert len(texts) > 4
    for number in range(1, 19):
        (page,) = (text for text in texts if f"Chú thích {number}:" in text)
        assert re.search(rf"mốc {number}; ?{number}\b", page), number
    for text in texts:
        above_notes = re.split(r"\n\d+ ?\n? ?Chú thích", text.split(sample.NOTICE)[0])[0]
        assert not re.search(r"(Nhóm \d+;|Mục|; ?\d+)$", above_notes.strip()) or "mốc" in above_notes[-12:], text


@pytest.mark.parametrize("more", [0, 3, 7, 11])
def test_a_note_at_the_end_of_a_paragraph_goes_with_its_last_line(more):
    blocks = (Paragraph(runs("nội dung " * (40 + more), f"mốc {n};", long_note(n))) for n in range(1, 31))
    texts = pages(to_pdf(sample.report(*blocks)))
    for number in range(1, 31):
        (page,) = (text for text in texts if f"Chú thích {number}:" in text)
        assert re.search(rf"mốc\s{number}; ?{number}\b", page), number


@pytest.mark.parametrize("lines", range(20, 30))
def test_the_signature_is_whole_and_never_alone(lines):
    blocks = (Paragraph(runs(f"Ý {n}"), style="item") for n in range(lines))
    last = pages(to_pdf(sample.report(*blocks)))[-1]
    assert all(words in last for words in ("Trên đây là báo cáo", "TM. ỦY BAN", "Nơi nhận:", "Nguyễn Thị Ánh Đào"))


@pytest.mark.parametrize("rows", [1, 2, 3, 20, 21, 22, 23, 24, 25, 60])
def test_a_table_at_the_end_goes_on_the_page_of_the_signature(rows):
    document = dataclasses.replace(sample.report(), blocks=(sample.table(rows),))
    texts = pages(to_pdf(document))
    assert f"huyện thứ {rows} " in texts[-1].replace("\n", " ")
    assert "Nguyễn Thị Ánh Đào" in texts[-1]
    assert len(texts) <= 1 + rows // 20
    assert [text.count("Tiếp nhận") for text in texts] == [int("huyện thứ" in text) for text in texts]
    assert sum(len(re.findall(r"huyện thứ \d+", text)) for text in texts) == rows


def test_the_head_of_a_table_repeats():
    texts = pages(to_pdf(sample.report(sample.table(60))))
    assert [text.count("Tiếp nhận") for text in texts if "huyện thứ" in text] == [1, 1]


@pytest.mark.parametrize("shift", [0, 10])
def test_nothing_is_lost_when_a_row_or_what_is_kept_together_is_longer_than_a_page(shift):
    numbered = " ".join(f"từ{n}" for n in range(1200))
    kept = Paragraph(runs(numbered), keep_with_next=True)
    lines = (Paragraph(runs("x"), style="item"),) * shift
    row = Table(("A", "B"), (("1", " ".join(f"ô{n}" for n in range(900))),), widths_mm=(100, 30))
    many = Recipients(tuple(f"- Nơi {n};" for n in range(150)))
    document = sample.report(
        *lines, Heading(1, runs("I")), kept, *[Heading(2, runs(f"mục{n}")) for n in range(60)], row
    )
    document = dataclasses.replace(document, blocks=document.blocks[:-1], recipients=many)
    text = words(to_pdf(document))
    wanted = [f"từ{n}" for n in range(1200)] + [f"ô{n}" for n in range(900)]
    wanted += [f"mục{n}" for n in range(60)] + [f"- Nơi {n};" for n in range(150)]
    assert [piece for piece in wanted if piece not in text] == []
    found = places(to_pdf(document))
    assert min(height for _, _, height in found) > 20
    assert len(set(found)) == len(found)  # typst piles up at the foot of the page what does not fit


def places(data):
    """Page, distance from the left and height above the lower edge (points) of each piece of text."""
    found = []

    def note_place(number, operator, page_matrix, text_matrix):
        if operator in {b"Tj", b"TJ"}:
            left = text_matrix[4] * page_matrix[0] + page_matrix[4]
            up = text_matrix[5] * page_matrix[3] + page_matrix[5]
            found.append((number, round(left), round(up)))

    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages):
        page.extract_text(visitor_operand_before=lambda op, _, cm, tm, number=number: note_place(number, op, cm, tm))
    return found


def test_a_heading_over_a_row_longer_than_a_page_begins_where_it_stands():
    row = Table(("A",), (("ô " * 9000,),))
    assert "Mục đầu" in pages(to_pdf(sample.report(Heading(2, runs("Mục đầu")), row)))[0]


def test_the_motto_and_the_name_of_the_state_stay_on_one_line(pdf):
    lines = [" ".join(line.split()) for line in pages(pdf)[0].splitlines()]
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in lines)
    assert any("Độc lập - Tự do - Hạnh phúc" in line for line in lines)


def test_the_same_document_gives_the_same_bytes_on_any_day(report, pdf):
    with time_machine.travel("2031-05-06T07:08:09Z"):
        assert to_pdf(report) == pdf


@pytest.mark.parametrize(
    "place",
    [
        lambda odd: sample.report(Paragraph(runs("Đạt ", odd))),
        lambda odd: sample.report(Paragraph(runs("x", Footnote(runs("Đạt " + odd))))),
        lambda odd: sample.report(Table(("A",), (("Đạt " + odd,),))),
        lambda odd: dataclasses.replace(sample.report(), title="Đạt " + odd),
        lambda odd: dataclasses.replace(sample.report(), recipients=Recipients(("Đạt " + odd,))),
        lambda odd: dataclasses.replace(sample.report(), signature=Signature(("Đạt " + odd,), None)),
    ],
    ids=["text", "note", "cell", "title", "recipients", "signature"],
)
def test_a_letter_that_cannot_be_printed_is_refused_by_name(place):
    with pytest.raises(UnprintableText, match=r"“😀” \(U\+1F600\)"):
        to_pdf(place("😀"))
    assert to_pdf(place("→ ≥"))


def test_a_document_without_head_and_signature_is_still_a_document():
    bare = dataclasses.replace(sample.report(), letterhead=None, recipients=None, signature=None, blocks=())
    assert "BÁO CÁO" in words(to_pdf(bare))


def test_five_hundred_marks_and_two_hundred_notes_are_set_once_each():
    figures = [Mark(f"f{n}", f"{n}.{n:03},5%", "figure") for n in range(500)]
    notes = [Footnote(runs(f"Văn bản số {n}/UBND-NC"), mark_id=f"c{n}") for n in range(200)]
    blocks = tuple(
        Paragraph(runs("Kết quả ", *figures[n::100], *notes[n::100], " " + "trong kỳ báo cáo " * 9)) for n in range(100)
    )
    document = sample.report(*blocks)
    text = words(to_pdf(document))
    assert all(figure.text in text for figure in figures)
    assert all(f"Văn bản số {n}/UBND-NC" in text for n in range(200))
    assert to_docx(document).startswith(b"PK")
