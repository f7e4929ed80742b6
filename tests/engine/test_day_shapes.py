"""The shapes in which people write days and hours, in both languages: each is read exactly, or asked about."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot.engine.chosen import DatePrecision, OneMeaning, SeveralMeanings, Value, YearlessDay, write_moment
from bot.engine.dates import Unclear, read_moment
from bot.engine.meanings import DateRefusal
from bot.ui.values import Day, Moment
from bot.ui.voice import say
from tests.engine.day_shapes import DATES, DAYS, DOUBTFUL, HOURS, SPANS, UNREAD

TORONTO = ZoneInfo("America/Toronto")
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=TORONTO)
"""All that is read here is typed on this Monday morning."""


def planned(text: str, now: datetime = MONDAY) -> OneMeaning | SeveralMeanings | Unclear:
    return read_moment(text, zone=TORONTO, now=now, prefer=YearlessDay.FUTURE, want=DatePrecision.MOMENT)


def happened(text: str, now: datetime = MONDAY) -> OneMeaning | SeveralMeanings | Unclear:
    return read_moment(text, zone=TORONTO, now=now, prefer=YearlessDay.PAST, want=DatePrecision.DATE)


def written(reading: OneMeaning | SeveralMeanings | Unclear) -> str:
    match reading:
        case OneMeaning():
            return write_moment(reading.value)
        case SeveralMeanings():
            start = "start of " if reading.why is DateRefusal.SPAN else ""
            options = start + " or ".join(write_moment(option) for option in reading.options)
            return options if reading.other is None else f"{options}, not {write_moment(reading.other)}"
        case Unclear():
            return reading.why


def options(meant: str) -> list[str]:
    """Give the readings that are named, in no order that matters."""
    return sorted(meant.split(" or "))


def test_a_meeting_in_any_shape_is_understood_exactly() -> None:
    shapes = HOURS | DATES
    assert {text: written(planned(text)) for text in shapes} == shapes


def test_a_meeting_that_is_not_sure_is_asked_about() -> None:
    shapes = {text: options(meant) for text, meant in (DOUBTFUL | UNREAD).items()}
    assert {text: options(written(planned(text))) for text in shapes} == shapes


def test_of_a_span_the_start_is_proposed() -> None:
    assert {text: written(planned(text)) for text in SPANS} == {t: f"start of {meant}" for t, meant in SPANS.items()}


def test_a_day_that_was_is_understood_or_asked_about() -> None:
    shapes = {text: options(meant) for text, meant in DAYS.items()}
    assert {text: options(written(happened(text))) for text in shapes} == shapes


def test_the_last_monday_said_on_a_tuesday_may_be_yesterday() -> None:
    assert written(happened("last monday", MONDAY + timedelta(days=1))) == "2026-03-09 or 2026-03-02"


@given(
    st.datetimes(datetime(2026, 3, 10), datetime(2026, 10, 25)),  # noqa: DTZ001
    st.sampled_from(("en", "fr")),
    st.sampled_from(("America/Toronto", "America/St_Johns", "Asia/Kolkata", "Europe/Paris")),
)
def test_what_the_bot_says_of_a_moment_or_a_day_can_be_typed(naive: datetime, language: str, name: str) -> None:
    zone = ZoneInfo(name)
    meant = naive.replace(second=0, microsecond=0, tzinfo=zone)
    now = MONDAY.astimezone(zone)
    phrase = say(Moment(meant.astimezone(UTC), name), language)
    reading = read_moment(phrase, zone=zone, now=now, prefer=YearlessDay.FUTURE, want=DatePrecision.MOMENT)
    offered = (
        (reading.value,)
        if isinstance(reading, OneMeaning)
        else reading.options
        if isinstance(reading, SeveralMeanings)
        else ()
    )
    assert meant in offered, phrase
    day = read_moment(
        say(Day(meant.date()), language), zone=zone, now=now, prefer=YearlessDay.FUTURE, want=DatePrecision.DATE
    )
    assert day == OneMeaning(meant.date())


@pytest.mark.parametrize("start", range(0, 366, 61))
def test_a_day_without_a_year_is_near_or_asked_about_on_every_day_of_the_year(start: int) -> None:
    for days in range(start, start + 61, 5):
        is_near_or_asked_about(MONDAY + timedelta(days=days))


def is_near_or_asked_about(now: datetime) -> None:
    for day in (now.date() + timedelta(days=n) for n in range(-180, 181, 7)):
        phrase = f"{day.day} {day:%B}".lower()
        for prefer, most in ((YearlessDay.PAST, 60), (YearlessDay.FUTURE, 180)):
            reading = read_moment(phrase, zone=TORONTO, now=now, prefer=prefer, want=DatePrecision.DATE)
            assert isinstance(reading, OneMeaning | SeveralMeanings)
            (option,) = (reading.value,) if isinstance(reading, OneMeaning) else reading.options
            away = (day_of(option) - now.date()).days * (1 if prefer is YearlessDay.FUTURE else -1)
            assert away >= 0
            if isinstance(reading, OneMeaning):
                assert away <= most
            else:
                assert reading.other is not None
                missed = (now.date() - day_of(reading.other)).days * (1 if prefer is YearlessDay.FUTURE else -1)
                assert missed > 0
                assert away > most or missed < 45


def day_of(value: Value) -> date:
    return value.date() if isinstance(value, datetime) else value
