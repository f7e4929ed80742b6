"""Gathers what a digest tells; names only of members who agreed to be named."""

from datetime import datetime

from bot.domain.community import Community
from bot.domain.digest import DigestFacts, GoodNews
from bot.domain.ids import MemberId
from bot.domain.leaderboard import Score, board, score
from bot.domain.promise import personal_best
from bot.domain.tip import next_tip
from bot.domain.week import Week
from bot.store import events, members, promises, snapshots, tips, wins
from bot.store.database import Tx
from bot.store.snapshots import Snapshot

WEEKS = 8
"""Weeks of totals in the chart."""
BEST_LOOKS_BACK = 26
"""Weeks in which the last four active ones are looked for."""


def gather(tx: Tx, community: Community, week: Week, until: datetime) -> DigestFacts:
    """Gather the facts of a week, counting what was recorded until an instant."""
    leads = events.counts(tx, community.id, week, "lead", until)
    firsts = events.first_asks(tx, community.id, week, until)
    named = members.shown_names(tx, community.id)
    promised, reported = promises.totals(tx, community.id, week, until)
    return DigestFacts(
        week=week,
        totals=_totals(tx, community, week, until),
        board=board(Score(who, named[who], score(n, community.score_cap)) for who, n in leads.items() if who in named),
        wins=[GoodNews(named.get(win.member) if win.named else None, win.text) for win in wins.of_week(tx, community.id, week, until)],
        bests=_bests(tx, community, week, leads, named, until),
        promised=promised,
        reported=reported,
        first_asks=[named[who] for who in firsts if who in named],
        first_asks_unnamed=sum(who not in named for who in firsts),
        tip=next_tip(tips.published(tx, community.id), week),
    )
