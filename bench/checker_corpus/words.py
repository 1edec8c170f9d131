"""Names that fill the passages. The places are invented or common; the agencies are those that every province has."""

from __future__ import annotations

PROVINCES = ("Hà Lâm", "Bình An", "Sơn Hải", "Tân Phong", "Phú Giang", "Đông Lĩnh", "Hòa Vang Bắc", "Quế Dương")
DISTRICTS = (
    "Yên Thủy", "Tam Sơn", "Phong Lộc", "An Bình", "Thanh Khê", "Quảng Lâm", "Hưng Hòa", "Đông Giang", "Bảo Yên",
    "Nam Trạch", "Vĩnh Thuận", "Kim Bình", "Trà Lĩnh", "Sơn Động", "Tiên Phú",
)  # fmt: skip
COMMUNES = (
    "Hồng Thái", "Minh Tân", "Lương Thiện", "Đại Đồng", "Phúc Sen", "Chí Viễn", "Cô Ba", "Quang Trung", "Tân Lập",
    "Nà Khoang", "Bình Lãng", "Thạch Lâm",
)  # fmt: skip
DEPARTMENTS = (
    "Nội vụ", "Tư pháp", "Tài chính", "Xây dựng", "Giao thông vận tải", "Công Thương", "Y tế", "Ngoại vụ",
    "Khoa học và Công nghệ", "Thông tin và Truyền thông", "Tài nguyên và Môi trường", "Giáo dục và Đào tạo",
    "Văn hóa, Thể thao và Du lịch", "Lao động, TB&XH", "Kế hoạch và Đầu tư", "Nông nghiệp và PTNT",
)  # fmt: skip
BODIES = (
    "Sở Nội vụ", "Thanh tra tỉnh", "Sở Y tế", "Công an tỉnh", "Kho bạc Nhà nước tỉnh", "Bảo hiểm xã hội tỉnh",
    "Sở Tư pháp", "Cục Thuế tỉnh", "Ban Dân tộc", "Văn phòng UBND tỉnh", "Sở Công Thương",
)  # fmt: skip
FIELDS = (
    "đất đai", "hộ tịch", "xây dựng", "chứng thực", "bảo trợ xã hội", "đăng ký kinh doanh", "môi trường", "lao động",
    "thủy sản", "khoáng sản", "giáo dục", "đăng kiểm",
)  # fmt: skip
FAULTS = (
    "chưa niêm yết đầy đủ thủ tục", "cập nhật hồ sơ chậm", "chưa có sổ theo dõi", "thiếu phiếu hẹn trả kết quả",
    "chưa phân công người thay thế", "chưa công khai số điện thoại tiếp nhận phản ánh", "lưu hồ sơ chưa đúng quy định",
)  # fmt: skip
POOLS = {
    "huyen": DISTRICTS, "xa": COMMUNES, "so": DEPARTMENTS, "coquan": BODIES, "linhvuc": FIELDS, "loi": FAULTS,
}  # fmt: skip

KINDS_OF_DOCUMENT = (
    ("Quyết định", "QĐ-UBND"), ("Kế hoạch", "KH-UBND"), ("Báo cáo", "BC-UBND"), ("Chỉ thị", "CT-UBND"),
    ("Tờ trình", "TTr-UBND"), ("Thông báo", "TB-UBND"), ("Nghị quyết", "NQ-HĐND"), ("Quyết định", "QĐ-TTg"),
    ("Chỉ thị", "CT-TTg"), ("Báo cáo", "BC-SNV"), ("Kế hoạch", "KH-SNV"), ("Hướng dẫn", "HD-SNV"),
)  # fmt: skip

ABBREVIATIONS = (
    ("kỷ luật, kỷ cương hành chính", "KLKCHC"), ("kiểm soát thủ tục hành chính", "KSTTHC"),
    ("dịch vụ công trực tuyến", "DVCTT"), ("cải cách hành chính", "CCHC"), ("thủ tục hành chính", "TTHC"),
    ("cán bộ, công chức, viên chức", "CBCCVC"), ("văn bản quy phạm pháp luật", "VBQPPL"),
    ("cơ sở dữ liệu quốc gia", "CSDLQG"), ("phản ánh, kiến nghị", "PAKN"), ("tiếp công dân", "TCD"),
)  # fmt: skip

NOTE_SUBJECTS = (
    "về công tác văn thư, lưu trữ năm", "về kiểm tra công vụ năm", "về tuyên truyền cải cách hành chính năm",
    "về số hóa hồ sơ năm", "về bồi dưỡng công chức năm", "về khắc phục hạn chế sau kiểm tra năm",
)  # fmt: skip

DOUBLED = ("của", "và", "các", "trong", "được", "cho", "tại", "đã", "với", "là")
"""Words of function that nobody writes twice in a row on purpose."""
