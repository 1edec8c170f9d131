"""DOCX files of every kind are read as their printed pages show them."""

import io
import shutil
import subprocess
import zipfile

import pytest

from congvu.press.manuscript import Place
from congvu.press.model import footnotes, plain_text, superscript
from congvu.press.reading import ManuscriptNotReadable, read_manuscript
from congvu.press.word.document import to_docx
from congvu.press.word.reader import DocxNotReadable

from .docx_parts import docx, note, p, r, reference, tbl, tc
from .sample import NOTICE, full_report

SOFFICE = shutil.which("soffice")


def read(data):
    return read_manuscript(data, "mau.docx")


def texts(manuscript):
    return [paragraph.text for paragraph in manuscript.paragraphs]


def cells(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def squeezed(text):
    return " ".join(text.split())


def test_paragraphs_come_in_order_with_their_numbers():
    manuscript = read(docx(p("Một.") + p("") + p("Hai.")))

    assert texts(manuscript) == ["Một.", "Hai."]
    assert [paragraph.place(0) for paragraph in manuscript.paragraphs] == [
        Place(1, paragraph=1),
        Place(2, paragraph=3),
    ]
    assert manuscript.lines == ("Một.", "Hai.")


def test_insertions_count_and_deletions_do_not():
    manuscript = read(
        docx(
            p(
                "Có ",
                f'<w:ins w:id="1">{r("12")}</w:ins>',
                '<w:del w:id="2"><w:r><w:delText>13</w:delText></w:r></w:del>',
            )
            + f'<w:moveFrom w:id="3">{p("Đoạn đã chuyển đi.")}</w:moveFrom>'
            + p(
                "Xã", f'<w:moveFrom w:id="4">{r(" cũ")}</w:moveFrom>', f'<w:moveTo w:id="5">{r(" mới")}</w:moveTo>', "."
            )
        )
    )

    assert texts(manuscript) == ["Có 12", "Xã mới."]
    assert "Track Changes" in manuscript.remarks[0]


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    manuscript = read(docx(p("Có 12 ", props='<w:rPr><w:del w:id="1"/></w:rPr>') + p("hồ sơ.")))

    assert texts(manuscript) == ["Có 12 hồ sơ."]


def test_a_deleted_row_is_left_out():
    deleted = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{tc(p("Cũ"))}</w:tr>'

    (grid,) = read(docx(f"<w:tbl>{deleted}<w:tr>{tc(p('Mới'))}</w:tr></w:tbl>")).grids

    assert cells(grid) == [["Mới"]]


def test_a_file_without_changes_has_no_remarks():
    assert read(docx(p("Một."))).remarks == ()


def test_merged_cells_leave_what_they_cover_empty():
    below = tc(p(""), props="<w:vMerge/>")
    (grid,) = read(
        docx(
            tbl(
                [tc(p("Đơn vị"), props='<w:vMerge w:val="restart"/>'), tc(p("Hồ sơ"), props='<w:gridSpan w:val="2"/>')],
                [below, tc(p("Đúng hạn")), tc(p("Trễ hạn"))],
            )
        )
    ).grids

    assert cells(grid) == [["Đơn vị", "Hồ sơ", ""], ["", "Đúng hạn", "Trễ hạn"]]


def test_a_table_in_a_cell_follows_the_outer_one():
    inner = tbl([tc(p("a")), tc(p("b"))])
    manuscript = read(docx(p("Trước.") + tbl([tc(p("Ngoài"), inner, p("")), tc(p("1"), p("2"))]) + p("Sau.")))

    assert [cells(grid) for grid in manuscript.grids] == [[["Ngoài", "1 2"]], [["a", "b"]]]
    assert texts(manuscript) == ["Trước.", "Sau."]
    assert [cell.place(0).paragraph for cell in manuscript.grids[1].rows[0]] == [3, 4]


def test_nested_controls_are_transparent():
    def control(inside):
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    around = control(control(p("Có ", control(control(r("12"))), " xã.")))
    row = control("<w:tr>" + control(tc(p("ô"))) + "</w:tr>")
    manuscript = read(docx(around + f"<w:tbl>{row}</w:tbl>"))

    assert texts(manuscript) == ["Có 12 xã."]
    assert cells(manuscript.grids[0]) == [["ô"]]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{p('Trong khung.')}</w:txbxContent>"
    alternative = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    manuscript = read(docx(p("Mang khung.", f"<w:r>{alternative}</w:r>") + p("Sau khung.")))

    assert texts(manuscript) == ["Mang khung.", "Trong khung.", "Sau khung."]
    assert "khung chữ" in manuscript.remarks[0]


def test_of_a_field_only_the_result_is_read():
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = "<w:r><w:instrText>REF a</w:instrText></w:r>" + r("chỉ dẫn")
    nested = mark("begin") + mark("begin") + r("x") + mark("separate") + r("y") + mark("end") + mark("separate")
    manuscript = read(
        docx(
            p("Số ", mark("begin"), instruction, mark("separate"), "12", mark("end"), ".")
            + p(
                nested,
                "trong",
                mark("end"),
                " ngoài",
                '<w:fldSimple w:instr="PAGE"><w:r><w:t> 7</w:t></w:r></w:fldSimple>',
            )
            + p(mark("begin"), "chưa đóng")
            + p("vẫn đọc")
        )
    )

    assert texts(manuscript) == ["Số 12.", "trong ngoài 7", "vẫn đọc"]


def test_breaks_tabs_and_hyphens_stand_as_characters():
    manuscript = read(
        docx(
            p(
                "a",
                "<w:r><w:br/></w:r>",
                "b",
                "<w:r><w:tab/></w:r>",
                "c",
                "<w:r><w:noBreakHyphen/></w:r>",
                "d",
            )
        )
    )

    assert texts(manuscript) == ["a b c-d"]


def test_hidden_text_is_not_read_and_said_so():
    manuscript = read(docx(p("Thấy.", r("Ẩn.", "<w:vanish/>"), r(" Không ẩn.", '<w:vanish w:val="0"/>'))))

    assert texts(manuscript) == ["Thấy. Không ẩn."]
    assert "chữ ẩn" in manuscript.remarks[0]


def test_raised_digits_are_superscripts_by_format_and_by_style():
    styles = '<w:style w:styleId="Raised"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    manuscript = read(
        docx(
            p("năm 2022", r("12", '<w:vertAlign w:val="superscript"/>'), " và", r("3", '<w:rStyle w:val="Raised"/>')),
            styles=styles,
        )
    )

    assert texts(manuscript) == ["năm 2022¹² và³"]


