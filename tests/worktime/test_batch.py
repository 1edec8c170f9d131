"""Columns and CSV files: computed together, refused together."""

import os
import threading
from pathlib import Path

import numpy as np
import pytest

from congvu.worktime import (
    BatchNotValid,
    ColumnNotValid,
    FileNotReadable,
    FileNotWritable,
    Rule,
    due_batch,
    due_csv,
    elapsed_batch,
    elapsed_csv,
    national_calendar,
)

from .samples import PLAIN, office

EXAMPLES = Path(__file__).parent.parent / "data" / "deadline_examples.csv"
HEADER = "id,received_at,amount,unit\n"


def instants(*texts: str) -> np.ndarray:
    return np.array(texts, "M8[us]")


def computed(tmp_path: Path, text: str | bytes, calendar=PLAIN, **more) -> str:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    due_csv(source, target, calendar, **more)
    return target.read_text(encoding="utf-8")


def refused(tmp_path: Path, text: str | bytes, run=due_csv) -> list[tuple[int, str | None]]:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BatchNotValid) as refusal:
        run(source, target, PLAIN)
    assert os.listdir(tmp_path) == ["in.csv"]
    return [(fault.line, fault.column) for fault in refusal.value.faults]


def test_one_term_may_hold_for_a_whole_column():
    start, due = due_batch(instants("2025-03-10T02:00:30", "2025-03-10T11:00"), 1, "working_day", PLAIN)

    assert start.tolist() == instants("2025-03-10T02:00", "2025-03-11T00:30").tolist()
    assert due.tolist() == instants("2025-03-11T10:00", "2025-03-12T10:00").tolist()


def test_an_amount_given_as_a_float_is_the_number_that_it_prints_as():
    _, due = due_batch(instants("2025-03-10T02:00"), np.array([0.1]), "working_hour", PLAIN)

    assert due.tolist() == instants("2025-03-10T02:06").tolist()


def test_an_empty_column_is_an_empty_column():
    start, due = due_batch(instants(), 1, "working_day", PLAIN)

    assert len(start) == len(due) == 0


@pytest.mark.parametrize(
    ("received", "amount", "unit", "wrong"),
    [
        (["2025-03-10", "NaT"], 1, "working_day", [1]),
        (["2025-03-10", "2025-03-11"], [1, np.nan], "working_day", [1]),
        (["2025-03-10", "2025-03-11"], [0.25, 1], "working_day", [0]),
        (["2025-03-10", "2025-03-11"], [0, -1], "working_day", [0, 1]),
        (["2025-03-10", "2025-03-11"], 1, ["working_day", "week"], [1]),
        (["2025-12-31", "2024-12-31"], 1, "working_day", [0, 1]),
        (["2025-12-31T10:30"] * 4, 1, ["working_day", "calendar_day", "month", "working_hour"], [0, 1, 2, 3]),
        (["2025-12-31T10:30", "2025-03-11"], 0.5, "working_day", [0]),
    ],
)
def test_a_column_with_a_wrong_row_is_refused_whole(received, amount, unit, wrong):
    for rule in Rule:
        with pytest.raises(ColumnNotValid) as refusal:
            due_batch(instants(*received), np.array(amount), np.array(unit), PLAIN, rule=rule)

        assert [problem.row for problem in refusal.value.problems] == wrong


def test_rows_on_either_side_of_a_gap_in_the_years_are_computed():
    calendar = office(years=(2023, 2025))
    _, due = due_batch(instants("2023-03-10T02:00", "2025-03-10T02:00"), 1, "working_day", calendar)

    assert due.tolist() == instants("2023-03-13T10:00", "2025-03-11T10:00").tolist()
    with pytest.raises(ColumnNotValid, match="năm 2024"):
        due_batch(instants("2025-03-10T02:00", "2023-12-29T02:00"), 5, "working_day", calendar)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2025-03-11", "2025-03-10"),
        ("NaT", "2025-03-10"),
        ("2025-03-10", "NaT"),
        ("2025-03-10", "2026-01-01"),
    ],
)
def test_an_interval_without_sense_is_refused(begin, end):
    with pytest.raises(ColumnNotValid):
        elapsed_batch(instants(begin), instants(end), PLAIN)


