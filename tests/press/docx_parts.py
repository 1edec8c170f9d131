"""DOCX packages put together by hand, as other programs write them."""

import io
import zipfile

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {"footnotes": "footnotes.xml", "endnotes": "endnotes.xml", "styles": "styles.xml"}


def docx(body, *, main="word/document.xml", **parts):
    """A package with this body; ``parts`` are the insides of footnotes, endnotes, styles."""
    out = io.BytesIO()
    relations = "".join(f'<Relationship Id="r{name}" Type="{_TYPE}/{name}" Target="{_PARTS[name]}"/>' for name in parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "_rels/.rels", _relations(f'<Relationship Id="r" Type="{_TYPE}/officeDocument" Target="{main}"/>')
        )
        package.writestr(main, f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        folder, _slash, file = main.rpartition("/")
        package.writestr(f"{folder}/_rels/{file}.rels", _relations(relations))
        for name, inside in parts.items():
            package.writestr(f"{folder}/{_PARTS[name]}", f"<w:{name} {NS}>{inside}</w:{name}>")
    return out.getvalue()


def r(text, look=""):
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, props=""):
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inside}</w:p>"


def tc(*inside, props=""):
    return f"<w:tc>{f'<w:tcPr>{props}</w:tcPr>' if props else ''}{''.join(inside)}</w:tc>"


def tbl(*rows):
    inside = "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{inside}</w:tbl>"


def note(kind, number, *inside):
    return f'<w:{kind} w:id="{number}">{"".join(inside)}</w:{kind}>'


def reference(kind, number):
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def _relations(inside):
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )
