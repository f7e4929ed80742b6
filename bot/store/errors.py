"""What can go wrong with the store; the engine turns each into words for the member or the operator."""

from bot.domain.room import Limit
from bot.faults import Explained


class StoreError(Explained):
    """The store could not do what was asked, and nothing was changed."""


class NotSaved(StoreError):
    """The change could not be kept: the disk is full, or cannot be written."""


class Busy(NotSaved):
    """Another program held the database for too long."""


class Closed(NotSaved):
    """The store is closed, or closing."""


class Stopped(NotSaved):
    """Writing was stopped, because the database file is damaged."""


class Missing(StoreError):
    """There is no such row, or it is somebody else's; the two are never told apart."""


class Full(StoreError):
    """A member keeps as much as one may."""

    def __init__(self, limit: Limit) -> None:
        super().__init__()
        self.limit = limit


class LostClaim(StoreError):
    """Somebody else has taken the post over, so this owner must not go on with it."""


class Corrupt(StoreError):
    """What is stored cannot be trusted: damaged, or moved to a place where it was not written."""


class StartError(StoreError):
    """The store cannot be opened; the message names the reason and the fix, for the operator."""


class Away(StartError):
    """The server cannot be used now, and nothing that is set is known to be wrong: later it may go well."""


class WrongKey(StartError):
    """The key ring does not fit the database."""


class NewerSchema(StartError):
    """A newer version of the program has written the database."""


class NotOurs(StartError):
    """The file is another program's, or no database at all."""


class InUse(StartError):
    """Another process has the database open."""


class Damaged(StartError, Corrupt):
    """The database file is damaged."""
