"""Made-up facts of a digest, which organisers see before their community has had a week."""

from bot.domain.community import Community
from bot.domain.digest import DigestFacts, GoodNews, TeamGoal, Totals
from bot.domain.ids import MemberId, TipId
from bot.domain.leaderboard import Score, board
from bot.domain.own_tips import FIVE
from bot.domain.tip import Tip, TipState
from bot.domain.week import Week
from bot.ui.text import t

_LEADS = (4, 6, 5, 8, 7, 9, 8, 11)
_GOAL = 25
_SCORES = (("Ana", 4), ("Ben", 3), ("Maple", 2))


def example(week: Week, community: Community) -> DigestFacts:
    """Make up the facts of a small community's week, as this one wants to see it."""
    first = week.plus(1 - len(_LEADS))
    totals = [Totals(first.plus(n), leads, leads + 3, leads // 3) for n, leads in enumerate(_LEADS)]
    own = FIVE[0]
    return DigestFacts(
        week=week,
        totals=totals,
        board=board(Score(MemberId(name), name, leads) for name, leads in _SCORES) if community.ranks else (),
        goal=TeamGoal(community.goal or _GOAL, in_a_row=2) if community.has_goal else None,
        wins=[GoodNews("Ana", t("I had my first talk!").message, made_up=True)],
        bests=["Ben"] if community.ranks else (),
        promised=9,
        reported=7,
        first_asks=["Maple"] if community.ranks else (),
        tip=Tip(TipId(own.key), own.topic, own.text, TipState.PUBLISHED, seeded=True),
    )
