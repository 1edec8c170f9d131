"""PDF files: wrapped lines are paragraphs again, notes are notes, page numbers are none of the text."""

import io
import itertools
import shutil
import subprocess
import sys
from collections import Counter

import pypdfium2
import pytest

from congvu.press.model import footnotes
from congvu.press.pdf import to_pdf
from congvu.press.reading import ManuscriptNotReadable, read_manuscript
from congvu.press.reading.pdf_lines import Fragment, lines_of, without_running_heads
from congvu.press.reading.pdf_paragraphs import manuscript_of
from congvu.press.word.document import to_docx

from .sample import NOTICE, full_report

SOFFICE = shutil.which("soffice")


def read(data):
    return read_manuscript(data, "mau.pdf")


def squeezed(text):
    """The words without blanks (a fallback font may stand a little apart) and without capitals, which are a format."""
    return "".join(text.split()).lower()


@pytest.fixture(scope="module")
def document():
    return full_report(6, 30)


@pytest.fixture(scope="module")
def ours(document):
    return read(to_pdf(document))


@pytest.fixture(scope="module")
def as_word(document):
    return read_manuscript(to_docx(document), "mau.docx")


def test_paragraphs_are_those_of_the_docx(ours, as_word):
    found = Counter(squeezed(paragraph.text) for paragraph in ours.paragraphs)
    written = Counter(squeezed(paragraph.text) for paragraph in as_word.paragraphs)

    assert sum(written.values()) > 30
    assert written - found == Counter()


def test_notes_are_those_of_the_docx(ours, as_word, document):
    assert [(one.footnote, squeezed(one.text)) for one in ours.notes] == [
        (one.footnote, squeezed(one.text)) for one in as_word.notes
    ]
    assert len(ours.notes) == len(footnotes(document))


def test_page_numbers_and_running_lines_are_left_out(ours):
    assert NOTICE not in ours.lines
    assert not [line for line in ours.lines if line in ("2", "3", "4")]


def test_places_have_pages_and_lines(ours):
    last = ours.paragraphs[-1].place(0)

    assert last.page > 1
    assert ours.lines[last.line - 1] in ours.paragraphs[-1].text
    for paragraph in (*ours.paragraphs, *ours.notes):
        for (_start, place), (_later, below) in itertools.pairwise(paragraph.starts):
            assert place.line < below.line
            assert place.page <= below.page


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here (make deps-apt installs it)")
def test_a_pdf_by_libreoffice_reads_as_the_docx(tmp_path, document, as_word):
    (tmp_path / "mau.docx").write_bytes(to_docx(document))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "mau.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    theirs = read((tmp_path / "mau.pdf").read_bytes())

    found = Counter(squeezed(paragraph.text) for paragraph in theirs.paragraphs)
    assert Counter(squeezed(paragraph.text) for paragraph in as_word.paragraphs) - found == Counter()
    assert [squeezed(one.text) for one in theirs.notes] == [squeezed(one.text) for one in as_word.notes]


def scanned():
    """A page with a picture and no text, as scanners make it."""
    made = pypdfium2.PdfDocument.new()
    page = made.new_page(595, 842)
    picture = pypdfium2.PdfImage.new(made)
    bitmap = pypdfium2.PdfBitmap.new_native(40, 40, pypdfium2.raw.FPDFBitmap_BGR)
    bitmap.fill_rect((90, 90, 90, 255), 0, 0, 40, 40)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    return made


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_scan_is_refused_with_what_to_do():
    with pytest.raises(ManuscriptNotReadable, match="nhận dạng chữ") as refusal:
        read(saved(scanned()))

    assert "Word" in str(refusal.value)


def test_scanned_pages_among_others_are_mentioned(document):
    made = scanned()
    made.import_pages(pypdfium2.PdfDocument(to_pdf(document)))

    assert "1 trang không có chữ" in read(saved(made)).remarks[0]


# A file by qpdf-like rules: an encryption dictionary whose password is not the empty one.
LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>\nstartxref\n0\n%%EOF\n"
)


def test_a_locked_file_is_refused():
    with pytest.raises(ManuscriptNotReadable, match="mật khẩu"):
        read(LOCKED)


