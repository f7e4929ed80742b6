"""What organisers are told of several weeks: groups of at least five people, so that two reports never differ by one.

Rule: what was done is counted in groups of whole weeks. A group closes in the week in which at least five people are in
it; what fewer did waits for the next weeks. A sum is exact only when every week in it was told exactly in the channel.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.ids import MemberId
from bot.domain.privacy import may_be_told
from bot.domain.quarter import Quarter, month_of
from bot.domain.week import Week

ANYTHING = "anything"
"""The kind under which everybody counts who did something."""
NAME, INTERVIEW, JOB = "name", "interview", "job"
"""Names that people passed on, and good news of an interview or a job that was shared."""


@dataclass(frozen=True, slots=True)
class Done:
    """How often a thing was done, by whom, and whether the number may be told as it is."""

    number: int = 0
    people: frozenset[MemberId] = frozenset()
    exact: bool = True

    def with_nobody(self, member: MemberId, nobody: MemberId) -> "Done":
        """Replace a member by a placeholder, so that the number of people stays."""
        if member not in self.people:
            return self
        return replace(self, people=self.people - {member} | {nobody})


def together(several: Iterable[Done]) -> Done:
    """Add up counts; the sum is exact only when each of them is."""
    parts = list(several)
    people = frozenset[MemberId]().union(*(part.people for part in parts))
    return Done(sum(part.number for part in parts), people, all(part.exact for part in parts))


def grouped(weeks: Sequence[Done]) -> list[Done | None]:
    """Give for each week, oldest first, the group that closes in it, or None."""
    closing: list[Done | None] = []
    waiting: list[Done] = []
    for week in weeks:
        waiting.append(week)
        group = together(waiting)
        closes = may_be_told(len(group.people))
        closing.append(group if closes else None)
        if closes:
            waiting = []
    return closing


def of_the_last(weeks: Sequence[Done], number: int) -> Done | None:
    """Add up the groups that closed in the last few of some weeks; None when there is none."""
    closed = [group for group in grouped(weeks)[-number:] if group is not None]
    return together(closed) if closed else None


@dataclass(frozen=True, slots=True)
class OfQuarter:
    """What is told of one kind in a quarter: each month, the whole, and the quarter before."""

    months: Mapping[date, Done | None]
    """None where too few people did it; a month is left out when none of its weeks was counted."""
    whole: Done | None
    before: Done | None


def of_quarter(weeks: Sequence[tuple[Week, Done]], quarter: Quarter) -> OfQuarter:
    """Tell a quarter of one kind, from every week there was, oldest first.

    Rule: a group counts in the month in which it closes, so a month, and what two reports differ by, is whole groups.
    """
    closing = list(zip((week for week, _ in weeks), grouped([done for _, done in weeks]), strict=True))

    def closed(months: Sequence[date]) -> Done | None:
        groups = [group for week, group in closing if group is not None and month_of(week) in months]
        return together(groups) if groups else None

    counted = {month_of(week) for week, _ in weeks}
    months = {month: closed((month,)) for month in quarter.months if month in counted}
    return OfQuarter(months, closed(quarter.months), closed(quarter.previous().months))
