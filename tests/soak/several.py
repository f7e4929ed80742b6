"""Three real processes on one PostgreSQL and both loopbacks, in real time, and everything that can befall them."""

import asyncio
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import sqlalchemy as sa

from adapters.slack.manifest import manifest
from bot.domain.ids import CommunityId, Who
from bot.engine.clock import SystemClock
from bot.features import everything
from bot.features.week.digest_hour import DIGEST
from bot.store import communities, leads, members, posts, tips
from bot.store.database import Database, Tx
from bot.store.post_keys import key_of
from bot.store.posts import PostState
from bot.store.tables import posts as ledger
from tests.faults.circle import name_of
from tests.live.doors import BUSY
from tests.live.waiting import passes, until
from tests.soak.at_the_wire import allow, forbid
from tests.soak.one_of_several import TEMPO
from tests.soak.parents import PATIENCE, Running, parent_of
from tests.soak.releases import THIS, Release
from tests.support.discord.process import settings_for
from tests.support.discord.server import Loopback, loopback
from tests.support.discord.world import Guild, Message
from tests.support.postgres import cut, database_of, keep_everything
from tests.support.slack import APP_TOKEN, BOT_TOKEN, App, Slack, open_slack
from tests.support.slack.workspace import TEAM
from tests.support.store import RING, open_store, url_of

PROCESSES, GUILDS, TYPISTS = 3, 12, 3
READY, TAKEN_BACK = "] ready ", "post taken back"
MARK = 8
MARKED = re.compile(rf"Hello Circle · (\w{{{MARK}}})")
LEASE = TEMPO.lease.total_seconds()
_ON_THEIR_WAY = (PostState.DUE, PostState.CLAIMED, PostState.SENDING)


