"""Reads marks and footnotes back from a DOCX, also one that was edited and saved by Word or LibreOffice."""

import io
import itertools
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from congvu.kernel.errors import Refusal
from congvu.press.word.xml import Element, parse, qn

PART_MAX_BYTES: Final = 50_000_000  # unpacked; a report of a thousand pages has a tenth of it

# No zip, no such part, no XML, broken compression, and (RuntimeError) a password or an unknown compression.
UNREADABLE: Final = (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, zlib.error, EOFError, RuntimeError)


class DocxNotReadable(Refusal):
    """The file is no DOCX, is broken, or unpacks to more than a report can hold."""

    code = "docx_not_readable"


@dataclass(frozen=True)
class FoundMark:
    """A content control with a tag.

    ``paragraph`` counts from 0 over all paragraphs of the body, those in tables included; in a footnote it is
    the note's number. A control around a footnote reference has the note's number as its text.
    """

    id: str
    text: str
    part: Literal["body", "footnote"]
    paragraph: int


def marks(docx: bytes) -> list[FoundMark]:
    """Return the marks in reading order: the body's, then those of the notes.

    Raises
    ------
    DocxNotReadable
        The bytes are not a readable DOCX.
    """
    body = read_part(docx, "word/document.xml")
    numbers = _note_numbers(body)
    places = {paragraph: index for index, paragraph in enumerate(body.iter(qn("p")))}
    found = [
        FoundMark(tag, _text(control, numbers), "body", places[_paragraph_of(control)])
        for control, tag in _controls(body)
    ]
    for number, note in _numbered_notes(docx, numbers):
        found += [FoundMark(tag, _text(control, numbers), "footnote", number) for control, tag in _controls(note)]
    return found


def footnote_texts(docx: bytes) -> list[str]:
    """Return the notes' words in the order of their numbers, paragraphs of one note apart by ``\\n``.

    Raises
    ------
    DocxNotReadable
        The bytes are not a readable DOCX.
    """
    numbers = _note_numbers(read_part(docx, "word/document.xml"))
    notes = _numbered_notes(docx, numbers)
    return ["\n".join(_text(p, numbers).strip() for p in note.iter(qn("p"))) for _, note in notes]


def read_part(docx: bytes, name: str) -> Element:
    """Return the root of one part of a package that may come from anyone.

    Raises
    ------
    DocxNotReadable
        The bytes are no DOCX, are broken, have no such part, or unpack to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            # SECURITY: a small file may unpack to gigabytes; the zip's own claim is checked before reading.
            if package.getinfo(name).file_size > PART_MAX_BYTES:
                raise DocxNotReadable("Tệp DOCX quá lớn khi giải nén; hãy bớt hình ảnh, bảng biểu rồi tải lên lại.")
            return parse(package.read(name))
    except UNREADABLE as error:
        raise DocxNotReadable(
            "Không đọc được tệp: đây không phải tệp DOCX hoặc tệp đã hỏng; "
            "hãy mở bằng Word, lưu lại dạng .docx rồi tải lên lại."
        ) from error


def _note_numbers(body: Element) -> dict[str, int]:
    """Return each note's id with its number: Word numbers by where the references stand, whatever the ids."""
    references = body.iter(qn("footnoteReference"))
    return {reference.get(qn("id")): number for number, reference in enumerate(references, start=1)}


def _numbered_notes(docx: bytes, numbers: dict[str, int]) -> list[tuple[int, Element]]:
    if not numbers:
        return []
    notes = read_part(docx, "word/footnotes.xml").iter(qn("footnote"))
    numbered = ((numbers[note.get(qn("id"))], note) for note in notes if note.get(qn("id")) in numbers)
    return sorted(numbered, key=lambda pair: pair[0])


def _controls(root: Element) -> list[tuple[Element, str]]:
    found = []
    for control in root.iter(qn("sdt")):
        tag = control.find(f"{qn('sdtPr')}/{qn('tag')}")
        if tag is not None and tag.get(qn("val")):
            found.append((control, tag.get(qn("val"))))
    return found


def _paragraph_of(control: Element) -> Element:
    """Return the paragraph around an inline control, or the first one inside a control around paragraphs."""
    return next(itertools.chain(control.iterancestors(qn("p")), control.iter(qn("p"))))


def _text(element: Element, numbers: dict[str, int]) -> str:
    pieces: list[str] = []
    for node in element.iter(qn("t"), qn("br"), qn("tab"), qn("footnoteReference")):
        if node.tag == qn("t"):
            pieces.append(node.text or "")
        elif node.tag == qn("footnoteReference"):
            pieces.append(str(numbers[node.get(qn("id"))]))
        else:
            pieces.append("\n" if node.tag == qn("br") else "\t")
    return "".join(pieces)
