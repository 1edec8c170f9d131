"""Columns matched by hand: a mapping becomes a form and comes back, whatever else is typed is answered in words."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.kernel.text import fold
from congvu.sheets.mapping import Mapping, Rule, mapping_from
from congvu.sheets.target import Target, TargetTable
from congvu.web.mapping_form import NAME, Entered, as_entered, as_sent, field_id, mapping_of

TABLE = TargetTable(
    "dossiers",
    "Hồ sơ",
    (
        Target("code", "Mã hồ sơ", "text", required=True, key=True),
        Target(
            "channel",
            "Hình thức nộp",
            "choice",
            values={"online": ("Trực tuyến", "qua mạng"), "counter": ("Tại quầy",)},
        ),
        Target("agency", "Cơ quan", "text", refers="agencies"),
        Target("received_at", "Tiếp nhận lúc", "instant"),
    ),
)
TITLES = ["Số biên nhận", "Ngày nhận", "Giờ nhận", "Nơi  nhận", "Ghi chú"]


def sent(**fields):
    """A form as it is sent; two underscores stand for the dot of a field's name, one for a hyphen."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        key = name.replace("__", ".").replace("_", "-")
        data.setlist(key.replace("received-at", "received_at"), value if isinstance(value, list) else [value])
    return data


def read(**fields):
    return mapping_of(as_sent(sent(**fields), TABLE), TABLE, TITLES)


def test_a_mapping_comes_back_from_its_own_form():
    mapping = Mapping(
        "dossiers",
        (
            Rule("code", ("Số biên nhận",)),
            Rule("channel", (), "online"),
            Rule("agency", ("Nơi  nhận",), values={fold("Hoà An"): "H14"}),
            Rule("received_at", ("Ngày nhận", "Giờ nhận"), dates="day_first", moment="close"),
        ),
        split="Ghi chú",
    )

    entered = as_entered(mapping, TABLE, spelled=["Hoà An"])
    data = QueryDict(mutable=True)
    for name, typed in entered.columns.items():
        data.setlist(field_id("nguon", name), list(typed.sources))
        data[field_id("hang-so", name)] = typed.constant
        data[field_id("suy-ra", name)] = typed.derive
        data[field_id("kieu-ngay", name)] = typed.dates
        data[field_id("luc", name)] = typed.moment
        data[field_id("dich", name)] = typed.values
    data["tach"] = entered.split

    assert entered.column("agency").values == "Hoà An = H14"
    assert mapping_of(as_sent(data, TABLE), TABLE, TITLES) == (mapping, [])


def test_words_of_a_choice_become_its_value():
    mapping, problems = read(
        nguon__code="Số biên nhận", nguon__channel="Ghi chú", dich__channel="DVC QG = Qua mạng\nBCCI ="
    )

    assert problems == []
    assert mapping.rule("channel").values == {"dvc qg": "online", "bcci": ""}


def test_a_title_is_found_whatever_its_case_and_marks():
    mapping, problems = read(nguon__code="SỐ BIÊN NHẬN", nguon__agency="Nơi nhận")

    assert problems == []
    assert (mapping.rule("code").source, mapping.rule("agency").source) == (("Số biên nhận",), ("Nơi  nhận",))


def test_columns_that_are_used_are_not_kept_beside():
    mapping, _problems = read(nguon__code="Số biên nhận", giu_kem=["Ghi chú", "Số biên nhận", "Ghi chú"])

    assert mapping.kept == ("Ghi chú",)


def test_a_day_and_its_time_are_two_columns():
    mapping, problems = read(nguon__code="Số biên nhận", nguon__received_at=["Ngày nhận", "", "Giờ nhận"])

    assert problems == []
    assert mapping.rule("received_at").source == ("Ngày nhận", "Giờ nhận")


def test_the_text_over_a_group_needs_no_column():
    mapping, problems = read(nguon__code="Số biên nhận", suy_ra__agency="section")

    assert problems == []
    assert mapping.rule("agency") == Rule("agency", derive="section")


@pytest.mark.parametrize(
    ("fields", "words", "place"),
    [
        ({}, "«Mã hồ sơ» cần có ở mọi dòng", "nguon.code"),
        ({"nguon__code": "Không có"}, "không có cột «Không có»", "nguon.code"),
        ({"nguon__code": "Ghi chú", "hang_so__channel": "bay"}, "không có giá trị «bay»", "hang-so.channel"),
        ({"nguon__code": "Ghi chú", "suy_ra__code": "đoán"}, "không có cách đọc «đoán»", "suy-ra.code"),
        ({"nguon__code": "Ghi chú", "kieu_ngay__code": "x"}, "không có cách đọc «x»", "kieu-ngay.code"),
        ({"nguon__code": "Ghi chú", "luc__code": "x"}, "không có cách đọc «x»", "luc.code"),
        ({"nguon__code": "Ghi chú", "dich__channel": "abc"}, "phải có dạng", "dich.channel"),
        (
            {"nguon__code": "Ghi chú", "dich__channel": "abc = bay"},
            "không có giá trị «bay»; có: Trực tuyến",
            "dich.channel",
        ),
        ({"nguon__code": "Ghi chú", "dich__code": "a = b\n" * 2001}, "nhiều nhất 2000 dòng", "dich.code"),
        ({"nguon__code": "Ghi chú", "tach": "Không có"}, "không có cột «Không có»", "tach"),
        ({"nguon__code": "Ghi chú", "giu_kem": "Không có"}, "không có cột «Không có»", "giu-kem"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(fields, words, place):
    _mapping, problems = read(**fields)

    assert [(words in problem.words, problem.place) for problem in problems] == [(True, place)]


def test_what_was_typed_stays_as_it_was_typed():
    entered = as_sent(
        sent(nguon__code="Không có", dich__channel="sai\r\ncả hai", hang_so__agency="X", ten="Tên"), TABLE
    )

    assert entered.column("code").sources == ("Không có",)
    assert entered.column("channel").values == "sai\ncả hai"
    assert (entered.column("agency").constant, entered.name) == ("X", "Tên")


def test_a_saved_rule_for_a_column_that_is_no_more_is_left_out():
    assert as_entered(Mapping("dossiers", (Rule("gone", ("a",)),)), TABLE) == Entered()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(
            [
                field_id(name, target.name)
                for target in TABLE.targets
                for name in ("nguon", "hang-so", "suy-ra", "kieu-ngay", "luc", "dich")
            ]
            + ["tach", "giu-kem", NAME]
        ),
        st.lists(st.text() | st.sampled_from([*TITLES, "a = b", "section", "end"]), max_size=3),
    )
)
def test_no_form_is_too_odd_for_a_mapping_that_can_be_stored(fields):
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)

    mapping, _problems = mapping_of(as_sent(data, TABLE), TABLE, TITLES)

    assert mapping_from(mapping.as_json()) == mapping
    assert "\x00" not in str(mapping.as_json())
