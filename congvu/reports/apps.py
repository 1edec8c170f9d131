from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "congvu.reports"

    def ready(self) -> None:
        from congvu.journal.guards import also_guard

        also_guard("report_revisions")
