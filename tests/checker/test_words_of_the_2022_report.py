"""What the word detectors find in the annual report of 2022 as it was published, and that they find nothing else."""

from __future__ import annotations

from pathlib import Path

from congvu.checker.words import abbreviations, citations, dates, footnotes, formats

from .texts import manuscript

REPORT = manuscript((Path(__file__).parents[1] / "data/bao-cao-2022.txt").read_text(encoding="utf-8"))


def test_no_date_citation_or_note_is_found_wrong() -> None:
    assert [*dates.find(REPORT), *citations.find(REPORT), *footnotes.find(REPORT)] == []


def test_the_misspelt_abbreviations_are_found_once_with_their_counts() -> None:
    found = [(f.place.line, f.text, f.certainty, f.computed) for f in abbreviations.find(REPORT)]
    assert found == [
        (31, "KLCCHC", "certain", "KLKCHC"),
        (143, "CBCCVV", "certain", "CBCCVC"),
        (67, "HCNN", "likely", ""),
    ]
    messages = [finding.message for finding in abbreviations.find(REPORT)]
    assert "KLCCHC (9 lần)" in messages[0]
    assert "CBCCVV (9 lần)" in messages[1]


def test_the_slips_of_writing_are_found() -> None:
    found = sorted((f.place.line, f.text, f.certainty, f.computed) for f in formats.find(REPORT))
    assert found == [
        (13, "các các", "certain", "các"),
        (15, "những nhiễu", "certain", "nhũng nhiễu"),
        (73, "trên", "likely", "Trên"),
        (83, "8/03/2022", "likely", "08/03/2022"),
        (107, "99,50 %", "likely", "99,50%"),
        (109, "99, 29", "certain", "99,29%"),
        (121, "trong tinh", "likely", "trong tỉnh"),
        (131, "những nhiễu", "certain", "nhũng nhiễu"),
        (163, "lễ lối", "certain", "lề lối"),
        (177, "tra kết quả", "likely", "trả kết quả"),
    ]
