"""Whose times may have moved in this unit of work: noted where something is changed, and taken up once at its end."""

from collections.abc import Sequence

from bot.domain.ids import Who
from bot.store.batch import Tx

_KEY = "touched"


def touch(tx: Tx, who: Who) -> None:
    """Note that something was changed that may move a private message to this member."""
    tx.info.setdefault(_KEY, {})[who] = None


def take(tx: Tx) -> Sequence[Who]:
    """Give the members who were noted, and begin anew.

    A unit of work that was rolled back leaves its names for the next one, so some of them may not be there.
    """
    noted: dict[Who, None] = tx.info.pop(_KEY, {})
    return list(noted)
