# ruff: noqa: N999 - the name of the command
import json
import zipfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from congvu.exchange.problems import PackageRefused, Problem
from congvu.exchange.progress import bar
from congvu.exchange.services import LoadResult, load_package
from congvu.intake.console import Asked, import_sheet
from congvu.intake.running import work
from congvu.kernel.errors import UsageRefusal


class Command(BaseCommand):
    help = (
        "Nạp gói dữ liệu của tỉnh, hoặc một bảng tính (--as): nạp trọn, hoặc không nạp gì và nêu mọi lỗi. "
        "Bảng tính được ghép cột theo bảng ánh xạ đã lưu, hoặc tự đoán."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", metavar="TỆP", type=Path, nargs="?", help="thư mục hay tệp zip của gói; hoặc bảng tính, tệp CSV"
        )
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="json: in một danh sách JSON ra đầu ra chuẩn"
        )
        sheet = parser.add_argument_group("bảng tính")
        sheet.add_argument("--as", dest="name", metavar="TÊN", help="tên bảng ánh xạ đã lưu, hoặc tên bảng dữ liệu")
        sheet.add_argument("--sheet", default="", metavar="TRANG", help="trang của tệp; không ghi thì tự tìm")
        sheet.add_argument("--header", type=int, default=0, metavar="DÒNG", help="dòng tiêu đề cuối; 0: tự tìm")
        sheet.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="CỘT=GIÁ_TRỊ",
            help="một giá trị chung cho mọi dòng, hoặc CỘT=@TIÊU ĐỀ: lấy từ cột ấy của tệp (dùng được nhiều lần)",
        )
        sheet.add_argument("--check", action="store_true", help="chỉ kiểm tra, không nạp")
        sheet.add_argument("--part", metavar="LÝ_DO", default="", help="nạp riêng các dòng không có lỗi, vì lý do này")
        sheet.add_argument("--errors", type=Path, metavar="TỆP", help="ghi lại bảng tính có đánh dấu các ô sai vào đây")
        sheet.add_argument("--save", default="", metavar="TÊN", help="lưu cách ghép cột thành bảng ánh xạ")
        sheet.add_argument("--waiting", action="store_true", help="làm các lần nạp bảng tính đang đợi rồi dừng")

    def handle(self, *args: Any, path: Path | None, **options: Any) -> None:
        if options["waiting"]:
            work()
            return
        if path is None:
            raise UsageRefusal("Hãy ghi đường dẫn của gói dữ liệu hoặc của bảng tính.")
        if options["name"] or _is_sheet(path):
            self._import_sheet(path, options)
        else:
            self._import_package(path, as_json=options["format"] == "json")

    def _import_sheet(self, path: Path, options: dict[str, Any]) -> None:
        asked = Asked(
            path,
            options["name"] or "",
            options["sheet"],
            options["header"],
            tuple(options["set"]),
            options["check"],
            options["part"],
            options["errors"],
            options["save"],
        )
        with bar() as tell:
            result = import_sheet(asked, tell)
        if options["format"] == "json":
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
        else:
            for line in result.lines():
                self.stdout.write(line)
            for line in result.problems():
                self.stderr.write(line)
        if result.exit_status:
            raise SystemExit(result.exit_status)

    def _import_package(self, path: Path, *, as_json: bool) -> None:
        try:
            with bar() as tell:
                result = load_package(path, tell=tell)
        except PackageRefused as refused:
            self._list(refused.problems, refused.beyond, "error", as_json=as_json)
            self.stderr.write(f"Gói dữ liệu có {refused.count} lỗi. Chưa ghi gì vào cơ sở dữ liệu.")
            raise SystemExit(refused.exit_status) from None
        self._list(result.warnings, result.warning_count - len(result.warnings), "warning", as_json=as_json)
        if not as_json:
            self._sum_up(result)

    def _list(self, problems: Any, beyond: int, severity: str, *, as_json: bool) -> None:
        name = "lỗi" if severity == "error" else "điều cần xem lại"
        rest = f"và {beyond} {name} nữa, không liệt kê" if beyond else ""
        if as_json:
            listed = [problem.as_json(severity) for problem in problems]
            if beyond:
                listed.append({**Problem("", None, None, None, rest).as_json(severity), "count": beyond})
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1))
            return
        mark = "" if severity == "error" else "Xem lại: "
        for problem in problems:
            self.stderr.write(f"{mark}{problem}")
        if rest:
            self.stderr.write(f"… {rest}.")

    def _sum_up(self, result: LoadResult) -> None:
        for table, counts in result.tables.items():
            self.stdout.write(
                f"{table}: {counts.new} dòng mới, {counts.changed} dòng đổi, {counts.unchanged} dòng giữ nguyên"
            )
        if result.act_id is None:
            self.stdout.write("Không có gì mới, nên không ghi gì.")
        else:
            self.stdout.write(f"Đã nạp xong (thao tác số {result.act_id} trong nhật ký).")


def _is_sheet(path: Path) -> bool:
    """Return whether a file is a spreadsheet rather than a package: workbooks are zip archives as well."""
    if not path.is_file():
        return False
    if not zipfile.is_zipfile(path):
        return True
    with zipfile.ZipFile(path) as archive:
        return "[Content_Types].xml" in archive.namelist() or "mimetype" in archive.namelist()
