"""Weeks run from Monday to Sunday in the community's zone; local hours are found in every zone, gaps included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot.domain.week import Week, local_to_utc, next_daily, next_weekly
from tests.domain.made import days, weeks

TORONTO = ZoneInfo("America/Toronto")
zones = st.sampled_from(("America/Toronto", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC")).map(
    ZoneInfo
)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda instant: instant.replace(tzinfo=UTC))  # noqa: DTZ001
hours = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))


@given(days)
def test_a_week_is_named_as_iso_does(day):
    week = Week.of(day)
    assert week.monday <= day <= week.sunday
    assert week.iso == day.strftime("%G-W%V")
    assert Week.from_iso(week.iso) == Week.from_key(week.key) == week


@given(weeks, st.integers(-200, 200))
def test_weeks_are_counted_across_years(week, number):
    assert week.plus(number).minus(week) == number
    assert week.next().previous() == week
    assert (week.plus(number) > week) is (number > 0)
    assert (week.plus(number).key > week.key) is (number > 0)


@pytest.mark.parametrize("name", ["2026-W60", "2026", "W12", "2026-Wxx", "2026-W00"])
def test_what_is_no_week_is_refused(name):
    with pytest.raises(ValueError, match=r".+"):
        Week.from_iso(name)


@given(instants, zones)
def test_an_instant_is_in_the_week_that_runs_where_the_community_is(at, zone):
    week = Week.at(at, zone)
    assert week.starts(zone) <= at < week.ends(zone)
    assert week.ends(zone) == week.next().starts(zone)


@given(days, hours, zones)
def test_an_hour_that_exists_is_found_and_one_in_a_gap_is_the_first_after_it(day, at, zone):
    instant = local_to_utc(day, at, zone)
    local = instant.astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, at)
    assert local >= wanted
    if local > wanted:
        just_before = (instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
        assert just_before < wanted


def test_the_hour_that_is_left_out_in_spring_is_the_end_of_the_gap():
    instant = local_to_utc(date(2026, 3, 8), time(2, 30), TORONTO)
    assert instant.astimezone(TORONTO).strftime("%H:%M") == "03:00"
    instant = local_to_utc(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Berlin"))
    assert instant == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_the_hour_that_comes_twice_in_autumn_is_the_first_one():
    instant = local_to_utc(date(2026, 11, 1), time(1, 30), TORONTO)
    assert instant == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@given(instants, st.integers(0, 6), hours, zones)
def test_the_next_weekly_moment_is_the_first_after_now(after, day, at, zone):
    week, due = next_weekly(after, day, at, zone)
    assert due > after
    assert due == local_to_utc(week.monday + timedelta(days=day), at, zone)
    assert local_to_utc(week.previous().monday + timedelta(days=day), at, zone) <= after


@given(instants, hours, zones)
def test_the_next_daily_moment_is_the_first_after_now(after, at, zone):
    day, due = next_daily(after, at, zone)
    assert due > after
    assert due == local_to_utc(day, at, zone)
    assert local_to_utc(day - timedelta(days=1), at, zone) <= after
