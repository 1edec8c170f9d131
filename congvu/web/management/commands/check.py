import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from congvu.checker import Finding, check
from congvu.checker.html import document_html
from congvu.checker.marked import marked
from congvu.checker.output import as_json, as_text
from congvu.kernel.files import write_whole
from congvu.press.manuscript import Manuscript
from congvu.press.reading import FILE_MAX_BYTES, ManuscriptNotReadable, read_manuscript


class Command(BaseCommand):
    help = "Kiểm tra số liệu, viện dẫn, chú thích của một báo cáo (DOCX, PDF, tệp chữ); không cần cơ sở dữ liệu."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP", type=Path, help="báo cáo cần kiểm tra")
        parser.add_argument("--format", choices=("text", "json", "html"), default="text", help="dạng kết quả")
        parser.add_argument(
            "--year",
            metavar="NĂM",
            type=int,
            help="so cả với số liệu và sổ văn bản của báo cáo năm này (cần cơ sở dữ liệu)",
        )
        parser.add_argument("--output", metavar="ĐƯỜNG_DẪN", type=Path, help="ghi kết quả vào tệp thay vì in ra")

    def handle(self, *args: Any, file: Path, output: Path | None, year: int | None, **options: Any) -> None:
        manuscript = read_manuscript(_content(file), file.name)
        findings = check(manuscript) if year is None else _against(manuscript, year)
        for remark in manuscript.remarks:
            self.stderr.write(remark)
        words = _rendered(options["format"], manuscript, findings, file.name)
        if output is None:
            self.stdout.write(words, ending="")
        else:
            write_whole(output, words.encode())
            self.stderr.write(f"Đã ghi kết quả vào {output}.")
        if any(finding.certainty == "certain" for finding in findings):
            sys.exit(1)


def _against(manuscript: Manuscript, year: int) -> list[Finding]:
    # here, for the plain check needs none of the figures' engine
    from congvu.access.rules import SYSTEM
    from congvu.reports.checking import check_against_records
    from congvu.reports.queries import ANNUAL

    return check_against_records(manuscript, ANNUAL, year, reader=SYSTEM)


def _rendered(form: str, manuscript: Manuscript, findings: list[Finding], name: str) -> str:
    if form == "json":
        return as_json(findings)
    return document_html(marked(manuscript, findings), name) if form == "html" else as_text(findings)


def _content(path: Path) -> bytes:
    """Return the file's bytes, at most one more than may be read."""
    try:
        with path.open("rb") as file:
            return file.read(FILE_MAX_BYTES + 1)
    except OSError as error:
        raise ManuscriptNotReadable(f"Không mở được tệp {path}. Hãy kiểm tra đường dẫn và quyền đọc tệp.") from error
