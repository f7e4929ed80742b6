"""What organisers are told of several weeks: groups of at least five people, so that two reports never differ by one.

Rule: what was done is counted in groups of whole weeks. A group closes in the week in which at least five people are in
it; what fewer did waits for the next weeks. A sum is exact only when every week in it was told exactly in the channel.
Else its weeks are rounded before they are added: rounded only afterwards, the sums of two reports would tell more of a
week than the channel did. People who are new in a later group count once five of them are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.digest import step_below
from bot.domain.ids import MemberId
from bot.domain.privacy import FEWEST_PEOPLE, may_be_told
from bot.domain.quarter import Quarter, month_of
from bot.domain.week import Week

ANYTHING = "anything"
"""The kind under which everybody counts who did something."""
NAME, INTERVIEW, JOB = "name", "interview", "job"
"""Names that people passed on, and good news of an interview or a job that was shared."""


@dataclass(frozen=True, slots=True)
class DoneTotal:
    """How often a thing was done, by whom, and whether the number may be told as it is."""

    number: int = 0
    people: frozenset[MemberId] = frozenset()
    exact: bool = True

    def with_nobody(self, member: MemberId, nobody: MemberId) -> "DoneTotal":
        """Replace a member by a placeholder, so that the number of people stays."""
        if member not in self.people:
            return self
        return replace(self, people=self.people - {member} | {nobody})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it may be told: as it is, "more than" it, or "at least" it."""

    number: int
    exact: bool = True
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """What is told of one or more groups: never a number of fewer than five people."""

    number: int
    people: frozenset[MemberId]
    exact: bool
    sure: int
    """What is left of the number when each part that may not be told as it is was rounded down."""
    fewest: int = FEWEST_PEOPLE
    """So many people there are at least, as is told elsewhere."""
    waiting: frozenset[MemberId] = frozenset()
    """Those of its people who were not in its first groups, while they are fewer than five."""

    @property
    def deeds(self) -> Amount:
        """How often it was done; each of its people did it once or more."""
        return _amount(self.number, step_from(self.sure), FEWEST_PEOPLE, exact=self.exact)

    @property
    def members(self) -> Amount:
        """How many people did it."""
        people = len(self.people - self.waiting)
        if self.exact and self.waiting:
            return Amount(max(people, self.fewest), exact=False, at_least=True)
        return _amount(people, step_below(people), self.fewest, exact=self.exact)


def _amount(number: int, more_than: int, at_least: int, *, exact: bool) -> Amount:
    if exact:
        return Amount(number)
    return Amount(at_least, exact=False, at_least=True) if at_least > more_than else Amount(more_than, exact=False)


def step_from(number: int) -> int:
    """Return the largest multiple of five that is not more than a number."""
    return step_below(number + 1)


def _group(weeks: Sequence[DoneTotal]) -> GroupTotal:
    """Add up the weeks of one group."""
    parts = [_sum([week for week in weeks if week.exact is exact]) for exact in (True, False)]
    whole = _sum(weeks)
    sure = sum(
        part.number if part.exact and may_be_told(len(part.people)) else step_below(part.number) for part in parts
    )
    return GroupTotal(whole.number, whole.people, whole.exact, whole.number if whole.exact else sure)


def _sum(weeks: Iterable[DoneTotal]) -> DoneTotal:
    parts = list(weeks)
    people = frozenset[MemberId]().union(*(part.people for part in parts))
    # Nobody can be told apart in a week in which nobody did it.
    return DoneTotal(sum(part.number for part in parts), people, all(part.exact or not part.number for part in parts))


def _together(groups: Sequence[GroupTotal]) -> GroupTotal | None:
    """Add up groups; None when there is none."""
    if not groups:
        return None
    people: frozenset[MemberId] = frozenset()
    waiting: frozenset[MemberId] = frozenset()
    for group in groups:
        waiting |= group.people - people
        people |= group.people
        if may_be_told(len(waiting)):
            waiting = frozenset()
    is_exact = all(group.exact for group in groups)
    number, sure = sum(group.number for group in groups), sum(group.sure for group in groups)
    return GroupTotal(number, people, is_exact, sure, waiting=waiting)


def grouped(weeks: Sequence[DoneTotal]) -> list[GroupTotal | None]:
    """Give for each week, oldest first, the group that closes in it, or None."""
    closing: list[GroupTotal | None] = []
    waiting: list[DoneTotal] = []
    for week in weeks:
        waiting.append(week)
        closes = may_be_told(len(_sum(waiting).people))
        closing.append(_group(waiting) if closes else None)
        if closes:
            waiting = []
    return closing


def of_the_last(weeks: Sequence[DoneTotal], number: int) -> GroupTotal | None:
    """Add up the groups that closed in the last few of some weeks; None when there is none."""
    return _together([group for group in grouped(weeks)[-number:] if group is not None])


@dataclass(frozen=True, slots=True)
class QuarterTotals:
    """What is told of one kind in a quarter: each month, and the whole."""

    months: Mapping[date, GroupTotal | None]
    """None where too few people did it; a month is left out when none of its weeks was counted."""
    whole: GroupTotal | None


def of_quarter(weeks: Sequence[tuple[Week, DoneTotal | None]], quarter: Quarter) -> QuarterTotals:
    """Tell a quarter of one kind, from every week there was, oldest first; None for a week that was not counted.

    Rule: a group counts in the month in which it closes, so a month, and what two reports differ by, is whole groups.
    """
    closing = list(zip((week for week, _ in weeks), grouped([deeds or DoneTotal() for _, deeds in weeks]), strict=True))

    def closed(months: Sequence[date]) -> GroupTotal | None:
        return _together([group for week, group in closing if group is not None and month_of(week) in months])

    counted = {month_of(week) for week, deeds in weeks if deeds is not None}
    months = {month: closed((month,)) for month in quarter.months if month in counted}
    whole = closed(quarter.months)
    # A quarter has as many people as any of its months: "more than 5" beside a month of 10 would be no help.
    fewest = max((month.members.number for month in months.values() if month is not None), default=FEWEST_PEOPLE)
    return QuarterTotals(months, replace(whole, fewest=fewest) if whole is not None else None)
