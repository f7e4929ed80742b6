"""The bot as its operator starts it: on every platform that is set up, each on its own feet."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog
from aiohttp import web

from adapters import absence
from adapters.console.messenger import ConsoleMessenger
from adapters.console.screen import Screen
from adapters.platform import CannotRun, Circle
from adapters.runtime import open_circle
from adapters.serving import serve
from bot.engine.clock import ManualClock
from bot.engine.messenger import Messenger
from tests.live.waiting import until
from tests.support.process import started
from tests.support.store import NOW, RING, begin_from_template, url_of


@pytest.fixture(autouse=True)
def quiet() -> Generator[None]:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    yield
    structlog.reset_defaults()


class Steady:
    """A platform that runs until it is stopped."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.messenger: Messenger = ConsoleMessenger(Screen(), ManualClock(NOW))
        self.there = True
        self.up, self.stopping, self.drained = asyncio.Event(), asyncio.Event(), False

    async def run(self, circle: Circle, ready: Callable[[], None]) -> None:
        ready()
        self.up.set()
        await self.stopping.wait()

    async def ask(self) -> str | None:
        return None

    async def stop(self) -> None:
        self.drained = True
        self.stopping.set()


class Failing(Steady):
    """A platform that cannot go on."""

    def __init__(self, name: str, fault: Exception) -> None:
        super().__init__(name)
        self.fault = fault

    async def run(self, circle: Circle, ready: Callable[[], None]) -> None:
        ready()
        raise self.fault


@asynccontextmanager
async def circle(folder: Path) -> AsyncGenerator[tuple[Circle, dict[str, Messenger]]]:
    begin_from_template(folder, RING)
    messengers: dict[str, Messenger] = {}
    async with open_circle(url_of(folder), RING, ManualClock(NOW), messengers) as opened:
        yield opened, messengers


@pytest.mark.parametrize("fault", [CannotRun("the token is wrong"), RuntimeError("a slip of ours")])
async def test_a_platform_that_fails_leaves_the_other_alone(tmp_path: Path, fault: Exception):
    async with circle(tmp_path) as (opened, messengers):
        good, bad, stopping = Steady("good"), Failing("bad", fault), asyncio.Event()
        serving = asyncio.create_task(serve(opened, [bad, good], messengers, stopping))
        await good.up.wait()
        while "bad" in messengers:
            await asyncio.wait({serving}, timeout=0.001)
        assert list(messengers) == ["good"], "nothing is sent on a platform that is down"
        assert not serving.done()
        stopping.set()
        assert await serving is None
        assert good.drained
        assert messengers == {}


async def test_a_platform_that_is_away_is_named_again_and_again_with_longer_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged
):
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        away.there = len(waited) > 40
        await asyncio.wait({serving}, timeout=0)

    monkeypatch.setattr(absence, "pause", pause)
    async with circle(tmp_path) as (opened, messengers):
        away, stopping = Steady("away"), asyncio.Event()
        away.there = False
        serving = asyncio.create_task(serve(opened, [away], messengers, stopping))
        while "platform reached again" not in [record["event"] for record in logged]:
            await asyncio.wait({serving}, timeout=0.001)
        stopping.set()
        assert await serving is None
    pauses = [record["seconds"] for record in logged if record["event"] == "platform not reached"]
    assert pauses == [8, 16, 32, 64, 128]
    assert set(waited) == {4.0}


async def test_when_no_platform_is_left_the_run_ends_with_the_reason(tmp_path: Path):
    async with circle(tmp_path) as (opened, messengers):
        bad = [Failing("one", CannotRun("first")), Failing("two", CannotRun("second"))]
        assert await serve(opened, bad, messengers, asyncio.Event()) in {"first", "second"}


async def test_a_fault_of_ours_is_told_without_its_words(tmp_path: Path):
    async with circle(tmp_path) as (opened, messengers):
        told = await serve(opened, [Failing("one", RuntimeError("CANARY"))], messengers, asyncio.Event())
        assert told == "one stopped by a fault of ours; the log tells where."


async def test_a_platform_that_does_not_drain_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    class Stuck(Steady):
        async def stop(self) -> None:
            await asyncio.Event().wait()

    monkeypatch.setattr("adapters.serving.DRAIN_SECONDS", 0.01)
    async with circle(tmp_path) as (opened, messengers):
        stuck, stopping = Stuck("stuck"), asyncio.Event()
        serving = asyncio.create_task(serve(opened, [stuck], messengers, stopping))
        await stuck.up.wait()
        stopping.set()
        assert await serving is None


@asynccontextmanager
async def a_discord_that_knows_nobody() -> AsyncGenerator[str]:
    async def unauthorized(_: web.Request) -> web.Response:
        headers = {"Content-Type": "application/json"}
        return web.Response(status=401, body=b'{"message": "401: Unauthorized", "code": 0}', headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", unauthorized)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/v10"
    await runner.cleanup()


async def test_a_wrong_token_stops_the_bot_with_one_line(tmp_path: Path):
    async with a_discord_that_knows_nobody() as address:
        environment = {
            "DATABASE_URL": url_of(tmp_path),
            "ENCRYPTION_KEYS": RING,
            "DISCORD_TOKEN": "c2VjcmV0.not-a-real-one.at-all",
            "DISCORD_API_URL": address,
            "LOG_LEVEL": "ERROR",
        }
        program = str(Path(sys.executable).with_name("hello-circle"))
        process = await asyncio.create_subprocess_exec(
            program, "run", cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE
        )
        _, log = await process.communicate()
    assert log.decode() == ("hello-circle: DISCORD_TOKEN is not right. Copy it again from Discord's developer page.\n")
    assert process.returncode == 2


async def test_the_console_starts_without_the_chat_libraries():
    look = "import adapters.cli, adapters.serving, adapters.console.live, sys; print({'discord', 'slack_bolt'} & set(sys.modules))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", look, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    assert printed == b"set()\n"


@pytest.mark.parametrize("environment", ["production", "development"])
async def test_only_in_development_the_log_of_a_fault_says_what_the_fault_says(tmp_path: Path, environment: str):
    nowhere = "http://127.0.0.1:9"
    settings = {"DISCORD_TOKEN": "MTAwMA.a.b", "DISCORD_API_URL": nowhere, "ENVIRONMENT": environment}
    async with started(tmp_path, settings) as bot:
        await until("the operator hears of it", lambda: "no connection" in bot.said)
        bot.tell(signal.SIGTERM)
        _, log = await bot.ended()
    in_development = environment == "development"
    assert ("Traceback" in log) is in_development
    assert ("127.0.0.1" in log) is in_development
    assert ("ENVIRONMENT is development" in log) is in_development
