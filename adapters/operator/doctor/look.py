"""What the checks look at: the settings, the key ring, the database file and the present."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

import aiohttp

from bot.config import Settings
from bot.engine.registry import Registry
from bot.store.address import Origin
from bot.store.database import Tx
from bot.store.keyring import KeyRing
from bot.store.looking import is_held, looking, schema
from bot.store.migrate import HEAD


@dataclass(frozen=True)
class CheckContext:
    """Everything that one run of the checks needs."""

    settings: Settings
    ring: KeyRing
    path: Origin
    """Where the database is."""
    product: Registry
    session: aiohttp.ClientSession
    now: datetime
    readable: bool = True
    """Whether the database file can be read at all, if there is one."""
    begun_at: float = field(default_factory=monotonic)
    """When `now` was, by the clock that only goes on."""

    @property
    def present(self) -> datetime:
        """What the clock of this machine says at this moment: reading a large database takes a while."""
        return self.now + timedelta(seconds=monotonic() - self.begun_at)

    @property
    def running(self) -> bool:
        """Whether a bot has the database open."""
        return is_held(self.path)

    @property
    def begun(self) -> bool:
        """Whether there is something to look at; of a server that is told when it is opened."""
        return isinstance(self.path, str) or self.path.is_file()

    @contextmanager
    def database(self) -> Generator[Tx | None]:
        """Open the database for reading; None when it is not there, cannot be read, or is not of this version."""
        if not (self.readable and self.begun):
            yield None
            return
        with looking(self.path, self.ring) as tx:
            yield tx if schema(tx) == HEAD else None
