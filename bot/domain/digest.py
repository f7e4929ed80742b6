"""The Monday digest: which facts are shown, in which order, and when there is none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.evidence import AnswerRate
from bot.domain.ids import MemberId
from bot.domain.leaderboard import RankedMember
from bot.domain.tip import Tip
from bot.domain.week import Week
from bot.letters import folded

QUIET_BELOW = 3
"""A week below this many actions posts one kind line and a tip instead."""
FEWEST_WHO_ACTED = 3
"""So does a week in which fewer members than this did something."""
STEP = 5
"""A total that could tell of one member is said as more than a multiple of this."""


class Disclosure(StrEnum):
    """How the totals of a week may be told."""

    EXACT = "exact"
    ABOUT = "about"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Totals:
    """What a community did in a week."""

    week: Week
    leads: int = 0
    asks: int = 0
    meetings: int = 0
    told: Disclosure = Disclosure.EXACT

    @property
    def actions(self) -> int:
        """Everything that was done."""
        return self.leads + self.asks + self.meetings


def how_told(actions: int, acted: Collection[MemberId], named: Collection[MemberId]) -> Disclosure:
    """Tell how the totals of a week may be told, by who acted and who of them is named on its board.

    Rule: with fewer than three who acted, nothing; with one or two who are not named, about, because the exact total
    minus the board would be theirs.
    """
    if actions < QUIET_BELOW or len(acted) < FEWEST_WHO_ACTED:
        return Disclosure.NOTHING
    return Disclosure.ABOUT if 0 < sum(who not in named for who in acted) < FEWEST_WHO_ACTED else Disclosure.EXACT


def step_below(number: int) -> int:
    """Return the largest multiple of five that is less than a number, or 0."""
    return max(0, number - 1) // STEP * STEP


@dataclass(frozen=True, slots=True)
class TeamGoal:
    """The goal of a week, and how many weeks in a row the circle has reached its goals with it."""

    number: int
    in_a_row: int = 0


@dataclass(frozen=True, slots=True)
class GoodNews:
    """A win a member chose to share; no name when they chose none."""

    name: str | None
    text: str
    made_up: bool = False
    """Whether it is ours, for an example, so that it is said in each language of the digest."""


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """Everything a digest may tell of one week, frozen when it is made."""

    week: Week
    totals: Sequence[Totals]
    """One for each week, oldest first; the last is the week of the digest."""
    board: Sequence[RankedMember] = ()
    goal: TeamGoal | None = None
    wins: Sequence[GoodNews] = ()
    bests: Sequence[str] = ()
    promised: int = 0
    reported: int = 0
    first_asks: Sequence[str] = ()
    first_asks_unnamed: int = 0
    tip: Tip | None = None
    rates: Sequence[AnswerRate] = ()
    """How asks of a wording were answered; only what is new since the last digest."""
    buddies: int = 0
    """Members who walk with a buddy; none when they are so few that one could be guessed."""

    @property
    def this_week(self) -> Totals:
        """The week of the digest."""
        return self.totals[-1] if self.totals else Totals(self.week, told=Disclosure.NOTHING)

    @property
    def week_before(self) -> Totals | None:
        """The week before it; none when nothing was told of any week before."""
        return self.totals[-2] if len(self.totals) > 1 else None

    @property
    def is_quiet(self) -> bool:
        """Whether the week was so quiet that one kind line and a tip are posted instead."""
        return self.this_week.told is Disclosure.NOTHING


def first_few(names: Sequence[str], most: int) -> tuple[list[str], int]:
    """Put names in order and keep the first few; also tell how many more there are."""
    ordered = sorted(names, key=lambda name: (folded(name), name))
    return ordered[:most], max(0, len(ordered) - most)
