"""Slack as one of the platforms: connects, answers until it is stopped, and names what only the operator can mend."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import aiohttp
import structlog
from aiohttp import web as server
from slack_bolt.async_app import AsyncApp
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.departing import departing
from adapters.peers import serving
from adapters.platform import CannotRun, Circle
from adapters.ports import listen
from adapters.slack import bolt, web
from adapters.slack.api import Api
from adapters.slack.connection import LINES, SocketLine
from adapters.slack.installed import ManyWorkspaces
from adapters.slack.installing import PAGE, InstallFlow, installing
from adapters.slack.intake import DeliveryIntake
from adapters.slack.messenger import Find, SlackMessenger
from adapters.slack.places import SharedLine
from adapters.slack.renewing import TokenRenewal
from adapters.slack.tokens import Client, Keys, keys_for
from adapters.slack.words import PLATFORM, learn_families
from adapters.slack.workspaces import OneWorkspace, Workspaces
from bot.config import Settings
from bot.engine.clock import Clock
from bot.engine.messenger import Messenger
from bot.store.errors import StoreError
from bot.ui.reply import Link, reply
from bot.ui.text import t

CALL_SECONDS = 30
"""How long one call waits; much less than the lease of a post."""
READ_WITHIN = 2
"""Seconds the store has to answer a readiness check."""

Waited: TypeAlias = asyncio.Task[None]

log = structlog.get_logger()


class SlackPlatform:
    """Slack: the workspace of the bot token, or every one that people add the app to."""

    name = PLATFORM

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._messenger = SlackMessenger(clock)
        self._stopping = asyncio.Event()
        self._over = asyncio.Event()
        self._over.set()
        self._workspaces: Workspaces | None = None
        self._lines = list[SocketLine]()
        self._shared = list[SharedLine]()

    @property
    def messenger(self) -> Messenger:
        """What posts on Slack."""
        return self._messenger

    @property
    def there(self) -> bool:
        """Whether Slack is connected at this moment; where other processes have all sockets, none is missed."""
        if self._workspaces is None or not self._lines:
            return self._workspaces is not None
        waits = bool(self._shared) and all(line.waits for line in self._shared)
        return waits or any(line.up.is_set() for line in self._lines)

    async def run(self, circle: Circle, ready: Callable[[], None]) -> None:
        """Answer people until `stop` is called.

        Raises:
            CannotRun: only the operator can mend it.
        """
        keys = keys_for(self._settings)
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout, trace_configs=[departing()]) as session:
            outside = Api(session, keys.url, keys.bot_token)
            learn_families(circle.dispatcher.registry)
            self._over.clear()
            try:
                async with _opened(keys.client, outside, circle) as (workspaces, adding):
                    self._workspaces = workspaces
                    self._messenger.connect(_apis(workspaces), keys.url)
                    taking = DeliveryIntake(workspaces, outside)
                    app = bolt.build(outside, taking, circle.db.measures)
                    async with self._connected(_Ways(keys, outside, workspaces, app, adding), circle) as lines:
                        ready()
                        async with serving(circle.peers, PLATFORM):
                            await self._until_over(workspaces, lines)
                    await taking.drain()
            finally:
                self._over.set()

    async def ask(self) -> str | None:
        """Ask Slack whether it still takes the bot; when not, `run` ends and says why."""
        if self._workspaces is None or not self.there:
            return "not connected"
        return await self._workspaces.ask()

    async def stop(self) -> None:
        """Take up nothing new, and return when everything that was taken up is answered."""
        self._stopping.set()
        # Nothing is taken up while Slack was not reached yet, so nothing is waited for.
        if self._workspaces is not None:
            await self._over.wait()

    @asynccontextmanager
    async def _connected(self, ways: "_Ways", circle: Circle) -> AsyncGenerator[set[Waited]]:
        """Open Socket Mode connections or the HTTP server; gives the tasks that keep the connections open."""
        if ways.keys.port is not None:
            async with _http(ways, ways.keys.port, circle):
                yield set()
            return

        async def deliver(envelope: Mapping[str, Any]) -> Mapping[str, Any]:
            return await bolt.from_socket(ways.app, envelope)

        def reconnected() -> None:
            circle.db.measures.reconnected(PLATFORM)

        api, token = ways.outside, ways.keys.app_token
        self._lines = lines = [SocketLine(api, token, deliver, reconnected=reconnected) for _ in range(LINES)]
        peers = circle.peers
        self._shared = [] if peers is None else [SharedLine(line, peers) for line in lines]
        tasks: set[Waited] = {asyncio.create_task(line.keep()) for line in self._shared or lines}
        try:
            # Posts need no socket, so whoever waits for a place does its rounds.
            if peers is None:
                await self._until_over(ways.workspaces, tasks, *(line.up for line in lines))
            yield tasks
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.gather(*(line.close() for line in lines))

    async def _until_over(self, workspaces: Workspaces, tasks: set[Waited], *also: asyncio.Event) -> None:
        """Wait until the bot is stopped, or `also` happens.

        Raises:
            CannotRun: Slack took the connection or the workspace away for good.
        """
        events = {asyncio.create_task(event.wait()) for event in (self._stopping, workspaces.lost, *also)}
        try:
            ended, _ = await asyncio.wait({*events, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for event in events:
                event.cancel()
        for task in ended & tasks:
            fault = task.exception()
            if fault is not None:
                raise (fault if isinstance(fault, CannotRun) else CannotRun(str(fault))) from fault
        if workspaces.gone is not None and not self._stopping.is_set():
            raise CannotRun(
                "Slack took the workspace away ({reason}). Install the app again, then start me again.",
                reason=workspaces.gone,
            )


@dataclass(frozen=True, slots=True)
class _Ways:
    """What is needed to be reached by Slack."""

    keys: Keys
    outside: Api
    workspaces: Workspaces
    app: AsyncApp
    adding: InstallFlow | None


def _apis(workspaces: Workspaces) -> Find:
    async def api_of(team: str) -> Api | None:
        workspace = await workspaces.of(team)
        return None if workspace is None else workspace.api

    return api_of


@asynccontextmanager
async def _opened(
    client: Client | None, outside: Api, circle: Circle
) -> AsyncGenerator[tuple[Workspaces, InstallFlow | None]]:
    """Open the workspace of the token; or all that added the app, with the way to add it to another."""
    if client is None:
        yield await OneWorkspace.open(circle, outside), None
        return
    installations = circle.installations(PLATFORM)
    await installations.compare()
    rotator = AsyncTokenRotator(client_id=client.id, client_secret=client.secret, client=outside.client)
    renewing = TokenRenewal(installations, rotator, circle.clock)
    add_me = Link(t("Add me to this workspace"), f"{client.address}{PAGE}")
    stranger = reply(t("I am not in this workspace, or I was taken out of it. An admin can add me."), add_me)
    try:
        yield (
            ManyWorkspaces(circle, outside, renewing, stranger),
            installing(client, outside, installations, circle.clock),
        )
    finally:
        await renewing.close()


@asynccontextmanager
async def _http(ways: _Ways, port: int, circle: Circle) -> AsyncGenerator[None]:
    async def is_ready() -> bool:
        try:
            async with asyncio.timeout(READ_WITHIN):
                await circle.zone_of(PLATFORM, "")
        except (StoreError, TimeoutError):
            return False
        return ways.workspaces.gone is None

    pages = web.build(ways.app, ways.keys.signing_secret, circle.clock, is_ready, ways.adding)
    runner = server.AppRunner(pages, access_log=None)
    await runner.setup()
    try:
        await listen(runner, port, "SLACK_HTTP_PORT")
        log.info("listening", port=port)
        yield
    finally:
        await runner.cleanup()