def test_elapsed_cuts_off_the_rest_of_a_minute():
    begin, end = instants("2025-03-10T02:00:40"), instants("2025-03-10T02:02:30")

    assert elapsed_batch(begin, end, PLAIN).tolist() == [1]


def test_the_published_examples_come_out_of_a_file(tmp_path):
    rows = [line.split(",") for line in EXAMPLES.read_text(encoding="utf-8").splitlines()[1:]]
    target = tmp_path / "out.csv"

    count = due_csv(EXAMPLES, target, national_calendar())

    lines = target.read_text(encoding="utf-8").splitlines()
    assert count == len(rows) == 300
    assert lines[0] == "id,start_at,due_at"
    assert [(line.split(",")[0], line.split(",")[2]) for line in lines[1:]] == [(row[0], row[4]) for row in rows]


def test_instants_may_be_written_in_any_way_that_iso_knows(tmp_path):
    same = [
        "2025-03-10T09:00:00+07:00",
        "2025-03-10T09:00",
        "2025-03-10T02:00Z",
        "2025-03-09T22:00:59.5-04:00",
    ]
    text = HEADER + "".join(f"{row},{instant},1,working_day\n" for row, instant in enumerate(same))

    assert computed(tmp_path, text).splitlines()[1:] == [
        f"{row},2025-03-10T09:00:00+07:00,2025-03-11T17:00:00+07:00" for row in range(4)
    ]


def test_columns_may_come_in_any_order_with_others_between_and_a_bom(tmp_path):
    text = '\ufeffunit, note ,amount,id,received_at\r\nworking_day,x, 1 ,"a,""b",2025-03-10T09:00:00+07:00\r\n\r\n'

    assert computed(tmp_path, text) == (
        'id,start_at,due_at\n"a,""b",2025-03-10T09:00:00+07:00,2025-03-11T17:00:00+07:00\n'
    )


def test_the_rule_may_be_chosen(tmp_path):
    text = HEADER + "1,2025-03-10T09:00:00+07:00,1,working_day\n"

    assert computed(tmp_path, text, rule="rolling").endswith("2025-03-11T09:00:00+07:00\n")


def test_a_file_without_rows_gives_a_file_without_rows(tmp_path):
    assert computed(tmp_path, HEADER) == "id,start_at,due_at\n"


def test_all_wrong_rows_are_named_with_the_line_on_which_they_begin(tmp_path):
    text = HEADER + (
        '"two\nlines",2025-03-10T09:00:00+07:00,1,working_day\n'  # lines 2 and 3
        "b,2025-13-01T09:00:00+07:00,1,working_day\n"
        "c,2025-03-10T09:00:00+07:00,0.3,working_day\n"
        "d,2025-03-10,1,week\n"
        "e,2025-12-31T09:00:00+07:00,1,working_day\n"
        "f,2025-03-10T09:00:00+07:00,1,working_day\n"
    )

    assert refused(tmp_path, text) == [
        (4, "received_at"),
        (5, "amount, unit"),
        (6, "received_at"),
        (6, "amount, unit"),
        (7, "received_at"),
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(1, None)]),
        ("id,received_at,amount\n", [(1, "unit")]),
        ("id,id,received_at,amount,unit\n", [(1, "id")]),
        (HEADER + "1,2025-03-10T09:00:00+07:00,1\n", [(2, None)]),
        (HEADER + "1,2025-03-10T09:00:00+07:00,1,5,working_day\n", [(2, None)]),
        (HEADER + ",2025-03-10T09:00:00+07:00,1,working_day\n", [(2, "id")]),
        (HEADER + "1,2025-03-10T09:00:00+07:00,,working_day\n", [(2, "amount, unit")]),
        (HEADER + "1,,1,working_day\n", [(2, "received_at")]),
        (HEADER + "1,2025-02-30T09:00:00+07:00,1,working_day\n", [(2, "received_at")]),
        (
            HEADER + '1,"2025-03-10T09:00:00+07:00\n2025-03-10T09:00:00+07:00",1,working_day\n',
            [(2, "received_at")],
        ),
        (HEADER + '1,"2025,1,working_day\n', [(2, None)]),
        (HEADER.encode() + b"1,2025,1,working_day\n\xff,2025,1,x\n", [(3, None)]),
        (HEADER + "1,2025\0,1,working_day\n", [(2, None)]),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_written(tmp_path, text, faults):
    assert refused(tmp_path, text) == faults


