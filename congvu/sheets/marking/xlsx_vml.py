"""The boxes of comments, in the drawing language of old Excel. Its files are often no XML, so bytes are edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

_SPACES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_KIND: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{number}"{spaces} type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:216pt;height:{height}pt;z-index:{number};visibility:hidden" fillcolor="#ffe3dc" '
    'o:insetmode="auto"><v:fill color2="#ffe3dc"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 10, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ANY_SHAPE: Final = re.compile(rb"<v:shape\b.*?</v:shape>\s*", re.DOTALL)
_LINE_LETTERS: Final = 42
_ROW_PT: Final = 15


def new_drawing() -> bytes:
    """Return a drawing without shapes."""
    spaces = "".join(f' xmlns:{name}="{where}"' for name, where in _SPACES.items())
    layout = '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    return f"<xml{spaces}>{layout}{_KIND}</xml>".encode()


def add_shapes(drawing: bytes, texts: Mapping[tuple[int, int], str]) -> bytes:
    """Return the drawing with a hidden box beside each cell (row from 1, column from 0), as high as its text needs."""
    end = drawing.rfind(b"</xml>")
    if end < 0:
        raise ValueError("a drawing of comments without its end")
    last = max((int(each) for each in re.findall(rb"_x0000_s([0-9]{1,9})\b", drawing)), default=1024)
    root = drawing[: drawing.find(b">", drawing.find(b"<xml")) + 1]
    spaces = "".join(
        f' xmlns:{name}="{where}"' for name, where in _SPACES.items() if f"xmlns:{name}=".encode() not in root
    )
    added = [] if b'"_x0000_t202"' in drawing else [_KIND]
    for number, ((row, column), text) in enumerate(sorted(texts.items()), last + 1):
        lines = sum(len(line) // _LINE_LETTERS + 1 for line in text.split("\n")) + 1
        added.append(
            _SHAPE.format(
                number=number,
                spaces=spaces,
                height=lines * _ROW_PT,
                left=column + 1,
                right=column + 5,
                top=max(row - 2, 0),
                bottom=max(row - 2, 0) + lines,
                row=row - 1,
                column=column,
            )
        )
    return drawing[:end] + "".join(added).encode() + drawing[end:]


def without_shapes(drawing: bytes, cells: Collection[tuple[int, int]]) -> bytes:
    """Return the drawing without the boxes of the comments on these cells."""

    def kept(shape: re.Match[bytes]) -> bytes:
        row, column = (re.search(rb"<x:%s>\s*([0-9]{1,7})\s*<" % name, shape[0]) for name in (b"Row", b"Column"))
        if b'ObjectType="Note"' not in shape[0] or not row or not column:
            return shape[0]
        return b"" if (int(row[1]) + 1, int(column[1])) in cells else shape[0]

    return _ANY_SHAPE.sub(kept, drawing)
