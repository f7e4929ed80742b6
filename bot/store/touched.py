"""Members and communities to replan: noted in a transaction where something changes, and taken once at its end."""

from collections.abc import Sequence

from bot.domain.community import Community
from bot.domain.ids import CommunityId, Who
from bot.store.batch import Tx

_MEMBERS, _COMMUNITIES = "touched members", "touched communities"


def touch(tx: Tx, who: Who) -> None:
    """Note that something was changed that may move a private message to this member."""
    tx.info.setdefault(_MEMBERS, {})[who] = None


def touch_community(tx: Tx, community: CommunityId, before: Community | None = None) -> None:
    """Note that something was changed that may move what is due to a community; `before` is how it was set up."""
    noted: dict[CommunityId, Community | None] = tx.info.setdefault(_COMMUNITIES, {})
    noted[community] = noted.get(community) or before


def take(tx: Tx) -> Sequence[Who]:
    """Give the members who were noted, and begin anew.

    A unit of work that was rolled back leaves its names for the next one, so some of them may not be there.
    """
    noted: dict[Who, None] = tx.info.pop(_MEMBERS, {})
    return list(noted)


def take_communities(tx: Tx) -> Sequence[tuple[CommunityId, Community | None]]:
    """Give the communities that were noted, as `take` does, each as it was before."""
    noted: dict[CommunityId, Community | None] = tx.info.pop(_COMMUNITIES, {})
    return list(noted.items())


def forget(tx: Tx) -> None:
    """Forget what a work noted that was not kept."""
    tx.info.pop(_MEMBERS, None)
    tx.info.pop(_COMMUNITIES, None)
