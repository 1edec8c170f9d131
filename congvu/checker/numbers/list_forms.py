"""What introduces a list of so many things, and what the things are called."""

from __future__ import annotations

import re

from ..grammar.letters import UPPER

NUMBERS_IN_WORDS = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_COUNT = rf"\d{{1,2}}|{'|'.join(NUMBERS_IN_WORDS)}"

# Places carry one name each; the names of departments hold commas and "và" of their own.
PLACES = (
    r"huyện(?:, (?:thị xã, )?(?:thành phố|thị xã))?|UBND (?:các )?(?:huyện|xã)(?:, (?:thành phố|thị trấn))?"
    r"|xã(?:, (?:phường|thị trấn)(?:, (?:phường|thị trấn))?)?|phường|thị trấn|thành phố|tỉnh(?:, thành phố)?"
    r"|địa phương|quận(?:, huyện)?|thôn|ấp|bản"
)
OFFICES = (
    r"sở(?:, (?:ban, )?ngành)?|ban|ngành|cơ quan|đơn vị|phòng|trường|doanh nghiệp|công ty|bệnh viện|tổ chức|chi cục"
    r"|trung tâm"
)
# Told by short names: no clause of them holds a comma, as a measure or a task does.
FIELDS = r"lĩnh vực|cấp|môn(?: thi)?|mặt hàng|kênh|nhóm"
FAULTS = (
    r"tồn tại(?:, hạn chế)?|hạn chế(?:, (?:tồn tại|thiếu sót|bất cập))?|thiếu sót|sai sót|sai phạm|lỗi"
    r"|khó khăn(?:, vướng mắc)?|bất cập"
)
_ABSTRACT = (
    rf"{FIELDS}|{FAULTS}|nội dung|nhóm(?: \w+){{1,3}}|giải pháp|nhiệm vụ(?: \w+){{0,3}}|tiêu chí|bước|vấn đề"
    r"|nguyên nhân|mục tiêu|kiến nghị|mô hình|sáng kiến|điểm|yêu cầu|nguyên tắc|đề xuất|chuyên đề|đề án|chương trình"
)
COUNTED = re.compile(
    # "4/15 huyện": four of the fifteen follow
    rf"(?<![\w.,/-])(?P<count>{_COUNT})(?:/\d{{1,3}})?\s+"
    rf"(?:(?P<place>{PLACES})|(?P<office>{OFFICES})|(?P<abstract>{_ABSTRACT}))(?![\w])"
    r"(?P<more>(?: [^\W\d]+){0,7}?)"
    r"(?:\)(?=\s*:))?\s*(?:,\s*)?(?P<opener>:|\((?:gồm|bao gồm|đó là|là)?:?|(?:bao )?gồm(?: có| các)?:?"
    rf"|là:|sau(?: đây)?:|như sau:|đó là:?|(?-i:là(?= (?:(?:huyện|xã|tỉnh|thành phố|phường) )?[{UPPER}])))\s*",
    re.IGNORECASE,
)
# "các sở: A, B, C (03 đơn vị)": the count closes the list
COUNTED_AFTER = re.compile(
    rf"(?<!\w)(?:các|những) (?P<head>{PLACES}|{OFFICES})\s*:\s*(?P<names>[^:().\n]+?(?:\([^()]*\)[^:().\n]+?)*)"
    rf"\s*\((?P<count>{_COUNT}) (?P<counted>{PLACES}|{OFFICES})\)",
    re.IGNORECASE,
)
_WORD = rf"[{UPPER}][^\W\d]*"
_PLACE_NAME = rf"(?:TP\.? ?|Bà Rịa ?[-–] ?)?{_WORD}(?:[ -]{_WORD}){{0,3}}"
# A place, and whatever a sentence goes on with after it.
PLACE = re.compile(rf"^(?:(?:huyện|xã|phường|thị trấn|thị xã|thành phố|tỉnh|quận) )*{_PLACE_NAME}(?! [{UPPER}])")
BARE = re.compile(
    rf"(?<![\w.,/-])(?P<count>{_COUNT})\s+"
    r"(?P<place>tỉnh(?:, thành phố)?|huyện(?:, thành phố)?|xã|phường|quận|thị trấn)"
    rf"(?P<more>)\s+(?:là )?(?P<names>{_PLACE_NAME}(?:, {_PLACE_NAME})* và {_PLACE_NAME})(?![\w]|,? [{UPPER}])"
)
OF_ANY_BODY = re.compile(r"^(?:đơn vị|cơ quan|địa phương|tổ chức)$", re.IGNORECASE)
ANOTHER_COUNT = re.compile(rf"(?<!\w)(?:{'|'.join(NUMBERS_IN_WORDS)}) (?:{PLACES}|{OFFICES}|{_ABSTRACT})(?!\w)")
# "trong năm huyện đã …": the year, not five
YEAR_BEFORE = re.compile(r"(?:trong|hàng|mỗi|đầu|cuối|cả|qua|từng|nhiều|các|một|vài|trước|sau|\d)\s+$", re.IGNORECASE)

