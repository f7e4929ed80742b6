"""How a member's own weeks went, from what they planned, reported and logged."""

from dataclasses import dataclass

from bot.domain.promise import Best, CheckIn, Promise, kept, personal_best, streak
from bot.domain.week import Week
from bot.engine.call import Call
from bot.features.week.running import this_week
from bot.store import events, members, promises
from bot.ui.text import Text, tn


@dataclass(frozen=True, slots=True)
class Progress:
    """A member's own weeks: what was planned and reported, and how much was logged in each."""

    promises: dict[Week, Promise]
    checkins: dict[Week, CheckIn]
    leads: dict[Week, int]
    asks: dict[Week, int]
    meetings: dict[Week, int]
    paused: frozenset[Week]
    streak: int

    @property
    def first(self) -> Week:
        """The first week in which the member did anything."""
        return min({*self.promises, *self.checkins, *self.leads, *self.asks, *self.meetings, *self.paused})

    def kept(self, week: Week) -> bool:
        """Tell whether the promise of a week was kept."""
        promise = self.promises.get(week)
        return promise is not None and kept(promise, self.checkins.get(week), self.asks.get(week, 0))

    def best(self, week: Week) -> Best:
        """Compare the leads of a week with the member's own weeks before it."""
        # The latest week first: only the last active weeks are compared.
        earlier = [self.leads[active] for active in sorted(self.leads, reverse=True) if active < week]
        return personal_best(self.leads.get(week, 0), earlier)


def progress(call: Call) -> Progress:
    """Read a member's own weeks."""
    planned = promises.all_promises(call.tx, call.who)
    reported = promises.all_checkins(call.tx, call.who)
    leads, asks, meetings = (
        events.of_member(call.tx, call.who, kind) for kind in (events.LEAD, events.ASK, events.MEETING)
    )
    paused = frozenset(_weeks_of(members.paused(call.tx, call.who)))
    was_kept = {week: kept(promise, reported.get(week), asks.get(week, 0)) for week, promise in planned.items()}
    return Progress(planned, reported, leads, asks, meetings, paused, streak(was_kept, paused, this_week(call)))


def _weeks_of(pauses: list[tuple[Week, Week]]) -> list[Week]:
    """List every week of some pauses; a pause has its first and its last week."""
    return [first.plus(n) for first, last in pauses for n in range(last.minus(first) + 1)]


def streak_note(weeks: Progress) -> Text | None:
    """Say how many weeks in a row the promise was kept; None for less than two."""
    if weeks.streak < 2:
        return None
    return tn("{n} week in a row with your promise kept.", "{n} weeks in a row with your promise kept.", weeks.streak)
