"""Further sheets as offices print them: groups without merged cells, English headings, letters for groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from congvu.sheets.grid import Cell

from .exports import AGENCIES, MOTTO, PEOPLE, PROCEDURES, Export, day, sheet


def late_dossiers() -> Export:
    """Two lines of agency, no empty row before the header, times as texts first, a status with lateness."""
    rows: list[Sequence[Cell]] = [
        ["TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "", "", MOTTO],
        ["BỘ PHẬN TIẾP NHẬN", "", "", "Độc lập - Tự do - Hạnh phúc"],
        ["BÁO CÁO CHI TIẾT HỒ SƠ QUÁ HẠN THÁNG 3 NĂM 2022"],
        ["Stt", "Mã số hồ sơ", "Chủ hồ sơ", "Tên thủ tục hành chính", "Lĩnh vực", "Đơn vị thụ lý", "Bộ phận tiếp nhận", "Ngày nộp hồ sơ",
         "Ngày hẹn trả kết quả", "Ngày kết thúc xử lý", "Số ngày trễ", "Trạng thái hồ sơ", "Cách thức nộp"],
        *([float(i), f"H20.11-{i:06d}", PEOPLE[i % 5], PROCEDURES[i % 3], "Hộ tịch", "Phòng Tư pháp", AGENCIES[i % 5], f"08:1{i % 10} {day(i)}",
           f"16:30 {day(i, 4)}", f"09:00 {day(i, 5)}", float(i), ("Đã trả kết quả", "Từ chối")[i % 2], ("Nộp trực tiếp", "Cổng DVCQG")[i % 2]]
          for i in range(1, 10)),
        ["Tổng số hồ sơ: 9"],
    ]  # fmt: skip
    return Export(
        sheet(rows, [(3, 0, 3, 12)]), "dossiers", (4, 4), range(5, 14),
        {"code": ("Mã số hồ sơ",), "procedure": ("Tên thủ tục hành chính",), "handling_agency": ("Đơn vị thụ lý",),
         "agency": ("Bộ phận tiếp nhận",), "received_at": ("Ngày nộp hồ sơ",), "due_at": ("Ngày hẹn trả kết quả",),
         "finished_at": ("Ngày kết thúc xử lý",), "outcome": ("Trạng thái hồ sơ",), "channel": ("Cách thức nộp",)},
    )  # fmt: skip


def discipline() -> Export:
    rows: list[Sequence[Cell]] = [
        ["", "TỔNG HỢP XỬ LÝ KỶ LUẬT"],
        [""],
        ["", "Số TT", "Mã vụ", "Công chức bị xử lý", "", "Quyết định", "", "Hình thức"],
        ["", "", "", "Mã CC", "Cơ quan", "Số", "Ngày ký", ""],
        *(["", float(i), f"KL{i:02d}", f"CB{i:04d}", AGENCIES[i % 5], f"{i}/QĐ-SNV", day(i), ("Khiển trách", "Cảnh cáo")[i % 2]]
          for i in range(1, 6)),
    ]  # fmt: skip
    return Export(
        sheet(rows), "disciplinary_cases", (3, 4), range(5, 10),
        {"id": ("Mã vụ",), "officer": ("Công chức bị xử lý / Mã CC",), "agency": ("Công chức bị xử lý / Cơ quan",),
         "decision": ("Quyết định / Số",), "decided_on": ("Quyết định / Ngày ký",), "form": ("Hình thức",)},
    )  # fmt: skip


def hotline() -> Export:
    """English headings of a call centre, instants in ISO form, no accents anywhere."""
    names = [
        "Ticket No",
        "Created At",
        "Source",
        "Topic",
        "Description",
        "Assigned Department",
        "Closed At",
        "Customer Rating",
    ]
    rows: list[Sequence[Cell]] = [
        names,
        *([f"TK{i:05d}", f"2022-03-{i + 1:02d} 08:00:00", ("Phone", "Email", "Mobile App")[i % 3], "Moi truong", f"Rac thai chua thu gom o to {i}",
           "UBND xa Binh Lam", f"2022-04-{i + 1:02d} 08:00:00", float(1 + i % 5)] for i in range(9)),
    ]  # fmt: skip
    return Export(
        sheet(rows), "feedback", (1, 1), range(2, 11),
        {"code": ("Ticket No",), "received_at": ("Created At",), "channel": ("Source",), "category": ("Topic",), "content": ("Description",),
         "agency": ("Assigned Department",), "resolved_at": ("Closed At",), "rating": ("Customer Rating",), "about_procedure": ("=false",)},
    )  # fmt: skip


def plan_appendix() -> Export:
    """Groups by letters, leads and partners, terms in the last column, a numbered line, notes below."""
    rows: list[Sequence[Cell]] = [
        ["Phụ lục 1"], ["BẢNG PHÂN CÔNG NHIỆM VỤ NĂM 2022"],
        ["(Ban hành kèm theo Kế hoạch số 12/KH-UBND)"], [""],
        ["TT", "Mã nhiệm vụ", "Nội dung, nhiệm vụ", "Đơn vị chủ trì thực hiện", "Đơn vị phối hợp", "Thời hạn hoàn thành", "Sản phẩm"],
        ["1", "2", "3", "4", "5", "6", "7"],
        ["A", "Cải cách thể chế"],
        *([f"{i}", f"A-{i:02d}", f"Rà soát văn bản nhóm {i} và trình ban hành", AGENCIES[i % 5], "Các sở", day(i, 6), "Báo cáo"] for i in range(1, 4)),
        ["B", "Hiện đại hóa"],
        *([f"{i}", f"B-{i:02d}", f"Nâng cấp hệ thống thông tin số {i}", AGENCIES[i % 5], "Các sở", day(i, 9), "Hệ thống"] for i in range(1, 3)),
        [""], ["Ghi chú: thời hạn có thể điều chỉnh."],
    ]  # fmt: skip
    return Export(
        sheet(rows), "tasks", (5, 5), [8, 9, 10, 12, 13],
        {"id": ("Mã nhiệm vụ",), "title": ("Nội dung, nhiệm vụ",), "lead_agency": ("Đơn vị chủ trì thực hiện",),
         "due_on": ("Thời hạn hoàn thành",)},
        {7: "Cải cách thể chế", 11: "Hiện đại hóa"},
    )  # fmt: skip


def leaders() -> Export:
    rows: list[Sequence[Cell]] = [
        ["DANH SÁCH LÃNH ĐẠO CÁC CƠ QUAN"],
        ["STT", "Mã NV", "Họ tên", "Nơi làm việc", "Chức vụ", "Cấp lãnh đạo", "Thời điểm giữ chức vụ", "Thời điểm thôi giữ chức vụ"],
        *([float(i), f"NV{i:04d}", PEOPLE[i % 5], AGENCIES[i % 5], ("Giám đốc", "Phó Giám đốc")[i % 2], ("Cấp trưởng", "Cấp phó")[i % 2],
           day(i), "" if i % 2 else day(i, 9)] for i in range(1, 8)),
    ]  # fmt: skip
    return Export(
        sheet(rows, [(1, 0, 1, 7)]), "posts", (2, 2), range(3, 10),
        {"officer": ("Mã NV",), "agency": ("Nơi làm việc",), "title": ("Chức vụ",), "rank": ("Cấp lãnh đạo",),
         "valid_from": ("Thời điểm giữ chức vụ",), "valid_to": ("Thời điểm thôi giữ chức vụ",)},
    )  # fmt: skip


def scores() -> Export:
    """Scores of an index, a foot with signatures straight under the table."""
    rows: list[Sequence[Cell]] = [
        ["KẾT QUẢ CHẤM ĐIỂM CHỈ SỐ CCHC"],
        [
            "Bộ tiêu chí",
            "Mã TC",
            "Đơn vị được đánh giá",
            "Điểm đơn vị tự chấm",
            "Điểm Hội đồng thẩm định",
            "Lý do chênh lệch",
        ],
        *(["CCHC2022", f"{1 + i // 3}.{1 + i % 3}.1", AGENCIES[i % 5], 1.5, 1.25, ""] for i in range(9)),
        ["Cộng", "", "", 13.5, 11.25],
        ["Người tổng hợp", "", "", "Thủ trưởng"],
    ]
    return Export(
        sheet(rows), "index_scores", (2, 2), range(3, 12),
        {"framework": ("Bộ tiêu chí",), "criterion": ("Mã TC",), "agency": ("Đơn vị được đánh giá",),
         "self_score": ("Điểm đơn vị tự chấm",), "appraised_score": ("Điểm Hội đồng thẩm định",)},
    )  # fmt: skip


MORE: tuple[Callable[[], Export], ...] = (late_dossiers, discipline, hotline, plan_appendix, leaders, scores)
