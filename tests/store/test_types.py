from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from bot.domain.week import Week
from bot.store.types import DateColumn, Instant, Private, Sealed, WeekKey

some_zones = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
# A day from each end of what Python can name, so that a change of zone stays inside.
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=some_zones)  # noqa: DTZ001


@given(instants)
def test_an_instant_comes_back_to_the_microsecond(instant: datetime):
    stored = Instant().process_bind_param(instant, None)
    back = Instant().process_result_value(stored, None)
    assert back == instant
    assert back is not None
    assert back.tzinfo is UTC


@given(instants, instants)
def test_stored_instants_have_the_order_of_time(earlier: datetime, later: datetime):
    first, second = (Instant().process_bind_param(instant, None) for instant in (earlier, later))
    assert first is not None
    assert second is not None
    assert (first < second) == (earlier < later)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        Instant().process_bind_param(datetime(2026, 3, 9), None)  # noqa: DTZ001


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)))
def test_days_and_weeks_come_back(day: date):
    assert DateColumn().process_result_value(DateColumn().process_bind_param(day, None), None) == day
    week = Week.of(day)
    assert WeekKey().process_result_value(WeekKey().process_bind_param(week, None), None) == week


@pytest.mark.parametrize("kind", [Instant(), DateColumn(), WeekKey(), Private("leads", "id")])
def test_nothing_stays_nothing(kind: Instant | DateColumn | WeekKey | Private):
    assert kind.process_bind_param(None, None) is None
    assert kind.process_result_value(None, None) is None


@pytest.mark.parametrize("wrong", ["Dana R.", b"Dana R.", {"name": "Dana R."}, Sealed("asks", b"x")])
def test_plain_text_cannot_be_stored_where_personal_texts_belong(wrong: object):
    with pytest.raises(TypeError) as refused:
        Private("leads", "id").process_bind_param(wrong, None)  # pyright: ignore[reportArgumentType]
    assert "Dana" not in str(refused.value)
