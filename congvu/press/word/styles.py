"""Word styles made from the shared looks, so that an office restyles a report in one place."""

from typing import Final

from congvu.press.layout import LOOKS, Look
from congvu.press.word.xml import Element, mm_twips, on, twips, w

FONT: Final = "Times New Roman"
WORD_ALIGN: Final = {"left": "left", "center": "center", "right": "right", "justify": "both"}
REFERENCE_STYLE: Final = "FootnoteReference"


def style_id(look: str) -> str:
    """Return the Word id of a look: ``cell_head`` is ``CellHead``."""
    return "FootnoteText" if look == "footnote" else look.title().replace("_", "")


def styles_element(language: str) -> Element:
    """Return the whole ``w:styles``: nothing of the writer's own template shows through."""
    return w(
        "styles",
        w(
            "docDefaults",
            w("rPrDefault", _default_run(language)),
            w("pPrDefault", w("pPr", w("widowControl"), _single_spacing())),
        ),
        _built_in("paragraph", "Normal", "Normal", w("qFormat")),
        _built_in("character", "DefaultParagraphFont", "Default Paragraph Font", w("semiHidden")),
        _built_in("table", "TableNormal", "Normal Table", w("semiHidden")),
        _built_in("numbering", "NoList", "No List", w("semiHidden")),
        *(_style(key, look) for key, look in LOOKS.items()),
        w(
            "style",
            w("name", val="footnote reference"),
            w("rPr", w("vertAlign", val="superscript")),
            type="character",
            styleId=REFERENCE_STYLE,
        ),
    )


def _default_run(language: str) -> Element:
    # All four, or Word falls back to its theme's font for the letters it files under another script.
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    return w(
        "rPr",
        fonts,
        w("sz", val=28),
        w("szCs", val=28),
        w("lang", val=language, eastAsia=language, bidi=language),
    )


def _single_spacing() -> Element:
    return w("spacing", before=0, after=0, line=240, lineRule="auto")


def _built_in(kind: str, identifier: str, name: str, *properties: Element) -> Element:
    return w("style", w("name", val=name), *properties, type=kind, styleId=identifier, default=1)


def _style(key: str, look: Look) -> Element:
    return w(
        "style",
        w("name", val=look.name),
        w("basedOn", val="Normal"),
        w("next", val=style_id("body")) if key.startswith("heading") else None,
        w("qFormat"),
        _paragraph_properties(key, look),
        _run_properties(look),
        type="paragraph",
        styleId=style_id(key),
    )


def _paragraph_properties(key: str, look: Look) -> Element:
    return w(
        "pPr",
        on("keepNext", look.keep_with_next),
        w(
            "spacing",
            before=twips(look.before_pt),
            after=twips(look.after_pt),
            line=round(240 * look.line),
            lineRule="auto",
        ),
        w("ind", firstLine=mm_twips(look.first_line_mm)),
        w("jc", val=WORD_ALIGN[look.align]),
        w("outlineLvl", val=int(key[-1]) - 1) if key.startswith("heading") else None,
    )


def _run_properties(look: Look) -> Element:
    half_points = round(look.size_pt * 2)
    return w(
        "rPr",
        on("b", look.bold),
        on("i", look.italic),
        on("caps", look.caps),
        w("color", val=look.colour) if look.colour else None,
        w("sz", val=half_points),
        w("szCs", val=half_points),
    )
