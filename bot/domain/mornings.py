"""On which of a member's days their one message of the day comes, at what hour, and what it is about.

Rule: one private message a day at most, in the morning, with everything that is due on that day. On the day of the
check-in it comes at the hour of the check-in, and on the day of the reminder at the hour of the reminder. Nothing else
is said in a pause; it waits for the first morning after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Rhythm
from bot.domain.week import Week, local_to_utc

A_DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class MorningFacts:
    """Everything that decides when a member's one message of the day comes."""

    zone: ZoneInfo
    rhythm: Rhythm
    rests_until: date | None = None
    """The last day of a pause that runs."""
    unreported: Sequence[Week] = ()
    """Weeks with a plan and no report, of a member who agreed to be asked."""
    walks: bool = False
    """Whether there is a weekly word about a buddy."""
    due: date | None = None
    """The first day on which something is due that was not said yet."""
    met: date | None = None
    """The day of the first planned meeting that was not asked about yet."""
    word: bool = False
    """Whether a word waits that is said on the next morning."""
    guide: date | None = None
    """The day of an organiser's next message about their first week."""

    def today(self, now: datetime) -> date:
        """Tell the member's date."""
        return now.astimezone(self.zone).date()

    def rests(self, day: date) -> bool:
        """Tell whether a day is in a pause."""
        return self.rests_until is not None and day <= self.rests_until

    def checkin(self, day: date) -> Week | None:
        """Name the week that is asked about on a day, as it ends."""
        asked = (week for week in self.unreported if self._checkin_of(week) == day)
        return None if self.rests(day) else next(asked, None)

    def reminder(self, day: date) -> Week | None:
        """Name the week that is asked about once more on a day."""
        asked = (week for week in self.unreported if self._reminder_of(week) == day)
        return None if self.rests(day) else next(asked, None)

    def buddy(self, day: date) -> bool:
        """Tell whether the weekly word about a buddy comes on a day."""
        return self.walks and not self.rests(day) and day.weekday() == self.rhythm.buddy_day

    def at(self, day: date) -> datetime | None:
        """Tell when the message of a day comes; None when there is nothing to say on it."""
        hour = self._hour(day)
        return None if hour is None else local_to_utc(day, hour, self.zone)

    def next(self, now: datetime, *, already_said: bool) -> datetime | None:
        """Tell when the next message comes, after an instant; `already_said` is whether the one of today was sent."""
        today = self.today(now)
        due_today = None if already_said else self.at(today)
        start = today if due_today is not None and due_today > now else today + A_DAY
        day = min(self._days(start), default=None)
        return None if day is None else self.at(day)

    def _hour(self, day: date) -> time | None:
        if self.checkin(day) is not None:
            return self.rhythm.checkin_at
        if self.reminder(day) is not None:
            return self.rhythm.reminder_at
        is_due = self.due is not None and self.due <= day
        is_over = self.met is not None and self.met < day
        is_guided = self.guide is not None and self.guide <= day
        speaks = self.word or self.buddy(day) or ((is_due or is_over or is_guided) and not self.rests(day))
        return self.rhythm.followups_at if speaks else None

    def _days(self, start: date) -> Iterator[date]:
        """Yield the first day of each reason for a message, from a day on."""
        awake = start if self.rests_until is None else max(start, self.rests_until + A_DAY)
        if self.word:
            yield start  # the only reason that a pause does not put off
        if self.due is not None:
            yield max(awake, self.due)
        if self.met is not None:
            yield max(awake, self.met + A_DAY)
        if self.guide is not None:
            yield max(awake, self.guide)
        if self.walks:
            yield awake + timedelta(days=(self.rhythm.buddy_day - awake.weekday()) % DAYS_OF_A_WEEK)
        for week in self.unreported:
            yield from (day for day in (self._checkin_of(week), self._reminder_of(week)) if day >= awake)

    def _checkin_of(self, week: Week) -> date:
        return week.monday + timedelta(days=self.rhythm.checkin_day)

    def _reminder_of(self, week: Week) -> date:
        return week.next().monday + timedelta(days=self.rhythm.reminder_day)
