"""A frozen week keeps its numbers when somebody is forgotten, and their name is nowhere in it."""

from datetime import UTC, datetime

from bot.domain.digest import Totals
from bot.domain.ids import MemberId, WinId
from bot.domain.leaderboard import RankedMember, Score
from bot.domain.report import DoneTotal
from bot.domain.snapshot import NamedMember, News, Snapshot
from bot.domain.week import Week

AMINA, OMAR, NOBODY = MemberId("amina"), MemberId("omar"), MemberId("nobody")
NOW = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)


def frozen(*members: MemberId, doers: frozenset[MemberId]) -> Snapshot:
    return Snapshot(
        Week(2026, 11),
        NOW,
        Totals(Week(2026, 11), leads=3),
        done={"leads": DoneTotal(3, doers)},
        board=tuple(RankedMember(1, Score(member, member.title(), 2)) for member in members),
        leads=dict.fromkeys(members, 2),
        news=tuple(News(WinId(f"win of {member}"), member, None) for member in members),
        bests=tuple(NamedMember(member, member.title()) for member in members),
        first_asks=tuple(NamedMember(member, member.title()) for member in members),
        promised=2,
        reported=2,
    )


def test_who_is_forgotten_is_nowhere_and_counts_as_nobody() -> None:
    before = frozen(AMINA, OMAR, doers=frozenset({AMINA, OMAR}))
    after = before.without(AMINA, NOBODY)
    assert after == frozen(OMAR, doers=frozenset({OMAR, NOBODY}))
    assert "amina" not in repr(after).casefold()
    assert after.without(AMINA, NOBODY) == after
