"""Weeks and local times: Monday to Sunday in the community's own zone, named by ISO year and week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """An ISO week."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """Name the week a date is in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def at(cls, instant: datetime, zone: ZoneInfo) -> "Week":
        """Name the week that runs in a zone at an instant."""
        return cls.of(instant.astimezone(zone).date())

    @classmethod
    def from_key(cls, key: int) -> "Week":
        """Read a key such as 202612."""
        return cls(*divmod(key, 100))

    @classmethod
    def from_iso(cls, name: str) -> "Week":
        """Read an ISO name such as 2026-W12.

        Raises:
            ValueError: it is not the name of a week.
        """
        year, number = name.split("-W")
        week = cls(int(year), int(number))
        # Only a date shows whether there is such a week: most years have no week 53.
        return cls.of(week.monday)

    @property
    def key(self) -> int:
        """The week as one number, such as 202612; later weeks have larger keys."""
        return self.year * 100 + self.number

    @property
    def iso(self) -> str:
        """The ISO name, such as 2026-W12."""
        return f"{self.year}-W{self.number:02d}"

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    def may_be_over(self, now: datetime) -> bool:
        """Tell whether the week is over somewhere on Earth; before, no digest about it can be due."""
        return self.sunday <= now.date()

    def plus(self, weeks: int) -> "Week":
        """Return the week this many weeks later; earlier when negative."""
        return Week.of(self.monday + timedelta(weeks=weeks))

    def next(self) -> "Week":
        """The week after."""
        return self.plus(1)

    def previous(self) -> "Week":
        """The week before."""
        return self.plus(-1)

    def minus(self, earlier: "Week") -> int:
        """Count the weeks from an earlier week to this one."""
        return (self.monday - earlier.monday).days // 7

    def starts(self, zone: ZoneInfo) -> datetime:
        """The instant the week begins in a zone, UTC."""
        return local_to_utc(self.monday, time(0), zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The instant the next week begins in a zone, UTC."""
        return self.next().starts(zone)


def local_to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Find the instant of a local time; in a gap the first instant after it, in a repeated hour the first one."""
    wanted = datetime.combine(day, at)
    instant = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wanted:
        return instant
    return _end_of_gap(wanted, zone)


def _end_of_gap(wanted: datetime, zone: ZoneInfo) -> datetime:
    """Search for the instant at which clocks jump over a local time, to the second."""
    # PEP 495: in a gap, `fold` chooses the offset before or after the jump, so the jump lies between both instants.
    early = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    late = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    low, high = int(min(early, late).timestamp()), int(max(early, late).timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).replace(tzinfo=None) < wanted:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


@lru_cache(maxsize=1_024)
def next_weekly(after: datetime, weekday: int, at: time, zone: ZoneInfo) -> tuple[Week, datetime]:
    """Find the next time a weekly moment comes, strictly after an instant; the week is that of the local date.

    Kept for a while, because thousands of communities share a zone and an hour.
    """
    # A local time that a gap leaves out comes at its end, which may be in the next week.
    week = Week.at(after, zone).previous()
    while True:
        due = local_to_utc(week.monday + timedelta(days=weekday), at, zone)
        if due > after:
            return week, due
        week = week.next()


def next_daily(after: datetime, at: time, zone: ZoneInfo) -> tuple[date, datetime]:
    """Find the next time a daily moment comes, strictly after an instant."""
    # A local time that a gap leaves out comes at its end, which may be on the next day.
    day = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        due = local_to_utc(day, at, zone)
        if due > after:
            return day, due
        day += timedelta(days=1)
