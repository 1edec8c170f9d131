"""Reading rows, finding agencies, and comparing answers."""

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from . import Answer, Package, disagreements, key_of, read_package
from .small import province


def test_cells_are_typed_as_the_contract_says() -> None:
    package = province(
        feedback=[{"code": " A ", "category": "Đa\u0302\u0301t", "received_at": "2022-08-15T14:05", "answer": " "}],
        dossiers=[{"code": "1", "agency": "S1", "due_at": "2022-08-15T14:05:00+07:00"}],
        procedures=[{"code": "T", "legal_time": "0.5", "valid_from": "2022-08-15", "postal": "false"}],
    )
    feedback, dossier, procedure = package["feedback"][0], package["dossiers"][0], package["procedures"][0]
    assert (feedback["code"], feedback["category"], feedback["answer"]) == ("A", "Đất", None)
    assert feedback["received_at"] == dossier["due_at"] == datetime(2022, 8, 15, 7, 5, tzinfo=UTC)
    assert (dossier["handling_agency"], dossier["first_due_at"]) == ("S1", dossier["due_at"])
    assert (procedure["legal_unit"], procedure["postal"]) == ("working_day", False)
    assert package["agencies"][0]["valid_from"] == date(1900, 1, 1)
    with pytest.raises(KeyError, match=r"dossiers\.recieved_at"):
        province(dossiers=[{"recieved_at": "2022-08-15"}])


def test_given_defaults_are_kept() -> None:
    package = province(
        dossiers=[{"code": "1", "agency": "S1", "handling_agency": "S2"}],
        procedures=[{"code": "T", "legal_unit": "month", "valid_from": "2022-08-15"}],
    )
    assert package["dossiers"][0]["handling_agency"] == "S2"
    assert package["procedures"][0]["legal_unit"] == "month"


def test_a_folder_is_read_with_bom_line_breaks_in_cells_and_tables_left_out(tmp_path: Path) -> None:
    tables = {"documents": "d.csv", "dossier_events": "absent.csv", "x_own": "also-absent.csv"}
    resources = ", ".join(f'{{"name": "{name}", "path": "{path}"}}' for name, path in tables.items())
    (tmp_path / "datapackage.json").write_text(f'{{"province": "P", "resources": [{resources}]}}', "utf-8")
    text = '\ufeffx_note, id,title\r\nours,D1,"hai\r\ndòng"\r\n\r\n'
    (tmp_path / "d.csv").write_bytes(text.encode())
    package = read_package(tmp_path, without=("dossier_events",))
    assert package.province == "P"
    assert [(row["id"], row["title"], row["kind"]) for row in package["documents"]] == [("D1", "hai\r\ndòng", None)]
    assert package["dossier_events"] == []


def test_an_agency_without_a_day_is_the_latest_and_holders_count_to_their_last_day() -> None:
    agencies = province().agencies()
    assert agencies.on("X", None).level == "district"
    assert agencies.on("X", date(2022, 6, 30)).level == "commune"
    june, july = date(2022, 6, 30), date(2022, 7, 1)
    assert agencies.holders_between("X", june, july) == 2
    assert agencies.holders_between("X", july, july) == 1
    assert agencies.holders_between("X", june, june) == 1


def test_an_unknown_table_is_a_mistake_in_the_test() -> None:
    with pytest.raises(KeyError, match="dosiers"):
        Package("P", {})["dosiers"]


@pytest.mark.parametrize(
    ("printed", "differences"),
    [
        ([("a.rate", {}, 0.1), ("b.count", {"level": "commune"}, 2)], 0),
        ([("a.rate", {}, 0.1 + 1e-9), ("b.count", {"level": "commune"}, 2)], 1),
        ([("a.rate", {}, None), ("b.count", {"level": "commune"}, 2)], 1),
        ([("a.rate", {}, 0.1), ("b.count", {"level": "commune"}, 2), ("c.rate", {}, 0)], 1),
        ([("a.rate", {}, 0.1), ("b.count", {"level": "commune"}, 2), ("c.rate", {}, None)], 0),
        ([("a.rate", {}, 0.1), ("b.count", {"level": "commune"}, 2), ("d.count", {}, 0)], 0),
        ([("a.rate", {}, 0.1), ("b.count", {"level": "commune"}, 2), ("d.count", {}, 1)], 1),
        ([("a.rate", {}, 0.1), ("a.rate", {}, 0.1), ("b.count", {"level": "commune"}, 2)], 1),
        ([("a.rate", {}, 0.1), ("b.count", {}, 2)], 2),
    ],
)
def test_a_printed_list_agrees_only_with_the_same_numbers(
    printed: list[tuple[str, dict[str, str], float | None]], differences: int
) -> None:
    answers = {
        key_of("a.rate", {}): Answer(Fraction(1, 10), 1, 10, None, 0),
        key_of("b.count", {"level": "commune"}): Answer(2, None, None, 0, 0),
        key_of("b.count", {"level": "district"}): Answer(0, None, None, 0, 1),
        key_of("c.rate", {}): Answer(None, 0, 0, None, 0),
    }
    entries = [{"id": figure, "dimensions": members, "value": number} for figure, members, number in printed]
    assert len(disagreements(answers, entries)) == differences