@dataclass
class Several:
    """The processes, what they share, and what each must have done once."""

    folder: Path
    db: Database
    slack: Slack
    discord: Loopback
    dice: Random
    homes: dict[CommunityId, Guild | None] = field(default_factory=dict[CommunityId, Guild | None])
    alive: list[Running] = field(default_factory=list[Running])
    entered: dict[str, tuple[CommunityId, str]] = field(default_factory=dict[str, tuple[CommunityId, str]])
    """The key of each digest, with its community and its period."""
    acknowledged: set[str] = field(default_factory=set[str])
    typed: set[str] = field(default_factory=set[str])
    at_the_wire: int = 0
    """How many processes stood still with a post that they were just sending."""
    numbers: "count[int]" = field(default_factory=lambda: count(0))

    async def start(self, release: Release = THIS, ahead: str = "") -> None:
        """Start a process of a version; `ahead` says by how much its clock is wrong."""
        self.alive.append(await parent_of(release.root, ahead).fork(self.folder, release.log))

    async def kill(self, process: Running | None = None) -> None:
        """Kill a process, any of them unless one is named."""
        dead = self.dice.choice(self.alive) if process is None else process
        self.alive.remove(dead)
        dead.tell(signal.SIGKILL)
        assert await dead.ended() == -signal.SIGKILL, "it had ended by itself"

    async def stop(self, process: Running) -> None:
        """Ask a process to stop, and wait until it did."""
        self.alive.remove(process)
        process.tell(signal.SIGTERM)
        assert await process.ended() == 0, self.said()

    @asynccontextmanager
    async def stopped(self) -> AsyncGenerator[None]:
        """Let all processes but one stand still in the block."""
        still = self.dice.sample(self.alive, len(self.alive) - 1)
        for process in still:
            process.tell(signal.SIGSTOP)
        try:
            yield
        finally:
            for process in still:
                process.tell(signal.SIGCONT)

    async def stand_still_at_the_wire(self, many: int, fall_due: int) -> None:
        """Let so many processes stand still with a digest in hand until others have sent it; each sends it again, and takes it back."""
        taken_back = self.said().count(TAKEN_BACK)
        self.discord.api.nonce_for = timedelta(0)  # longer than the lease is here, as if they had stood still for long
        all_came = self.arrived() + fall_due
        allow(self.folder, many)
        await self.fall_due(fall_due, on_slack=0.5)
        await until("others send what is due", lambda: self.arrived() >= all_came, within=PATIENCE)
        assert not forbid(self.folder)
        still = [process for process in self.alive if process.stands_still()]
        for process in still:
            process.tell(signal.SIGCONT)
        self.at_the_wire += len(still)
        taken_back += len(still)
        await until("all are taken back", lambda: self.said().count(TAKEN_BACK) >= taken_back, within=PATIENCE)

    def said(self, release: Release = THIS) -> str:
        """Give what the processes of a version have said."""
        log = self.folder / release.log
        return log.read_text() if log.exists() else ""

    async def ready(self, many: int, release: Release = THIS) -> None:
        """Wait until so many processes of a version have said that they can post."""
        await until(f"{many} are ready", lambda: self.said(release).count(READY) >= many, within=PATIENCE)

    def cut(self) -> int:
        """Break every connection to the database."""
        return cut(database_of(self.folder))

    async def settle(self) -> None:
        """Set all communities up."""
        keep_everything(database_of(self.folder))
        for number in range(GUILDS):
            guild = self.discord.world.add_guild(f"Newcomers {number}")
            channel = next(listed for listed in guild.channels.values() if listed.name == "digest")
            home = await self.db.write(lambda tx, g=guild, c=channel: _settle(tx, "discord", g.id, c.id))
            self.homes[home] = guild
        digest = self.slack.channel("digest")
        for number in range(TYPISTS):
            digest.members.add(self.slack.person(f"typist{number}", owner=not number).id)
        self.homes[await self.db.write(lambda tx: _settle(tx, "slack", TEAM, digest.id))] = None

    async def fall_due(self, many: int, after: timedelta = timedelta(0), on_slack: float = 0) -> list[str]:
        """Let digests fall due, each of a week of its own, so many more on Slack; gives their keys."""
        due = datetime.now(UTC) + after  # noqa: TID251 - of the test, not the bot
        entries: list[posts.PostEntry] = []
        more = [on_slack * len(self.homes) if guild is None else 1 for guild in self.homes.values()]
        for home in self.dice.choices(list(self.homes), more if on_slack else None, k=many):
            number = next(self.numbers)
            entries.append(posts.PostEntry(home, DIGEST, f"{1900 + number // 52}-W{number % 52 + 1:02d}", due))
        await self.db.write(lambda tx: posts.enter(tx, entries))
        new = {key_of(entry.community, entry.kind, entry.period): (entry.community, entry.period) for entry in entries}
        self.entered |= {} if after else new
        return list(new)

    def arrived(self) -> int:
        """Count the messages in all channels."""
        return sum(len(_digests(guild)) for guild in self.homes.values() if guild) + len(self._keys_on_slack())

    def came(self) -> Counter[str]:
        """Count by their keys what stands in all channels."""
        marks = {key[:MARK].upper(): key for key in self.entered}
        assert len(marks) == len(self.entered)
        bodies = [str(message.body) for guild in self.homes.values() if guild for message in _digests(guild)]
        words = Counter(word for body in bodies for word in MARKED.findall(body))
        on_discord = {marks[word]: number for word, number in words.items() if word in marks}
        return Counter(on_discord) + Counter(self._keys_on_slack())

    def _keys_on_slack(self) -> list[str]:
        with_keys = (message.metadata for message in self.slack.workspace.messages if message.metadata)
        return [metadata["event_payload"]["key"] for metadata in with_keys]

    async def on_their_way(self) -> int:
        """Count the digests that are due and not settled."""
        now = datetime.now(UTC)  # noqa: TID251 - of the test, not the bot
        waits = sa.select(sa.func.count()).where(ledger.c.state.in_(_ON_THEIR_WAY), ledger.c.due_at <= now)
        return await self.db.read(lambda tx: tx.execute(waits).scalar_one())

    async def begun(self, before: int) -> None:
        """Wait until one more digest came than before."""
        await until("a digest comes", lambda: self.arrived() > before, within=PATIENCE)

    async def all_came_once(self) -> None:
        """Wait until nothing is on its way, and hold every digest against its channel."""

        async def done() -> bool:
            return not await self.on_their_way()

        try:
            await until("all digests are settled", done, within=PATIENCE)
            ended = sa.select(ledger.c.state).where(ledger.c.state != PostState.DUE).distinct()
            states = await self.db.read(lambda tx: set(tx.execute(ended).scalars()))
            assert states == {PostState.POSTED}
            left = await self.db.read(lambda tx: [home for home in self.homes if communities.left_at(tx, home)])
            assert not left, "the bot was not taken out of any community"
            # A second one may stand there for the moment until it is taken back.
            with suppress(AssertionError):
                await until("each came once", lambda: not self._wrong(), within=LEASE)
            assert not (wrong := self._wrong()), f"so often came {wrong}"
        except AssertionError:
            sys.stdout.write("".join(log.read_text()[-20_000:] for log in sorted(self.folder.glob("log*.txt"))))
            raise

    def _wrong(self) -> dict[str, tuple[int, tuple[CommunityId, str] | None]]:
        came = self.came()
        return {key: (came[key], self.entered.get(key)) for key in {*came, *self.entered} if came[key] != 1}

    async def taken_over(self) -> int:
        """Count the digests that somebody else took over."""
        return await self.db.read(
            lambda tx: tx.execute(sa.select(sa.func.count()).where(ledger.c.attempt > 1)).scalar_one()
        )

    @asynccontextmanager
    async def typing(self) -> AsyncGenerator[None]:
        """Let some members add people without end; each that was acknowledged is there once, and the others at most once."""
        over = asyncio.Event()
        typists = [asyncio.create_task(self._type(number, over)) for number in range(TYPISTS)]
        yield
        over.set()
        await asyncio.gather(*typists)
        names = await self.db.read(self._names)
        assert self.acknowledged
        assert not [name for name in self.acknowledged if names[name] != 1]
        assert set(names) <= self.typed
        assert set(names.values()) <= {1}

    async def _type(self, number: int, over: asyncio.Event) -> None:
        who = self.slack.people[f"typist{number}"]
        while not over.is_set():
            name = name_of(f"0-{number}-{next(self.numbers)}")
            self.typed.add(name)
            with suppress(AssertionError, ConnectionError):  # whoever had it is dead
                seen = await who.types(f'/hello lead add name:"{name}" organisation:"Nordik" why:"rivers"')
                if any(name in message.text and "is on your list" in message.text for message in seen.messages[-5:]):
                    self.acknowledged.add(name)
            await passes(0.2)

    def _names(self, tx: Tx) -> Counter[str]:
        home = next(home for home, guild in self.homes.items() if guild is None)
        counted = Counter[str]()
        for person in self.slack.people.values():
            member = members.find(tx, home, person.id)
            if member is not None:
                counted.update(lead.name for lead in leads.choices(tx, Who(home, member.id), open_only=False))
        return counted


