"""The contract of a chat platform, and the running circle that it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from adapters.peers import Peers
from bot.engine.clock import Clock
from bot.engine.dispatch import Dispatcher
from bot.engine.messenger import Messenger
from bot.faults import Explained
from bot.scheduling.installations import Installations
from bot.scheduling.leaving import CommunityPresence
from bot.scheduling.rounds import Rounds
from bot.store import communities, kept
from bot.store.database import Database
from bot.store.installations import Installation

__all__ = ["CannotRun", "Circle", "CommunityPresence", "Installation", "Installations", "Platform"]


@dataclass(frozen=True)
class Circle:
    """Everything that runs on one database."""

    db: Database
    dispatcher: Dispatcher
    rounds: Rounds
    clock: Clock
    peers: Peers | None = None
    """This process among those that share the database, where several may."""

    def homes(self, platform: str) -> CommunityPresence:
        """Give what keeps the communities of a platform in step with where the bot is."""
        return CommunityPresence(self.db, self.clock, self.dispatcher.registry, platform)

    def installations(self, platform: str) -> Installations:
        """Give the places that people added the bot to by themselves on a platform."""
        return Installations(self.db, self.clock, self.dispatcher.registry, platform)

    async def recall(self, name: str) -> dict[str, Any]:
        """Give what a platform has kept under a name; nothing when there is nothing."""
        return await self.db.read(lambda tx: kept.find(tx, name)) or {}

    async def remember(self, name: str, value: dict[str, Any]) -> None:
        """Keep something of a platform's own across a restart."""
        await self.db.row_by_row(lambda tx: kept.put(tx, name, value))

    async def zone_of(self, platform: str, community: str) -> ZoneInfo | None:
        """Tell the zone of a community, or None when it is not set up."""
        home = await self.db.read(lambda tx: communities.find(tx, platform, community))
        return home.tz if home is not None and home.set_up else None


class CannotRun(Explained):
    """A platform cannot go on until the operator changes something; the message is one line that says what."""


class Platform(Protocol):
    """A chat platform as the runtime sees it; the console is one too."""

    @property
    def name(self) -> str:
        """The word the store knows it by, such as "discord"."""
        ...

    @property
    def messenger(self) -> Messenger:
        """What posts on it; used from the moment it is ready until it ends."""
        ...

    @property
    def there(self) -> bool:
        """Whether it is connected at this moment."""
        ...

    async def run(self, circle: Circle, ready: Callable[[], None]) -> None:
        """Answer people until `stop` is called; call `ready` as soon as posts can be sent.

        Network trouble is its own to mend, with pauses that grow. Coming back by itself ends the whole run.

        Raises:
            CannotRun: only the operator can mend it, such as a wrong token; other platforms go on.
        """
        ...

    async def ask(self) -> str | None:
        """Ask it whether it still takes the bot; returns what is wrong in a few words, and None when all is well."""
        ...

    async def stop(self) -> None:
        """Take up nothing new, and return when everything that was taken up is answered."""
        ...
