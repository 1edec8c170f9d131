"""Measures and looks shared by the DOCX and the PDF. Source: Decree 30/2020/NĐ-CP, annex I."""

from dataclasses import dataclass
from typing import Final, Literal

PAGE_WIDTH_MM: Final = 210
PAGE_HEIGHT_MM: Final = 297
MARGIN_TOP_MM: Final = 20
MARGIN_BOTTOM_MM: Final = 20
MARGIN_LEFT_MM: Final = 30
MARGIN_RIGHT_MM: Final = 15
TEXT_WIDTH_MM: Final = PAGE_WIDTH_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
HEADER_MM: Final = 10  # from the edge of the paper to the page number, and to the notice below

SINGLE_LINE_EM: Final = 1.149  # line height of Times New Roman, and of Liberation Serif made to match it
FIRST_LINE_MM: Final = 10

STATE_NAME: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
MOTTO_RULE_MM: Final = 60.4  # the width of the motto in its own look: the decree wants the line as long
AGENCY_RULE_MM: Final = 22
TITLE_RULE_MM: Final = 45
RULE_PT: Final = 0.75
AGENCY_WIDTH_MM: Final = 64
STATE_WIDTH_MM: Final = TEXT_WIDTH_MM - AGENCY_WIDTH_MM

CELL_PADDING_MM: Final = 1.5
TABLE_GAP_PT: Final = 8  # below a table
FOOTNOTE_GAP_PT: Final = 2  # between footnotes

RECIPIENTS_HEAD: Final = "Nơi nhận:"
RECIPIENTS_WIDTH_MM: Final = 80
SIGNER_WIDTH_MM: Final = TEXT_WIDTH_MM - RECIPIENTS_WIDTH_MM
SIGNATURE_SPACE_MM: Final = 28  # for the hand, the seal or the picture of a digital signature
SIGNATURE_GAP_PT: Final = 14  # between the text and the signature


@dataclass(frozen=True)
class Look:
    """How paragraphs of one kind are set. ``name`` is what Word shows in its list of styles.

    ``line`` is in single lines of the font; the decree allows 1 to 1,5. ``colour`` is RRGGBB.
    """

    name: str
    size_pt: float = 14
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: Literal["left", "center", "right", "justify"] = "center"
    first_line_mm: float = 0
    before_pt: float = 0
    after_pt: float = 0
    line: float = 1
    keep_with_next: bool = False
    colour: str | None = None


def _body(name: str, *, bold: bool = False, italic: bool = False, caps: bool = False, keep: bool = False) -> Look:
    return Look(
        name,
        bold=bold,
        italic=italic,
        caps=caps,
        align="justify",
        first_line_mm=FIRST_LINE_MM,
        after_pt=6,
        line=1.1,
        keep_with_next=keep,
    )


# "heading n", "caption", "footnote text", "header" and "footer" are Word's own: by them it knows their use.
LOOKS: Final[dict[str, Look]] = {
    "body": _body("Nội dung"),
    "item": _body("Nội dung - ý gạch đầu dòng"),
    "closing": _body("Nội dung - câu kết", keep=True),
    "centered": Look("Dòng giữa trang", after_pt=6, line=1.1),
    "caption": Look("caption", 13, bold=True, before_pt=6, after_pt=4, keep_with_next=True),
    "note": Look("Ghi chú, đơn vị tính", 12, italic=True, align="right", after_pt=4, keep_with_next=True),
    "heading1": _body("heading 1", bold=True, caps=True, keep=True),
    "heading2": _body("heading 2", bold=True, keep=True),
    "heading3": _body("heading 3", bold=True, italic=True, keep=True),
    "heading4": _body("heading 4", italic=True, keep=True),
    "state_name": Look("Quốc hiệu", 13, bold=True, caps=True),
    "motto": Look("Tiêu ngữ", bold=True),
    "parent_agency": Look("Cơ quan chủ quản", 13, caps=True),
    "agency": Look("Cơ quan ban hành", 13, bold=True, caps=True),
    "number": Look("Số, ký hiệu", 13, before_pt=6),
    "place_and_date": Look("Địa danh, thời gian", italic=True, before_pt=6),
    "kind_name": Look("Tên loại văn bản", bold=True, caps=True, before_pt=18, keep_with_next=True),
    "abstract": Look("Trích yếu", bold=True, keep_with_next=True),
    "rule": Look("Đường kẻ"),
    "cell_head": Look("Bảng - tiêu đề cột", 13, bold=True, before_pt=2, after_pt=2, keep_with_next=True),
    "cell": Look("Bảng - nội dung", 13, align="left", before_pt=2, after_pt=2),
    "recipients_head": Look("Nơi nhận", 12, bold=True, italic=True, align="left"),
    "recipients": Look("Nơi nhận - danh sách", 11, align="left"),
    "authority": Look("Quyền hạn, chức vụ người ký", bold=True, caps=True),
    "signer": Look("Họ tên người ký", bold=True),
    "footnote": Look("footnote text", 10, align="justify"),
    "page_number": Look("header"),
    "notice": Look("footer", 9, colour="666666"),  # contrast 5.7 to 1: quiet, and still there when copied
}
