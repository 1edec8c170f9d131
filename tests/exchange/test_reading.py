"""CSV files as RFC 4180 has them, each row with the line on which it begins. No database."""

import csv
import io
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.exchange import canonical
from congvu.exchange.canonical import recognise
from congvu.exchange.instants import check_instants, usual_instants
from congvu.exchange.problems import Report
from congvu.exchange.reading import cook, read_sheet
from congvu.exchange.tables import Kind, tables
from congvu.exchange.values import NULL


def sheet_of(content):
    report = Report()
    sheet = read_sheet("a.csv", content if isinstance(content, bytes) else content.encode(), report)
    return sheet, [str(problem) for problem in report.errors.kept]


def lines_of(content):
    sheet, errors = sheet_of(content)
    assert errors == []
    return list(sheet.lines)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_end_as_on_every_system(end):
    sheet, errors = sheet_of(end.join(["a,b", "1,2", "3,4"]))

    assert (sheet.header, sheet.columns, list(sheet.lines), errors) == (
        ("a", "b"),
        (("1", "3"), ("2", "4")),
        [2, 3],
        [],
    )


def test_a_row_stands_on_the_line_on_which_it_begins():
    assert lines_of('a,b\n1,"x\ny\r\nz"\n2,x\n3,"\n"\n4,x\n') == [2, 5, 6, 8]


def test_a_header_may_take_several_lines():
    assert lines_of('a,"b\n"\n1,2\n') == [3]


def test_empty_lines_are_no_rows_but_count_as_lines():
    assert lines_of("a,b\n\n1,2\n\n\n3,4\n\n") == [3, 6]
    assert lines_of('a,b\n\n"1",2\n\n\n3,4\n') == [3, 6]


def test_quoted_cells_hold_commas_quotes_and_line_ends():
    sheet, errors = sheet_of('a,b\n"x,y","say ""hi"""\n"",z\n')

    assert errors == []
    assert sheet.columns == (("x,y", ""), ('say "hi"', "z"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('a,b\n1,x"y\n', "a.csv:2: "),
        ('a,b\n1,2\n3,"x"y\n', "a.csv:3: "),
        ('a,b\n1,"x\ny"\n2, "z"\n', "a.csv:4: "),
        ('a,b\n1,2\n"3,4\n5,6\n', "a.csv:3: "),
        ('"a,b\n1,2\n', "a.csv:1: "),
    ],
)
def test_a_quotation_mark_in_the_wrong_place_is_named_with_its_row(content, expected):
    sheet, errors = sheet_of(content)

    assert sheet is None
    assert [e[: len(expected)] for e in errors] == [expected]
    assert "RFC 4180" in errors[0]


@pytest.mark.parametrize("content", ["", "\n", "\ufeff"])
def test_a_file_without_a_header_is_named(content):
    assert sheet_of(content) == (None, ["a.csv:1: thiếu dòng tiêu đề ghi tên các cột"])


def test_rows_of_another_width_are_named_and_the_others_read():
    sheet, errors = sheet_of("a,b\n1\n1,2\n1,2,3\n")

    assert list(sheet.lines) == [3]
    assert errors == ["a.csv:2: dòng có 1 ô, dòng tiêu đề có 2 cột", "a.csv:4: dòng có 3 ô, dòng tiêu đề có 2 cột"]


def test_utf16_is_named():
    assert sheet_of("a,b\n".encode("utf-16"))[1] == ["a.csv:1: tệp viết bằng UTF-16; hãy lưu lại bằng UTF-8"]


def cooked(table, content, name="a.csv"):
    report = Report()
    sheet = read_sheet(name, content, report)
    found = cook(name, tables()[table], sheet, report) if sheet else None
    return found, [str(problem) for problem in report.errors.kept]


def test_bytes_that_are_no_utf8_are_named_with_their_cell():
    content = b"code,full_name,category\nCB1,An,cadre\nCB2,\xc0\xe1n,cadre\nCB\xff,B,cadre\n"

    assert cooked("officers", content)[1] == [
        "a.csv:4: code: 'CB\\xff' có byte không phải UTF-8",
        "a.csv:3: full_name: '\\xc0\\xe1n' có byte không phải UTF-8",
    ]


def test_a_byte_order_mark_and_blanks_around_names_are_allowed():
    found, errors = cooked("officers", "\ufeff code ,full_name,category\nCB1,An,cadre\n".encode())

    assert errors == []
    assert found.columns["code"] == ["CB1"]


def test_a_column_named_twice_is_an_error():
    assert cooked("officers", b"code,code,full_name,category\n")[1] == ["a.csv:1: code: cột ghi hai lần ở dòng tiêu đề"]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2)))
def test_whatever_a_csv_writer_writes_is_read_back(rows):
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["a", "b"])
    writer.writerows(rows)
    sheet, errors = sheet_of(file.getvalue().encode())

    assert errors == []
    assert [list(row) for row in zip(*sheet.columns, strict=True)] == rows


