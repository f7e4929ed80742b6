"""What of a frozen week may still be shown: every number, and the names that are still their members' own choice."""

from collections.abc import Iterable

from bot.domain.community import Community
from bot.domain.ids import CommunityId, MemberId
from bot.domain.leaderboard import Ranked
from bot.domain.snapshot import NamedMember, Snapshot
from bot.features.week import next_digest
from bot.store import members
from bot.store.database import Tx
from bot.ui.reply import Note
from bot.ui.text import t
from bot.ui.values import Moment


class StillNamed:
    """Tells under which names members of a community may still be shown.

    Rule: a name is shown again only while it is the one its member chose. Who left, or took another name, is not
    there until the next digest; their new name beside the old number would tell that both are one person.
    """

    def __init__(self, tx: Tx, community: CommunityId) -> None:
        """Read the names as they are now."""
        self._names = members.shown_names(tx, community)

    def is_named(self, member: MemberId, name: str) -> bool:
        """Tell whether a member still has the name that was told."""
        return self._names.get(member) == name

    def names(self, told: Iterable[NamedMember]) -> list[str]:
        """Keep the names that may still be shown."""
        return [each.name for each in told if self.is_named(each.member, each.name)]

    def board(self, frozen: Snapshot) -> list[Ranked]:
        """Keep the places whose names may still be shown; they stay as they were frozen."""
        return [each for each in frozen.board if self.is_named(each.score.member, each.score.name)]


def next_figures(tx: Tx, community: Community) -> Note | None:
    """Tell when figures about several members move; None while no digest is planned."""
    due = next_digest(tx, community)
    if due is None:
        return None
    return Note(t("New figures come on {moment}, with the digest.", moment=Moment(due, community.zone)))
