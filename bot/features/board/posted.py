"""What of a frozen week may still be shown: every number, and the names that their members still have."""

from collections.abc import Iterable

from bot.domain.community import Community
from bot.domain.ids import CommunityId, MemberId
from bot.domain.leaderboard import RankedMember
from bot.domain.snapshot import NamedMember, Snapshot
from bot.engine.call import Call
from bot.features.registry import refer_to
from bot.features.week import next_digest
from bot.store import members
from bot.store.database import Tx
from bot.ui.button import Button
from bot.ui.reply import Note
from bot.ui.text import t
from bot.ui.values import Moment

BOARD_SHOW = refer_to("board show")


class StillNamed:
    """Filters the names of a frozen week by the names that members have now.

    Rule: a name is shown again only while it is the one its member chose. Members who left, or took another name, are
    left out until the next digest: a new name beside the old number would tell that both are one person.
    """

    def __init__(self, tx: Tx, community: CommunityId) -> None:
        """Read the names as they are now."""
        self._names = members.shown_names(tx, community)

    def is_named(self, member: MemberId, name: str) -> bool:
        """Tell whether a member still has this name."""
        return self._names.get(member) == name

    def names(self, named: Iterable[NamedMember]) -> list[str]:
        """List the names that may still be shown."""
        return [member.name for member in named if self.is_named(member.member, member.name)]

    def board(self, frozen: Snapshot) -> list[RankedMember]:
        """List the rows whose names may still be shown, each with its place of then: nobody moves up."""
        return [row for row in frozen.board if self.is_named(row.score.member, row.score.name)]


def next_figures(tx: Tx, community: Community) -> Note | None:
    """Say when the figures about several members change next; None while no digest is planned."""
    due = next_digest(tx, community)
    if due is None:
        return None
    return Note(t("New figures come on {moment}, with the digest.", moment=Moment(due, community.zone)))


def board_button(call: Call) -> Button | None:
    """Make the button that shows what the circle sees; None where organisers chose nothing."""
    if call.community.ranks:
        return BOARD_SHOW.button(call.stamp, t("Show the board"))
    return BOARD_SHOW.button(call.stamp, t("Show our goal")) if call.community.has_goal else None