def test_a_refusal_lists_a_thousand_faults_and_counts_the_rest(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(HEADER + "1,x,1,working_day\n" * 1500, encoding="utf-8")

    with pytest.raises(BatchNotValid) as refusal:
        due_csv(source, tmp_path / "out.csv", PLAIN)

    lines = str(refusal.value).splitlines()
    assert len(refusal.value.faults) == 1500
    assert lines[0].startswith("in.csv:2: received_at: 'x'")
    assert len(lines) == 1002
    assert "500 lỗi khác" in lines[1000]


def test_a_refusal_leaves_an_earlier_output_as_it_was(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(HEADER + "1,x,1,working_day\n", encoding="utf-8")
    target.write_text("cũ", encoding="utf-8")

    with pytest.raises(BatchNotValid):
        due_csv(source, target, PLAIN)

    assert target.read_text(encoding="utf-8") == "cũ"


def test_elapsed_comes_out_of_a_file(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "id,from,to\n"
        "night,2025-03-10T16:00:00+07:00,2025-03-11T08:00:00+07:00\n"
        "swap,2025-04-25T17:00:00+07:00,2025-05-05T07:30:00+07:00\n"
        "none,2025-03-15T08:00:00+07:00,2025-03-15T08:00:00+07:00\n",
        encoding="utf-8",
    )

    assert elapsed_csv(source, target, PLAIN) == 3
    assert target.read_text(encoding="utf-8") == "id,minutes\nnight,90\nswap,1350\nnone,0\n"


def test_an_interval_that_ends_before_it_begins_refuses_the_file(tmp_path):
    text = "id,from,to\n1,2025-03-10T09:00,2025-03-10T10:00\n2,2025-03-10T09:00:01,2025-03-10T09:00:00\n"

    assert refused(tmp_path, text, elapsed_csv) == [(3, "from, to")]


def test_a_file_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(FileNotReadable, match=r"none\.csv") as refusal:
        due_csv(tmp_path / "none.csv", tmp_path / "out.csv", PLAIN)

    assert refusal.value.exit_status == 2


def test_a_folder_that_is_not_there_is_the_surroundings(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(HEADER, encoding="utf-8")

    with pytest.raises(FileNotWritable) as refusal:
        due_csv(source, tmp_path / "none" / "out.csv", PLAIN)

    assert refusal.value.exit_status == 3


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    source, pipe, heard = tmp_path / "in.csv", tmp_path / "pipe", []
    source.write_text(HEADER, encoding="utf-8")
    os.mkfifo(pipe)
    listener = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")), daemon=True)
    listener.start()

    due_csv(source, pipe, PLAIN)
    listener.join(timeout=10)

    assert heard == ["id,start_at,due_at\n"]
    assert pipe.is_fifo()


def test_the_output_may_be_the_input(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(HEADER + "1,2025-03-10T09:00:00+07:00,1,working_day\n", encoding="utf-8")

    due_csv(source, source, PLAIN)

    assert source.read_text(encoding="utf-8").startswith("id,start_at,due_at\n1,2025-03-10T09:00:00+07:00,")
