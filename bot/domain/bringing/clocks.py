"""Where the clock of a brought person stands: as if what the list tells was logged, and nothing is due at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.domain.bringing.stages import ToldStage
from bot.domain.lead import FollowUpClock, Stage, after_ask, after_reply, after_thanks, closed
from bot.domain.workdays import DaysOff, no_holiday

ASKED = frozenset({Stage.ASKED, Stage.REPLIED, Stage.MEETING})
"""Stages at which the member surely wrote to the person."""
ANSWERED = frozenset({Stage.REPLIED, Stage.MEETING})
"""Stages at which the person surely answered; a planned talk has no hour in a list, so a time is to be proposed."""


def brought_clock(standing: ToldStage, contacted: date | None, today: date, off: DaysOff = no_holiday) -> FollowUpClock:
    """Make the clock of somebody who was last in contact on a day; what would be due by today is counted from today."""
    clock = _CLOCKS[standing.stage](contacted or today, off)
    return _CLOCKS[standing.stage](today, off) if clock.due is not None and clock.due <= today else clock


def _answered(day: date, off: DaysOff) -> FollowUpClock:
    return after_reply(after_ask(FollowUpClock(), day, off), day, off)


_CLOCKS: dict[Stage, Callable[[date, DaysOff], FollowUpClock]] = {
    Stage.NEW: lambda _day, _off: FollowUpClock(),
    Stage.ASKED: lambda day, off: after_ask(FollowUpClock(), day, off),
    Stage.REPLIED: _answered,
    Stage.MEETING: _answered,
    Stage.MET: lambda day, off: replace(after_thanks(FollowUpClock(Stage.MET), day, off), stage=Stage.MET),
    Stage.IN_TOUCH: lambda day, off: after_thanks(FollowUpClock(Stage.IN_TOUCH), day, off),
    Stage.CLOSED: lambda _day, _off: closed(FollowUpClock()),
}
