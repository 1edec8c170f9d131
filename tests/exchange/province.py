# ruff: noqa: E501 - a row stands on one line
"""A small province with rows in every table of the package, as cells; every package of these tests starts from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = dict[str, str]
Tables = dict[str, list[Row]]

_COLUMNS = {
    "agencies": "code name short_name kind level parent valid_from valid_to successor",
    "officers": "code full_name category",
    "posts": "officer agency title rank portfolio valid_from valid_to",
    "teams": "id agency kind formed_on document note",
    "documents": "id kind number symbol issued_on issuer title direction signer",
    "document_relations": "source target relation",
    "document_recipients": "document agency acknowledged_on",
    "plans": "id document title kind year",
    "tasks": "id plan title lead_agency assigned_on first_due_on due_on completed_on",
    "task_cooperations": "task agency",
    "regulations": "id agency document title kind reviewed_on result",
    "communications": "id agency channel held_on title audience document",
    "procedures": "code name field legal_time legal_unit reduced_time online_level postal vertical valid_from valid_to",
    "procedure_levels": "procedure level",
    "procedure_changes": "decision procedure change effective_on",
    "dossiers": "code procedure agency handling_agency channel applicant_kind received_at first_due_at due_at "
    "finished_at outcome",
    "dossier_events": "dossier seq kind at officer agency note",
    "feedback": "code channel received_at category about_procedure procedure agency content due_at resolved_at answer "
    "published rating",
    "inspections": "id kind decision announced date_from date_to lead_agency",
    "inspection_targets": "inspection agency",
    "findings": "id inspection agency text severity due_on rectified_on verified_on report",
    "index_frameworks": "id title year scope decision",
    "index_criteria": "framework code parent title max_score kind",
    "index_scores": "framework criterion agency self_score appraised_score",
    "index_publications": "framework publisher published_on document",
    "courses": "id title topic date_from date_to host_agency",
    "attendances": "course attendee agency",
    "evaluations": "officer year grade culture_met",
    "disciplinary_cases": "id officer agency form decided_on decision",
    "statements": "agency figure level member period_from period_to value mode document",
    "x_report_slots": "report year slot position document",
}

_ROWS = {
    "agencies": """
P | Ủy ban nhân dân tỉnh | UBND tỉnh | province_committee | province | | | |
S1 | Sở Một | | department | province | P | | |
S2 | Sở Hai | | department | province | P | | |
X | Ủy ban nhân dân xã cũ | | commune_committee | commune | P | | 2022-06-30 | X
X | Ủy ban nhân dân huyện mới | | district_committee | district | P | 2022-07-01 | |
""",
    "officers": """
CB1 | Nông Thị Ánh | civil_servant
CB2 | Lý Văn Đường | cadre
""",
    "posts": """
CB1 | S1 | Giám đốc | head | Phụ trách chung | 2020-01-01 |
CB2 | S1 | Chuyên viên | staff | | 2020-01-01 | 2022-05-31
""",
    "teams": "TO1 | S1 | supervision | 2022-03-01 | D1 | Kiện toàn",
    "documents": """
D1 | decision | 1 | 1/QĐ-UBND | 2022-02-01 | P | Quyết định "một" | outgoing | Hoàng Văn Chung
D2 | report | | | | Bộ Nội vụ | Báo cáo, không ngày | incoming |
D3 | plan | 3 | 3/KH-S1 | 2022-03-01 | S1 | Kế hoạch | outgoing |
""",
    "document_relations": "D3 | D1 | implements",
    "document_recipients": """
D1 | S1 | 2022-02-03
D1 | X |
""",
    "plans": """
K1 | D3 | Kế hoạch | par | 2022
K2 | | Kế hoạch không văn bản | other | 2022
""",
    "tasks": """
N1 | K1 | Nhiệm vụ | S1 | 2022-04-01 | 2022-06-01 | 2022-06-01 | 2022-05-30
N2 | K2 | Nhiệm vụ không ngày giao | X | | | |
""",
    "task_cooperations": "N1 | S2",
    "regulations": "Q1 | S1 | D1 | Quy chế làm việc | working_regulation | 2022-05-05 | amended",
    "communications": "T1 | S1 | meeting | 2022-05-06 | Họp phổ biến | 40 | D1",
    "procedures": """
1.000001 | Thủ tục một | Lĩnh vực | 10 | working_day | 2.5 | 4 | true | false | 2020-01-01 |
1.000002 | Thủ tục không thời hạn | Lĩnh vực | | | | none | | | 2020-01-01 | 2022-12-31
""",
    "procedure_levels": """