HEADER = "dossier,seq,kind,at,officer,agency,note\n"


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(canonical, "WORTH_IT", 0)


def events(*rows):
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


GOOD = "H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1,Ghi chú"


def test_a_canonical_file_is_recognised(small):
    found = recognise(
        tables()["dossier_events"], b"\xef\xbb\xbf" + events(GOOD, "H1,2,approved,2022-03-01T08:00:00-05:00,,,")
    )

    assert (found.rows, found.header[0]) == (2, "dossier")
    assert found.content.startswith(b"dossier,")


@pytest.mark.parametrize(
    "row",
    [
        "H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1",  # a cell short
        "H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1,a,b",
        ",1,received,2022-03-01T08:00:00+07:00,CB1,S1,",  # required
        "H1,01,received,2022-03-01T08:00:00+07:00,CB1,S1,",
        "H1,+1,received,2022-03-01T08:00:00+07:00,CB1,S1,",
        "H1,x,received,2022-03-01T08:00:00+07:00,CB1,S1,",
        "H1,1,Received,2022-03-01T08:00:00+07:00,CB1,S1,",
        "H1,1,received,2022-03-01T08:00:00Z,CB1,S1,",
        "H1,1,received,2022-02-29T08:00:00+07:00,CB1,S1,",
        "H1,1,received,2022-03-01t08:00:00+07:00,CB1,S1,",
        "H1 ,1,received,2022-03-01T08:00:00+07:00,CB1,S1,",
        "H1,1,received,2022-03-01T08:00:00+07:00,CB1, S1,",
        "H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1,\u00a0x",
        "H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1,no\u0302ng",
        'H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1,"x"',
        "H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1,\\N",
        "H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1,\0",
        "H1,1,received,2022-03-01T08:00:00+07:00,CB1,S1,x\r",
        "",
        "H0,1,received,2022-03-01T08:00:00+07:00,CB1,S1,",  # the key of the first row
    ],
)
def test_a_file_with_anything_else_is_not_recognised(small, row):
    assert recognise(tables()["dossier_events"], events("H0,1,received,2022-03-01T08:00:00+07:00,,,", row)) is None


@pytest.mark.parametrize(
    "header", ["dossier,seq,kind\n", HEADER.replace("note", "x_note"), HEADER.replace("note", "agency")]
)
def test_a_file_with_another_header_is_not_recognised(small, header):
    row = ",".join(GOOD.split(",")[: header.count(",") + 1])
    assert recognise(tables()["dossier_events"], (header + row + "\n").encode()) is None


CELLS = st.sampled_from(
    [
        "H1",
        "H2",
        "1",
        "2",
        "received",
        "paused",
        "2022-03-01T08:00:00+07:00",
        "2022-03-01T08:00Z",
        "",
        " x",
        "é",
        "e\u0301",
    ]
)


@settings(max_examples=300)
@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_what_is_recognised_is_what_the_careful_way_reads(rows, end):
    content = (HEADER.strip() + end + "".join(",".join(row) + end for row in rows)).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "WORTH_IT", 0)
        found = recognise(tables()["dossier_events"], content)
    if found:
        careful, errors = cooked("dossier_events", content)
        assert errors == []
        assert len({(row[0], row[1]) for row in rows}) == len(rows)
        plain = [[cell or NULL for cell in column] for column in zip(*rows, strict=True)]
        assert [careful.columns[name] for name in found.header] == plain


@given(st.datetimes(), st.sampled_from(["+07:00", "Z", "", "-03:30", "+00:00"]))
def test_an_instant_is_right_in_one_way_as_in_the_other(instant, offset):
    text = instant.replace(microsecond=0).isoformat() + offset
    changed, wrong = check_instants([text])
    year = instant.year

    assert (text in wrong) == (not 1900 <= year <= 2199) or year in (1899, 1900, 2199, 2200)
    if offset == "":
        assert changed.get(text, text + "+07:00") == text + "+07:00"


def test_random_instants_pass_the_matrix_exactly_where_they_exist():
    chance = random.Random(7)
    texts = [
        f"{chance.choice([1901, 1996, 2000, 2022, 2100]):04d}-{chance.randrange(14):02d}-{chance.randrange(33):02d}T"
        f"{chance.randrange(26):02d}:{chance.randrange(62):02d}:{chance.randrange(62):02d}+07:00"
        for _ in range(5000)
    ]
    matrix = np.frombuffer("".join(texts).encode(), np.uint8).reshape(len(texts), 25)

    assert usual_instants(matrix).tolist() == [_exists(text) for text in texts]


def _exists(text):
    from datetime import datetime

    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def test_every_column_of_the_contract_has_a_kind():
    kinds = {(table.name, column.name): column.kind for table in tables().values() for column in table.columns}

    assert kinds["dossiers", "received_at"] is Kind.INSTANT
    assert kinds["documents", "issuer"] is Kind.TEXT
    assert kinds["statements", "figure"] is Kind.CHOICE
    assert len(kinds) > 180
