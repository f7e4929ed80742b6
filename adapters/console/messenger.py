"""Posts unasked, onto the console's screen."""

from datetime import datetime

from adapters.console.screen import PLATFORM, Screen, ScreenEntry
from bot.engine.clock import Clock
from bot.engine.messenger import Destination, Outcome, Posted, Refused, ToChannel
from bot.ui.reply import Reply

__all__ = ["PLATFORM", "ConsoleMessenger"]


class ConsoleMessenger:
    """The console's way to post; a key that was posted before is not posted again."""

    def __init__(self, screen: Screen, clock: Clock) -> None:
        self._screen = screen
        self._clock = clock

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Show a post once."""
        if key in self._screen.posted:
            return Posted(self._screen.posted[key])
        channel = isinstance(to, ToChannel)
        where = f"#{to.channel}" if isinstance(to, ToChannel) else f"@{to.user}"
        visibility = "shared" if channel else "private"
        self._screen.seen.append(ScreenEntry(self._clock.now(), where, visibility, "", post, language))
        self._screen.posted[key] = reference = f"post-{len(self._screen.posted) + 1}"
        return Posted(reference)

    async def time(self) -> datetime | None:
        """Tell nothing: a terminal has no clock of its own."""
        return None

    async def find(self, to: Destination, key: str) -> Outcome:
        """Look for a post by its key."""
        reference = self._screen.posted.get(key)
        return Refused("absent") if reference is None else Posted(reference)

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Tell whether a post is not there; nothing comes twice onto a screen, so nothing is taken off it."""
        return reference not in self._screen.posted.values()
