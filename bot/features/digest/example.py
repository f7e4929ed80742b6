"""Made-up facts of a digest, which organisers see before their community has had a week."""

from bot.domain.digest import DigestFacts, GoodNews, Totals
from bot.domain.ids import MemberId, TipId
from bot.domain.leaderboard import Score, board
from bot.domain.own_tips import FIVE
from bot.domain.tip import Tip, TipState
from bot.domain.week import Week
from bot.ui.text import t
from bot.ui.voice import say

_LEADS = (4, 6, 5, 8, 7, 9, 8, 11)
_SCORES = (("Ana", 4), ("Ben", 3), ("Maple", 2))


def example(week: Week, language: str) -> DigestFacts:
    """Make up the facts of a small community's week; the good news is in the given language."""
    first = week.plus(1 - len(_LEADS))
    totals = [Totals(first.plus(n), leads, leads + 3, leads // 3) for n, leads in enumerate(_LEADS)]
    own = FIVE[0]
    return DigestFacts(
        week=week,
        totals=totals,
        board=board(Score(MemberId(name), name, leads) for name, leads in _SCORES),
        wins=[GoodNews("Ana", say(t("I had my first talk!"), language))],
        bests=["Ben"],
        promised=9,
        reported=7,
        first_asks=["Maple"],
        tip=Tip(TipId(own.key), own.topic, own.text, TipState.PUBLISHED, seeded=True),
    )
