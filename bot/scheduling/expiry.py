"""How long everything is kept that ends by itself, and the one job that drops it; docs/operators/data.md says the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.scheduling import leaving
from bot.store import deliveries, drafts, erased, identities, installations, joining, link_codes, notices, purging
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class RowLifetime:
    """How long rows of a table are kept; `drop` takes out those whose time is over.

    What has no index for it is dropped `at_night` only.
    """

    table: str
    kept_for: timedelta
    drop: Callable[[Tx, datetime], object] | None = None
    at_night: bool = False


LIVES = (
    RowLifetime("deliveries", deliveries.LONGEST, deliveries.purge),
    RowLifetime("drafts", drafts.KEPT_FOR, drafts.purge),
    RowLifetime("notices", notices.KEPT_FOR, notices.purge, at_night=True),
    RowLifetime("link_codes", link_codes.QUESTION_LASTS, link_codes.purge),
    RowLifetime("link_tries", link_codes.TRIES_KEPT_FOR, link_codes.purge_tries, at_night=True),
    RowLifetime(
        "link_moves",
        identities.TAKEN_BACK_FOR,
        lambda tx, now: joining.forget_notes(tx, now - identities.TAKEN_BACK_FOR),
    ),
    RowLifetime("install_states", installations.STATE_LASTS, installations.purge_states),
    RowLifetime("posts", purging.POSTS_KEPT_FOR, purging.purge_posts, at_night=True),
    RowLifetime("organiser_reads", purging.LOOKS_KEPT_FOR, purging.purge_looks, at_night=True),
    RowLifetime("tombstones", erased.KEPT_FOR, erased.purge, at_night=True),
    RowLifetime("communities", leaving.KEPT_FOR),  # once they are left; the agenda says when
)
"""Every table of which rows end by themselves; what is in no row here is kept as long as its member or community."""


def purge(tx: Tx, now: datetime, *, at_night: bool = False) -> None:
    """Drop what nobody asks for any more."""
    for life in LIVES:
        if life.drop is not None and (at_night or not life.at_night):
            life.drop(tx, now)
