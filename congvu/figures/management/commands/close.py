from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from congvu.access.rules import SYSTEM
from congvu.figures.closing import close_many, close_period, reopen
from congvu.figures.models import Closing
from congvu.figures.period import Period, parse_day
from congvu.kernel.errors import UsageRefusal
from congvu.kernel.format import format_instant, format_period


class Command(BaseCommand):
    help = "Chốt số liệu một kỳ của một cơ quan, mở lại kỳ đã chốt, hoặc liệt kê các kỳ đã chốt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", metavar="MÃ", help="cơ quan")
        parser.add_argument("--from", dest="first", metavar="NGÀY", help="ngày đầu kỳ")
        parser.add_argument("--to", dest="last", metavar="NGÀY", help="ngày cuối kỳ")
        parser.add_argument("--below", action="store_true", help="chốt cả các cơ quan bên dưới chưa chốt")
        parser.add_argument("--reopen", action="store_true", help="mở lại kỳ đã chốt")
        parser.add_argument("--reason", default="", metavar="LÝ_DO", help="lý do mở lại, hoặc chốt khi còn thiếu")
        parser.add_argument("--list", action="store_true", help="liệt kê các kỳ đã chốt")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            if options["below"] or options["reopen"] or options["reason"]:
                raise UsageRefusal("--list chỉ đi cùng --agency, --from, --to.")
            self._list(options)
            return
        if not (options["agency"] and options["first"] and options["last"]):
            raise UsageRefusal("Hãy nêu cơ quan và kỳ: --agency MÃ --from NGÀY --to NGÀY, hoặc dùng --list.")
        if options["below"] and (options["reopen"] or options["reason"]):
            raise UsageRefusal("--below không đi cùng --reopen hay --reason: mỗi lần chỉ mở lại một cơ quan.")
        code, period = options["agency"], _period(options)
        words = format_period(period.first, period.last)
        if options["reopen"]:
            closing = reopen(code, period, options["reason"], reader=SYSTEM)
            self.stdout.write(f"Đã mở lại kỳ {words} của cơ quan {code} (lần chốt {closing.number}).")
        elif options["below"]:
            made = close_many(code, period, reader=SYSTEM)
            self.stdout.write(f"Đã chốt kỳ {words} của {len(made)} cơ quan.")
        else:
            closing = close_period(code, period, reader=SYSTEM, reason=options["reason"])
            self.stdout.write(f"Đã chốt kỳ {words} của cơ quan {code} (lần {closing.number}).")

    def _list(self, options: dict[str, Any]) -> None:
        found = Closing.objects.order_by("period_from", "period_to", "agency", "number").defer("figures", "late")
        if options["agency"]:
            found = found.filter(agency=options["agency"])
        if options["first"]:
            found = found.filter(period_from__gte=parse_day(options["first"], "Ngày đầu kỳ"))
        if options["last"]:
            found = found.filter(period_to__lte=parse_day(options["last"], "Ngày cuối kỳ"))
        for closing in found.iterator():
            self.stdout.write(_line(closing))


def _period(options: dict[str, Any]) -> Period:
    return Period(parse_day(options["first"], "Ngày đầu kỳ"), parse_day(options["last"], "Ngày cuối kỳ"))


def _line(closing: Closing) -> str:
    parts = [
        closing.agency,
        format_period(closing.period_from, closing.period_to),
        f"lần {closing.number}",
        f"chốt {format_instant(closing.closed_at)}, {closing.closed_by}",
    ]
    if closing.missing:
        parts.append(f"còn thiếu {len(closing.missing)} cơ quan: {closing.missing_reason}")
    if closing.reopened_at:
        parts.append(f"đã mở lại: {closing.reason}")
    return "  ".join(parts)
