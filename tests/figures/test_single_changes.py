"""Two hundred random changes of single records move exactly the figures that they must.

What must move is counted anew in plain Python (:mod:`tests.oracle`), which shares nothing with the engine.
"""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction

from congvu.access.rules import SYSTEM
from congvu.figures.compute import compute
from congvu.figures.written import answer_to_json
from congvu.journal.services import act
from congvu.kernel.clock import VIETNAM
from congvu.province.records import AgencyCode, record_by_table
from tests.conftest import EXAMPLE
from tests.oracle import count, disagreements, read_package

from .conftest import EXAMPLE_PERIOD

ROUNDS, CHANGES = 10, 20
FIRST, LAST = EXAMPLE_PERIOD.first, EXAMPLE_PERIOD.last
DAYS = [FIRST - timedelta(1), FIRST, FIRST + timedelta(40), LAST, LAST + timedelta(1), LAST + timedelta(90)]
INSTANTS = [datetime.combine(day, clock, VIETNAM) for day in DAYS for clock in (time(0, 0), time(23, 59, 59))]
TABLES = [
    "documents",
    "document_recipients",
    "plans",
    "tasks",
    "regulations",
    "communications",
    "teams",
    "procedures",
    "procedure_levels",
    "procedure_changes",
    "dossiers",
    "feedback",
    "inspections",
    "inspection_targets",
    "findings",
    "index_scores",
    "index_publications",
    "courses",
    "attendances",
    "evaluations",
    "disciplinary_cases",
    "statements",
]
# the year of a plan, a framework or a grading; a stated total
NUMBERS = {"year": [LAST.year - 1, LAST.year, LAST.year + 1], "value": [0, 1, 25]}


def other_value(chance, field, row, package):
    """Return a value for ``field`` other than the row's, such that the day's borders are met often."""
    if field.null and chance.random() < 0.2:
        return None
    if isinstance(field, AgencyCode):
        return chance.choice([a["code"] for a in package["agencies"] if a["valid_to"] is None and a["level"] != "x"])
    if field.is_relation:
        target = package.get(field.related_model.table(), [])
        return chance.choice(target)[field.related_model.key[0]] if target else None
    if field.choices:
        return chance.choice([value for value, _label in field.choices])
    if isinstance(field, models.DateTimeField):
        return chance.choice(INSTANTS).astimezone(UTC)
    if isinstance(field, models.DateField):
        return chance.choice(DAYS)
    if isinstance(field, models.BooleanField):
        return not row[field.column]
    if isinstance(field, models.DecimalField):
        return 0
    if field.column in NUMBERS:
        return chance.choice(NUMBERS[field.column])
    return row[field.column]


def change_one(chance, package):
    """Change, add or remove one record in the package and in the database alike; return what was done."""
    model = record_by_table()[chance.choice([t for t in TABLES if package.get(t)])]
    rows, alone = package[model.table()], model.key if len(model.key) == 1 else ()
    fields = [f for f in model.package_fields() if f.column not in alone]
    row = chance.choice(rows)
    where = " AND ".join(f"{c} IS NOT DISTINCT FROM %s" for c in model.key)
    key = [row[c] for c in model.key]
    kind = chance.choice(("change", "change", "change", "add", "remove"))
    with act("package:load", actor=SYSTEM), connection.cursor() as cursor:
        if kind == "remove":
            cursor.execute(f"DELETE FROM {model.table()} WHERE {where}", key)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            rows.remove(row)
            return f"remove {model.table()} {key}"
        new = dict(row)
        for field in chance.sample(fields, min(len(fields), chance.choice((1, 1, 2)))):
            new[field.column] = other_value(chance, field, row, package)
        if kind == "add":
            new |= {column: f"MOI-{chance.random()}" for column in alone}
            columns = list(model.columns())
            marks = ", ".join(["%s"] * len(columns))
            cursor.execute(
                f"INSERT INTO {model.table()} ({', '.join(columns)}) VALUES ({marks})", [new[c] for c in columns]
            )
        else:
            sets = ", ".join(f"{f.column} = %s" for f in fields)
            cursor.execute(f"UPDATE {model.table()} SET {sets} WHERE {where}", [new[f.column] for f in fields] + key)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if kind == "add":
            rows.append(new)
        else:
            rows[rows.index(row)] = new
        return f"{kind} {model.table()} {key}: { ({c: new[c] for c in new if new[c] != row[c]}) }"


def counted(package):
    return count(package, FIRST, LAST)


def computed():
    return [answer_to_json(answer) for answer in compute(EXAMPLE_PERIOD)]


def values(answers):
    return {(a["id"], tuple(sorted(a["dimensions"].items()))): a["value"] for a in answers if a["value"]}


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_change_moves_what_it_must_and_nothing_else(example, seed):
    chance = random.Random(seed)
    package = read_package(EXAMPLE / "package")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    before, done, moved = values(computed()), 0, 0

    while done < CHANGES:
        try:
            with transaction.atomic():
                what = change_one(chance, package)
        except IntegrityError:
            continue  # a change that the contract refuses
        done += 1
        answers = computed()

        assert disagreements(counted(package), answers) == [], what
        after = values(answers)
        moved += before != after
        before = after
    assert moved > CHANGES // 10


def test_the_days_of_the_test_lie_on_both_sides_of_the_period():
    assert min(DAYS) < FIRST < LAST < max(DAYS)
    assert date(2022, 12, 12) == LAST
