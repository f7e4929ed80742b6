"""Where members stand on the board of a week."""

from datetime import datetime

from bot.domain.community import Community
from bot.domain.leaderboard import Score, scores
from bot.domain.week import Week
from bot.store import events, members
from bot.store.database import Tx


def standing(tx: Tx, community: Community, week: Week, until: datetime) -> list[Score]:
    """Score the members who joined the board, by what was recorded of a week until an instant."""
    added = events.counts(tx, community.id, week, events.LEAD, until)
    return scores(added, members.shown_names(tx, community.id), community.score_cap)
