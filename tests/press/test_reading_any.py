"""Whatever bytes come: a manuscript or a refusal, nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.kernel.errors import Refusal
from congvu.press.manuscript import Manuscript
from congvu.press.pdf import to_pdf
from congvu.press.reading import read_manuscript
from congvu.press.word.document import to_docx

from .docx_parts import docx
from .sample import full_report

WHOLE = {"docx": to_docx(full_report(1, 2)), "pdf": to_pdf(full_report(1, 2))}
HEADS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", "¹ ".encode()]


def holds(data):
    try:
        manuscript = read_manuscript(data, "bat-ky")
    except Refusal:
        return
    assert isinstance(manuscript, Manuscript)
    for paragraph in (
        *manuscript.paragraphs,
        *manuscript.notes,
        *(c for g in manuscript.grids for r in g.rows for c in r),
    ):
        for start, place in paragraph.starts:
            assert 0 <= start <= len(paragraph.text)
            assert 1 <= place.line <= max(len(manuscript.lines), 1)


@given(st.sampled_from(HEADS), st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes(head, tail):
    holds(head + tail)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_words(words):
    holds(words.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", WHOLE)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_to_a_whole_file(kind, data):
    broken = bytearray(WHOLE[kind])
    for at in data.draw(st.lists(st.integers(0, len(broken) - 1), min_size=1, max_size=20)):
        broken[at] = data.draw(st.integers(0, 255))
    holds(bytes(broken[: data.draw(st.integers(len(broken) // 2, len(broken)))]))


PIECES = ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>12</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>"]
PIECES += ["</w:tc>", "<w:tab/>", '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>']
PIECES += [
    '<w:footnoteReference w:id="1"/>',
    "<w:footnoteReference/>",
    "<w:sdt>",
    "</w:sdt>",
    "<w:gridSpan/>",
    "<w:t/>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_order_of_elements(pieces):
    opened, body = [], []
    for piece in pieces:
        if piece.startswith("</"):
            if not opened or opened[-1] != piece[2:-1]:
                continue
            opened.pop()
        elif not piece.endswith("/>") and "</" not in piece:
            opened.append(piece[1:-1])
        body.append(piece)
    body += [f"</{name}>" for name in reversed(opened)]
    holds(docx("".join(body), footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>'))
