"""The composition root: settings and a clock become one running circle with its platforms, and end together."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.platform import Circle, Platform
from bot.engine.clock import Clock, pause
from bot.engine.dispatch import Dispatcher
from bot.engine.messenger import Messenger
from bot.engine.pace import UNLIMITED, Pace, Rates
from bot.engine.registry import Registry
from bot.engine.spending import Spending
from bot.engine.tokens import Signer
from bot.measures import Measures
from bot.scheduling.rounds import Rounds
from bot.scheduling.tempo import Tempo
from bot.store import database
from bot.store.address import origin_of
from bot.store.backups.copies import Copies
from bot.store.database import Database
from bot.store.keyring import KeyRing

EXCHANGED_EVERY = 1.0
"""Seconds after which a process tells again what was taken out of the buckets that run low."""

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.scheduling.ticker import Ticker


def configured(settings: "Settings", clock: Clock) -> list[Platform]:
    """Make the platforms whose tokens are set; their libraries are imported here and not before."""
    platforms: list[Platform] = []
    if settings.discord_token.get_secret_value().strip():
        from adapters.discord.platform import DiscordPlatform  # noqa: PLC0415

        platforms.append(DiscordPlatform(settings, clock))
    slack = (settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value())
    if any(value.strip() for value in (*slack, settings.slack_client_id)):
        from adapters.slack.platform import SlackPlatform  # noqa: PLC0415

        platforms.append(SlackPlatform(settings, clock))
    return platforms


@asynccontextmanager
async def open_database(
    url: str,
    keys: str,
    *,
    copies: Copies | None = None,
    every_row: bool = False,
    mending: bool = False,
    own_copy: bool = False,
) -> AsyncGenerator[Database]:
    """Open the database, bringing its schema up to date after a backup, and close it in the end.

    `copies` says where backups go, if not beside it; `every_row` checks the whole file first, whatever its size; `mending` takes out what nobody can read.
    An `own_copy` was made by this process for one person, so it is not read through again.

    Raises:
        StoreError: it cannot be opened; the message names the fix.
    """
    ring = KeyRing.parse(keys)
    db = await database.open_database(url, ring, copies=copies, every_row=every_row, mending=mending, own_copy=own_copy)
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def open_circle(
    url: str,
    keys: str,
    clock: Clock,
    messengers: Mapping[str, Messenger],
    rates: Rates | None = None,
    product: Registry | None = None,
    measures: Measures | None = None,
    backups: Path | None = None,
    tempo: Tempo | None = None,
    *,
    own_copy: bool = False,
) -> AsyncGenerator[Circle]:
    """Open the database and put everything together; closing waits for what is being saved.

    `rates` says how fast members may go, if not as usual; `product` what the bot can do, if not Hello Circle; `measures`
    counts what is done; `backups` is the folder of the backups, if it is not beside the database; `tempo` says how fast
    rounds go, if not as usual. An `own_copy` was made by this process for one person.

    Raises:
        StoreError: the database cannot be opened; the message names the fix.
    """
    ring = KeyRing.parse(keys)
    signer = Signer(ring.derived("tokens"))
    copies = Copies.beside(origin_of(url)) if backups is None else Copies(backups)
    copies = replace(copies, present=clock.now)
    async with open_database(url, keys, copies=copies, own_copy=own_copy) as db:
        db.measures = measures or db.measures
        registry = hello_circle() if product is None else product
        # The same for every process, and by the oldest key, so that a new one names nobody anew.
        pace = Pace(rates, secret=ring.derived("pace")[-1])
        dispatcher = Dispatcher(db, registry, signer, clock, pace)
        async with nullcontext() if rates is UNLIMITED else shared(Spending(db, pace, clock)):
            rounds = Rounds(db, clock, signer, registry.schedules, messengers, tempo=tempo or Tempo())
            yield Circle(db, dispatcher, rounds, clock)


@asynccontextmanager
async def shared(spending: Spending) -> AsyncGenerator[None]:
    """Let a flood be one flood in every process and across a restart."""
    await spending.exchange()
    sharing = asyncio.create_task(_share(spending))
    try:
        yield
    finally:
        sharing.cancel()
        await asyncio.gather(sharing, return_exceptions=True)
        await spending.exchange()


async def _share(spending: Spending) -> None:
    while True:
        await spending.pace.runs_low.wait()
        await spending.exchange()
        await pause(EXCHANGED_EVERY)


def hello_circle() -> Registry:
    """Declare Hello Circle; another product loads nothing of it."""
    from bot.features import everything  # noqa: PLC0415

    return everything()


@contextmanager
def ticking(circle: Circle) -> Generator["Ticker"]:
    """Let the weekly round run by itself; call inside a running event loop."""
    from bot.scheduling.ticker import Ticker  # noqa: PLC0415 - a script has no rounds of its own

    ticker = Ticker(circle.rounds)
    ticker.start()
    try:
        yield ticker
    finally:
        ticker.stop()


def new_keys() -> str:
    """Make a key ring with one random key, as the settings want it."""
    return KeyRing.new()
