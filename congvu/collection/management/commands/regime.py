import io
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from congvu.access.rules import SYSTEM
from congvu.collection.burden import agency_burdens, form_burdens
from congvu.collection.form import CYCLE_NAMES
from congvu.collection.form_reading import FormNotValid, all_forms
from congvu.collection.late import late_now
from congvu.collection.models import ReportRequest
from congvu.kernel.format import format_number, format_percent


class Command(BaseCommand):
    help = "Chế độ báo cáo: các mẫu, cơ quan quá hạn, gánh nặng báo cáo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="VIỆC")
        deeds.add_parser("forms", help="liệt kê các mẫu báo cáo và chỗ sai của tệp hỏng")
        deeds.add_parser("late", help="liệt kê cơ quan quá hạn của mọi yêu cầu")
        burden = deeds.add_parser("burden", help="đếm số liệu đã có từ dữ liệu và số phải nhập tay")
        burden.add_argument("--year", type=int, required=True, help="năm báo cáo")

    def handle(self, *args: Any, deed: str, **options: Any) -> None:
        match deed:
            case "forms":
                self._forms()
            case "late":
                self._late()
            case _:
                self._burden(options["year"])

    def _forms(self) -> None:
        forms, problems = all_forms()
        table = Table("Mẫu", "Tên", "Kỳ", "Câu hỏi", "Chỉ tiêu")
        for form in forms:
            figures = sum(question.kind == "figure" for question in form.questions.values())
            table.add_row(form.id, form.title, CYCLE_NAMES[form.periodicity], str(len(form.questions)), str(figures))
        self._print(table)
        if problems:
            raise FormNotValid(problems)

    def _late(self) -> None:
        table = Table("Yêu cầu", "Cơ quan", "Nơi nhận", "Tình trạng")
        for code in ReportRequest.objects.order_by("-period_to", "code").values_list("code", flat=True):
            for owing in late_now(SYSTEM, code):
                table.add_row(code, owing.full_name, owing.receiver_name, owing.standing)
        self._print(table)

    def _burden(self, year: int) -> None:
        table = Table("Yêu cầu", "Cơ quan", "Chỉ tiêu hỏi", "Đã có", "Khác 0", "Tỷ lệ", "Đã điền", "Nhập tay")
        for one in form_burdens(SYSTEM, year):
            share = "" if one.share is None else format_percent(one.share)
            numbers = (one.agencies, one.asked, one.known, one.with_rows)
            table.add_row(
                one.code, *map(format_number, numbers), share, format_number(one.begun), format_number(one.fields)
            )
        self._print(table)
        agencies = Table("Cơ quan", "Tên", "Báo cáo", "Ô nhập tay", "Trong đó số")
        for line in agency_burdens(SYSTEM, year)[0]:
            typed = (line.reports, line.fields, line.figures)
            agencies.add_row(line.code, line.name, *map(format_number, typed))
        self._print(agencies)

    def _print(self, table: Table) -> None:
        console = Console(file=io.StringIO(), width=4000)
        for column in table.columns:
            column.no_wrap = True
        console.print(table)
        assert isinstance(console.file, io.StringIO)
        self.stdout.write(console.file.getvalue(), ending="")
