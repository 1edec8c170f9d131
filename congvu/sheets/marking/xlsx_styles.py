"""The styles of a workbook: those of wrong cells, each made of the cell's own, and the way back from them."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from congvu.press.word.xml import Element, parse

from .xlsx_package import Package, child, local, made, space

# Excel and LibreOffice number styles anew when they save, but keep colours to the bit. So the last bits of our red
# say which look of its own the cell had; the list sheet holds those looks. No eye tells the shades apart.
_SHADES: Final = [(248 + r, 176 + g, 160 + b) for r in range(8) for g in range(8) for b in range(8)]
SHADES_MAX: Final = len(_SHADES)
EDGE: Final = "FFC1272D"
_EMPTY: Final = (
    '<styleSheet xmlns="{}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDER: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_SIDES: Final = ("left", "start", "right", "end", "top", "bottom")
_APPLIED: Final = ("applyFill", "applyBorder")


@dataclass(frozen=True)
class ListLooks:
    """The styles of the list sheet's cells; ``quoted`` is for texts that would look like formulas."""

    title: int
    head: int
    text: int
    quoted: int
    link: int
    number: int


class Styles:
    """The styles part of a package, changed as new ones are asked for; :meth:`save` writes it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.related(package.workbook, "styles") or self._new()
        self._root = package.tree(self._part)
        self._fonts, self._fills, self._borders, self._xfs = (
            self._group(name) for name in ("fonts", "fills", "borders", "cellXfs")
        )
        self._known = {id(group): self._places(group) for group in self._groups()}
        self._shades: dict[str, int] = {}
        self._marked: dict[int, int] = {}

    def _new(self) -> str:
        package = self._package
        part = "xl/styles.xml"  # where readers look that do not follow relations
        if package.has(part):
            part = package.unused("xl/styles{}.xml")
        package.write(part, [_EMPTY.format(space(package.tree(package.workbook)).strip("{}")).encode()])
        package.declare(part, _TYPE)
        package.relate(package.workbook, "styles", part)
        return part

    def _group(self, name: str) -> Element:
        """Return the element with all fonts, fills, …; one that a bare writer left out is made in its place."""
        if (group := child(self._root, name)) is not None and len(group):
            return group
        if group is not None:
            self._root.remove(group)
        example = child(parse(_EMPTY.format(space(self._root).strip("{}")).encode()), name)
        earlier = [each for each in self._root if local(each) in _ORDER[: _ORDER.index(name)]]
        earlier[-1].addnext(example) if earlier else self._root.insert(0, example)
        return example

    def _groups(self) -> tuple[Element, ...]:
        return self._fonts, self._fills, self._borders, self._xfs

    @staticmethod
    def _places(group: Element) -> dict[str, int]:
        places: dict[str, int] = {}
        for index, each in enumerate(each for each in group if local(each)):
            places.setdefault(_told(each), index)
        return places

    def _add(self, group: Element, element: Element) -> int:
        """Return the place of an element among its like; it is added where none is equal."""
        places = self._known[id(group)]
        told = _told(element)
        if told not in places:
            places[told] = len([each for each in group if local(each)])
            group.append(element)
            group.set("count", str(places[told] + 1))
        return places[told]

    def _at(self, group: Element, index: str | None) -> Element:
        """Return a copy of the element at a place; the first where a damaged file points to none."""
        found = [each for each in group if local(each)]
        at = int(index) if index and index.isascii() and index.isdigit() else 0
        return copy.deepcopy(found[at if at < len(found) else 0])

    # Marks

    def marked(self, style: int) -> int:
        """Return the style of a wrong cell: its own, with our fill and edges."""
        if style not in self._marked:
            xf = self._at(self._xfs, str(style))
            fill, border = self._at(self._fills, xf.get("fillId")), self._at(self._borders, xf.get("borderId"))
            applied = {name: xf.get(name) for name in _APPLIED if xf.get(name) is not None}
            look = json.dumps({"fill": _told(fill), "border": _told(border), **applied}, ensure_ascii=False)
            shade = self._shades.setdefault(look, min(len(self._shades), SHADES_MAX - 1))
            xf.set("fillId", str(self._add(self._fills, self._solid(_rgb(_SHADES[shade])))))
            xf.set("borderId", str(self._add(self._borders, self._edged(border))))
            xf.attrib.update(dict.fromkeys(_APPLIED, "1"))
            self._marked[style] = self._add(self._xfs, xf)
        return self._marked[style]

    @property
    def looks(self) -> list[str]:
        """The looks that marked cells had, each at the place that its shade says."""
        return list(self._shades)[:SHADES_MAX]

    def earlier(self) -> bool:
        """Return whether there are marks of an earlier round."""
        return bool(self._shaded())

    def unmarked(self, looks: list[str]) -> Mapping[int, int]:
        """Return for every style of a marked cell the one that the cell had.

        ``looks`` are those told by the sheet of the earlier round; a cell whose look is not there loses fill and
        edges.
        """
        found = {}
        for index, shade in self._shaded().items():
            xf = self._at(self._xfs, str(index))
            look = _look(looks[shade] if shade < len(looks) else "", space(self._root))
            for name, group, key in (("fill", self._fills, "fillId"), ("border", self._borders, "borderId")):
                xf.set(key, str(self._add(group, look[name])) if name in look else "0")
            for name in _APPLIED:
                xf.attrib.pop(name, None)
                if name in look:
                    xf.set(name, str(look[name]))
            found[index] = self._add(self._xfs, xf)
        return found

    def _shaded(self) -> dict[int, int]:
        """Return the styles with our fill and our edge, each with its shade."""
        shades = {_rgb(shade): number for number, shade in enumerate(_SHADES)}
        fills = {}
        for index, fill in enumerate(each for each in self._fills if local(each)):
            colours = [each for each in fill.iter() if local(each) == "fgColor"]
            if colours and colours[0].get("rgb") in shades:
                fills[str(index)] = shades[colours[0].get("rgb")]
        edged = {
            str(index)
            for index, border in enumerate(each for each in self._borders if local(each))
            if any(each.get("rgb") == EDGE for each in border.iter() if local(each) == "color")
        }
        return {
            index: fills[xf.get("fillId")]
            for index, xf in enumerate(each for each in self._xfs if local(each))
            if xf.get("fillId") in fills and xf.get("borderId") in edged
        }

    def _solid(self, rgb: str) -> Element:
        fill = made(self._fills, "fill")
        pattern = made(fill, "patternFill", patternType="solid")
        fill.append(pattern)
        pattern.extend([made(pattern, "fgColor", rgb=rgb), made(pattern, "bgColor", indexed="64")])
        return fill

    def _edged(self, border: Element) -> Element:
        """Return a border with our colour on all four sides; diagonals and thick lines stay."""
        edged = copy.deepcopy(border)
        sides = {local(side): side for side in edged}
        for names in (("left", "start"), ("right", "end"), ("top",), ("bottom",)):
            side = next((sides[name] for name in names if name in sides), None)
            if side is None:
                side = made(edged, names[0])
                later = [each for each in edged if local(each) not in _SIDES[: _SIDES.index(names[-1]) + 1]]
                later[0].addprevious(side) if later else edged.append(side)
            if side.get("style", "none") == "none":
                side.set("style", "thin")
            for colour in list(side):
                side.remove(colour)
            side.append(made(side, "color", rgb=EDGE))
        return edged

    # The list sheet

    def for_list(self) -> ListLooks:
        font = [_font(self._fonts, bold=True, size="14"), _font(self._fonts, bold=True), _font(self._fonts)]
        title, bold, plain = (self._add(self._fonts, each) for each in font)
        link = self._add(self._fonts, _font(self._fonts, link=True))
        grey = self._add(self._fills, self._solid("FFE7E6E6"))
        frame = made(self._borders, "border")
        for name in ("left", "right", "top", "bottom"):
            side = made(frame, name, style="thin")
            side.append(made(side, "color", auto="1"))
            frame.append(side)
        frame.append(made(frame, "diagonal"))
        box = self._add(self._borders, frame)
        return ListLooks(
            title=self._plain_xf(title, 0, 0),
            head=self._plain_xf(bold, grey, box, wrapText="1", horizontal="center", vertical="center"),
            text=self._plain_xf(plain, 0, box, wrapText="1", vertical="top"),
            quoted=self._plain_xf(plain, 0, box, quoted=True, wrapText="1", vertical="top"),
            link=self._plain_xf(link, 0, box, vertical="top"),
            number=self._plain_xf(plain, 0, box, vertical="top"),
        )

    def _plain_xf(self, font: int, fill: int, border: int, quoted: bool = False, **alignment: str) -> int:
        ids = {"fontId": str(font), "fillId": str(fill), "borderId": str(border)}
        xf = made(self._xfs, "xf", numFmtId="0", **ids, xfId="0", applyFont="1", applyFill="1", applyBorder="1")
        if quoted:
            xf.set("quotePrefix", "1")
        if alignment:
            xf.set("applyAlignment", "1")
            xf.append(made(xf, "alignment", **alignment))
        return self._add(self._xfs, xf)

    def save(self) -> None:
        self._package.touch(self._part)


def _font(fonts: Element, bold: bool = False, link: bool = False, size: str = "12") -> Element:
    font = made(fonts, "font")
    parts: list[tuple[str, dict[str, str]]] = [("b", {})] if bold else []
    parts += [("u", {})] if link else []
    parts += [("sz", {"val": size}), ("color", {"rgb": "FF0563C1" if link else "FF000000"})]
    for name, attributes in [*parts, ("name", {"val": "Times New Roman"}), ("family", {"val": "1"})]:
        font.append(made(font, name, **attributes))
    return font


def _rgb(shade: tuple[int, int, int]) -> str:
    return "FF{:02X}{:02X}{:02X}".format(*shade)


def _told(element: Element) -> str:
    """Return an element in one writing, to compare it and to keep it."""
    alone = copy.deepcopy(element)
    alone.tail = None
    etree.cleanup_namespaces(alone)
    return str(etree.tostring(alone, method="c14n").decode())


def _look(told: str, wanted: str) -> dict[str, Element]:
    """Return what a cell had: fill, border and what applies; nothing where the sheet tells none that is one."""
    try:
        look = json.loads(told)
        found = {name: parse(look[name].encode()) for name in ("fill", "border")}
    except (ValueError, KeyError, TypeError, AttributeError, etree.XMLSyntaxError):
        return {}
    if any(each.tag != wanted + name for name, each in found.items()):
        return {}
    return found | {name: look[name] for name in _APPLIED if look.get(name) in ("0", "1", "true", "false")}