1.000001 | province
1.000002 | province
""",
    "procedure_changes": "D1 | 1.000001 | time_reduced | 2022-02-10",
    "dossiers": """
H1 | 1.000001 | S1 | S2 | online | person | 2022-03-01T08:00:00+07:00 | 2022-03-03T17:00:00+07:00 | 2022-03-04T17:00:00+07:00 | 2022-03-04T09:00:00+07:00 | granted
H2 | 1.000001 | S1 | | counter | business | 2022-03-01T08:00:00+07:00 | | | |
H3 | 1.000002 | S2 | | postal | | 2022-03-02T08:00:00.5+07:00 | | | 2022-03-09T10:00:00Z | withdrawn
""",
    "dossier_events": """
H1 | 1 | received | 2022-03-01T08:00:00+07:00 | CB1 | S1 | Tiếp nhận
H1 | 2 | finished | 2022-03-04T09:00:00+07:00 | | |
""",
    "feedback": """
F1 | web | 2022-04-01T08:00:00+07:00 | Đất đai | true | 1.000001 | S1 | Chậm trả kết quả | 2022-04-10T17:00:00+07:00 | 2022-04-05T10:00:00+07:00 | Đã trả lời | true | 4
F2 | hotline | 2022-04-02T08:00:00+07:00 | Khác | false | | X | | | | | |
""",
    "inspections": "V1 | duty | D1 | true | 2022-05-10 | 2022-05-12 | S2",
    "inspection_targets": """
V1 | S1
V1 | X
""",
    "findings": "P1 | V1 | X | Còn đi muộn, về sớm | minor | 2022-06-10 | 2022-06-01 | 2022-06-02 | D2",
    "index_frameworks": "B1 | Bộ chỉ số | 2022 | department | D1",
    "index_criteria": """
B1 | 1 | | Lĩnh vực | 3.5 | reported
B1 | 1.1 | 1 | Tiêu chí | 1.5 | reported
B1 | 1.2 | 1 | Tiêu chí | 2 | survey
""",
    "index_scores": """
B1 | 1.1 | S1 | 1.5 | 1.25
B1 | 1.2 | S1 | 0 |
""",
    "index_publications": "B1 | P | 2022-12-20 | D1",
    "courses": "L1 | Lớp giao tiếp | communication | 2022-05-20 | 2022-05-22 | S1",
    "attendances": """
L1 | CB1 | S1
L1 | Người ngoài 1 |
""",
    "evaluations": "CB1 | 2022 | good | true",
    "disciplinary_cases": "KL1 | CB2 | X | warning | 2022-06-01 | D1",
    "statements": """
S2 | dossiers.received | | | 2021-01-01 | 2021-12-31 | 100 | instead | D3
S2 | communications.count | | meeting | 2022-01-01 | 2022-12-31 | 7 | beside |
""",
    "x_report_slots": "annual | 2022 | basis | 1 | D1",
}


def province() -> Tables:
    """Return fresh rows of every table; each test may change its own."""
    tables = {}
    for table, columns in _COLUMNS.items():
        names = columns.split()
        lines = _ROWS[table].strip().splitlines()
        tables[table] = [_row(names, line) for line in lines]
    return tables


def _row(names: list[str], line: str) -> Row:
    cells = [cell.strip() for cell in line.split("|")]
    return dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=True))


def only(*tables: str) -> Tables:
    """Return the rows of some tables alone."""
    whole = province()
    return {table: whole[table] for table in tables}


def changed(table: str, position: int, /, **cells: Any) -> Tables:
    """Return the province with other cells in one row."""
    tables = province()
    tables[table][position].update(cells)
    return tables


def added(table: str, /, **cells: str) -> Tables:
    """Return the province with one row more: its last one with other cells."""
    tables = province()
    tables[table].append({**tables[table][-1], **cells})
    return tables


def rows_of(connection: Any) -> Mapping[str, list[tuple[Any, ...]]]:
    """Return every stored row of every table, by table, in the order of keys."""
    from congvu.exchange.tables import tables

    found = {}
    with connection.cursor() as cursor:
        for table in tables().values():
            names = ", ".join(f'"{name}"' for name in table.names)
            keys = ", ".join(f'"{name}" NULLS FIRST' for name in table.key)
            cursor.execute(f"SELECT {names} FROM {table.name} ORDER BY {keys}")
            found[table.name] = cursor.fetchall()
    return found
