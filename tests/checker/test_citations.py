"""Document numbers: read in every form, and found where they contradict themselves."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from congvu.checker.grammar.citation_forms import parse_number
from congvu.checker.words.citations import citation_spans, find

from .texts import manuscript

NUMBERS = [
    ("501/UBND-NC", "501", None, "UBND-NC", False),
    ("61/2018/NĐ-CP", "61", 2018, "NĐ-CP", False),
    ("101-QĐ/TW", "101", None, "QĐ/TW", True),
    ("3136/BC-SGTVT", "3136", None, "BC-SGTVT", False),
    ("298/BC-SGD&ĐT", "298", None, "BC-SGD&ĐT", False),
    ("1678/NQ-UBTVQH15", "1678", None, "NQ-UBTVQH15", False),
    ("42/2019/QH14", "42", 2019, "QH14", False),
    ("07/CT-UBND", "7", None, "CT-UBND", False),
    ("30c/NQ-CP", "30c", None, "NQ-CP", False),
    ("1864/BC-SNgv", "1864", None, "BC-SNgv", False),
    ("01/2016/TTLT-TANDTC-VKSNDTC-BTP", "1", 2016, "TTLT-TANDTC-VKSNDTC-BTP", False),
    ("685/SGDĐT-GDTrH", "685", None, "SGDĐT-GDTrH", False),
    ("1847/QĐ-TTg", "1847", None, "QĐ-TTg", False),
    ("47/TTr-SNV", "47", None, "TTr-SNV", False),
]


@pytest.mark.parametrize(("written", "number", "year", "symbol", "party"), NUMBERS)
def test_a_number_is_taken_apart(written: str, number: str, year: int | None, symbol: str, party: bool) -> None:
    read = parse_number(written)
    assert read is not None
    assert (read.number, read.year, read.symbol, read.party) == (number, year, symbol, party)


def test_a_citation_carries_its_kind_day_and_issuer() -> None:
    text = "theo Công văn số 501/UBND-NC ngày 8/03/2022 của UBND tỉnh về việc triển khai"
    (cited,) = citation_spans(text)
    assert text[cited.start : cited.end] == cited.written == "501/UBND-NC"
    assert (cited.kind, cited.numbered, cited.day, cited.issuer) == (
        "Công văn",
        True,
        date(2022, 3, 8),
        "UBND tỉnh",
    )


def test_an_issuer_may_hold_and() -> None:
    (cited,) = citation_spans("Thông tư số 14/2023/TT-BGDĐT ngày 17/7/2023 của Bộ Giáo dục và Đào tạo ban hành")
    assert cited.issuer == "Bộ Giáo dục và Đào tạo"


def test_the_district_behind_a_number_is_its_issuer() -> None:
    (cited,) = citation_spans("Báo cáo số 927/BC-UBND huyện Nguyên Bình; và khác")
    assert cited.issuer == "UBND huyện Nguyên Bình"


@pytest.mark.parametrize(
    "text",
    ["55/59 nhiệm vụ", "10/10 UBND huyện", "48.207/48.447 hồ sơ", "đạt 5/KH 10", "60 km/h", "08/03/2022", "1/3 xã"],
)
def test_what_is_no_number_of_a_document_is_not_taken_for_one(text: str) -> None:
    assert citation_spans(text) == ()


def test_nearly_all_real_numbers_are_read() -> None:
    folder = os.environ.get("CONGVU_TESTDATA")
    path = Path(folder or "") / "vn_docs" / "so_ky_hieu_dev_981.jsonl"
    if not folder or not path.exists():
        pytest.skip("CONGVU_TESTDATA names no folder with vn_docs")
    written = [json.loads(line)["so_ky_hieu"] for line in path.read_text(encoding="utf-8").splitlines()]
    unread = [number for number in written if parse_number(number) is None]
    assert len(unread) <= 0.03 * len(written), unread


WRONG = [
    ("Công văn số 5O1/UBND-NC gửi các sở.", "5O1/UBND-NC", "certain"),
    ("Nghị định số 61/2O18/NĐ-CP.", "61/2O18/NĐ-CP", "certain"),
    ("Quyết định số l01/QĐ-UBND.", "l01/QĐ-UBND", "certain"),
    ("Nghị định số 61/218/NĐ-CP.", "61/218/NĐ-CP", "certain"),
    ("Nghị định số 61/20018/NĐ-CP.", "61/20018/NĐ-CP", "certain"),
    ("Nghị định số 61/2108/NĐ-CP.", "61/2108/NĐ-CP", "certain"),
    ("Quyết định số 653QĐ-UBND.", "653QĐ-UBND", "certain"),
    ("Quyết định số 653 QĐ-UBND.", "653 QĐ-UBND", "certain"),
    ("Nghị định số 61/2018NĐ-CP.", "61/2018NĐ-CP", "certain"),
    ("Quyết định số 07/2022/QĐUBND.", "07/2022/QĐUBND", "certain"),
    ("Quyết định số 653//QĐ-UBND.", "653//QĐ-UBND", "certain"),
    ("Quyết định số 653/QĐ--UBND.", "653/QĐ--UBND", "certain"),
    ("Tờ trình số 28//TTr-UBND.", "28//TTr-UBND", "certain"),
    ("Kế hoạch số 371/KHSNV của Sở Nội vụ.", "371/KHSNV", "certain"),
    ("Thông báo số 12/TBUBND.", "12/TBUBND", "certain"),
    ("Chỉ thị số 15/CTTTg.", "15/CTTTg", "certain"),
    ("Nghị định số 61/2018/NĐCP.", "61/2018/NĐCP", "certain"),
    ("Theo Quyết định số /QĐ-UBND ngày 02/6/2022.", "số /QĐ-UBND", "certain"),
    ("Theo Quyết định số ..../QĐ-TTg ngày 02 tháng 6 năm 2022.", "số ..../QĐ-TTg", "certain"),
    ("Theo Tờ trình số:   /TTr-SNV của Sở Nội vụ.", "số:   /TTr-SNV", "likely"),
    ("Nghị định số 117/2025/ND-CP của Chính phủ, đã có.", "117/2025/ND-CP", "certain"),
    ("Kế hoạch số 12/QĐ-UBND của UBND tỉnh.", "Kế hoạch số 12/QĐ-UBND", "certain"),
    ("Quyết định số 3652/KH-UBND.", "Quyết định số 3652/KH-UBND", "certain"),
    ("Nghị quyết số 61/2018/NĐ-CP.", "Nghị quyết số 61/2018/NĐ-CP", "certain"),
    ("Chỉ thị số 1847/QĐ-TTg.", "Chỉ thị số 1847/QĐ-TTg", "certain"),
    ("Công văn số 90/QĐ-UBND.", "Công văn số 90/QĐ-UBND", "certain"),
    ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2019.", "61/2018/NĐ-CP ngày 23/4/2019", "certain"),
    ("Nghị định số 61/2019/NĐ-CP ngày 31/12/2018.", "61/2019/NĐ-CP ngày 31/12/2018", "likely"),
    ("Nghị định số 61/NĐ-CP ngày 23/4/2018.", "61/NĐ-CP", "certain"),
    ("Thông tư số 265/TT-BTC ngày 14/11/2016.", "265/TT-BTC", "certain"),
    ("Luật số 42/2019/QH12.", "42/2019/QH12", "certain"),
    (
        "Công văn số 501/UBND-NC ngày 08/3/2022 của UBND tỉnh. "
        "Sau đó Công văn số 501/UBND-NC ngày 18/3/2022 của UBND tỉnh.",
        "501/UBND-NC ngày 18/3/2022",
        "certain",
    ),
    (
        "Kế hoạch số 710/KH-TCT ngày 29/3/2022; Kế hoạch số 710/KH-TCT ngày 28/3/2022.",
        "710/KH-TCT ngày 28/3/2022",
        "likely",
    ),
    (
        "Kế hoạch số 2451/KH-UBND ngày 12/7/2019; Kế hoạch số 2451/KH-UBND ngày 12/7/2018.",
        "2451/KH-UBND ngày 12/7/2018",
        "likely",
    ),
    (
        "Quyết định số 100/QĐ-TTg ngày 05/6/2022; Quyết định số 653/QĐ-TTg ngày 02/3/2022.",
        "653/QĐ-TTg ngày 02/3/2022",
        "likely",
    ),
]


@pytest.mark.parametrize(("text", "stated", "certainty"), WRONG)
def test_a_number_that_does_not_hold_is_found(text: str, stated: str, certainty: str) -> None:
    (finding,) = find(manuscript(text))
    assert (finding.text, finding.certainty) == (stated, certainty)


RIGHT = [
    "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.",
    "Quyết định số 653/QĐ-UBND ngày 02/6/2022.",
    "Quy định số 101-QĐ/TW ngày 07/6/2012 của Ban Bí thư.",
    "Đề án theo Quyết định số 06/QĐ-TTg ngày 06/01/2022.",
    "Đề án số 06/QĐ-TTg.",
    "Quy chế số 12/QĐ-UBND.",
    "Công văn số 501/UBND-NC ngày 08/03/2022; Công văn số 501/UBND-NC ngày 8/03/2022.",
    "Chỉ thị số 15/CT-UBND ngày 23/11/2022; Chỉ thị số 15/CT-UBND ngày 12/5/2020.",
    "Báo cáo số 19/BC-UBND ngày 05/6/2022 của UBND huyện Hòa An; "
    "Báo cáo số 19/BC-UBND ngày 07/6/2022 của UBND huyện Hạ Lang.",
    "Công văn số 5470/CT-CS ngày 02/3/2022 của Cục Thuế.",
    "Thông báo kết luận số 12/TB-UBND ngày 02/3/2022.",
    "Chương trình số 12/CT-UBND.",
    "Nghị quyết số 42/2019/QH14.",
    "Nghị quyết số 30c/NQ-CP ngày 08/11/2011; Nghị quyết số 30a/2008/NQ-CP.",
    "Nghị định số 75/CP ngày 27/10/1993.",
    "Quyết định số 90/QĐ-UBND ngày 25/01/2022 và Quyết định số 101/QĐ-UBND ngày 26/01/2022.",
    "Quyết định số 101/QĐ-TTg ngày 26/01/2022 và Quyết định số 103/QĐ-TTg ngày 25/01/2022.",
    "Tờ trình số 47/TTr-SNV ngày 03/3/2022 của Sở Nội vụ.",
    "Hoàn thành 55/59 nhiệm vụ, 10/10 UBND huyện.",
    "Báo cáo khắc phục số: 1949/BC-SLĐTBXH; 1856/BC-SKHCN.",
    "Quyết định số 1149/QĐ-BNV ngày 30/12/2020 của Bộ trưởng Bộ Nội vụ.",
    "Kế hoạch triển khai Quyết định số 12/QĐ-UBND.",
    "Văn bản số 12/QĐ-UBND.",
    "Ban hành kèm theo Quyết định số      /QĐ-UBND ngày      tháng 6 năm 2022.",
    "(Kèm theo Kế hoạch số ..../KH-UBND ngày ..../..../2022 của UBND tỉnh)",
    "Số:      /BC-UBND",
    "Công văn số 45/CTCP của Công ty cổ phần; Công văn số 8/BCTTr và số 9/TTCP-V1.",
    "Điều kiện về chỉ số /TT-BYT.",
    "Thông tư liên tịch số 01/2016/TTLT-TANDTC-VKSNDTC-BTP.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_number_that_holds_is_let_be(text: str) -> None:
    assert list(find(manuscript(text))) == []
