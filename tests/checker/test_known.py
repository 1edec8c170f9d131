"""A text held against figures and documents that are known."""

from __future__ import annotations

from datetime import date

from congvu.checker.known import Knowledge, KnownFigure, against, matches
from congvu.press.reading import read_manuscript

FIGURES = (
    KnownFigure("dossiers.finished[level=commune]", "Hồ sơ đã giải quyết xong", 145494, "hồ sơ", "commune"),
    KnownFigure("dossiers.on_time[level=commune]", "Hồ sơ giải quyết trước hạn, đúng hạn", 144587, "hồ sơ", "commune"),
    KnownFigure("dossiers.late_rate[level=commune]", "Tỷ lệ giải quyết hồ sơ trễ hạn", 0.6234, "%", "commune"),
    KnownFigure("feedback.received", "Phản ánh, kiến nghị tiếp nhận", 703, "phản ánh"),
)
KNOWN = Knowledge(FIGURES, {"501/UBND-NC": frozenset({date(2022, 3, 8)})})


def found(text: str) -> list[tuple[str, str, str]]:
    return [(f.kind.value, f.stated, f.computed) for f in against(read_manuscript(text.encode(), "x.txt"), KNOWN)]


def test_a_number_that_its_words_name_and_records_deny_is_found() -> None:
    text = "Hồ sơ do UBND cấp xã tiếp nhận: tổng số hồ sơ đã giải quyết xong là 145.594 hồ sơ."
    assert found(text) == [("contradiction", "145.594", "145.494")]
    assert found("Trong năm, hệ thống tiếp nhận 730 phản ánh, kiến nghị.") == [("contradiction", "730", "703")]


def test_what_agrees_or_is_of_another_level_or_too_far_off_is_left_alone() -> None:
    assert found("Cấp xã: tổng số hồ sơ đã giải quyết xong là 145.494 hồ sơ, trước, đúng hạn là 144.587 hồ sơ.") == []
    assert found("Cấp huyện: tổng số hồ sơ đã giải quyết xong là 145.594 hồ sơ.") == []
    assert found("Cấp xã: tổng số hồ sơ đã giải quyết xong là 12 hồ sơ.") == []
    assert found("Năm trước tiếp nhận 99 ý kiến khác.") == []


def test_a_number_that_is_a_figure_is_matched_with_it() -> None:
    text = "Hồ sơ cấp xã giải quyết trước hạn, đúng hạn: 144.587 hồ sơ."
    (match,) = matches(read_manuscript(text.encode(), "x.txt"), FIGURES)
    assert (match.figure.key, match.equal) == ("dossiers.on_time[level=commune]", True)


def test_fewer_words_name_a_figure_that_a_long_number_is_and_its_level_may_follow() -> None:
    late = KnownFigure("dossiers.late[level=commune]", "Hồ sơ giải quyết trễ hạn", 907, "hồ sơ", "commune")
    (match,) = matches(read_manuscript("Trong năm có 907 hồ sơ trễ hạn ở cấp xã.".encode(), "x.txt"), [*FIGURES, late])
    assert (match.figure.key, match.equal) == (late.key, True)
    few = KnownFigure("dossiers.late[level=district]", "Hồ sơ giải quyết trễ hạn", 97, "hồ sơ", "district")
    for other in (
        "Có 907 hồ sơ trễ hạn ở cấp huyện.",
        "Có 907 hồ sơ mới ở cấp xã.",
        "Có 97 hồ sơ trễ hạn ở cấp huyện.",
    ):
        assert not list(matches(read_manuscript(other.encode(), "x.txt"), [*FIGURES, late, few]))


def test_a_cited_day_that_the_register_denies_is_found() -> None:
    assert found("theo Công văn số 501/UBND-NC ngày 09/03/2022 của UBND tỉnh") == [
        ("citation", "09/03/2022", "08/03/2022")
    ]
    assert found("theo Công văn số 501/UBND-NC ngày 08/3/2022 của UBND tỉnh") == []
    assert found("theo Công văn số 777/UBND-NC ngày 09/03/2022 của UBND tỉnh") == []
