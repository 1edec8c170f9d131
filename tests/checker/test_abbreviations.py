"""Abbreviations: slips are certain only where no words make them, and everybody's need no definition."""

from __future__ import annotations

import pytest

from congvu.checker.words.abbreviations import find, well_known

from .texts import manuscript

DEFINED = (
    "Thực hiện kỷ luật, kỷ cương hành chính (KLKCHC), văn hóa công vụ (VHCV) của cán bộ, công chức, viên chức "
    "(CBCCVC). "
    "Chấp hành KLKCHC và VHCV. Đội ngũ CBCCVC chấp hành KLKCHC.\n\n"
)

WRONG = [
    ("Về KLCCHC.", "KLCCHC", "certain", "KLKCHC"),
    ("Về KLCCHC⁵ của tỉnh.", "KLCCHC", "certain", "KLKCHC"),
    ("Trang phục của CBCCVV.", "CBCCVV", "certain", "CBCCVC"),
    ("Tăng cường KLKHCH.", "KLKHCH", "likely", None),
    ("Tăng cường KLKCCH.", "KLKCCH", "certain", "KLKCHC"),
    ("Tăng cường LKKCHC.", "LKKCHC", "certain", "KLKCHC"),
    ("Của BCCCVC.", "BCCCVC", "certain", "CBCCVC"),
    ("Của CBCVCC.", "CBCVCC", "certain", "CBCCVC"),
    ("Của CBCCVX.", "CBCCVX", "certain", "CBCCVC"),
    ("Của CBCCCVC.", "CBCCCVC", "certain", "CBCCVC"),
    ("Thực hiện VCHV tốt.", "VCHV", "likely", "VHCV"),
    ("Thực hiện VHVC tốt.", "VHVC", "likely", "VHCV"),
    ("Thực hiện VHCVV tốt.", "VHCVV", "likely", "VHCV"),
    ("Về VXCV của tỉnh.", "VXCV", "likely", "VHCV"),
    ("Chấp hành KLCHC.", "KLCHC", "likely", "KLKCHC"),
    ("Đội ngũ CBCVC của tỉnh.", "CBCVC", "likely", "CBCCVC"),
    ("UBND tỉnh và UBND huyện; UBDN xã.", "UBDN", "likely", "UBND"),
    ("Cơ quan HCNN các cấp.", "HCNN", "likely", None),
    ("Lãnh đạo LĐVP tham dự.", "LĐVP", "likely", None),
    ("Đề nghị KTNB báo cáo.", "KTNB", "likely", None),
    ("Lập quy trình, quy chế nội bộ (QTCQNB).", "QTCQNB", "certain", "QTQCNB"),
    ("Phòng, chống tham nhũng (PCTH).", "PCTH", "likely", "PCTN"),
    ("Kế hoạch vận hành công việc (VHCV).", "VHCV", "likely", None),
    ("Nâng cao chất lượng dịch vụ (CLDV) và chỉ lệnh điều vận (CLDV).", "CLDV", "likely", None),
]


@pytest.mark.parametrize(("text", "token", "certainty", "computed"), WRONG)
def test_an_abbreviation_that_does_not_hold_is_found(
    text: str, token: str, certainty: str, computed: str | None
) -> None:
    (finding,) = find(manuscript(DEFINED + text))
    assert (finding.text, finding.certainty) == (token, certainty)
    assert computed is None or finding.computed == computed


