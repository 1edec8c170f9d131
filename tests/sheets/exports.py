"""Sheets as offices' software prints them, made here with people and places that do not exist, each with its truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from congvu.sheets.grid import Area, Cell, Grid

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
AGENCIES = ("UBND huyện Hà Sơn", "UBND xã Bình Lâm", "Sở Tư pháp", "Sở Y tế", "UBND xã Thanh Khê")
PROCEDURES = ("Cấp bản sao trích lục hộ tịch", "Đăng ký biến động đất đai", "Cấp giấy phép xây dựng nhà ở riêng lẻ")
PEOPLE = ("Nông Văn Thử", "Lý Thị Mẫu", "Hoàng Minh Giả", "Đàm Thị Ví Dụ", "Bế Văn Tưởng")


@dataclass(frozen=True)
class Export:
    """``mapping`` has for each column of the table its headings, with what is derived after ``=``."""

    grid: Grid
    table: str
    header: tuple[int, int]
    rows: Sequence[int]
    mapping: Mapping[str, tuple[str, ...]]
    sections: Mapping[int, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def sheet(rows: Sequence[Sequence[Cell]], merged: Sequence[tuple[int, int, int, int]] = (), **more: Any) -> Grid:
    width = max(map(len, rows))
    full = [[*row, *([""] * (width - len(row)))] for row in rows]
    columns = tuple(tuple(row[c] for row in full) for c in range(width))
    return Grid(more.pop("name", "Sheet1"), columns, tuple(Area(*area) for area in merged), **more)


def day(i: int, month: int = 3) -> str:
    return f"{1 + i % 27:02d}/{month:02d}/2022"


def one_stop_plain() -> Export:
    """Title lines, agency and motto above, a signature below, a total."""
    head: list[Sequence[Cell]] = [
        ["UBND TỈNH MẪU", "", "", "", MOTTO],
        ["VĂN PHÒNG", "", "", "", "Độc lập - Tự do - Hạnh phúc"],
        [""],
        ["DANH SÁCH HỒ SƠ TIẾP NHẬN VÀ GIẢI QUYẾT"],
        ["Từ ngày 01/01/2022 đến ngày 31/03/2022"],
        ["STT", "Số biên nhận", "Tên thủ tục", "Đơn vị tiếp nhận", "Hình thức tiếp nhận", "Ngày tiếp nhận", "Ngày hẹn trả",
         "Ngày trả kết quả", "Tình trạng hồ sơ", "Đánh giá tiến độ"],
    ]  # fmt: skip
    data = [
        [float(i + 1), f"H14.18-2203{i:02d}-{i:04d}", PROCEDURES[i % 3], AGENCIES[i % 5], ("Trực tiếp", "Trực tuyến")[i % 2],
         f"{day(i)} 08:{i:02d}", f"{day(i, 4)} 17:00", f"{day(i, 4)} 10:00" if i % 4 else "",
         "Đã trả kết quả" if i % 4 else "Đang xử lý", ("Đúng hạn", "Trễ hạn")[i % 2]]
        for i in range(12)
    ]  # fmt: skip
    foot: list[Sequence[Cell]] = [["Tổng cộng: 12 hồ sơ"], [""], ["", "Người lập biểu", "", "", "", "", "Thủ trưởng đơn vị"],
                                  ["", "Nông Văn Thử", "", "", "", "", "Lý Thị Mẫu"]]  # fmt: skip
    return Export(
        sheet([*head, *data, *foot], [(4, 0, 4, 9), (5, 0, 5, 9)]),
        "dossiers", (6, 6), range(7, 19),
        {"code": ("Số biên nhận",), "procedure": ("Tên thủ tục",), "agency": ("Đơn vị tiếp nhận",),
         "channel": ("Hình thức tiếp nhận",), "received_at": ("Ngày tiếp nhận",), "due_at": ("Ngày hẹn trả",),
         "finished_at": ("Ngày trả kết quả",), "outcome": ("Tình trạng hồ sơ",)},
        kept=("Đánh giá tiến độ",),
    )  # fmt: skip


def one_stop_grouped() -> Export:
    """A header of two lines with merged groups, a line that numbers the columns, groups of rows, a left margin."""
    head: list[Sequence[Cell]] = [
        ["", "SỔ THEO DÕI HỒ SƠ"],
        [""],
        ["", "TT", "Mã hồ sơ", "Thủ tục", "", "Thời hạn", "", "", "Cơ quan tiếp nhận", "Kênh nộp"],
        ["", "", "", "Mã TTHC", "Tên TTHC", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày hoàn thành", "", ""],
        ["", *(f"({i})" for i in range(1, 10))],
    ]

    def line(i: int) -> list[Cell]:
        return ["", float(i), f"000.{i:02d}.H14-2203", f"1.00{i:04d}", PROCEDURES[i % 3], day(i), day(i, 4), day(i, 4),
                AGENCIES[i % 5], "Qua mạng"]  # fmt: skip

    body: list[Sequence[Cell]] = [
        ["", "I. Lĩnh vực Đất đai"],
        line(1),
        line(2),
        ["", "II. Lĩnh vực Hộ tịch"],
        line(3),
        line(4),
    ]
    merged = [(1, 1, 1, 9), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 4), (3, 5, 3, 7), (3, 8, 4, 8), (3, 9, 4, 9)]
    return Export(
        sheet([*head, *body], merged), "dossiers", (3, 4), [7, 8, 10, 11],
        {"code": ("Mã hồ sơ",), "procedure": ("Thủ tục / Mã TTHC",), "agency": ("Cơ quan tiếp nhận",), "channel": ("Kênh nộp",),
         "received_at": ("Thời hạn / Ngày tiếp nhận",), "due_at": ("Thời hạn / Ngày hẹn trả",),
         "finished_at": ("Thời hạn / Ngày hoàn thành",), "outcome": ("Thời hạn / Ngày hoàn thành", "=granted")},
        {6: "Đất đai", 9: "Hộ tịch"},
    )  # fmt: skip


def one_stop_without_merges() -> Export:
    """The same groups without merged cells, day and time apart, English headings, a repeated header."""
    top: Sequence[Cell] = [
        "Mã HS",
        "Tên DVC",
        "Tiếp nhận",
        "",
        "Hạn trả",
        "Nơi nhận",
        "Nguồn hồ sơ",
        "Ghi chú",
        "Ghi chú",
    ]
    low: Sequence[Cell] = ["", "", "Ngày", "Giờ", "", "", "", "", ""]

    def line(i: int) -> list[Cell]:
        return [f"HS{i:05d}", PROCEDURES[i % 3], day(i), f"{8 + i % 8:02d}:15", day(i, 4), AGENCIES[i % 5],
                ("DVCTT", "BCCI")[i % 2], "", "x" if i % 3 else ""]  # fmt: skip

    rows = [top, low, *(line(i) for i in range(5)), ["Trang 1/2"], top, low, *(line(i) for i in range(5, 9))]
    return Export(
        sheet(rows), "dossiers", (1, 2), [3, 4, 5, 6, 7, 11, 12, 13, 14],
        {"code": ("Mã HS",), "procedure": ("Tên DVC",), "received_at": ("Tiếp nhận / Ngày", "Tiếp nhận / Giờ"),
         "due_at": ("Hạn trả",), "agency": ("Nơi nhận",), "channel": ("Nguồn hồ sơ",)},
    )  # fmt: skip


def english_columns() -> Export:
    """Our own column names, without anything around."""
    names = ["code", "procedure", "agency", "channel", "received_at", "due_at", "finished_at", "outcome"]
    rows: list[Sequence[Cell]] = [
        [f"D{i:04d}", "1.000123", "H14.1", "online", "2022-03-01T08:00:00+07:00", "", "", ""] for i in range(4)
    ]
    return Export(sheet([names, *rows]), "dossiers", (1, 1), range(2, 6), {name: (name,) for name in names})


def documents_out() -> Export:
    rows: list[Sequence[Cell]] = [
        ["SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM 2022"],
        ["Đơn vị: Văn phòng UBND tỉnh Mẫu"],
        ["Số, ký hiệu", "Ngày tháng văn bản", "Tên loại văn bản", "Trích yếu nội dung", "Cơ quan ban hành", "Người ký", "Số lượng bản"],
        *([f"{i + 5}/QĐ-UBND", day(i), ("Quyết định", "Kế hoạch")[i % 2], f"Về việc phê duyệt nội dung thứ {i} của chương trình",
           AGENCIES[i % 5], PEOPLE[i % 5], float(10 + i)] for i in range(8)),
    ]  # fmt: skip
    return Export(
        sheet(rows, [(1, 0, 1, 6)]), "documents", (3, 3), range(4, 12),
        {"symbol": ("Số, ký hiệu",), "number": ("Số, ký hiệu", "=number_of_symbol"), "id": ("Số, ký hiệu", "Ngày tháng văn bản"),
         "issued_on": ("Ngày tháng văn bản",), "kind": ("Tên loại văn bản",), "title": ("Trích yếu nội dung",),
         "issuer": ("Cơ quan ban hành",), "signer": ("Người ký",), "direction": ("=outgoing",)},
    )  # fmt: skip


def documents_in() -> Export:
    rows: list[Sequence[Cell]] = [
        ["", "", "SỔ VĂN BẢN ĐẾN"],
        [""],
        ["STT", "Số đến", "Số KH", "Ngày VB", "Tác giả", "Loại VB", "Về việc", "Ký bởi"],
        *([float(i), f"{i + 100}-Đ", f"{i}/SYT-VP", day(i), AGENCIES[i % 5], ("CV", "BC", "TTr")[i % 3],
           f"Báo cáo tình hình tháng {i} trên địa bàn", PEOPLE[i % 5]] for i in range(1, 7)),
        ["Ghi chú: sổ lập theo mẫu"],
    ]  # fmt: skip
    return Export(
        sheet(rows), "documents", (3, 3), range(4, 10),
        {"id": ("Số đến",), "symbol": ("Số KH",), "issued_on": ("Ngày VB",), "issuer": ("Tác giả",), "kind": ("Loại VB",),
         "title": ("Về việc",), "signer": ("Ký bởi",), "number": ("Số KH", "=number_of_symbol"), "direction": ("=incoming",)},
    )  # fmt: skip


def personnel() -> Export:
    rows: list[Sequence[Cell]] = [
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC"],
        ["STT", "Số hiệu CBCC", "Họ và tên khai sinh", "Ngày sinh", "Loại CBCCVC"],
        ["A", "B", "1", "2", "3"],
        *(
            [float(i), f"CB{i:04d}", PEOPLE[i % 5], day(i), ("Công chức", "Viên chức", "HĐ 68")[i % 3]]
            for i in range(1, 8)
        ),
    ]
    return Export(
        sheet(rows, [(1, 0, 1, 4)]), "officers", (2, 2), range(4, 11),
        {"code": ("Số hiệu CBCC",), "full_name": ("Họ và tên khai sinh",), "category": ("Loại CBCCVC",)},
    )  # fmt: skip


def gradings() -> Export:
    rows: list[Sequence[Cell]] = [
        ["KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG NĂM 2022"],
        ["Mã CBCCVC", "Họ tên", "Kết quả xếp loại", "Văn hóa công vụ"],
        *(
            [f"CB{i:04d}", PEOPLE[i % 5], ("HTXSNV", "HTTNV", "HTNV")[i % 3], ("Đạt", "Không đạt")[i % 2]]
            for i in range(6)
        ),
        ["Tổng số", "6", "", ""],
    ]
    return Export(
        sheet(rows), "evaluations", (2, 2), range(3, 9),
        {"officer": ("Mã CBCCVC",), "grade": ("Kết quả xếp loại",), "culture_met": ("Văn hóa công vụ",), "year": ("=2022",)},
    )  # fmt: skip


def feedback() -> Export:
    rows: list[Sequence[Cell]] = [
        ["DANH SÁCH PHẢN ÁNH, KIẾN NGHỊ"],
        [""],
        ["STT", "Mã PAKN", "Nguồn phản ánh", "Thời gian gửi", "Chuyên mục", "Nội dung PAKN", "Đơn vị xử lý", "Hạn xử lý", "Ngày trả lời",
         "Số sao"],
        *([float(i), f"PA-{i:05d}", ("Tổng đài 1022", "Zalo", "Email")[i % 3], f"{day(i)} 09:30", ("Môi trường", "Giao thông")[i % 2],
           f"Đường trước nhà số {i} hỏng đã lâu chưa được sửa", AGENCIES[i % 5], day(i, 4), day(i, 4), float(1 + i % 5)]
          for i in range(1, 9)),
    ]  # fmt: skip
    return Export(
        sheet(rows), "feedback", (3, 3), range(4, 12),
        {"code": ("Mã PAKN",), "channel": ("Nguồn phản ánh",), "received_at": ("Thời gian gửi",), "category": ("Chuyên mục",),
         "content": ("Nội dung PAKN",), "agency": ("Đơn vị xử lý",), "due_at": ("Hạn xử lý",), "resolved_at": ("Ngày trả lời",),
         "rating": ("Số sao",), "about_procedure": ("=false",)},
    )  # fmt: skip


def procedures() -> Export:
    rows: list[Sequence[Cell]] = [
        ["PHỤ LỤC"], ["DANH MỤC THỦ TỤC HÀNH CHÍNH"], ["(Kèm theo Quyết định số 10/QĐ-UBND ngày 01/03/2022)"],
        ["TT", "Mã số TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Mức độ DVC", "Thực hiện qua BCCI", "Ngày hiệu lực"],
        ["I", "Lĩnh vực Đất đai"],
        *([float(i), f"1.00{i:04d}", f"{PROCEDURES[i % 3]} loại {i}", f"{i + 5} ngày làm việc", ("Toàn trình", "Một phần")[i % 2],
           "x" if i % 2 else "", day(i)] for i in range(1, 5)),
        ["II", "Lĩnh vực Hộ tịch"],
        *([float(i), f"2.00{i:04d}", f"{PROCEDURES[i % 3]} nhóm {i}", f"{i} ngày", "Toàn trình", "x", day(i)] for i in range(1, 4)),
    ]  # fmt: skip
    return Export(
        sheet(rows, [(1, 0, 1, 6), (2, 0, 2, 6), (3, 0, 3, 6)]), "procedures", (4, 4), [6, 7, 8, 9, 11, 12, 13],
        {"code": ("Mã số TTHC",), "name": ("Tên thủ tục hành chính",), "legal_time": ("Thời hạn giải quyết", "=term_amount"),
         "legal_unit": ("Thời hạn giải quyết", "=term_unit"), "online_level": ("Mức độ DVC",), "postal": ("Thực hiện qua BCCI",),
         "valid_from": ("Ngày hiệu lực",), "field": ("=section",)},
        {5: "Đất đai", 10: "Hộ tịch"},
    )  # fmt: skip


def findings() -> Export:
    rows: list[Sequence[Cell]] = [
        ["THEO DÕI KHẮC PHỤC SAU KIỂM TRA"],
        ["Mã tồn tại", "Cuộc kiểm tra", "Đơn vị được kiểm tra", "Nội dung tồn tại, hạn chế", "Tính chất, mức độ", "Thời hạn khắc phục",
         "Ngày khắc phục xong"],
        *([f"TT{i:03d}", f"KT0{i % 3}", AGENCIES[i % 5], f"Chưa niêm yết đầy đủ quy định tại điểm số {i}", ("Nhẹ", "Nghiêm trọng")[i % 2],
           day(i), day(i) if i % 2 else "Chưa khắc phục"] for i in range(6)),
    ]  # fmt: skip
    return Export(
        sheet(rows, [(1, 0, 1, 6)]), "findings", (2, 2), range(3, 9),
        {"id": ("Mã tồn tại",), "inspection": ("Cuộc kiểm tra",), "agency": ("Đơn vị được kiểm tra",),
         "text": ("Nội dung tồn tại, hạn chế",), "severity": ("Tính chất, mức độ",), "due_on": ("Thời hạn khắc phục",),
         "rectified_on": ("Ngày khắc phục xong",)},
    )  # fmt: skip


def courses() -> Export:
    """A column between that is empty, a single row of data."""
    rows: list[Sequence[Cell]] = [
        ["KẾT QUẢ ĐÀO TẠO, BỒI DƯỠNG"],
        ["Mã lớp", "", "Tên lớp bồi dưỡng", "Chuyên đề", "Thời gian", "", "Đơn vị tổ chức"],
        ["", "", "", "", "Khai giảng", "Bế giảng", ""],
        ["L01", "", "Kỹ năng giao tiếp với người dân", "Giao tiếp, ứng xử", day(3), day(5), "Sở Y tế"],
    ]
    merged = [(2, 4, 2, 5), (2, 0, 3, 0), (2, 2, 3, 2), (2, 3, 3, 3), (2, 6, 3, 6)]
    return Export(
        sheet(rows, merged), "courses", (2, 3), range(4, 5),
        {"id": ("Mã lớp",), "title": ("Tên lớp bồi dưỡng",), "topic": ("Chuyên đề",), "date_from": ("Thời gian / Khai giảng",),
         "date_to": ("Thời gian / Bế giảng",), "host_agency": ("Đơn vị tổ chức",)},
    )  # fmt: skip


def tasks_after_summary() -> Export:
    """A small table of sums above the list that is meant; hidden rows stay rows."""
    rows: list[Sequence[Cell]] = [
        ["Tình trạng", "Số lượng"], ["Hoàn thành", 3.0], ["Đang thực hiện", 5.0],
        [""],
        ["DANH MỤC NHIỆM VỤ"],
        ["Mã NV", "Kế hoạch", "Nội dung công việc", "Chủ trì", "Ngày giao", "Hạn xử lý", "Ngày hoàn thành"],
        *([f"NV{i:03d}", "KH01", f"Xây dựng báo cáo chuyên đề thứ {i} gửi tỉnh", AGENCIES[i % 5], day(i), day(i, 5),
           day(i, 4) if i % 2 else ""] for i in range(8)),
    ]  # fmt: skip
    return Export(
        sheet(rows, hidden_rows=frozenset({9})), "tasks", (6, 6), range(7, 15),
        {"id": ("Mã NV",), "plan": ("Kế hoạch",), "title": ("Nội dung công việc",), "lead_agency": ("Chủ trì",),
         "assigned_on": ("Ngày giao",), "due_on": ("Hạn xử lý",), "completed_on": ("Ngày hoàn thành",)},
    )  # fmt: skip


def without_header() -> Export:
    rows: list[Sequence[Cell]] = [
        [f"HS{i:05d}", "1.000123", AGENCIES[i % 5], ("Trực tiếp", "Trực tuyến")[i % 2], day(i)] for i in range(6)
    ]
    return Export(
        sheet(rows),
        "dossiers",
        (0, 0),
        range(1, 7),
        {"code": ("Cột A",), "agency": ("Cột C",), "channel": ("Cột D",), "received_at": ("Cột E",)},
    )


EXPORTS: tuple[Callable[[], Export], ...] = (
    one_stop_plain, one_stop_grouped, one_stop_without_merges, english_columns, documents_out, documents_in, personnel,
    gradings, feedback, procedures, findings, courses, tasks_after_summary, without_header,
)  # fmt: skip
