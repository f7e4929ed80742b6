"""One private message a day: whatever is due, in whatever zone, through both changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, strategies as st

from bot.domain.community import Rhythm
from bot.domain.mornings import MorningFacts
from bot.domain.week import Week

ZONES = [
    "Pacific/Kiritimati", "America/Los_Angeles", "America/Toronto", "Europe/Paris", "Africa/Cairo", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Pacific/Chatham", "America/St_Johns", "Pacific/Pago_Pago", "America/Scoresbysund",
]  # fmt: skip
DAYS = st.dates(date(2026, 1, 5), date(2026, 12, 20))
HOURS = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def mornings(draw: st.DrawFn) -> MorningFacts:
    """Any state of a member, in any community's rhythm."""
    rhythm = Rhythm(
        checkin_day=draw(st.integers(0, 6)),
        checkin_at=draw(HOURS),
        reminder_day=draw(st.integers(0, 6)),
        reminder_at=draw(HOURS),
        followups_at=draw(HOURS),
        buddy_day=draw(st.integers(0, 6)),
    )
    return MorningFacts(
        ZoneInfo(draw(st.sampled_from(ZONES))),
        rhythm,
        rests_until=draw(st.none() | DAYS),
        unreported=sorted(set(draw(st.lists(DAYS.map(Week.of), max_size=4)))),
        walks=draw(st.booleans()),
        due=draw(st.none() | DAYS),
        met=draw(st.none() | DAYS),
        word=draw(st.booleans()),
    )


NOW = st.integers(0, 500_000).map(lambda minutes: datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=minutes))
AWHILE = timedelta(weeks=3)


def messages(read: MorningFacts, now: datetime, until: datetime) -> list[datetime]:
    """Let time pass as the rounds do, with nothing ever answered or taken away."""
    sent: list[datetime] = []
    due = read.next(now, already_said=False)
    while due is not None and due <= until:
        sent.append(due)
        due = read.next(due, already_said=True)
    return sent


@given(mornings(), NOW)
def test_no_day_has_two_messages_and_each_is_later_than_the_one_before(read: MorningFacts, now: datetime) -> None:
    sent = messages(read, now, now + AWHILE)
    days = [at.astimezone(read.zone).date() for at in sent]
    assert days == sorted(set(days))
    assert all(at > now for at in sent)


@given(mornings(), NOW)
def test_every_day_with_something_to_say_has_its_message_and_no_other_day(read: MorningFacts, now: datetime) -> None:
    sent = messages(read, now, now + AWHILE)
    today = read.today(now)
    wanted = [read.at(today + timedelta(days=n)) for n in range(1, 24)]
    first = read.at(today)
    later = [at for at in (*([first] if first is not None and first > now else []), *wanted) if at is not None]
    assert sent == [at for at in later if at <= now + AWHILE]


@given(mornings(), NOW)
def test_a_day_of_rest_says_nothing_but_a_word_from_others(read: MorningFacts, now: datetime) -> None:
    assume(read.rests_until is not None and not read.word)
    for at in messages(read, now, now + AWHILE):
        assert not read.rests(at.astimezone(read.zone).date())


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", range(1, 13))
def test_sunday_asks_at_five_and_monday_at_ten_of_the_members_own_clock(zone: str, month: int) -> None:
    weeks = [Week.of(date(2026, month, day)) for day in (1, 8, 15, 22)]
    read = MorningFacts(ZoneInfo(zone), Rhythm(), unreported=weeks, due=date(2025, 1, 1), walks=True)
    sent = messages(read, weeks[0].starts(read.zone), weeks[-1].next().ends(read.zone))
    hours = {at.astimezone(read.zone).date(): at.astimezone(read.zone).time() for at in sent}
    for week in weeks:
        assert hours[week.sunday] == time(17)
        assert hours[week.next().monday] == time(10)
        assert hours[week.monday + timedelta(days=2)] == time(9)


def test_a_morning_that_is_over_is_not_made_up_on_the_same_day() -> None:
    read = MorningFacts(ZoneInfo("America/Toronto"), Rhythm(), due=date(2026, 3, 10))
    noon = datetime(2026, 3, 10, 16, tzinfo=UTC)
    assert read.next(noon, already_said=False) == datetime(2026, 3, 11, 13, tzinfo=UTC)


def test_what_was_said_today_is_not_said_again_when_the_hour_is_moved_back() -> None:
    read = MorningFacts(ZoneInfo("America/Toronto"), Rhythm(followups_at=time(11)), due=date(2026, 3, 10))
    ten = datetime(2026, 3, 10, 14, tzinfo=UTC)
    assert read.next(ten, already_said=True) == datetime(2026, 3, 11, 15, tzinfo=UTC)
