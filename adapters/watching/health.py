"""Whether the bot can do its work at this moment, and if not, which part of it cannot."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from adapters.platform import Circle, Platform
from bot.engine.messenger import Messenger
from bot.faults import recorded

ASKED_EVERY = 45.0
"""Seconds for which a platform's word that it takes the bot is believed."""
ANSWER_WITHIN = 5.0
"""Seconds that one look may take; whoever probes waits for it."""
LOOKED_EVERY = 2.0
"""Seconds for which one look serves all who ask."""
LEAST_FREE = 32 * 1024 * 1024
"""Bytes of disk below which the next writes may fail."""
MARK = "health"


@dataclass(frozen=True, slots=True)
class Check:
    """How one part is, in a few words for the operator."""

    ok: bool
    seen: str


@dataclass
class Health:
    """Looks at every part of a running circle; it changes nothing that anybody sees."""

    circle: Circle
    platforms: Sequence[Platform]
    messengers: Mapping[str, Messenger]
    folder: Path | None
    """Where the database is; None where it is on a server, whose disk is in its own hands."""
    _asked: dict[str, tuple[float, str | None]] = field(default_factory=dict[str, tuple[float, str | None]])
    _looked: tuple[float, dict[str, Check]] | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> dict[str, Check]:
        """Check every part at once."""
        async with self._looking:
            if self._looked is None or monotonic() - self._looked[0] >= LOOKED_EVERY:
                self._looked = monotonic(), await self._look()
            return self._looked[1]

    async def _look(self) -> dict[str, Check]:
        looks: dict[str, Callable[[], Awaitable[Check]]] = {"database": self._database, "round": self._round}
        looks |= {platform.name: lambda platform=platform: self._platform(platform) for platform in self.platforms}
        checks = await asyncio.gather(*(_in_time(look) for look in looks.values()))
        return dict(zip(looks, checks, strict=True))

    async def _database(self) -> Check:
        """Write something, as members do; a disk with next to nothing left fails before they see it."""
        free = None if self.folder is None else shutil.disk_usage(self.folder).free
        await self.circle.remember(MARK, {"at": self.circle.clock.now().isoformat()})
        if free is None:
            return Check(ok=True, seen="written")
        return Check(free >= LEAST_FREE, f"written, {free // 1024**2} MB free")

    async def _round(self) -> Check:
        pulse = self.circle.rounds.pulse
        ago = f"last sign of life {pulse.age:.0f} s ago"
        return Check(pulse.is_steady, f"{pulse.trouble}, {ago}" if pulse.trouble else ago)

    async def _platform(self, platform: Platform) -> Check:
        if platform.name not in self.messengers:
            return Check(ok=False, seen="not connected, or stopped; the log says why")
        if not platform.there:
            return Check(ok=False, seen="not connected")
        asked_at, problem = self._asked.get(platform.name, (0.0, ""))
        if problem is not None or monotonic() - asked_at >= ASKED_EVERY:
            problem = await platform.ask()
            self._asked[platform.name] = monotonic(), problem
        return Check(problem is None, problem or "connected")


async def _in_time(look: Callable[[], Awaitable[Check]]) -> Check:
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await look()
    except TimeoutError:
        return Check(ok=False, seen=f"no answer in {ANSWER_WITHIN:.0f} s")
    except Exception as fault:  # noqa: BLE001 - whatever it is, this part is not well
        return Check(ok=False, seen=recorded(fault)["fault"])
