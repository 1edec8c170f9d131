"""What the database knows of the texts of a sheet, asked for every column against every table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.exchange.services import load_package
from congvu.intake.known import Known, codes_named

PROCEDURES = [
    {"code": code, "name": name, "field": "Hộ tịch", "valid_from": "2020-01-01"}
    for code, name in (
        ("1.000001", "Cấp bản sao trích lục"),
        ("1.000002", "Đăng ký khai sinh"),
        ("1.000003", "Đăng ký khai sinh"),
    )
]


@pytest.fixture
def procedures(db, package):
    load_package(package(procedures=PROCEDURES))


def test_keys_and_names_are_known_however_they_are_written(procedures):
    texts = ["1.000001", "ĐĂNG KÝ KHAI SINH", "Cấp lại thẻ", "Cấp bản sao trích lục"]
    assert Known().share("procedures", texts) == 0.75
    assert codes_named("procedures", texts) == {
        "ĐĂNG KÝ KHAI SINH": ["1.000002", "1.000003"],
        "Cấp bản sao trích lục": ["1.000001"],
    }


def test_a_question_that_comes_again_asks_the_database_nothing_more(procedures):
    known = Known()
    first = known.share("procedures", ["Đăng ký khai sinh", "1.000001"])
    with CaptureQueriesContext(connection) as queries:
        assert known.share("procedures", ("1.000001", "Đăng ký khai sinh")) == first == 1.0
    assert not queries.captured_queries


def test_the_names_of_a_table_are_read_once_for_all_columns(procedures):
    known = Known()
    known.share("procedures", ["Đăng ký khai sinh"])
    with CaptureQueriesContext(connection) as queries:
        known.share("procedures", ["Cấp bản sao trích lục"])
    assert len(queries.captured_queries) == 1  # whether they are keys