@asynccontextmanager
async def several(folder: Path) -> AsyncGenerator[Several]:
    """Open both platforms and start the processes; all end with the block."""
    clock, app = SystemClock(), App.of_manifest(manifest(everything()), optional=True)
    async with open_slack(app, clock, BUSY) as slack, loopback(clock) as discord, open_store(folder) as db:
        slack.ack_within, discord.gateway.logins_left = BUSY, 1_000_000
        tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api_url}
        settings = {"DATABASE_URL": url_of(folder), "ENCRYPTION_KEYS": RING, **tokens}
        written = {**settings, **settings_for(discord)}
        (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in written.items()))
        bots = Several(folder, db, slack, discord, Random())
        try:
            await bots.settle()
            for _ in range(PROCESSES):
                await bots.start()
            yield bots
        finally:
            for process in list(bots.alive):
                await bots.kill(process)


async def in_worlds(many: int, folder: Path, tries: Callable[[Several], Awaitable[None]]) -> None:
    """Try the same in several worlds at once, each with a database and platforms of its own: while one waits, another works."""
    async with asyncio.TaskGroup() as group:
        for number in range(many):
            group.create_task(_in_world(folder / str(number), tries))


async def _in_world(folder: Path, tries: Callable[[Several], Awaitable[None]]) -> None:
    folder.mkdir()
    async with several(folder) as bots:
        await tries(bots)


def _settle(tx: Tx, platform: str, place: str, channel: str) -> CommunityId:
    now = datetime.now(UTC)  # noqa: TID251 - of the test, not the bot
    home = communities.ensure(tx, platform, place, "Newcomers", now)
    who = Who(home.id, members.ensure(tx, home.id, "1", "Organiser", now).id)
    communities.set_up(tx, who, zone="UTC", language="en", second_language=None, digest_channel=channel, digest_at=None)
    tips.seed(tx, home.id, now)
    return home.id


def _digests(guild: Guild) -> list[Message]:
    return next(channel.messages for channel in guild.channels.values() if channel.name == "digest")


def _posts(log: str) -> int:
    return log.count("outcome=posted")
