"""`/lead add` through a loopback Discord, beside a bot that only says pong; each bot is a process of its own.

This process is Discord: it delivers interactions over the gateway, and takes the answers over HTTP.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from adapters.operator.backups.drills import NOTE
from bench.circle import RING, in_letters
from bench.table import Row, at_most, milliseconds, spread, times_rate
from bot.engine.clock import SystemClock, pause
from tests.support.discord.interactions import COMMAND
from tests.support.discord.person import Person
from tests.support.discord.server import Loopback
from tests.support.discord.world import Channel, Guild

TOGETHER, HALF = 32, 0.5
PROCESSOR_AT_MOST = 0.0008
"""Seconds of processor time for a command."""
A_SECOND, FIRST_ANSWER = 50, 0.1
SERVERS = 2_500
PATIENCE = 60.0


@dataclass
class Side:
    """One Discord with one bot on it, and the people who use it."""

    discord: Loopback
    bot: "subprocess.Popen[bytes]"
    people: list[Person]
    number: int = 0

    async def use(self, person: Person) -> tuple[float, float]:
        """Use the bot once; gives the seconds to the first answer and to the words."""
        self.number += 1
        values = {"name": f"Dana {in_letters(self.number)}", "organisation": "Nordik", "why": "built the river sensor"}
        options = [{"type": 3, "name": name, "value": value} for name, value in values.items()]
        data = {"id": "1", "name": "lead", "type": 1, "options": [{"type": 1, "name": "add", "options": options}]}
        start = perf_counter()
        interaction = await person.sends(COMMAND, data)
        await person.waits_for(interaction.acknowledged, interaction)
        first = perf_counter() - start
        await person.waits_for(interaction.written, interaction)
        whole = perf_counter() - start
        self.discord.interactions.forget(interaction)
        person.place.messages.clear()
        return first, whole

    async def at_once(self, people: int, repeats: int) -> float:
        """Let some people use the bot, each again when the last answer came; gives uses a second."""

        async def repeat_use(person: Person) -> None:
            for _ in range(repeats):
                await self.use(person)

        start = perf_counter()
        await asyncio.gather(*(repeat_use(person) for person in self.people[:people]))
        return people * repeats / (perf_counter() - start)

    async def steadily(self, a_second: int, number: int) -> list[float]:
        """Use the bot so many times a second, whether it answers or not; gives the seconds to each first answer."""
        # Waiting for an answer before the next use would hide how long the next one waits.
        loop = asyncio.get_running_loop()
        start, all_begun = loop.time(), asyncio.Event()
        uses: list[asyncio.Task[tuple[float, float]]] = []

        def use() -> None:
            uses.append(asyncio.create_task(self.use(self.people[len(uses) % len(self.people)])))
            if len(uses) == number:
                all_begun.set()

        for n in range(number):
            loop.call_at(start + n / a_second, use)
        await all_begun.wait()
        return [first for first, _ in await asyncio.gather(*uses)]

    def processor(self) -> float:
        """Tell the seconds of processor time the bot has used; 0 where nothing tells it."""
        file = Path(f"/proc/{self.bot.pid}/stat")
        if not file.exists():
            return 0.0
        # The name in the second field may hold spaces, so fields are counted from behind it: utime and stime.
        fields = file.read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Tell the memory of the bot now."""
        lines = Path(f"/proc/{self.bot.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure the rates in turn, then the wait for a first answer, then the memory for many servers."""
    rounds, repeats = (3, 15) if quick else (5, 30)
    rates: dict[tuple[str, int], list[float]] = {}
    used: dict[str, float] = {}
    async with AsyncExitStack() as stack:
        sides = {name: await stack.enter_async_context(_open_side(folder, name)) for name in ("pong", "circle")}
        for side in sides.values():
            await side.at_once(TOGETHER, 5)
        for _ in range(rounds):
            for people in (1, TOGETHER):
                for name, side in sides.items():
                    before = side.processor()
                    rate = await side.at_once(people, repeats * 4 if people == 1 else repeats)
                    if people == TOGETHER:
                        used[name] = used.get(name, 0) + (side.processor() - before) / (rounds * people * repeats)
                    rates.setdefault((name, people), []).append(rate)
        firsts = await sides["circle"].steadily(A_SECOND, A_SECOND * (4 if quick else 20))
    rows = [_rate_row(rates, people) for people in (1, TOGETHER)]
    rows.append(
        at_most(f"first answer on Discord, {A_SECOND} a second, p99", quantiles(firsts, n=100)[98], FIRST_ANSWER)
    )
    rows.append(spread("  the same, spread", firsts))
    rows += [_processor_row(used)] if used["pong"] else []
    return [*rows, *(await _memory_rows(folder))]


def _processor_row(used: dict[str, float]) -> Row:
    """Compare what one use costs the processor, which a busy machine changes less than the rates."""
    name = "/lead add on Discord, processor time, beside a bot that says pong"
    circle, pong = used["circle"], used["pong"]
    aim, reached = f"<= {milliseconds(PROCESSOR_AT_MOST)}", circle <= PROCESSOR_AT_MOST
    return Row(name, milliseconds(circle), milliseconds(pong), f"{circle / pong:.1f} x", aim, reached)


def _rate_row(rates: dict[tuple[str, int], list[float]], people: int) -> Row:
    circle, pong = median(rates["circle", people]), median(rates["pong", people])
    name = f"/lead add on Discord, {people} at once, beside a bot that says pong"
    if people == TOGETHER:
        return times_rate(name, circle, pong, HALF)
    return Row(name, f"{circle:,.0f}/s", f"{pong:,.0f}/s", f"{circle / pong:.1f} x")


async def _memory_rows(folder: Path) -> list[Row]:
    """Compare the memory of the bots with one server and with many; where Linux tells it."""
    if not Path("/proc/self/status").exists():
        return []
    seen: dict[tuple[str, int], float] = {}
    for name in ("pong", "circle"):
        for servers in (1, SERVERS):
            async with _open_side(folder / f"{servers}", name, servers) as side:
                await side.at_once(1, 1)
                seen[name, servers] = side.megabytes()
    circle, pong = seen["circle", SERVERS], seen["pong", SERVERS]
    kilobytes = (circle - seen["circle", 1]) * 1024 / SERVERS
    return [
        Row(
            f"memory on Discord, {SERVERS:,} servers", f"{circle:,.0f} MB", f"{pong:,.0f} MB", f"{circle / pong:.2f} x"
        ),
        Row("  each server more", f"{kilobytes:,.1f} kB"),
    ]


@asynccontextmanager
async def _open_side(folder: Path, name: str, servers: int = 1) -> AsyncGenerator[Side]:
    folder.mkdir(parents=True, exist_ok=True)
    discord = Loopback(SystemClock())
    discord.recording = discord.api.checked = discord.interactions.checked = False
    guild = discord.world.add_guild("Newcomers")
    for number in range(servers - 1):
        _furnish(discord.world.add_guild(f"Newcomers {number}"), discord)
    people = [Person(discord, guild, f"Member {in_letters(number)}", organiser=True) for number in range(TOGETHER)]
    await discord.start()
    bot = _start_bot(name, discord, folder)
    try:
        await discord.gateway.until(lambda: discord.gateway.sessions, within=PATIENCE)
        if name == "circle":
            digest = next(reversed(guild.channels))
            await people[0].types(
                "/community setup", channel=digest, zone="America/Toronto", language="en", guide=False
            )
            await _first_backup(folder / "backups" / NOTE)
        yield Side(discord, bot, people)
    finally:
        bot.kill()
        bot.wait()
        await discord.close()


async def _first_backup(tried: Path) -> None:
    """Wait until the bot has made and tried its first backup, which is no part of what a command costs."""
    async with asyncio.timeout(PATIENCE):
        while not tried.exists():
            await pause(0.1)


def _furnish(guild: Guild, discord: Loopback) -> None:
    """Give a server what a small one has: a dozen channels and ten roles."""
    for number in range(10):
        channel = Channel(discord.world.new_id(), f"channel-{number}")
        guild.channels[channel.id] = channel
        guild.roles[discord.world.new_id()] = 0


def _start_bot(name: str, discord: Loopback, folder: Path) -> "subprocess.Popen[bytes]":
    words: Sequence[str | Path] = (
        sys.executable,
        "-m",
        "bench.pong",
        discord.token,
        discord.api_url,
        discord.gateway_url,
    )
    settings: dict[str, str] = {}
    if name == "circle":
        words = (sys.executable, "-m", "bench.unlimited")
        settings = {
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'circle.db'}",
            "ENCRYPTION_KEYS": RING,
        }
    environment = {**os.environ, **settings}  # noqa: TID251 - for the process that is measured
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(words, env=environment, stdout=log, stderr=log, cwd=Path(__file__).parent.parent)