_OPEN = (
    r"\.\.\.|…|v\.v|(?<!\w)(?:như|tiêu biểu|điển hình|nhất là|trong đó|đặc biệt|ví dụ|chủ yếu|vân vân|kể cả"
    r"|cùng với|ngoài ra"
)
OPEN = re.compile(rf"{_OPEN}|cả|tập trung|thuộc|không)(?!\w)", re.IGNORECASE)
OPEN_OF_CLAUSES = re.compile(rf"{_OPEN})(?!\w)", re.IGNORECASE)

_HEADS = (
    r"UBND|HĐND|Sở|Ban|Bộ|Công an|Thanh tra|Văn phòng|Chi cục|Cục|Tổng cục|Trung tâm|Phòng|Trường|Bệnh viện|Công ty"
    r"|Hội|Liên đoàn|Viện|Kho bạc|Bảo hiểm|Ngân hàng|Báo|Đài|Quỹ|Tòa án|Bộ Chỉ huy|Hợp tác xã|huyện|xã|phường"
    r"|thị trấn|thị xã|thành phố|tỉnh"
)
HEAD = re.compile(rf"^(?:các )?(?:{_HEADS})(?!\w)")
NAME = re.compile(rf"^(?:(?:và|các|{_HEADS}|TP\.?|TX\.?|TT\.?|quận|tp|thôn|bản)\s+)*[{UPPER}]")
# Names of departments that hold a comma or "và" of their own (sources: laws on the bodies of provinces, 2014 to 2025).
ONE_NAME = re.compile(
    r"Lao động\s*[,-–]\s*(?:Thương binh và Xã hội|TB\s?(?:&|và)\s?XH|TBXH)|Khoa học và Công nghệ"
    r"|Thông tin và Truyền thông|Giáo dục và Đào tạo|Tài nguyên và Môi trường|Kế hoạch và Đầu tư"
    r"|Nông nghiệp và (?:Phát triển nông thôn|PTNT|Môi trường)|Văn h(?:óa|oá)\s*,\s*Thể thao(?: và Du lịch)?"
    r"|Văn h(?:óa|oá) và Thể thao|Dân tộc và Tôn giáo|Quy hoạch\s*[,-–]\s*Kiến trúc|Kinh tế và Hạ tầng"
    r"|Tài chính\s*[,-–]\s*Kế hoạch|Văn h(?:óa|oá) và Thông tin|(?:Hội đồng nhân dân|HĐND) và (?:Ủy ban nhân dân|UBND)"
    r"|Đoàn (?:đại biểu Quốc hội|ĐBQH) và (?:Hội đồng nhân dân|HĐND)"
    r"|Phòng cháy\s*,\s*chữa cháy(?: và cứu nạn\s*,\s*cứu hộ)?|Bà Rịa\s*[,-–]\s*Vũng Tàu"
    r"|Nông\s*,\s*lâm(?: nghiệp)?(?:\s*,| và) (?:thủy sản|ngư nghiệp)|Phát thanh và Truyền hình",
    re.IGNORECASE,
)
# The other departments of a province: none of these names goes on after "và".
DEPARTMENT = re.compile(
    r"^(?:Sở |Ban |Ngành )?(?:Tên|Nội vụ|Tư pháp|Tài chính|Công Thương|Y tế|Xây dựng|Giao thông vận tải|Ngoại vụ"
    r"|Dân tộc|Du lịch|Công an|Thanh tra)(?: tỉnh| thành phố)?$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?<!\w)(?:quận|phường|tổ|khu phố|thôn|ấp|Q\.|P\.)\s*\d+", re.IGNORECASE)
DETAIL = re.compile(r"\([^()]*\)")
NEXT_GROUP = re.compile(rf"[;,]?\s*(?:và\s+)?\d{{1,3}}\s+(?:{PLACES}|{OFFICES}|[^\W\d]+(?: [^\W\d]+){{0,3}}\s*[:(])")
# What makes a clause a fault by itself.
FAILING = re.compile(
    r"(?<!\w)(?:chưa|không|thiếu|chậm|sai|trễ|quá|yếu|kém|hạn chế|lỏng lẻo|khó|thấp|lỗi|mất|hỏng|bất cập"
    r"|tồn đọng)(?!\w)",
    re.IGNORECASE,
)
