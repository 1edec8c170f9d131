"""The demo's people: one for each role, who sign in by a card. They exist in a simulated installation only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congvu.access.models import User
from congvu.access.rules import SYSTEM, Role
from congvu.access.services import create_user, give_seat

PASSWORD = "demo-Cao-Bang-2022"  # noqa: S105 - printed for everybody, in a database of simulated records
SINCE = date(2022, 1, 1)


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    full_name: str
    role: Role
    agency: str
    card: str


ACCOUNTS = (
    Account(
        "tonghop", "Hoàng Thị Lan", Role.REPORTING_OFFICER, "VPUBND", "Tổng hợp số liệu toàn tỉnh, soạn và chốt báo cáo"
    ),
    Account("lanhdao", "Nông Văn Thắng", Role.PROVINCE_LEADER, "04", "Xem bảng điều hành và báo cáo của toàn tỉnh"),
    Account(
        "thutruong",
        "Bế Ngọc Sơn",
        Role.AGENCY_HEAD,
        "STNMT",
        "Điền, kiểm tra, gửi báo cáo của cơ quan mình",
    ),
    Account("motcua", "Lý Thị Hoa", Role.ONE_STOP_CLERK, "01438", "Xem hồ sơ và phản ánh của xã mình"),
    Account("tochuc", "Đàm Văn Quý", Role.PERSONNEL_OFFICER, "SNV", "Xem đào tạo, đánh giá, kỷ luật của toàn tỉnh"),
    Account("quantri", "Triệu Minh Đức", Role.ADMINISTRATOR, "VPUBND", "Quản lý người dùng, xem nhật ký"),
)


def create_accounts() -> None:
    """Create the accounts that are not there yet, each with its seat."""
    for account in ACCOUNTS:
        if User.objects.filter(username=account.username).exists():
            continue
        create_user(
            actor=SYSTEM,
            username=account.username,
            full_name=account.full_name,
            password=PASSWORD,
            demo_card=account.card,
        )
        give_seat(actor=SYSTEM, username=account.username, role=account.role, agency=account.agency, valid_from=SINCE)