@pytest.mark.parametrize("keep", [5, 200, 5000])
def test_a_part_of_a_file_is_refused(document, keep):
    with pytest.raises(ManuscriptNotReadable, match="đã hỏng"):
        read(to_pdf(document)[:keep].ljust(20))


def many_pages(count):
    """A long report: pages of one more time the same."""
    source = pypdfium2.PdfDocument(to_pdf(full_report(6, 30)))
    made = pypdfium2.PdfDocument.new()
    while len(made) < count:
        made.import_pages(source, pages=range(min(len(source), count - len(made))))
    return saved(made)


def test_work_grows_with_the_pages_not_faster():
    """Every line is looked at once, and compared with the one before it: counted as calls, not as seconds."""
    work = []
    for count in (50, 500):
        data = many_pages(count)
        calls = Counter()

        def count_call(frame, event, _arg, calls=calls):
            if event == "call" and "reading" in frame.f_code.co_filename:
                calls["python"] += 1

        sys.setprofile(count_call)
        try:
            manuscript = read(data)
        finally:
            sys.setprofile(None)
        work.append(calls["python"])

    assert manuscript.paragraphs[-1].place(0).page == 500
    assert work[0] > 1000
    assert work[1] < 11 * work[0]


def fragment(text, left, baseline, size=14.0, right=None):
    return Fragment(text, left, right or left + 6 * len(text), baseline, size, False)


def test_a_small_raised_piece_becomes_a_superscript():
    (line,) = lines_of([fragment("đã có văn bản", 85, 500), fragment("12", 165, 505, 9)], 1, 842)

    assert line.text == "đã có văn bản¹²"


def test_a_small_number_below_the_line_stays():
    (line,) = lines_of([fragment("nồng độ CO", 85, 500), fragment("2", 146, 497, 9)], 1, 842)

    assert line.text == "nồng độ CO2"


def test_a_number_at_the_edge_goes_and_one_in_the_text_stays():
    def page(number):
        pieces = [
            fragment(str(number), 300, 800),
            fragment(f"Trang thứ {number} có chữ", 85, 700),
            fragment("7", 85, 500),
        ]
        return lines_of(pieces, number, 842)

    kept = without_running_heads([page(1), page(2)])

    assert [[line.text for line in page] for page in kept] == [["Trang thứ 1 có chữ", "7"], ["Trang thứ 2 có chữ", "7"]]


def test_a_number_at_the_edge_of_an_only_page_goes():
    (page,) = without_running_heads([lines_of([fragment("- 3 -", 300, 800), fragment("Có chữ", 85, 500)], 1, 842)])

    assert [line.text for line in page] == ["Có chữ"]


WORDS = "Các cơ quan trong tỉnh mô phỏng thực hiện kế hoạch của năm nay"  # as wide as the text


def test_rows_of_a_table_are_not_joined_to_sentences():
    lines = [fragment(WORDS, 85, 700 - 18 * number) for number in range(4)]
    rows = [fragment(f"{number} Xã Hai 120", 85, 628 - 18 * number, right=457) for number in range(3)]

    manuscript = manuscript_of([lines_of([*lines, *rows], 1, 842)], ())

    assert [paragraph.text for paragraph in manuscript.paragraphs] == [
        " ".join([WORDS] * 4),
        "0 Xã Hai 120",
        "1 Xã Hai 120",
        "2 Xã Hai 120",
    ]


def test_a_note_goes_on_at_the_foot_of_the_next_page():
    def page(number, note):
        lines = [fragment(WORDS, 85, 700 - 18 * row) for row in range(4)]
        return lines_of([*lines, fragment(note, 85, 100, 10)], number, 842)

    manuscript = manuscript_of([page(1, "¹ Kế hoạch số 1 về kiểm tra"), page(2, "công vụ.")], ())

    assert [(note.footnote, note.text) for note in manuscript.notes] == [(1, "Kế hoạch số 1 về kiểm tra công vụ.")]
    assert [place.page for _start, place in manuscript.notes[0].starts] == [1, 2]
