import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from congvu.access.rules import ROLE_NAMES, SYSTEM, Role
from congvu.access.services import create_user, give_seat
from congvu.kernel import clock


class Command(BaseCommand):
    help = "Lập tài khoản đăng nhập cùng vị trí làm việc đầu tiên."

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = ", ".join(f"{role.value} ({ROLE_NAMES[role]})" for role in Role)
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--name", required=True, help="họ và tên")
        parser.add_argument(
            "--role", choices=[role.value for role in Role], required=True, metavar="VAI_TRÒ", help=roles
        )
        parser.add_argument("--agency", required=True, metavar="MÃ", help="mã cơ quan")
        parser.add_argument("--ask-password", action="store_true", help="hỏi mật khẩu thay vì đặt mật khẩu tạm")

    def handle(self, *args: Any, **options: Any) -> None:
        password = None
        if options["ask_password"]:
            password = getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        username = options["username"]
        with transaction.atomic():
            given = create_user(actor=SYSTEM, username=username, full_name=options["name"], password=password)
            give_seat(
                actor=SYSTEM,
                username=username,
                role=Role(options["role"]),
                agency=options["agency"],
                valid_from=clock.today(),
            )
        if password is None:
            self.stdout.write(f"Mật khẩu tạm: {given}")
