"""Sheets with other words than ours: abbreviations, codes and days under headings of their own, tables side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from congvu.sheets.grid import Cell

from .exports import AGENCIES, PEOPLE, PROCEDURES, Export, day, sheet


def abbreviated() -> Export:
    """The same two letters mean one thing here and another there; day and time stand apart under one title."""
    rows: list[Sequence[Cell]] = [
        ["BẢNG KÊ HỒ SƠ"], [],
        ["Stt", "Số HS", "DVC", "ĐV tiếp nhận", "HT nộp", "Tiếp nhận", "", "Hẹn trả", "", "Tình trạng", "Tiến độ"],
        ["", "", "", "", "", "Ngày", "Giờ", "Ngày", "Giờ", "", ""],
        *([float(i), f"H9.{i:04d}", PROCEDURES[i % 3], AGENCIES[i % 5], ("Một cửa", "BCCI")[i % 2], day(i), "08:15", day(i, 4), "17:00",
           "Đã trả KQ", ("Đúng hạn", "Sớm hạn")[i % 2]] for i in range(1, 9)),
    ]  # fmt: skip
    merged = [(3, 5, 3, 6), (3, 7, 3, 8)]
    return Export(
        sheet(rows, merged), "dossiers", (3, 4), range(5, 13),
        {"code": ("Số HS",), "procedure": ("DVC",), "agency": ("ĐV tiếp nhận",), "channel": ("HT nộp",),
         "received_at": ("Tiếp nhận / Ngày", "Tiếp nhận / Giờ"), "due_at": ("Hẹn trả / Ngày", "Hẹn trả / Giờ"), "outcome": ("Tình trạng",)},
        kept=("Tiến độ",),
    )  # fmt: skip


def left_over_code() -> Export:
    """No heading is a name of ours for the code, the moment or the subject: what is left over can be nothing else."""
    rows: list[Sequence[Cell]] = [
        ["Ký hiệu sự vụ nội bộ", "Ghi nhận", "Kênh phản ánh", "Lĩnh vực", "Nội dung phản ánh", "Cơ quan xử lý", "Điện thoại"],
        *([f"SV-{i:03d}", f"{8 + i}h15 ngày {day(i)}", ("Zalo", "Email")[i % 2], "Đất đai", f"Rác đổ ở đầu xóm {i} đã nhiều ngày", AGENCIES[i % 5],
           f"09120000{i:02d}"] for i in range(1, 9)),
    ]  # fmt: skip
    return Export(
        sheet(rows), "feedback", (1, 1), range(2, 10),
        {"code": ("Ký hiệu sự vụ nội bộ",), "received_at": ("Ghi nhận",), "channel": ("Kênh phản ánh",), "category": ("Lĩnh vực",),
         "content": ("Nội dung phản ánh",), "agency": ("Cơ quan xử lý",), "about_procedure": ("=false",)},
    )  # fmt: skip


def days_as_titles() -> Export:
    """``Từ ngày`` and ``Đến ngày`` title columns here; above a table such words begin the days of a list."""
    rows: list[Sequence[Cell]] = [
        ["DANH SÁCH CÁC LỚP BỒI DƯỠNG"],
        ["TT", "Ký hiệu lớp", "Tên khóa học", "Chuyên đề", "Từ ngày", "Đến ngày", "Cơ quan mở lớp", "Số học viên"],
        *([float(i), f"LH-{i:02d}", f"Nghiệp vụ văn thư {i}", "Giao tiếp", day(i), day(i + 2), "Sở Y tế", 30.0 + i] for i in range(1, 8)),
        ["", "Tổng", "", "", "", "", "", 238.0],
    ]  # fmt: skip
    return Export(
        sheet(rows), "courses", (2, 2), range(3, 10),
        {"id": ("Ký hiệu lớp",), "title": ("Tên khóa học",), "topic": ("Chuyên đề",), "date_from": ("Từ ngày",), "date_to": ("Đến ngày",),
         "host_agency": ("Cơ quan mở lớp",)},
    )  # fmt: skip


def beside_a_summary() -> Export:
    """A short table of sums stands to the right, an empty column between."""
    sums: list[list[Cell]] = [["Đúng hạn", 12.0], ["Trễ hạn", 3.0]]
    rows: list[Sequence[Cell]] = [
        ["STT", "Mã HS", "Mã thủ tục", "Nơi tiếp nhận", "Cách nộp", "Ngày nhận", "", "Trạng thái", "Số lượng"],
        *([float(i), f"SB{i:04d}", "1.000123", AGENCIES[i % 5], "Trực tiếp", day(i), "", *(sums[i - 1] if i < 3 else [])] for i in range(1, 9)),
    ]  # fmt: skip
    return Export(
        sheet(rows), "dossiers", (1, 1), range(2, 10),
        {"code": ("Mã HS",), "procedure": ("Mã thủ tục",), "agency": ("Nơi tiếp nhận",), "channel": ("Cách nộp",), "received_at": ("Ngày nhận",)},
    )  # fmt: skip


def two_gradings() -> Export:
    """The grade that counts is the authority's, not the one a person gave themself; English and Vietnamese mixed."""
    rows: list[Sequence[Cell]] = [
        ["KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG NĂM 2021"],
        ["TT", "Employee code", "Họ và tên", "Tự xếp loại", "Cấp có thẩm quyền xếp loại", "Thực hiện VHCV"],
        *([float(i), f"CB{i:04d}", PEOPLE[i % 5], "HTTNV", ("HTXSNV", "HTNV")[i % 2], "Đạt"] for i in range(1, 8)),
    ]  # fmt: skip
    return Export(
        sheet(rows), "evaluations", (2, 2), range(3, 10),
        {"officer": ("Employee code",), "grade": ("Cấp có thẩm quyền xếp loại",), "culture_met": ("Thực hiện VHCV",), "year": ("=2021",)},
    )  # fmt: skip


def ticked() -> Export:
    """A tick where a complaint is about a procedure, nothing where it is not."""
    rows: list[Sequence[Cell]] = [
        ["Số phiếu", "Thời điểm", "Kênh PA", "Nhóm vấn đề", "Tóm tắt", "Cơ quan được giao", "Liên quan TTHC"],
        *([f"PH{i:03d}", f"{day(i)} 09:00", "Gọi điện", "Môi trường", f"Nước thải chảy tràn ra đường số {i}", AGENCIES[i % 5], ("x", "")[i % 2]]
          for i in range(1, 9)),
    ]  # fmt: skip
    return Export(
        sheet(rows), "feedback", (1, 1), range(2, 10),
        {"code": ("Số phiếu",), "received_at": ("Thời điểm",), "channel": ("Kênh PA",), "category": ("Nhóm vấn đề",), "content": ("Tóm tắt",),
         "agency": ("Cơ quan được giao",), "about_procedure": ("Liên quan TTHC", "=is_filled")},
    )  # fmt: skip


ODD: tuple[Callable[[], Export], ...] = (
    abbreviated, left_over_code, days_as_titles, beside_a_summary, two_gradings, ticked,
)  # fmt: skip
