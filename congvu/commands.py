"""The commands of ``congvu`` as its help lists them; their code is in the rooms' ``management/commands``."""

from dataclasses import dataclass

DEV = "dev"


@dataclass(frozen=True)
class Command:
    """One line of the help, and whether the command needs the database, or only with the option ``with_database``."""

    summary: str
    database: bool = True
    with_database: str | None = None


COMMANDS = {
    "demo": Command("lập tỉnh mô phỏng rồi mở trang web"),
    "serve": Command("mở trang web"),
    "worker": Command("chạy các việc nền: niêm phong nhật ký, nạp bảng tính"),
    "migrate": Command("lập hoặc nâng cấp cơ sở dữ liệu"),
    "createuser": Command("lập tài khoản đăng nhập"),
    "import": Command("nhập gói dữ liệu của tỉnh, hoặc một bảng tính"),
    "form": Command("ghi biểu mẫu trống của một bảng dữ liệu"),
    "export": Command("xuất gói dữ liệu của tỉnh"),
    "figures": Command("tính các số liệu của một kỳ"),
    "close": Command("chốt số liệu một kỳ, mở lại kỳ đã chốt"),
    "report": Command("lập báo cáo, làm mới tệp Word đã sửa"),
    "regime": Command("xem chế độ báo cáo: mẫu, cơ quan quá hạn, gánh nặng"),
    "due": Command("tính thời điểm đến hạn", database=False),
    "elapsed": Command("tính thời gian làm việc đã qua", database=False),
    "check": Command("kiểm tra số liệu của một báo cáo (DOCX, PDF, tệp chữ)", database=False, with_database="--year"),
    "audit": Command("kiểm tra nhật ký"),
}


def help_text() -> str:
    """What ``congvu --help`` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["Cách dùng: congvu LỆNH [THAM SỐ …]", "", "Lệnh:", *lines, "", _AFTER])


_AFTER = """\
`congvu LỆNH --help` in các tham số của một lệnh, `congvu --version` in phiên bản.
`congvu dev …` chạy một lệnh của Django (makemigrations, shell…), dành cho người phát triển.

Biến môi trường:
  CONGVU_HOME         thư mục chứa dữ liệu, mặc định ./var
  DATABASE_URL        máy chủ PostgreSQL có sẵn; không đặt thì dùng máy chủ kèm theo
  DATABASE_OWNER_URL  cùng máy chủ, dưới vai trò sở hữu các bảng; mặc định như DATABASE_URL

Mã thoát: 0 xong; 1 dữ liệu vào sai hoặc đã tìm thấy chỗ sai; 2 dùng lệnh sai;
3 trở ngại từ bên ngoài (cơ sở dữ liệu, đĩa, khóa); 70 lỗi của chương trình."""
