import csv
import io
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from congvu.access.rules import SYSTEM
from congvu.figures.compute import Answer, compute, figure_key, parse_key
from congvu.figures.opening import Opened
from congvu.figures.period import Period, parse_day
from congvu.figures.services import open_rows_for
from congvu.figures.written import answer_to_json, cell_words, plain, value_in_words
from congvu.kernel.errors import UsageRefusal

COLUMNS = ("id", "value", "unit", "numerator", "denominator", "stated", "partial")


class Command(BaseCommand):
    help = "Tính các chỉ tiêu của một kỳ, hoặc mở một chỉ tiêu ra các dòng mà nó đếm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", required=True, metavar="NGÀY", help="ngày đầu kỳ")
        parser.add_argument("--to", dest="last", required=True, metavar="NGÀY", help="ngày cuối kỳ")
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
        parser.add_argument("--agency", metavar="MÃ", help="chỉ tính cho một cơ quan")
        parser.add_argument("--open", dest="key", metavar="CHỈ_TIÊU", help="mở chỉ tiêu ra các dòng")
        parser.add_argument("--limit", type=int, help="số dòng nhiều nhất khi mở")

    def handle(self, *args: Any, **options: Any) -> None:
        period = Period(parse_day(options["first"], "Ngày đầu kỳ"), parse_day(options["last"], "Ngày cuối kỳ"))
        if options["limit"] is not None and options["limit"] < 1:
            raise UsageRefusal("Số dòng (--limit) phải từ 1 trở lên.")
        if options["key"]:
            figure, members = parse_key(options["key"])
            opened = open_rows_for(
                SYSTEM, figure, members, period, agency_code=options["agency"], limit=options["limit"]
            )
            self.stdout.write(_opened(opened, options["format"]), ending="")
        else:
            answers = compute(period, agency_code=options["agency"])
            self.stdout.write(_answers(answers, options["format"]), ending="")


def _answers(answers: list[Answer], form: str) -> str:
    if form == "json":
        return json.dumps([answer_to_json(answer) for answer in answers], ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        rows = [[a.key, *(plain(answer_to_json(a)[name]) for name in COLUMNS[1:])] for a in answers]
        return _csv(COLUMNS, rows)
    table = Table("Chỉ tiêu", "Tên", "Giá trị", "Đơn vị", "Cơ quan báo cáo")
    for answer in answers:
        stated = value_in_words(answer.stated) if answer.stated else ""
        table.add_row(answer.key, str(answer.figure.name), value_in_words(answer), str(answer.figure.unit), stated)
    return _printed(table)


def _opened(opened: Opened, form: str) -> str:
    answer = opened.answer
    rows = [{name: plain(value) for name, value in row.items()} for row in opened.rows]
    statements = [{name: plain(value) for name, value in row.items()} for row in opened.statements]
    parts = [{"id": id_, "value": value} for id_, value in opened.parts]
    if form == "json":
        whole = answer_to_json(answer) | {
            "rows": rows or parts,
            "statements": statements,
            "more": opened.after is not None,
        }
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        return _csv(list((rows or parts or [{}])[0]), [list(row.values()) for row in rows or parts])
    shown = [c for c in opened.columns if c.label or c.name == "in_numerator"]
    table = Table(*[str(c.label or "Thuộc tử số") for c in shown] or ["Chỉ tiêu", "Giá trị"])
    for row in opened.rows:
        table.add_row(*[cell_words(c, row[c.name]) for c in shown])
    for part in opened.parts:
        table.add_row(*map(str, part))
    lines = [
        f"{s['agency_name']} ({s['period_from']}–{s['period_to']}): {s['value']} {answer.figure.unit}, theo báo cáo"
        for s in statements
    ]
    more = ["Còn các dòng khác; bỏ --limit để xem hết."] if opened.after is not None else []
    head = f"{figure_key(answer.figure.id, answer.members)} = {value_in_words(answer)}"
    return "\n".join([head, _printed(table).rstrip("\n"), *lines, *more]) + "\n"


def _csv(header: Any, rows: list[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _printed(table: Table) -> str:
    for column in table.columns:
        column.no_wrap = True
    console = Console(file=io.StringIO(), width=4000)
    console.print(table)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
