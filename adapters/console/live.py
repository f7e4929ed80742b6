"""The console on the operator's own bot, alone or beside other platforms."""

from collections.abc import Callable

from adapters.console.messenger import ConsoleMessenger
from adapters.console.prompt import talk
from adapters.console.screen import PLATFORM, Screen
from adapters.console.session import Session
from adapters.log import set_up_logging
from adapters.runtime import Circle, open_database
from bot.config import Settings, SettingsError, keys_of, load_settings
from bot.core.clock import Clock
from bot.core.messenger import Messenger
from bot.store.errors import StoreError
from bot.store.sqlite import path_of


class ConsolePlatform:
    """The terminal as one of the platforms; leaving it ends the run."""

    name = PLATFORM

    def __init__(self, clock: Clock, zone: str) -> None:
        self._zone = zone
        self._screen = Screen()
        self._messenger = ConsoleMessenger(self._screen, clock)

    @property
    def messenger(self) -> Messenger:
        """What posts on the screen."""
        return self._messenger

    @property
    def there(self) -> bool:
        """A terminal is always there."""
        return True

    async def run(self, circle: Circle, ready: Callable[[], None]) -> None:
        """Talk with the person at the terminal until they leave."""
        session = await Session.beside(circle, self._screen)
        await session.set_up(self._zone)
        ready()
        await talk(session, me="me")

    async def stop(self) -> None:
        """Nothing is on its way: each line is answered before the next."""


async def upgrade_database() -> str | None:
    """Bring the database of the settings to this version; returns the problem, if there is one."""
    return await _opened(every_row=False)


async def check_database() -> str | None:
    """Read every row of the database of the settings; returns what is wrong with it, if anything is."""
    return await _opened(every_row=True)


async def mend_database() -> str | None:
    """Take out of the database of the settings what nobody can read; returns the problem, if there is one."""
    return await _opened(every_row=True, mending=True)


async def _opened(*, every_row: bool, mending: bool = False) -> str | None:
    try:
        settings: Settings = load_settings()
        keys, path = keys_of(settings), path_of(settings.database_url)
        if every_row and not path.exists():
            return f"The database file {path} is not there. Correct DATABASE_URL."
        set_up_logging(settings.log_level, settings.log_format)
        async with open_database(settings.database_url, keys, every_row=every_row, mending=mending):
            pass
    except (SettingsError, StoreError) as problem:
        return str(problem)
    return None
