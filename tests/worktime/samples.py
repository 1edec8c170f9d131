"""Calendars and short spellings that several tests use."""

from datetime import date, datetime

from hypothesis import strategies as st

from congvu.kernel.clock import VIETNAM
from congvu.worktime import Calendar, DayRow, RowKind, Session, Term, Unit, office_week

OFFICE = office_week("07:30-11:30", "13:30-17:00")
SATURDAY_MORNING = (*OFFICE[:5], (Session.parse("07:30-11:30"),), ())


def at(text: str) -> datetime:
    """Return the Vietnamese instant of ``2025-03-10 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def off(day: str, name: str = "Nghỉ", kind: RowKind = RowKind.HOLIDAY) -> DayRow:
    return DayRow(date.fromisoformat(day), kind, name, "test")


def worked(day: str, replaces: str | None = None) -> DayRow:
    of = date.fromisoformat(replaces) if replaces else None
    return DayRow(date.fromisoformat(day), RowKind.SWAPPED_WORKDAY, "Làm bù", "test", of)


def office(*days: DayRow, years: tuple[int, ...] = (2025,), week: tuple[tuple[Session, ...], ...] = OFFICE) -> Calendar:
    """Return a calendar of ordinary office hours for 2025 with these rows."""
    return Calendar("Lịch thử", frozenset(years), week, days)


# Monday 2025-03-10 to Friday 14 is a plain week of this calendar; 30/4 to 4/5 is off but for Saturday 26/4.
PLAIN = office(
    off("2025-04-30"),
    off("2025-05-01"),
    off("2025-05-02", kind=RowKind.COMPENSATORY_OFF),
    worked("2025-04-26"),
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw calendars with odd sessions, some touching, and with every kind of row and of weekday."""
    week = [draw(_weekdays()) for _ in range(7)]
    week[0] = week[0] or OFFICE[0]
    weekdays = st.frozensets(st.integers(1, 6), max_size=2)
    days = draw(st.lists(_rows(), max_size=12, unique_by=lambda row: (row.day, row.kind)))
    return Calendar("Lịch ngẫu nhiên", frozenset({2024, 2025}), tuple(week), tuple(days), draw(st.none() | weekdays))


@st.composite
def _weekdays(draw: st.DrawFn) -> tuple[Session, ...]:
    """Draw up to three sessions of one day, in order; equal neighbours make two of them touch."""
    count = draw(st.integers(0, 3))
    steps = draw(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 20)), min_size=count, max_size=count))
    sessions, quarter = [], draw(st.integers(0, 11))
    for gap, length in steps:
        sessions.append(_session(quarter + gap, quarter + gap + length))
        quarter += gap + length
    return tuple(sessions)


def _session(opens: int, closes: int) -> Session:
    """Return a session between two quarters of an hour of the day."""
    return Session.parse("-".join(f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in (opens, closes)))


@st.composite
def _rows(draw: st.DrawFn) -> DayRow:
    day = st.dates(date(2024, 11, 1), date(2025, 2, 28))
    kind = draw(st.sampled_from(RowKind))
    replaces = draw(st.none() | day) if kind is RowKind.SWAPPED_WORKDAY else None
    name = draw(st.sampled_from(["Nghỉ", "Nghỉ (CHƯA XÁC NHẬN)"]))
    return DayRow(draw(day), kind, name, "drawn", replaces)


def instants() -> st.SearchStrategy[datetime]:
    """Draw instants around a New Year, half of them on a quarter of an hour, where sessions end."""
    quarters = st.integers(0, 92 * 96).map(lambda quarter: quarter * 900)
    seconds = st.integers(0, 92 * 86400)
    start = int(at("2024-11-15 00:00").timestamp())
    return (quarters | seconds).map(lambda offset: datetime.fromtimestamp(start + offset, VIETNAM))


def terms() -> st.SearchStrategy[Term]:
    """Draw terms of every unit, short enough for a walk minute by minute."""
    return (
        st.integers(1, 12).map(lambda halves: Term.parse(str(halves / 2), "working_day"))
        | st.integers(1, 20).map(lambda days: Term(days, Unit.CALENDAR_DAY))
        | st.integers(1, 2).map(lambda months: Term(months, Unit.MONTH))
        | st.integers(1, 80).map(lambda quarters: Term.parse(str(quarters / 4), "working_hour"))
    )
