"""Runs the bot on every platform that is set up: one that fails does not stop the others, and SIGTERM drains."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Generator, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
    nullcontext,
    suppress,
)
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib.metadata import version
from itertools import chain, repeat
from pathlib import Path
from typing import TypeAlias

import structlog

from adapters.absence import absence_told
from adapters.log import set_up_logging
from adapters.operator.backups import newest
from adapters.operator.backups.nightly import kept
from adapters.operator.backups.place import place_of
from adapters.peers import HAND_OVER_WITHIN, joined
from adapters.platform import CannotRun, Circle, Platform
from adapters.runtime import configured, open_circle, ticking
from adapters.wording import worded
from bot.config import Settings, SettingsError, keys_of, load_settings
from bot.engine.apology import report_fault
from bot.engine.clock import SystemClock
from bot.engine.messenger import Messenger
from bot.engine.pace import Rates
from bot.measures import Measures
from bot.scheduling.tempo import Tempo
from bot.store import communities, migrate
from bot.store.address import is_server, origin_of
from bot.store.errors import Away, StoreError

WAITS = (1, 2, 5, 10, 30)
"""Seconds between looks for a server that is away when the bot starts; the last ones go on."""
DRAIN_SECONDS = 10
"""How long a stop waits for answers that are on their way."""
NO_PLATFORM = (
    "There is no terminal here, and no token is set. Set DISCORD_TOKEN for Discord, or SLACK_BOT_TOKEN with "
    "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET for Slack, in .env or the environment."
)
NO_TERMINAL = "--console needs a terminal, and there is none here. Leave it out, or start me in a terminal."

Telling: TypeAlias = Callable[[Circle], AbstractAsyncContextManager[None]]

log = structlog.get_logger()


async def run_configured(*, with_console: bool, rates: Rates | None = None, tempo: Tempo | None = None) -> str | None:
    """Run the bot with the settings until it is stopped; returns the problem that stopped it, if one did.

    `rates` says how fast members may go, if not as usual, and `tempo` how fast rounds go.
    """
    try:
        settings = load_settings()
        keys = keys_of(settings)
        _begin_logging(settings)
        clock = SystemClock()
        platforms = configured(settings, clock)
        if with_console or not platforms:
            if not sys.stdin.isatty():
                return NO_TERMINAL if with_console else NO_PLATFORM
            from adapters.console.live import ConsolePlatform  # noqa: PLC0415 - only when there is a terminal

            platforms.append(ConsolePlatform(clock, settings.default_zone))
        messengers: dict[str, Messenger] = {}
        place = place_of(settings)
        measures, telling = _watched(settings, platforms, messengers, place.folder)
        opening = partial(
            open_circle, settings.database_url, keys, clock, messengers, rates, measures=measures, backups=place.folder
        )
        async with (
            _reached(partial(opening, tempo=tempo)) as alone,
            _among_others(alone, settings) as circle,
            kept(circle, place),
            telling(circle),
        ):
            await _log_start(circle, platforms)
            return await _until_signal(circle, platforms, messengers)
    except _AskedToStop:
        return None
    except (SettingsError, StoreError, CannotRun) as problem:
        return worded(problem)


class _AskedToStop(Exception):
    """Whoever runs the bot stopped it before it had begun."""


@asynccontextmanager
async def _reached(opening: Callable[[], AbstractAsyncContextManager[Circle]]) -> AsyncGenerator[Circle]:
    """Open the database, with all connections; a server that is away is waited for, as after a cut of power that took both.

    Raises:
        StoreError: only the operator can mend it.
        _AskedToStop: it was stopped meanwhile.
    """
    for seconds in chain(WAITS, repeat(WAITS[-1])):
        async with AsyncExitStack() as stack:
            try:
                circle = await stack.enter_async_context(opening())
                await circle.db.connect()
            except Away as away:
                log.warning("database not reached", problem=str(away), seconds=seconds)
            else:
                yield circle
                return
        with _stop_signals() as stopping, suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await stopping.wait()
            raise _AskedToStop


@asynccontextmanager
async def _among_others(circle: Circle, settings: Settings) -> AsyncGenerator[Circle]:
    """Be one of the processes that share a server; a file is for one process."""
    if not is_server(settings.database_url):
        yield circle
        return
    async with joined(circle.db) as peers:
        yield replace(circle, peers=peers)


def _begin_logging(settings: Settings) -> None:
    development = settings.environment == "development"
    set_up_logging(settings.log_level, settings.log_format, development=development)
    if development:
        log.warning("logs may hold members' words, because ENVIRONMENT is development")


def _watched(
    settings: Settings, platforms: Sequence[Platform], messengers: Mapping[str, Messenger], backups: Path
) -> tuple[Measures, Telling]:
    """Give the measures, and a context manager that serves health and metrics; both do nothing where no port is set."""
    port = settings.health_port
    if port is None:
        return Measures(), lambda _: nullcontext()
    from adapters.watching.counted import PrometheusMeasures  # noqa: PLC0415 - only when somebody watches
    from adapters.watching.health import Health  # noqa: PLC0415 - as above
    from adapters.watching.server import telling  # noqa: PLC0415 - as above

    counted, origin = PrometheusMeasures(), origin_of(settings.database_url)
    home = origin.parent if isinstance(origin, Path) else None

    def told(circle: Circle) -> AbstractAsyncContextManager[None]:
        health = Health(circle, platforms, messengers, home)
        return telling(settings.health_host, port, health, counted, lambda: newest_backup(backups))

    return counted, told


def newest_backup(folder: Path) -> datetime | None:
    """Tell when the newest backup in a folder was made; None when there is none."""
    backup = newest(folder)
    return None if backup is None else backup.made_at


async def _log_start(circle: Circle, platforms: Sequence[Platform]) -> None:
    log.info(
        "start",
        version=version("hello-circle"),
        schema=migrate.HEAD,
        platforms=[platform.name for platform in platforms],
        communities=await circle.db.read(communities.count),
    )


async def _until_signal(circle: Circle, platforms: Sequence[Platform], messengers: dict[str, Messenger]) -> str | None:
    with _stop_signals() as stopping:
        return await serve(circle, platforms, messengers, stopping)


@contextmanager
def _stop_signals() -> Generator[asyncio.Event]:
    """Give what is set when the bot is asked to stop in the block."""
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for stop_signal in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(stop_signal, stopping.set)
    try:
        yield stopping
    finally:
        for stop_signal in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(stop_signal)


async def serve(
    circle: Circle, platforms: Sequence[Platform], messengers: dict[str, Messenger], stopping: asyncio.Event
) -> str | None:
    """Run platforms and the weekly round until `stopping`, or until no platform is left.

    `messengers` always holds exactly the platforms that can post. Returns the last platform's problem, if all had one.
    """

    def ready() -> None:
        if len(messengers) == len(running):
            log.info("ready", platforms=sorted(messengers))

    running = {asyncio.create_task(_run(platform, circle, messengers, ready)): platform for platform in platforms}
    stop = asyncio.create_task(stopping.wait())
    reason: str | None = "a fault of ours"
    try:
        with ticking(circle):
            reason = await _first_end(running, stop)
            return reason
    finally:
        drained = await _drain(circle, list(running.values()))
        log.info("stop", reason=reason or ("asked to" if stopping.is_set() else "left"), drained=drained)
        for task in (stop, *running):
            task.cancel()
        await asyncio.gather(stop, *running, return_exceptions=True)


async def _first_end(running: dict[asyncio.Task[str | None], Platform], stop: asyncio.Task[object]) -> str | None:
    """Wait until somebody wants to stop, or until every platform has failed."""
    problem: str | None = None
    while running:
        ended, _ = await asyncio.wait({stop, *running}, return_when=asyncio.FIRST_COMPLETED)
        if stop in ended:
            return None
        for task in [task for task in running if task in ended]:
            platform = running.pop(task)
            problem = task.result()
            if problem is None:
                return None
            if running:
                log.error("platform stopped", platform=platform.name, problem=problem)
    return problem


async def _run(
    platform: Platform, circle: Circle, messengers: dict[str, Messenger], ready: Callable[[], None]
) -> str | None:
    """Run one platform; returns its problem, if it had one."""

    def can_post() -> None:
        was_ready = platform.name in messengers
        messengers[platform.name] = platform.messenger
        log.info("platform ready", platform=platform.name)
        if not was_ready:
            ready()

    try:
        async with absence_told(platform.name, lambda: platform.there):
            await platform.run(circle, can_post)
    except CannotRun as problem:
        return worded(problem)
    except Exception as fault:  # noqa: BLE001 - whatever it is, it must not take the other platforms with it
        report_fault(fault, platform=platform.name)
        return f"{platform.name} stopped by a fault of ours; the log tells where."
    finally:
        messengers.pop(platform.name, None)
    return None


async def _drain(circle: Circle, platforms: Sequence[Platform]) -> bool:
    """Let every platform finish what it has taken up, for a limited time; returns whether all did."""
    seconds = DRAIN_SECONDS
    if circle.peers is not None:
        seconds += HAND_OVER_WITHIN
        await circle.peers.leave()
    try:
        async with asyncio.timeout(seconds):
            await asyncio.gather(*(platform.stop() for platform in platforms), return_exceptions=True)
    except TimeoutError:
        log.warning("some answers were not sent in time", seconds=seconds)
        return False
    return True
