"""`congvu import` and `congvu export` as a shell sees them: exit statuses, and what goes to which stream."""

import json

import pytest

from congvu.cli import main
from congvu.exchange import progress
from congvu.journal.models import Act

from .province import changed, province


@pytest.fixture
def congvu(own_database, monkeypatch, capsys):
    """Run a command on the test's own database; return its status, standard output and standard error."""
    import os

    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(name, os.environ[name].replace("/test_congvu_main?", f"/{own_database}?"))

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        streams = capsys.readouterr()
        return status, streams.out, streams.err

    return run


def test_a_right_package_is_loaded_and_summed_up(congvu, package):
    status, out, _err = congvu("import", package(**province()))

    assert status == 0
    assert "dossiers: 3 dòng mới, 0 dòng đổi, 0 dòng giữ nguyên\n" in out
    assert "Đã nạp xong" in out


def test_a_second_time_nothing_is_written(congvu, package):
    folder = package(**province())
    congvu("import", folder)
    status, out, _err = congvu("import", folder)

    assert status == 0
    assert "Không có gì mới, nên không ghi gì." in out


def test_a_wrong_package_is_1_and_its_errors_stand_on_the_standard_error(congvu, package):
    status, out, err = congvu("import", package(**changed("dossiers", 1, due_at="2022-13-01")))

    assert (status, out) == (1, "")
    assert err.splitlines()[0].startswith("dossiers.csv:3: due_at: '2022-13-01' không phải thời điểm hợp lệ")
    assert err.splitlines()[-1] == "Gói dữ liệu có 1 lỗi. Chưa ghi gì vào cơ sở dữ liệu."


def test_as_json_the_errors_alone_stand_on_the_standard_output(congvu, package):
    status, out, _err = congvu("import", package(**changed("dossiers", 1, due_at="2022-13-01")), "--format", "json")
    (error,) = json.loads(out)

    assert status == 1
    assert error.pop("expected").startswith("không phải thời điểm hợp lệ")
    assert error == {
        "severity": "error",
        "file": "dossiers.csv",
        "line": 3,
        "column": "due_at",
        "value": "2022-13-01",
    }


def test_as_json_errors_beyond_the_cap_are_counted_in_a_last_entry(congvu, package):
    rows = [{"code": f"CB{n}", "full_name": "", "category": "cadre"} for n in range(1_005)]
    status, out, _err = congvu("import", package(officers=rows), "--format", "json")
    listed = json.loads(out)

    assert (status, len(listed), listed[-1]["count"]) == (1, 1_001, 5)


def test_as_json_a_right_package_gives_its_warnings(congvu, package):
    folder = package(**changed("findings", 0, rectified_on="2022-05-09"))
    status, out, _err = congvu("import", folder, "--format", "json")

    assert status == 0
    assert [(w["severity"], w["file"], w["line"]) for w in json.loads(out)] == [("warning", "findings.csv", 2)]
    assert congvu("import", package(**changed("findings", 0)), "--format=json")[1].strip() == "[]"


def test_warnings_stand_on_the_standard_error_and_are_no_failure(congvu, package):
    status, _out, err = congvu("import", package(**changed("findings", 0, rectified_on="2022-05-09")))

    assert status == 0
    assert "Xem lại: findings.csv:2: rectified_on: '2022-05-09' trước ngày kiểm tra (2022-05-10)\n" in err


def test_no_package_there_is_2(congvu, tmp_path):
    assert congvu("import", tmp_path / "nowhere")[0] == 2
    assert congvu("import")[0] == 2
    assert congvu("import", tmp_path, "--format", "xml")[0] == 2


def test_a_second_load_at_the_same_time_is_3(congvu, own_database, package):
    import psycopg

    from congvu.figures.stating import LOADS
    from congvu.kernel.postgres import APP
    from tests.database import url_for

    folder = package(**province())
    with psycopg.connect(url_for(APP, own_database)) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOADS])
        status, out, err = congvu("import", folder)

    assert (status, out) == (3, "")
    assert err.strip() == "Một lần nạp khác đang chạy. Hãy đợi nó xong rồi chạy lại."


def test_an_export_is_loaded_again(congvu, package, tmp_path):
    congvu("import", package(**province()))
    status, out, _err = congvu("export", tmp_path / "ra")

    assert status == 0
    assert out.startswith("Đã xuất ")
    assert "Không có gì mới" in congvu("import", tmp_path / "ra")[1]


def test_an_export_over_something_else_is_2(congvu, package, tmp_path):
    congvu("import", package(**province()))
    (tmp_path / "ra").mkdir()
    (tmp_path / "ra" / "a.txt").write_text("…")

    assert congvu("export", tmp_path / "ra")[0] == 2


def test_the_act_of_a_command_is_the_systems(congvu, own_database, package, django_db_blocker):
    congvu("import", package(**province()))
    with django_db_blocker.unblock():
        assert list(Act.objects.values_list("kind", "actor_name")) == [("package:load", "Hệ thống")]


def test_a_bar_appears_on_a_terminal_after_a_while_and_only_there(monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with progress.bar() as tell:
        tell("Đọc dossiers.csv", 0.5)
    assert capsys.readouterr() == ("", "")

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress.bar() as tell:
        tell("Đọc dossiers.csv", 0.5)
    assert "Đọc dossiers.csv" in capsys.readouterr().err
