"""`congvu check` reads a file, prints what it found in three forms, and needs no database."""

import importlib
import json
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from congvu.cli import main
from congvu.commands import COMMANDS

from .sample import TEXT, look


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "mau.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def detectors(monkeypatch):
    """Let the check find exactly what the sample shows; returns a function that takes other detectors."""
    module = importlib.import_module("congvu.checker.check")

    def plug_in(*wanted):
        monkeypatch.setattr(module, "DETECTORS", wanted)

    plug_in(look)
    return plug_in


def run(capsys, *arguments):
    status = main(["check", *map(str, arguments)])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_json_lists_the_findings_with_their_places(capsys, report, detectors):
    status, out, err = run(capsys, report, "--format", "json")

    entries = json.loads(out)
    assert status == 1
    assert err == ""
    assert [entry["line"] for entry in entries] == [4, 4, 4, 8, 10]
    assert entries[4] == {
        "kind": "list_count",
        "certainty": "certain",
        "line": 10,
        "footnote": 1,
        "text": "03 sở",
        "stated": "03 sở",
        "computed": "35",
        "message": "Nêu 03 sở, liệt kê 02.",
    }
    assert "page" not in entries[0]


def test_text_is_grouped_by_certainty_and_ends_with_the_counts(capsys, report, detectors):
    status, out, _err = run(capsys, report)

    lines = out.splitlines()
    assert status == 1
    assert lines[0] == "CHẮC CHẮN SAI"
    assert "3. dòng 10, chú thích 1 · Số đếm và danh sách" in lines
    assert lines.index("CẦN XEM LẠI") < lines.index("4. dòng 4 · Tổng và các phần")
    assert lines[-1] == "Có 3 chỗ chắc chắn sai, 2 chỗ cần xem lại."


def test_html_goes_to_a_file(capsys, report, detectors, tmp_path):
    status, out, err = run(capsys, report, "--format", "html", "--output", tmp_path / "sau" / "ket-qua.html")

    assert (status, out) == (1, "")
    assert "ket-qua.html" in err
    page = BeautifulSoup((tmp_path / "sau" / "ket-qua.html").read_bytes(), "html5lib")
    assert len(page.select("mark")) == 6


def test_what_is_only_likely_is_no_failure(capsys, report, detectors):
    detectors(lambda text: [one for one in look(text) if one.certainty == "likely"])

    assert run(capsys, report)[0] == 0


def test_nothing_found_is_said(capsys, report, detectors):
    detectors()

    status, out, _err = run(capsys, report)

    assert status == 0
    assert "Không thấy chỗ nào không khớp" in out
    assert run(capsys, report, "--format", "json")[1] == "[]\n"


def test_what_a_person_should_know_of_the_file_goes_to_the_standard_error(capsys, tmp_path, detectors):
    from tests.press.docx_parts import docx, p, r

    path = tmp_path / "mau.docx"
    path.write_bytes(docx(p("Có ", f'<w:ins w:id="1">{r("12")}</w:ins>', " xã.")))

    _status, out, err = run(capsys, path, "--format", "json")

    assert out == "[]\n"
    assert "Track Changes" in err


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"])
def test_an_unreadable_file_is_refused_in_one_sentence(capsys, tmp_path, content):
    path = tmp_path / "mau.docx"
    if content is not None:
        path.write_bytes(content)

    status, out, err = run(capsys, path)

    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "Hãy" in err or "hãy" in err


def test_a_folder_is_no_file(capsys, tmp_path):
    assert run(capsys, tmp_path)[0] == 1


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["a", "--format", "xml"]])
def test_wrong_use_is_told_apart(capsys, arguments):
    assert run(capsys, *arguments)[0] == 2


def test_it_runs_without_a_database_and_leaves_no_trace(report, tmp_path):
    assert COMMANDS["check"].database is False
    home = tmp_path / "home"
    environment = {"CONGVU_HOME": str(home), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PATH": ""}

    done = subprocess.run(
        [sys.executable, "-m", "congvu", "check", report], env=environment, capture_output=True, timeout=60
    )

    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"\xe1\xbb" in done.stdout
    assert not home.exists()
