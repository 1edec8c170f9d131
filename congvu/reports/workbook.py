"""The workbook beside a report: every figure with what it is made of."""

from __future__ import annotations

from typing import Any

from congvu.figures.catalogue import FIGURES
from congvu.press.model import Document
from congvu.press.xlsx import Column, Sheet, to_xlsx

from .stored import key_of, period_of
from .writer import MarkUse

NO_LONGER = "(chỉ tiêu không còn trong danh mục)"
_COLUMNS = (
    Column("Mã chỉ tiêu", "text", 44),
    Column("Tên chỉ tiêu", "text", 44),
    Column("Kỳ", "text", 12),
    Column("Từ ngày", "date", 12),
    Column("Đến ngày", "date", 12),
    Column("Giá trị", "decimal", 14),
    Column("Tính từ hồ sơ", "decimal", 14),
    Column("Cơ quan báo cáo", "decimal", 16),
    Column("Tử số", "decimal", 12),
    Column("Mẫu số", "decimal", 12),
    Column("Đơn vị tính", "text", 12),
    Column("Định nghĩa", "text", 80),
)


def figures_workbook(figures: list[dict[str, Any]], marks: tuple[MarkUse, ...], document: Document) -> bytes:
    """Return the workbook of ``figures`` (:func:`congvu.reports.stored.figures_to_json`) and of a report's marks."""
    rows = []
    for entry in figures:
        figure, period = FIGURES.get(entry["id"]), period_of(entry)
        value, stated = entry["value"], entry["stated"]
        counted = None if value is None or stated is None else value - stated
        rows.append(
            (
                key_of(entry),
                str(figure.name) if figure else NO_LONGER,
                entry["period"],
                period.first,
                period.last,
                value,
                counted,
                stated,
                entry["numerator"],
                entry["denominator"],
                entry["unit"],
                str(figure.sentence) if figure else NO_LONGER,
            )
        )
    used = [(m.id, m.text, m.figure, m.period, m.source) for m in marks if m.kind != "words"]
    notes = (document.notice,) if document.notice else ()
    return to_xlsx(
        [
            Sheet("Chỉ tiêu", "Mọi chỉ tiêu của báo cáo", _COLUMNS, tuple(rows), notes),
            Sheet(
                "Dấu trong báo cáo",
                "Những chỗ trong báo cáo được tính từ dữ liệu",
                (
                    Column("Mã dấu", "text", 34),
                    Column("Chữ trong báo cáo", "text", 60),
                    Column("Chỉ tiêu", "text", 44),
                    Column("Kỳ", "text", 12),
                    Column("Cách viết trong mẫu", "text", 60),
                ),
                tuple(used),
                notes,
            ),
        ],
        document.meta,
    )
