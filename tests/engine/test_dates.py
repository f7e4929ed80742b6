"""Days and times as people type them: understood exactly, or asked about, and never guessed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot.engine.chosen import DatePrecision, OneMeaning, SeveralMeanings, Value, YearlessDay, write_moment
from bot.engine.dates import Unclear, read_moment
from bot.engine.meanings import DateRefusal

TORONTO = ZoneInfo("America/Toronto")
TUESDAY = datetime(2026, 3, 10, 9, 0, tzinfo=TORONTO)
PAST, FUTURE = YearlessDay.PAST, YearlessDay.FUTURE


def read(
    text: str, prefer: YearlessDay = FUTURE, want: DatePrecision = DatePrecision.MOMENT, now: datetime = TUESDAY
) -> OneMeaning | SeveralMeanings | Unclear:
    return read_moment(text, zone=TORONTO, now=now, prefer=prefer, want=want)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TORONTO, fold=fold)


MOMENTS = {
    "mercredi 15h": at(3, 11, 15),
    "mercredi à 15 h 30": at(3, 11, 15, 30),
    "mer. 15h30": at(3, 11, 15, 30),
    "le 12 mars à 9h": at(3, 12, 9),
    "jeudi 12 mars 14h": at(3, 12, 14),
    "demain midi": at(3, 11, 12),
    "après-demain à 10h": at(3, 12, 10),
    "lundi prochain 15h": at(3, 16, 15),
    "1er avril 15:00": at(4, 1, 15),
    "dans 3 jours à 9:00": at(3, 13, 9),
    "dans deux semaines 9h": at(3, 24, 9),
    "15h": at(3, 10, 15),
    "wednesday 15:00": at(3, 11, 15),
    "Wed 3pm": at(3, 11, 15),
    "3 pm on Wednesday": at(3, 11, 15),
    "tomorrow at noon": at(3, 11, 12),
    "tomorrow 3 p.m.": at(3, 11, 15),
    "12am tomorrow": at(3, 11, 0),
    "12pm tomorrow": at(3, 11, 12),
    "March 12th at 9:30": at(3, 12, 9, 30),
    "12 March 2026, 15:00": at(3, 12, 15),
    "2026-03-12 15:00": at(3, 12, 15),
    "2026-03-12T15:00": at(3, 12, 15),
    "2026-03-12T15:00-07:00": at(3, 12, 18),
    "2026-03-12 03:00": at(3, 12, 3),
    "13/3 15:00": at(3, 13, 15),
    "in 2 days at 10:00": at(3, 12, 10),
    "next monday 10:00": at(3, 16, 10),
    "coming friday 10:00": at(3, 13, 10),
    "٢٠٢٦-٠٣-١٢ ١٥:٠٠": at(3, 12, 15),
    "today 23:59": at(3, 10, 23, 59),
    "mar 12 15h": at(3, 12, 15),
}


@pytest.mark.parametrize(("text", "meant"), MOMENTS.items())
def test_a_moment_is_understood_exactly(text: str, meant: datetime) -> None:
    assert read(text) == OneMeaning(meant)


DAYS = {
    "today": date(2026, 3, 10),
    "aujourd’hui": date(2026, 3, 10),
    "yesterday": date(2026, 3, 9),
    "hier": date(2026, 3, 9),
    "avant-hier": date(2026, 3, 8),
    "the day before yesterday": date(2026, 3, 8),
    "monday": date(2026, 3, 9),
    "lundi": date(2026, 3, 9),
    "last friday": date(2026, 3, 6),
    "past friday": date(2026, 3, 6),
    "vendredi dernier": date(2026, 3, 6),
    "mercredi": date(2026, 3, 4),
    "3 days ago": date(2026, 3, 7),
    "il y a 3 jours": date(2026, 3, 7),
    "two weeks ago": date(2026, 2, 24),
    "a week ago": date(2026, 3, 3),
    "il y a une semaine": date(2026, 3, 3),
    "1 mars": date(2026, 3, 1),
    "March 1": date(2026, 3, 1),
    "24 January": date(2026, 1, 24),
    "24 janv.": date(2026, 1, 24),
    "28/2": date(2026, 2, 28),
    "2026-02-28": date(2026, 2, 28),
    "dimanche 8 mars 2026": date(2026, 3, 8),
}


@pytest.mark.parametrize(("text", "meant"), DAYS.items())
def test_a_day_that_was_is_understood_exactly(text: str, meant: date) -> None:
    assert read(text, PAST, DatePrecision.DATE) == OneMeaning(meant)


def test_mardi_15h_on_a_tuesday_may_be_today_or_next_week_and_on_a_monday_is_tomorrow() -> None:
    assert read("mardi 15h") == SeveralMeanings((at(3, 10, 15), at(3, 17, 15)))
    assert read("mardi 15h", now=at(3, 9, 9)) == OneMeaning(at(3, 10, 15))
    # A date at midnight is what dateparser makes of it.
    assert read("mardi 15h", now=at(3, 9, 9)) != OneMeaning(at(3, 10, 0))


ASKED: dict[str, tuple[Value, ...]] = {
    "tomorrow 3:00": (at(3, 11, 15), at(3, 11, 3)),
    "demain à 5h": (at(3, 11, 17), at(3, 11, 5)),
    "4/5 15:00": (at(5, 4, 15), at(4, 5, 15)),
    "next friday 10:00": (at(3, 13, 10), at(3, 20, 10)),
    "vendredi prochain 10h": (at(3, 13, 10), at(3, 20, 10)),
    "2026-11-01 01:30": (at(11, 1, 1, 30), at(11, 1, 1, 30, fold=1)),
}


@pytest.mark.parametrize(("text", "options"), ASKED.items())
def test_what_could_mean_two_things_is_asked(text: str, options: tuple[Value, ...]) -> None:
    reading = read(text)
    assert isinstance(reading, SeveralMeanings)
    assert {write_moment(option) for option in reading.options} == {write_moment(option) for option in options}


REFUSED = {
    "soon": DateRefusal.UNKNOWN,
    "tuesday wednesday 15:00": DateRefusal.UNKNOWN,
    "blursday 12 march 15:00": DateRefusal.UNKNOWN,
    "in many days 15:00": DateRefusal.UNKNOWN,
    "wednesday morning 15:00": DateRefusal.NO_SUCH_HOUR,
    "31 february 15:00": DateRefusal.NO_SUCH_DAY,
    "le 31 février à 15h": DateRefusal.NO_SUCH_DAY,
    "2026-02-30 15:00": DateRefusal.NO_SUCH_DAY,
    "29/2/2027 15:00": DateRefusal.NO_SUCH_DAY,
    "40/40 15:00": DateRefusal.NO_SUCH_DAY,
    "in 999999999999 days 15:00": DateRefusal.TOO_FAR,
    "tomorrow 25:00": DateRefusal.NO_SUCH_HOUR,
    "tomorrow 15:60": DateRefusal.NO_SUCH_HOUR,
    "tomorrow 13pm": DateRefusal.NO_SUCH_HOUR,
    "friday 12 march 15:00": DateRefusal.DISAGREE,
    "yesterday 15:00": DateRefusal.PAST,
    "today 8:00": DateRefusal.PAST,
    "last friday 10:00": DateRefusal.PAST,
    "past friday 10:00": DateRefusal.PAST,
    "9999-01-01 15:00": DateRefusal.TOO_FAR,
    "9999-12-31 23:59": DateRefusal.TOO_FAR,
    "2028-01-01 10:00": DateRefusal.TOO_FAR,
    "tomorrow": DateRefusal.NO_TIME,
    "2026-03-12": DateRefusal.NO_TIME,
}


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_what_is_no_sure_moment_is_refused_with_the_reason(text: str, why: DateRefusal) -> None:
    assert read(text) == Unclear(why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tomorrow", DateRefusal.FUTURE),
        ("coming friday", DateRefusal.FUTURE),
        ("2020-01-01", DateRefusal.TOO_FAR),
        ("", DateRefusal.NO_DAY),
    ],
)
def test_what_is_no_day_that_was_is_refused_with_the_reason(text: str, why: DateRefusal) -> None:
    assert read(text, PAST, DatePrecision.DATE) == Unclear(why)


def test_an_hour_the_clock_jumps_over_is_asked_about() -> None:
    around = (at(3, 8, 1, 30), at(3, 8, 3, 30))
    assert read("2026-03-08 02:30", now=at(3, 7, 9)) == SeveralMeanings(around, DateRefusal.NO_SUCH_HOUR)
    assert read("2026-03-08 03:30", now=at(3, 7, 9)) == OneMeaning(at(3, 8, 3, 30))


def test_each_of_the_two_hours_in_autumn_can_be_named_exactly() -> None:
    now = at(10, 31, 9)
    for fold in (0, 1):
        meant = at(11, 1, 1, 30, fold=fold)
        reading = read(write_moment(meant), now=now)
        assert isinstance(reading, OneMeaning)
        assert isinstance(reading.value, datetime)
        assert reading.value.astimezone(UTC) == meant.astimezone(UTC)


ZONES = st.sampled_from(("America/Toronto", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca", "UTC"))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1)), st.integers(0, 366 * 24 * 60), ZONES)  # noqa: DTZ001
def test_what_is_written_is_read_back(naive: datetime, minutes: int, zone: str) -> None:
    now = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    meant = (now + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    if (meant.replace(tzinfo=None) - now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) > timedelta(days=366):
        return
    moment = read_moment(write_moment(meant), zone=ZoneInfo(zone), now=now, prefer=FUTURE, want=DatePrecision.MOMENT)
    assert isinstance(moment, OneMeaning)
    assert isinstance(moment.value, datetime)
    assert moment.value.astimezone(UTC) == meant.astimezone(UTC)
    day = read_moment(write_moment(meant.date()), zone=ZoneInfo(zone), now=now, prefer=FUTURE, want=DatePrecision.DATE)
    assert day == OneMeaning(meant.date())


@given(st.text(max_size=40), st.sampled_from(YearlessDay), st.sampled_from(DatePrecision))
def test_no_text_is_a_fault(text: str, prefer: YearlessDay, want: DatePrecision) -> None:
    read(text, prefer, want)


WORDS = st.sampled_from(
    [
        "mardi",
        "tuesday",
        "mar",
        "12",
        "31",
        "march",
        "mars",
        "fév",
        "15h",
        "15:00",
        "3pm",
        "next",
        "last",
        "prochain",
        "le",
        "2026-03-12",
        "3/4",
        "in",
        "ago",
        "days",
        "jours",
        "il",
        "y",
        "a",
        "noon",
        "demain",
        "9999",
        "à",
        "on",
        "past",
        "coming",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), st.sampled_from(YearlessDay))
def test_words_of_dates_in_any_order_never_give_a_day_on_the_wrong_side(text: str, prefer: YearlessDay) -> None:
    """Neither what is read nor what is offered is ever on the side that cannot be."""
    reading = read(text, prefer)
    options = (
        (reading.value,)
        if isinstance(reading, OneMeaning)
        else reading.options
        if isinstance(reading, SeveralMeanings)
        else ()
    )
    assert all(isinstance(option, datetime) for option in options)
    assert all((option >= TUESDAY) if prefer is FUTURE else (option <= TUESDAY) for option in options)
