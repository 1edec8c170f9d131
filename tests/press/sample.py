"""A made-up report with everything the model can say."""

import datetime as dt

from congvu.press.model import (
    Block,
    Document,
    Footnote,
    Heading,
    Letterhead,
    Mark,
    Meta,
    Paragraph,
    Recipients,
    Signature,
    Table,
    Text,
    runs,
)

META = Meta(
    title="Báo cáo kỷ luật, kỷ cương hành chính năm 2022",
    author="Ủy ban nhân dân tỉnh Cao Bằng",
    subject="Kết quả thực hiện kỷ luật, kỷ cương hành chính",
    keywords=("kỷ luật", "kỷ cương", "2022"),
    created=dt.datetime(2022, 12, 21, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=7))),
)
LETTERHEAD = Letterhead(
    None, "Ủy ban nhân dân\ntỉnh Cao Bằng", "Số:        /BC-UBND", "Cao Bằng, ngày 21 tháng 12 năm 2022"
)
SIGNATURE = Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Thị Ánh Đào")
RECIPIENTS = Recipients(
    (
        "- Bộ Nội vụ (b/c);",
        "- Chủ tịch, các PCT UBND tỉnh;",
        "- Các sở, ban, ngành tỉnh;",
        "- Lưu: VT, NV, NC.",
    )
)
LITERAL = "#let x = 1; *đậm* _nghiêng_ <b>&amp;</b> \"ngoặc\" 'đơn' $a^2$ @ai \\n `mã` =A1 - [x](y) // /* */"
NOTICE = "DỮ LIỆU MÔ PHỎNG"


def note(number: int) -> Footnote:
    citation = Mark(f"citation.plan-{number}", f"Kế hoạch số {700 + number}/KH-UBND ngày 29/3/2022", "citation")
    return Footnote((citation, Text(" của Ủy ban nhân dân tỉnh về kiểm tra công vụ.")))


def section(number: int) -> tuple[Block, ...]:
    rate = Mark(f"figure.rate-{number}", f"{90 + number},25%", "figure")
    visits = Mark(f"figure.visits-{number}", f"0{number}", "figure", bold=True)
    names = Mark(
        f"list.names-{number}",
        "06 sở: Sở Nội vụ, Sở Tư pháp, Sở Y tế; 03 huyện: Hà Quảng, Bảo Lạc, Thạch An",
        "list",
    )
    return (
        Heading(2, runs(f"{number}. Kết quả nhóm nhiệm vụ thứ {number}")),
        Heading(3, runs("a) Việc thực hiện chương trình công tác")),
        Paragraph(
            runs(
                "Tỷ lệ giải quyết hồ sơ đúng hạn toàn tỉnh đạt ",
                rate,
                note(number),
                ", tăng 1,2 điểm phần trăm so với cùng kỳ năm trước; các cơ quan đã thực hiện ",
                visits,
                " cuộc kiểm tra, trong đó có ",
                names,
                ". Qua kiểm tra, các đơn vị đã kịp thời chấn chỉnh những trường hợp chậm trễ, đùn đẩy, né "
                "tránh trách nhiệm trong thực thi công vụ, nâng cao chất lượng phục vụ người dân.",
            )
        ),
        Paragraph(runs("- Tiếp nhận và trả kết quả tại bộ phận một cửa theo đúng quy trình;"), style="item"),
        Paragraph(
            runs(
                "- Số hóa hồ sơ",
                Footnote(runs("Theo quyết định của tỉnh."), mark_id=f"citation.ref-{number}"),
                " trước khi giải quyết;",
            ),
            style="item",
        ),
    )


def table(rows: int, prefix: str = "row") -> Table:
    return Table(
        ("STT", "Đơn vị", "Tiếp nhận", "Đúng hạn (%)"),
        tuple(
            (
                str(index),
                f"Ủy ban nhân dân huyện thứ {index}",
                (Mark(f"figure.{prefix}-{index}", f"1.{200 + index}", "figure"),),
                f"9{index % 10},50",
            )
            for index in range(1, rows + 1)
        ),
        widths_mm=(15, 80, 35, 35),
        align=("center", "left", "right", "right"),
    )


def report(*blocks: Block, notice: str | None = NOTICE) -> Document:
    closing = Paragraph(runs("Trên đây là báo cáo của Ủy ban nhân dân tỉnh Cao Bằng./."), style="closing")
    return Document(
        LETTERHEAD,
        "BÁO CÁO",
        "Kết quả thực hiện kỷ luật, kỷ cương hành chính\nvà văn hóa công vụ năm 2022",
        (*blocks, closing),
        RECIPIENTS,
        SIGNATURE,
        META,
        notice,
    )


def full_report(sections: int = 5, rows: int = 20) -> Document:
    return report(
        Heading(1, runs("I. Tình hình triển khai và kết quả thực hiện")),
        *(block for number in range(1, sections + 1) for block in section(number)),
        Paragraph(runs("Bảng 1. Kết quả giải quyết hồ sơ theo đơn vị"), style="caption"),
        Paragraph(runs("Đơn vị tính: hồ sơ"), style="note"),
        table(rows),
        Heading(1, runs("II. Phương hướng, nhiệm vụ")),
        Heading(4, runs("Về thủ tục hành chính")),
        Paragraph(
            runs(
                "Số liệu quý IV ",
                Mark("pending.q4", "đang tổng hợp", "pending", italic=True),
                "; ",
                Text("chữ đậm", bold=True),
                ", ",
                Text("chữ nghiêng", italic=True),
                ". " + LITERAL,
            )
        ),
    )
