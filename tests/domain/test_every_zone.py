"""In every time zone of the world, for three years: one digest each ISO week, none lost, none twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.week import Week, local_to_utc, next_weekly

FIRST, LAST = Week(2026, 1), Week(2028, 52)
WEEKS = LAST.minus(FIRST) + 1
ZONES = sorted(zone for zone in available_timezones() if zone != "localtime")


def changes(zone: ZoneInfo) -> list[datetime]:
    """Find the days on which clocks change; the hours around them are the dangerous ones."""
    noon = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(3 * 366)]
    offsets = [noon_of_day.astimezone(zone).utcoffset() for noon_of_day in noon]
    return [noon[i] for i in range(1, len(noon)) if offsets[i] != offsets[i - 1]]


def digests(zone: ZoneInfo, day: int, at: time) -> list[tuple[Week, datetime]]:
    """Go from digest to digest as the agenda does: each is planned from the one before."""
    moments_due: list[tuple[Week, datetime]] = []
    after = FIRST.starts(zone) - timedelta(seconds=1)
    while True:
        week, due = next_weekly(after, day, at, zone)
        if week > LAST:
            return moments_due
        moments_due.append((week, due))
        after = due


def test_there_are_all_zones():
    assert len(ZONES) > 400


@pytest.mark.parametrize("part", range(4))
def test_one_digest_a_week_at_half_past_twelve(part):
    for name in ZONES[part::4]:
        zone = ZoneInfo(name)
        moments_due = digests(zone, 0, time(12, 30))
        assert [week for week, _ in moments_due] == [FIRST.plus(n) for n in range(WEEKS)], name
        local = [due.astimezone(zone) for _, due in moments_due]
        assert all((at.hour, at.minute, at.weekday()) == (12, 30, 0) for at in local), name
        # The key of a digest is the local date it was planned for, and that is what the ledger holds unique.
        assert [Week.at(due, zone) for _, due in moments_due] == [week for week, _ in moments_due], name


def test_one_digest_a_week_at_the_hour_that_clocks_skip_or_repeat():
    for name in ZONES:
        zone = ZoneInfo(name)
        for changed in changes(zone)[:4]:
            local = changed.astimezone(zone)
            week = Week.of(local.date())
            for minutes in (0, 90, 150, 23 * 60 + 59):
                at = time(minutes // 60, minutes % 60)
                for day in (local.weekday(), (local.weekday() - 1) % 7):
                    moments = [local_to_utc(week.plus(n).monday + timedelta(days=day), at, zone) for n in (-1, 0, 1, 2)]
                    moments_due, after = [], moments[0]
                    for _ in range(3):
                        _, after = next_weekly(after, day, at, zone)
                        moments_due.append(after)
                    assert moments_due == moments[1:], (name, day, at)