RIGHT = [
    "UBND tỉnh, HĐND tỉnh và UBMTTQ tỉnh.",
    "Còn hiện tượng CBCC dùng thời gian làm việc riêng.",
    "Chống dịch COVID-19 và Covid-19.",
    "BÁO CÁO KẾT QUẢ CÔNG TÁC NĂM",
    "KẾT QUẢ KLCCHC CỦA TỈNH",
    "Phần mềm VNPT-iOffice và VNeID.",
    "Tổng sản phẩm GRDP đạt 5.000 tỷ đồng, GDP tăng, 20 triệu USD.",
    "Theo Quyết định số 1847/QĐ-TTg và Công văn số 501/UBND-NC.",
    "Phần I, II, III và XVIII.",
    "Tổ chức UNESCO, ASEAN và WHO.",
    "Sở TT&TT, Sở TN&MT, ngành LĐ,TB&XH.",
    "Hệ thống LGSP của tỉnh.",
    "Công ty SBTC và Tập đoàn HGLD.",
    "Khám, chữa bệnh (KCB), PCCC và CNCH.",
    "Tỉnh lộ ĐT 203, xe BKS 11A.",
    "Thực hiện thủ tục hành chính (TTHC), giải quyết TTHC.",
    "Trung tâm Phục vụ hành chính công (TTPVHCC).",
    "Hồ sơ (HS), số HS tiếp nhận.",
    "Thương binh và Xã hội (TB&XH).",
    "Tổ kiểm tra, giám sát (sau đây gọi tắt là TKTGS). TKTGS đã họp.",
    "Chỉ số KPI và SIPAS.",
    "Công ty VXCV và nhà thầu “KLCHC”.",
    "CBCCVC: KLKCHC, VHCV.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_an_abbreviation_that_holds_is_let_be(text: str) -> None:
    assert list(find(manuscript(DEFINED + text))) == []


ONE = "Công tác kiểm tra hồ sơ (KTHS): các sở làm KTHS, các huyện làm KTHS. "


@pytest.mark.parametrize(
    ("text", "token"),
    [("Kết quả KLHS tốt.", "KLHS"), ("Kết quả KHS tốt.", "KHS"), ("Kết quả KTS tốt.", "KTS")],
)
def test_one_letter_off_the_only_explained_abbreviation_is_likely_a_slip(text: str, token: str) -> None:
    (finding,) = find(manuscript(ONE + text))
    assert (finding.text, finding.certainty, finding.computed) == (token, "likely", "KTHS")


def test_words_of_two_sentences_or_around_an_abbreviation_are_no_name() -> None:
    text = "Lập kho. Hàng hóa sơ chế. Kiểm hộ KTHS hàng sạch: KHHS."
    (finding,) = find(manuscript(ONE + text))
    assert (finding.text, finding.computed) == ("KHHS", "KTHS")


@pytest.mark.parametrize(
    "text",
    [
        "Kết quả THS tốt.",  # the name without its first word
        "Kết quả KTH tốt.",
        "Lập kế hoạch hậu sự: KHHS tốt.",  # words of the text make it
        "Phó trưởng đoàn CTHS.",
        "Kết quả KLHS, KLHS và KLHS.",  # used as much as the other
        "Công ty KLHS.",
        "Kết quả KLMS tốt.",
    ],
)
def test_what_may_be_another_abbreviation_is_no_slip(text: str) -> None:
    assert list(find(manuscript(ONE + text))) == []


def test_a_slip_is_found_once_with_its_count() -> None:
    (finding,) = find(manuscript(DEFINED + "Về KLCCHC.\n\nVà KLCCHC.\n\nLại KLCCHC."))
    assert "KLCCHC (3 lần)" in finding.message
    assert finding.place.line == 3


def test_an_article_that_defines_nothing_may_use_what_it_likes() -> None:
    assert list(find(manuscript("Cơ quan HCNN, KTNB và LĐVP họp."))) == []


def test_a_use_before_its_definition_is_found() -> None:
    text = "Các KHTH đã duyệt.\n\nKế hoạch tổng hợp (KHTH) được gửi đi."
    (finding,) = find(manuscript(text))
    assert (finding.text, finding.place.line, finding.certainty) == ("KHTH", 1, "likely")


def test_the_well_known_are_many_and_explained() -> None:
    assert len(well_known()) >= 150
    assert all(well_known().values())
