"""The console on the operator's own bot, alone or beside other platforms."""

from collections.abc import Callable

from adapters.console.messenger import ConsoleMessenger
from adapters.console.prompt import talk
from adapters.console.screen import PLATFORM, Screen
from adapters.console.session import Session
from adapters.platform import Circle
from bot.engine.clock import Clock
from bot.engine.messenger import Messenger


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

    async def ask(self) -> str | None:
        """A terminal takes everybody."""
        return None

    async def stop(self) -> None:
        """Nothing is on its way: each line is answered before the next."""
