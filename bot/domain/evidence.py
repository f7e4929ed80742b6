"""Reply rate by wording: what a community learns from its asks, without a figure that tells of one person.

Rule: asks of one wording are counted in groups, in the order they were sent. A group closes as soon as it holds more
than 20 asks, by at least 5 members, none of whom sent more than half. Only closed groups count, and none counts twice;
so two figures differ by whole groups, and never by what one person did. A share is shown in tenths, and never as none or all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ask import Wording

MORE_THAN = 20
MEMBERS = 5
SETTLED_AFTER = timedelta(days=14)
"""An ask counts when it is this old; an answer that comes later does not change it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One ask that is settled."""

    member: str
    sent: datetime
    id: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """All closed groups of a wording, and the last ask in them."""

    asks: int = 0
    answered: int = 0
    last: tuple[datetime, str] | None = None

    @property
    def tenths(self) -> int:
        """The share that was answered, in tenths from 1 to 9; 1 is "or fewer" and 9 is "or more"."""
        return min(9, max(1, round(10 * self.answered / self.asks)))


@dataclass(frozen=True, slots=True)
class AnswerRate:
    """A figure that may be shown."""

    wording: Wording
    tally: Tally


def rolled(tally: Tally, outcomes: Iterable[Outcome]) -> Tally:
    """Close every group that is full, going on after the last ask that is counted."""
    group: list[Outcome] = []
    # The id settles asks of one instant, so that every run puts the same asks into a group.
    for outcome in sorted(outcomes, key=lambda ask: (ask.sent, ask.id)):
        if tally.last is not None and (outcome.sent, outcome.id) <= tally.last:
            continue
        group.append(outcome)
        if _closes(group):
            answered = sum(ask.answered for ask in group)
            tally = Tally(tally.asks + len(group), tally.answered + answered, (outcome.sent, outcome.id))
            group = []
    return tally


def _closes(group: list[Outcome]) -> bool:
    if len(group) <= MORE_THAN:
        return False
    sent = Counter(ask.member for ask in group)
    return len(sent) >= MEMBERS and max(sent.values()) * 2 <= len(group)


def best_first(tallies: Mapping[Wording, Tally]) -> list[AnswerRate]:
    """List the figures, the most answered first."""
    rates = [AnswerRate(wording, tally) for wording, tally in tallies.items() if tally.asks]
    return sorted(rates, key=lambda rate: (-rate.tally.tenths, rate.wording))