def test_a_style_with_an_outline_level_makes_a_heading():
    styles = '<w:style w:styleId="Muc"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    manuscript = read(docx(p("Đánh giá chung", props='<w:pStyle w:val="Muc"/>') + p("Đánh giá chung"), styles=styles))

    assert [paragraph.heading for paragraph in manuscript.paragraphs] == [True, False]


def test_notes_are_numbered_as_their_references_come():
    manuscript = read(
        docx(
            p("Một.")
            + p("Hai", reference("footnote", 7), " và", reference("footnote", 2), ".")
            + tbl([tc(p("ô", reference("footnote", 3)))]),
            footnotes=note("footnote", -1, p(""))
            + note("footnote", 2, p("<w:r><w:footnoteRef/></w:r>", " Ghi chú hai."))
            + note("footnote", 7, p(" Ghi chú bảy."), p("Đoạn sau."))
            + note("footnote", 3, p("Ghi chú ba.")),
        )
    )

    assert texts(manuscript)[1] == "Hai¹ và²."
    assert manuscript.grids[0].rows[0][0].text == "ô³"
    assert [(one.footnote, one.text) for one in manuscript.notes] == [
        (1, "Ghi chú bảy. Đoạn sau."),
        (2, "Ghi chú hai."),
        (3, "Ghi chú ba."),
    ]
    assert manuscript.notes[0].place(0).paragraph == 2
    assert manuscript.lines[manuscript.notes[2].place(0).line - 1] == "Ghi chú ba."


