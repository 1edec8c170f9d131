"""A small report as a Word file, the values of its marks, and the ways in which people edit it."""

import dataclasses
import io
import shutil
import subprocess
import zipfile

from lxml import etree

from congvu.press.model import Footnote, Heading, Mark, Paragraph, Table, Text, runs
from congvu.press.word.document import to_docx
from congvu.press.word.reader import marks
from congvu.press.word.refresh import Resolved, refresh
from tests.press import sample

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {"w": W}
ABOUT = {"report": "thu", "year": 2024}

SOURCES = {
    "m001.late": "late",
    "m002.rate": "rate",
    "m003.names": "list names",
    "m004.cite-plan": "cite plan",
    "m005.cell": "cell",
    "m006.visits": "visits",
}
FIRST = {
    "late": ("907", "figure"),
    "rate": ("93,25%", "figure"),
    "list names": ("02 sở: Y tế; Nội vụ", "list"),
    "cite plan": ("Kế hoạch số 12/KH-UBND.", "citation"),
    "cell": ("15", "figure"),
    "visits": ("06", "figure"),
}


def w(tag):
    return f"{{{W}}}{tag}"


def mark(id_, **looks):
    return Mark(id_, *FIRST[SOURCES[id_]], **looks)


def document():
    """Two sections, six marks: four in the text, one in a note, one in a table."""
    return dataclasses.replace(
        sample.report(notice=None),
        blocks=(
            Heading(1, runs("I. Kết quả")),
            Paragraph(runs("Có ", mark("m001.late"), " hồ sơ trễ hạn, đạt ", mark("m002.rate"), "; xem thêm.")),
            Paragraph(runs("Gồm ", mark("m003.names"), " theo kế hoạch", Footnote(runs(mark("m004.cite-plan"))), ".")),
            Table(("Đơn vị", "Số"), (("Huyện A", (mark("m005.cell"),)),)),
            Heading(1, runs("II. Đánh giá")),
            Paragraph(runs("Đã kiểm tra ", mark("m006.visits", bold=True), " cuộc.")),
        ),
    )


def word_file():
    return to_docx(document(), SOURCES, ABOUT)


class Values:
    """A resolver over a table of values; ``asked`` keeps the order in which marks were computed."""

    def __init__(self, **changed):
        self.values = FIRST | {name.replace("_", " "): (text, FIRST_KIND(name)) for name, text in changed.items()}
        self.asked = []

    def __call__(self, source):
        self.asked.append(source)
        return self.trial(source)

    def trial(self, source):
        head, _blank, rest = source.partition(" ")
        if head == "footnote:":
            return Resolved((Footnote(runs(rest)),))
        if head == "note":
            text, kind = self.values.get(rest, (None, None))
            found = (Footnote((Mark("m001.note", text, kind), Text("."))),) if text else ()
        else:
            text, kind = self.values.get(source, (None, None))
            piece = Mark(f"m001.{source.replace(' ', '-')}", text, kind) if text else None
            found = () if piece is None else ((Footnote((piece,)),) if head == "cite" else (piece,))
        return Resolved(found, "" if found else f"không có chỉ tiêu «{source}»")


def FIRST_KIND(name):
    return FIRST.get(name.replace("_", " "), ("", "figure"))[1]


def parts(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return out.getvalue()


def root(docx, part="word/document.xml"):
    return etree.fromstring(parts(docx)[part])


def edited(docx, change, part="word/document.xml"):
    """Return the file after ``change`` did something to a part's root."""
    element = root(docx, part)
    change(element)
    return packed(parts(docx) | {part: etree.tostring(element, xml_declaration=True, encoding="UTF-8")})


def replaced(docx, old, new, part="word/document.xml"):
    content = parts(docx)[part].decode()
    assert old in content, old
    return packed(parts(docx) | {part: content.replace(old, new).encode()})


def control(element, id_):
    return element.xpath(f".//w:sdt[w:sdtPr/w:tag/@w:val='{id_}']", namespaces=NS)[0]


def paragraph_with(element, words):
    return next(p for p in element.iter(w("p")) if words in "".join(p.itertext()))


def texts(docx, part="word/document.xml"):
    """The words of every paragraph, without what was deleted under tracked changes."""
    found = []
    for p in root(docx, part).iter(w("p")):
        found.append("".join(t.text or "" for t in p.iter(w("t"))))
    return [text for text in found if text]


def as_xml(fragment):
    return etree.fromstring(f'<w:x xmlns:w="{W}">{fragment}</w:x>')


def add_paragraph(docx, *fragments, before="II. Đánh giá"):
    """Return the file with a paragraph of these runs (XML) before another."""

    def change(element):
        paragraph = etree.Element(w("p"))
        paragraph.extend(list(as_xml("".join(fragments))))
        paragraph_with(element, before).addprevious(paragraph)

    return edited(docx, change)


def typed(words, looks=""):
    return f'<w:r>{f"<w:rPr>{looks}</w:rPr>" if looks else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def renew(docx, **changed):
    return refresh(docx, Values(**changed), ABOUT)


def kinds(refreshed):
    return [(change.kind, change.id or change.source) for change in refreshed.changes]


def last_note(notes):
    return notes.findall(".//w:footnote/w:p", NS)[-1]


def text_of(docx, id_):
    found = [mark.text for mark in marks(docx) if mark.id == id_]
    assert len(found) == 1
    return found[0]


def tags(docx):
    return [mark.id for mark in marks(docx)]


SOFFICE = shutil.which("soffice")


def through_libreoffice(docx, folder, form="docx"):
    """Return the file as LibreOffice saves it."""
    (folder / "in.docx").write_bytes(docx)
    out = folder / "out"
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", form, "--outdir", str(out), str(folder / "in.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (out / f"in.{form}").read_bytes()
