"""Builds the whole simulated province, without Django: a package folder that is imported like any other."""

from collections.abc import Callable
from pathlib import Path

from congvu.demo.conduct import add_courses, add_discipline, add_evaluations
from congvu.demo.directives import add_communications, add_own_plans, add_province_plans, add_regulations
from congvu.demo.documents import Register, add_daily_documents, add_report_documents
from congvu.demo.dossier_events import add_dossier_events
from congvu.demo.dossiers import add_dossiers
from congvu.demo.feedback import add_feedback
from congvu.demo.indexes import add_indexes
from congvu.demo.inspections import add_inspections, add_teams
from congvu.demo.people import add_people
from congvu.demo.procedures import add_procedures, make_catalogue
from congvu.demo.publications import add_publications
from congvu.demo.statements import add_statements
from congvu.demo.tables import Tables
from congvu.demo.units import add_agencies

Progress = Callable[[str, int, int], None]
"""Told before each step: what is made (Vietnamese), the steps done, the steps in all."""

_STEPS = (
    "Cơ quan, cán bộ",
    "Văn bản",
    "Thủ tục hành chính",
    "Kế hoạch, nhiệm vụ",
    "Hồ sơ",
    "Diễn biến hồ sơ",
    "Phản ánh, kiến nghị",
    "Kiểm tra, chỉ số",
    "Đào tạo, đánh giá, kỷ luật",
    "Ghi tệp",
)


def build(out: Path, seed: int = 2022, progress: Progress | None = None) -> None:
    """Writes the package into the folder ``out`` (made if missing); the same seed gives the same bytes.

    Raises ``OSError`` where the folder cannot be written. Nothing in the records happens after the demo's
    now, 21/12/2022 08:00; terms and plans may lie later.
    """
    steps = iter(enumerate(_STEPS))

    def begin() -> None:
        done, what = next(steps)
        if progress:
            progress(what, done, len(_STEPS))

    tables = Tables()
    begin()
    agencies = add_agencies(tables)
    staff = add_people(tables, agencies, seed)
    begin()
    register = Register(tables, agencies, staff)
    add_report_documents(tables, register, agencies, seed)
    add_daily_documents(register, agencies, seed)
    begin()
    procedures = add_publications(tables, register, make_catalogue(seed), seed)
    add_procedures(tables, procedures, seed)
    begin()
    add_province_plans(tables, agencies, seed)
    add_own_plans(tables, register, agencies, seed)
    add_regulations(tables, register, agencies, seed)
    add_communications(tables, agencies, seed)
    begin()
    dossiers = add_dossiers(tables, agencies, procedures, seed)
    add_statements(tables, register, dossiers, agencies)
    begin()
    add_dossier_events(tables, dossiers, agencies, staff, seed)
    begin()
    add_feedback(tables, agencies, procedures, seed)
    begin()
    add_teams(tables, register, agencies, seed)
    add_inspections(tables, register, agencies, seed)
    add_indexes(tables, register, agencies, seed)
    begin()
    add_courses(tables, agencies, staff, seed)
    add_evaluations(tables, staff, seed)
    add_discipline(tables, register, staff, seed)
    register.close()
    begin()
    tables.write(out)
    if progress:
        progress("Xong", len(_STEPS), len(_STEPS))
