"""Slack as one of the platforms: connects, answers until it is stopped, and names what only the operator can mend."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import aiohttp
import structlog
from aiohttp import web as server
from slack_bolt.async_app import AsyncApp

from adapters.departing import departing
from adapters.platform import CannotRun, Circle
from adapters.ports import listen
from adapters.slack import bolt, web
from adapters.slack.answering import SlackAnswering
from adapters.slack.api import Api, Denied, Identity, Lost, RateLimited
from adapters.slack.connection import FIRST_PAUSE, LINES, SocketLine, back_off
from adapters.slack.home import Home
from adapters.slack.messenger import SlackMessenger
from adapters.slack.people import People
from adapters.slack.tokens import Keys, keys_for
from adapters.slack.words import PLATFORM, learn_families
from bot.config import Settings
from bot.engine.clock import Clock
from bot.engine.messenger import Messenger
from bot.store.errors import StoreError

CALL_SECONDS = 30
"""How long one call waits; much less than the lease of a post."""
READ_WITHIN = 2
"""Seconds the store has to answer a readiness check."""

Waited: TypeAlias = asyncio.Task[None]

log = structlog.get_logger()


class SlackPlatform:
    """One Slack workspace."""

    name = PLATFORM

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._messenger = SlackMessenger(clock)
        self._stopping = asyncio.Event()
        self._over = asyncio.Event()
        self._over.set()
        self._api: Api | None = None
        self._lines = list[SocketLine]()

    @property
    def messenger(self) -> Messenger:
        """What posts in the workspace."""
        return self._messenger

    @property
    def there(self) -> bool:
        """Whether Slack is connected at this moment."""
        return self._api is not None and (not self._lines or any(line.up.is_set() for line in self._lines))

    async def run(self, circle: Circle, ready: Callable[[], None]) -> None:
        """Answer people until `stop` is called.

        Raises:
            CannotRun: only the operator can mend it.
        """
        keys = keys_for(self._settings)
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout, trace_configs=[departing()]) as session:
            api = Api(session, keys.url, keys.bot_token)
            me = await _who_am_i(api)
            self._api = api
            learn_families(circle.dispatcher.registry)
            homes = circle.homes(PLATFORM)
            await homes.returned(me.team)
            people = People(api, self._clock)
            home = Home(circle.dispatcher, api, people)
            answering = SlackAnswering(circle.dispatcher, api, people, home, homes, me)
            self._messenger.connect(api)
            self._over.clear()
            try:
                async with self._connected(
                    keys, api, bolt.build(api, me, answering, circle.db.measures), circle
                ) as lines:
                    ready()
                    await self._until_over(api, lines)
                await answering.drain()
            finally:
                self._over.set()

    async def ask(self) -> str | None:
        """Ask Slack whether it still takes the token; when not, `run` ends and says why."""
        api = self._api
        if api is None or not self.there:
            return "not connected"
        try:
            await api.who_am_i()
        except RateLimited:
            return None
        except Denied as denied:
            return f"Slack does not take SLACK_BOT_TOKEN any more ({denied.code})"
        except Lost:
            return "no answer"
        return None

    async def stop(self) -> None:
        """Take up nothing new, and return when everything that was taken up is answered."""
        self._stopping.set()
        await self._over.wait()

    @asynccontextmanager
    async def _connected(self, keys: Keys, api: Api, app: AsyncApp, circle: Circle) -> AsyncGenerator[set[Waited]]:
        """Open Socket Mode connections or the HTTP server; gives the tasks that keep the connections open."""
        if keys.port is not None:
            async with _http(keys, keys.port, api, app, circle):
                yield set()
            return

        async def deliver(envelope: Mapping[str, Any]) -> Mapping[str, Any]:
            return await bolt.from_socket(app, envelope)

        def reconnected() -> None:
            circle.db.measures.reconnected(PLATFORM)

        self._lines = lines = [SocketLine(api, keys.app_token, deliver, reconnected=reconnected) for _ in range(LINES)]
        tasks: set[Waited] = {asyncio.create_task(line.keep()) for line in lines}
        try:
            await self._until_over(api, tasks, *(line.up for line in lines))
            yield tasks
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.gather(*(line.close() for line in lines))

    async def _until_over(self, api: Api, tasks: set[Waited], *also: asyncio.Event) -> None:
        """Wait until the bot is stopped, or `also` happens.

        Raises:
            CannotRun: Slack took the connection or the workspace away for good.
        """
        events = {asyncio.create_task(event.wait()) for event in (self._stopping, api.lost, *also)}
        try:
            ended, _ = await asyncio.wait({*events, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for event in events:
                event.cancel()
        for task in ended & tasks:
            fault = task.exception()
            if fault is not None:
                raise CannotRun(str(fault)) from fault
        if api.gone is not None and not self._stopping.is_set():
            raise CannotRun(f"Slack took the workspace away ({api.gone}). Install the app again, then start me again.")


@asynccontextmanager
async def _http(keys: Keys, port: int, api: Api, app: AsyncApp, circle: Circle) -> AsyncGenerator[None]:
    async def is_ready() -> bool:
        try:
            async with asyncio.timeout(READ_WITHIN):
                await circle.zone_of(PLATFORM, "")
        except (StoreError, TimeoutError):
            return False
        return api.gone is None

    runner = server.AppRunner(web.build(app, keys.signing_secret, circle.clock, is_ready), access_log=None)
    await runner.setup()
    try:
        await listen(runner, port, "SLACK_HTTP_PORT")
        log.info("listening", port=port)
        yield
    finally:
        await runner.cleanup()


async def _who_am_i(api: Api) -> Identity:
    """Ask Slack whose token it is, until it answers.

    Raises:
        CannotRun: the token is not good.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            return await api.who_am_i()
        except RateLimited as wait:
            log.warning("not now", method="auth.test", again_in=wait.seconds)
            pause = await back_off(pause, least=wait.seconds)
        except Denied as denied:
            raise CannotRun(f"Slack does not take SLACK_BOT_TOKEN ({denied.code}).") from denied
        except Lost:
            pause = await back_off(pause)
