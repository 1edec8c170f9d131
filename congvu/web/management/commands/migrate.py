from typing import Any

from django.core.management.base import BaseCommand

from congvu.web.installation import bring_up_to_date

from . import django_migrate


class Command(BaseCommand):
    help = "Đưa cơ sở dữ liệu về đúng phiên bản này."
    requires_system_checks = []
    requires_migrations_checks = False
    autodetector = django_migrate.Command.autodetector  # Django's own checks look for it here

    def handle(self, *args: Any, **options: Any) -> None:
        bring_up_to_date(verbosity=options["verbosity"])
        self.stderr.write("Cơ sở dữ liệu đã ở đúng phiên bản.")
