"""The guide of an organiser's first week: a few short messages, one on a morning, after the set-up."""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = (1, 2, 4, 6)
"""How many days after the set-up each message comes; one that is missed comes on a later morning, still one a day."""


@dataclass(frozen=True, slots=True)
class GuideProgress:
    """How far an organiser is: the day of their set-up, and how many messages they had; None when they want no more."""

    since: date | None
    told: int = 0

    @property
    def next_day(self) -> date | None:
        """The day of the next message; None when there is none."""
        if self.since is None or self.told >= len(DAYS):
            return None
        return self.since + timedelta(days=DAYS[self.told])


def from_tomorrow(told: int, today: date) -> date:
    """Give the day since which the guide runs, so that the next message comes tomorrow."""
    return today - timedelta(days=DAYS[min(told, len(DAYS) - 1)] - 1)
