"""Every kind of act, with the words that the journal page uses for it."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "package:load": _("Nạp gói dữ liệu"),
    "dossier:correct": _("Đính chính hồ sơ"),
    "figure:open": _("Mở dữ liệu cá nhân sau chỉ tiêu"),
    "period:close": _("Chốt số liệu"),
    "period:reopen": _("Mở lại kỳ đã chốt"),
    "report:create": _("Lập báo cáo"),
    "report:change": _("Sửa báo cáo"),
    "report:draft": _("Sửa dự thảo báo cáo"),
    "report:freeze": _("Chốt báo cáo"),
    "report:issue": _("Phát hành báo cáo"),
    "report:publish": _("Công bố báo cáo"),
    "collection:open": _("Lập yêu cầu báo cáo"),
    "collection:fill": _("Điền báo cáo"),
    "collection:check": _("Kiểm tra xong báo cáo"),
    "collection:reopen": _("Sửa tiếp báo cáo"),
    "collection:submit": _("Gửi báo cáo"),
    "collection:return": _("Trả lại báo cáo"),
    "collection:accept": _("Duyệt báo cáo"),
    "collection:extend": _("Gia hạn báo cáo"),
    "collection:urge": _("Đôn đốc báo cáo"),
    "user:create": _("Tạo người dùng"),
    "user:change": _("Sửa người dùng"),
    "user:password": _("Đổi mật khẩu"),
    "seat:give": _("Giao vị trí làm việc"),
    "seat:end": _("Kết thúc vị trí làm việc"),
    "installation:set-up": _("Thiết lập hệ thống"),
}
