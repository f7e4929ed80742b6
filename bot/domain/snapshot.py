"""A week as it was frozen with its digest: the only source of every figure about several members.

Rule: these figures move once a week. What is done, taken back or erased later changes no number here; who is forgotten
takes their name away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from bot.domain.ask import Wording
from bot.domain.digest import TeamGoal, Totals
from bot.domain.evidence import Tally
from bot.domain.ids import MemberId, TipId, WinId
from bot.domain.leaderboard import RankedMember
from bot.domain.report import DoneTotal
from bot.domain.tip import Evidence
from bot.domain.week import Week


class NamedMember(NamedTuple):
    """A member with the name that was told; it is told again only while it is theirs."""

    member: MemberId
    name: str


class News(NamedTuple):
    """Good news that was told, and with which name."""

    win: WinId
    member: MemberId
    name: str | None
    about: str | None = None
    """Whether it is an interview or a job, where its member said so."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One week, frozen."""

    week: Week
    frozen_at: datetime
    totals: Totals
    done: Mapping[str, DoneTotal] = field(default_factory=dict[str, DoneTotal])
    """What was done, by kind, and by whom."""
    board: tuple[RankedMember, ...] = ()
    goal: TeamGoal | None = None
    """The goal of the circle; None in a week without one."""
    leads: Mapping[MemberId, int] = field(default_factory=dict[MemberId, int])
    """How many leads each member added: for their own eyes only."""
    news: tuple[News, ...] = ()
    bests: tuple[NamedMember, ...] = ()
    first_asks: tuple[NamedMember, ...] = ()
    first_asks_unnamed: int = 0
    promised: int = 0
    reported: int = 0
    buddies: int = 0
    tip: TipId | None = None
    evidence: Mapping[TipId, Evidence] = field(default_factory=dict[TipId, Evidence])
    wordings: Mapping[Wording, Tally] = field(default_factory=dict[Wording, Tally])
    """How asks were answered until then."""
    fresh: tuple[Wording, ...] = ()
    """The wordings whose figure is new in this digest."""

    def without(self, member: MemberId, nobody: MemberId) -> "Snapshot":
        """Take a member out; every number stays.

        Args:
            member: who is forgotten.
            nobody: stands for them where members are only counted, the same in every week, so that the count stays.
        """
        return replace(
            self,
            done={kind: deeds.with_nobody(member, nobody) for kind, deeds in self.done.items()},
            board=tuple(ranked for ranked in self.board if ranked.score.member != member),
            leads={who: count for who, count in self.leads.items() if who != member},
            news=tuple(item for item in self.news if item.member != member),
            bests=tuple(best for best in self.bests if best.member != member),
            first_asks=tuple(newcomer for newcomer in self.first_asks if newcomer.member != member),
        )
