"""The tables of users and of one user's seats."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from congvu.access.queries import SeatShown, UserPage, UserShown

from .listing import Cell, Listing, Row, Rows, Table, columns, day, instant, lines, link, text
from .templating import url


def users_listing(page: UserPage) -> Listing:
    titles = columns(_("Tên đăng nhập"), _("Họ và tên"), _("Vị trí hôm nay"), _("Tài khoản"), _("Đăng nhập gần nhất"))
    table = Table(_("Danh sách người dùng"), titles, Rows(_user, page.users))
    return Listing(_("Người dùng, phân quyền"), (table,), more=page.after is not None)


def _user(user: UserShown) -> Row:
    seats = [Cell(f"{seat.role_name}, {seat.agency_name}") for seat in user.seats if seat.current]
    return Row(
        (
            link(user.username, url("user", username=user.username)),
            text(user.full_name),
            lines(seats, empty=_("chưa có")),
            Cell(_account(user)),
            instant(user.last_login),
        )
    )


def _account(user: UserShown) -> str:
    if not user.is_active:
        return _("Đã khóa")
    if user.must_change_password:
        return _("Chờ đổi mật khẩu tạm")
    return _("Mô phỏng") if user.is_demo else _("Đang dùng")


def seats_listing(name: str, seats: Sequence[SeatShown]) -> Listing:
    """Return the seats of a user, past ones too."""
    titles = columns(_("Vai trò"), _("Cơ quan"), _("Từ ngày"), _("Đến hết ngày"))
    return Listing(name, (Table(_("Vị trí làm việc"), titles, Rows(_seat, seats)),))


def _seat(seat: SeatShown) -> Row:
    return Row((Cell(seat.role_name), Cell(seat.agency_name), day(seat.valid_from), day(seat.valid_to)), record=seat)