def test_endnotes_and_footnotes_share_one_count():
    manuscript = read(
        docx(
            p("a", reference("endnote", 1), "b", reference("footnote", 1)),
            footnotes=note("footnote", 1, p("Cuối trang.")),
            endnotes=note("endnote", 1, p("Cuối văn bản.")),
        )
    )

    assert texts(manuscript) == ["a¹b²"]
    assert [(one.footnote, one.text) for one in manuscript.notes] == [(1, "Cuối văn bản."), (2, "Cuối trang.")]
    assert "đánh số chung" in manuscript.remarks[0]


def test_the_main_part_may_have_another_name():
    assert texts(read(docx(p("Một."), main="word/document2.xml"))) == ["Một."]


def test_our_own_report_reads_as_it_was_written():
    document = full_report(3, 4)
    written = [squeezed(part) for part in plain_text(document).split("\n\n") if "\t" not in part]
    manuscript = read(to_docx(document))

    in_cells = squeezed(" ".join(cell.text for grid in manuscript.grids for row in grid.rows for cell in row))
    notes = [f"{superscript(one.footnote)} {squeezed(one.text)}" for one in manuscript.notes]
    found = [*map(squeezed, texts(manuscript)), *notes]
    # the letterhead and the signature are set in tables, the notice stands in the page's foot; capitals are a format
    assert [part for part in written if part not in found and part.lower() not in in_cells.lower()] == [NOTICE]
    assert len(notes) == len(footnotes(document))


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here (make deps-apt installs it)")
def test_a_file_saved_by_libreoffice_reads_the_same(tmp_path):
    source = to_docx(full_report(2, 4))
    (tmp_path / "mau.docx").write_bytes(source)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", tmp_path / "out"]
    subprocess.run([*command, tmp_path / "mau.docx"], check=True, capture_output=True, timeout=120)

    ours, theirs = read(source), read((tmp_path / "out" / "mau.docx").read_bytes())

    assert list(map(squeezed, texts(theirs))) == list(map(squeezed, texts(ours)))
    assert [squeezed(one.text) for one in theirs.notes] == [squeezed(one.text) for one in ours.notes]
    assert [cells(grid) for grid in theirs.grids] == [cells(grid) for grid in ours.grids]


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


REFUSED = {
    "a broken zip": (docx(p("Một."))[:300], DocxNotReadable, "đã hỏng"),
    "a zip with other things": (packed(anh_xml="x"), DocxNotReadable, "không phải tệp DOCX"),
    "a workbook": (packed(xl__workbook_xml="<x/>"), ManuscriptNotReadable, "Excel"),
    "an OpenDocument text": (packed(mimetype="application/vnd.oasis"), ManuscriptNotReadable, "OpenDocument"),
    "too many paragraphs": (docx(p("a") * 100_001), ManuscriptNotReadable, "quá dài"),
    "no words": (docx(p("") + tbl([tc(p(" "))])), ManuscriptNotReadable, "trống"),
    "no body": (packed(word__document_xml="<document/>"), ManuscriptNotReadable, "Strict"),
    "no xml": (packed(word__document_xml="<html>"), DocxNotReadable, "không phải tệp DOCX"),
    "a bomb": (packed(word__document_xml=b" " * 50_000_001), DocxNotReadable, "quá lớn"),
    "entities": (
        packed(word__document_xml='<!DOCTYPE d [<!ENTITY x "bom">]><d>&x;</d>'),
        DocxNotReadable,
        "DOCTYPE",
    ),
}


@pytest.mark.parametrize(("data", "kind", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_docx_is_refused_with_the_reason(data, kind, why):
    with pytest.raises(kind, match=why):
        read(data)
