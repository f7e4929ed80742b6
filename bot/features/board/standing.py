"""The scores of a week, and leaving the board."""

from datetime import datetime

from bot.domain.community import Community
from bot.domain.leaderboard import Score, scores
from bot.domain.member import Appearance
from bot.domain.week import Week
from bot.engine.call import Call
from bot.store import events, members, wins
from bot.store.database import Tx


def standing(tx: Tx, community: Community, week: Week, until: datetime) -> list[Score]:
    """List the scores of the members who joined the board, from the leads of a week that were recorded until then."""
    added = events.counts(tx, community.id, week, events.LEAD, until)
    return scores(added, members.shown_names(tx, community.id), community.score_cap)


def leave_board(call: Call) -> None:
    """Take the member off the board, so that no later post has their name."""
    members.update(call.tx, call.who, appearance=Appearance.HIDDEN)
    # Good news that waits for its digest is still told, without the name.
    wins.unname(call.tx, call.who, call.now)
