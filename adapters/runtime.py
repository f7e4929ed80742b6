"""The composition root: settings and a clock become one running circle with its platforms, and end together."""

from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.config import Settings
from bot.core.clock import Clock
from bot.core.dispatch import Dispatcher
from bot.core.messenger import Messenger
from bot.core.pace import Pace, Rates
from bot.core.registry import everything
from bot.core.tokens import Signer
from bot.scheduling.rounds import Rounds
from bot.scheduling.ticker import Ticker
from bot.store import communities
from bot.store.database import Database
from bot.store.keyring import KeyRing


@dataclass(frozen=True)
class Circle:
    """Everything that runs on one database."""

    db: Database
    dispatcher: Dispatcher
    rounds: Rounds
    clock: Clock

    async def zone_of(self, platform: str, community: str) -> ZoneInfo | None:
        """Tell the zone of a community, or None when it is not set up."""
        found = await self.db.read(lambda tx: communities.find(tx, platform, community))
        return found.tz if found is not None and found.set_up else None


class CannotRun(Exception):
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

    async def stop(self) -> None:
        """Take up nothing new, and return when everything that was taken up is answered."""
        ...


def configured(settings: Settings, clock: Clock) -> list[Platform]:
    """Make the platforms whose tokens are set; their libraries are imported here and not before."""
    made: list[Platform] = []
    if settings.discord_token.get_secret_value().strip():
        from adapters.discord.platform import DiscordPlatform  # noqa: PLC0415

        made.append(DiscordPlatform(settings, clock))
    if settings.slack_bot_token.get_secret_value().strip() or settings.slack_app_token.get_secret_value().strip():
        from adapters.slack.platform import SlackPlatform  # noqa: PLC0415

        made.append(SlackPlatform(settings, clock))
    return made


@asynccontextmanager
async def open_database(
    url: str, keys: str, *, every_row: bool = False, mending: bool = False
) -> AsyncGenerator[Database]:
    """Open the database, bringing its schema up to date after a backup, and close it in the end.

    `every_row` checks the whole file first, whatever its size; `mending` takes out what nobody can read.

    Raises:
        StoreError: it cannot be opened; the message names the fix.
    """
    db = await Database.open(url, KeyRing.parse(keys), every_row=every_row, mending=mending)
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def open_circle(
    url: str, keys: str, clock: Clock, messengers: Mapping[str, Messenger], rates: Rates | None = None
) -> AsyncGenerator[Circle]:
    """Open the database and put everything together; closing waits for what is being saved.

    `rates` says how fast members may go, if not as usual.

    Raises:
        StoreError: the database cannot be opened; the message names the fix.
    """
    signer = Signer(KeyRing.parse(keys).derived("tokens"))
    async with open_database(url, keys) as db:
        dispatcher = Dispatcher(db, everything(), signer, clock, Pace(rates))
        yield Circle(db, dispatcher, Rounds(db, clock, signer, messengers), clock)


@contextmanager
def ticking(circle: Circle) -> Generator[Ticker]:
    """Let the weekly round run by itself; call inside a running event loop."""
    ticker = Ticker(circle.rounds)
    ticker.start()
    try:
        yield ticker
    finally:
        ticker.stop()


def new_keys() -> str:
    """Make a key ring with one random key, as the settings want it."""
    return KeyRing.new()
