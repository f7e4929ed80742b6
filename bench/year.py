"""A year of a typical circle: what it leaves in the tables, in a file and on a server, and what its commands cost.

`python -m bench.year` lets twenty members work through the front door for 52 weeks, with every round in between, and
weighs what is there in the end.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from time import process_time

import structlog

from bench.circle import NOW, PLACE, RING, Circle, in_letters, settle_in
from bench.server import new_database, running
from bot.engine.clock import ManualClock
from bot.engine.dispatch import Dispatcher
from bot.engine.messenger import Destination, Outcome, Posted, Refused
from bot.engine.pace import UNLIMITED, Pace
from bot.engine.replanning import replan_community
from bot.engine.tokens import Signer
from bot.features import everything
from bot.scheduling.rounds import Rounds
from bot.store import migrate
from bot.store.backups.copies import Copies
from bot.store.database import Tx, open_database
from bot.store.keyring import KeyRing
from bot.store.postgres.filing import from_file
from bot.ui.reply import Reply
from tests.support import postgres

MEMBERS, WEEKS = 20, 52
REST = 4
"""Each so many weeks a member does nothing."""
WHY = "Built the sensor that is in the river, and wrote about how it was tested in two winters."
NEWS = "I have a job interview on Friday, after a talk with a kind person from the river team."
_SIZES = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


class Taken:
    """A platform that takes everything at once."""

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Take a post."""
        return Posted(key)

    async def time(self) -> datetime | None:
        """Have no clock."""
        return None

    async def find(self, to: Destination, key: str) -> Outcome:
        """Find nothing."""
        return Refused("absent")

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Have nothing to take back."""
        return True


@dataclass
class Year:
    """A circle whose time is moved by hand."""

    circle: Circle
    clock: ManualClock
    rounds: Rounds
    commands: int = 0
    seconds: float = 0.0

    async def live(self) -> None:
        """Let the weeks pass."""
        for week in range(WEEKS):
            for number in range(MEMBERS):
                if (week + number) % REST:
                    await self._week_of(number, week)
            for _ in range(7):
                self.clock.move(self.clock.now() + timedelta(days=1))
                await self.rounds.tick()

    async def _week_of(self, member: int, week: int) -> None:
        """Do what a typical member does in a week: two people, two asks, one answer, a talk in every second week."""
        first, second = (f"Dana {in_letters(member * 1_000 + week * 2 + n).ljust(4, 'k')}" for n in range(2))
        await self._type(member, "week plan", asks="2")
        for name in (first, second):
            await self._type(member, "lead add", name=name, organisation="Nordik Hydro", why=WHY)
            await self._type(member, "ask sent", lead=name, wording="chat")
        await self._type(member, "ask replied", lead=first, answer="yes")
        if week % 2:
            await self._type(member, "meeting plan", lead=first, when="tomorrow 14:00")
            await self._type(
                member, "meeting log", lead=first, reached="yes", talked="them", names=f"Tom {second[5:]} at Hydro"
            )
        await self._type(member, "week report", asks="2")
        if week % REST == 0:
            await self._type(member, "win share", text=NEWS, show="name")
        await self._type(member, "tip get")

    async def _type(self, member: int, command: str, **values: str) -> None:
        before = process_time()
        answer = await self.circle.call(member, command, **values)
        self.seconds += process_time() - before
        self.commands += 1
        if answer.reply.error:
            message = f"/{command} {values}: {answer.reply}"
            raise RuntimeError(message)


async def live(file: Path) -> Year:
    """Let a circle live for a year in a new file."""
    db = await open_database(f"sqlite+aiosqlite:///{file}", KeyRing.parse(RING), copies=Copies(file.parent / "backups"))
    clock, signer, product = ManualClock(NOW), Signer((b"bench",)), everything()
    circle = Circle(db, Dispatcher(db, product, signer, clock, Pace(UNLIMITED)), count())
    rounds = Rounds(db, clock, signer, product.schedules, {PLACE.platform: Taken()})

    def begin(tx: Tx) -> None:
        community = settle_in(tx, PLACE.community, PLACE.name, MEMBERS)
        replan_community(tx, product.schedules, community, community, NOW)

    await db.write(begin)
    await rounds.tick()
    for member in range(MEMBERS):
        await circle.call(member, "board join", **{"as": "name"})
    year = Year(circle, clock, rounds)
    await year.live()
    await db.empty_log()
    await db.close()
    return year


def rows_in(file: Path) -> dict[str, int]:
    """Count the rows of each table of a file."""
    with closing(sqlite3.connect(file)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def bytes_on_server(file: Path) -> dict[str, int]:
    """Put a file on a new server, and weigh each table with its indexes."""
    with running():
        url = new_database("year")
        from_file(url, file, KeyRing.parse(RING), migrate.HEAD, lambda _: None)
        with postgres.connected("year") as server:
            server.execute("VACUUM FULL")
            return {str(name): int(size) for name, size in server.execute(_SIZES)}


def written(year: Year, size: int, rows: Mapping[str, int], on_server: Mapping[str, int]) -> Iterator[str]:
    """Write the table of what a member's year is."""
    yield f"{MEMBERS} members, {WEEKS} weeks, {year.commands:,} commands"
    yield f"processor time of a thousand commands, on a file: {year.seconds / year.commands * 1000:.1f} s"
    yield f"file: {size / MEMBERS / 1024:.0f} kB a member; server: {sum(on_server.values()) / MEMBERS / 1024:.0f} kB a member"
    yield f"rows: {sum(rows.values()) / MEMBERS:,.0f} a member"
    yield ""
    yield "table                 rows a member   kB a member on a server"
    for name in sorted(on_server, key=lambda table: -on_server[table]):
        if rows.get(name):
            yield f"{name:20s} {rows[name] / MEMBERS:14,.1f} {on_server[name] / MEMBERS / 1024:25,.1f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Live the year, and print what it left."""
    argparse.ArgumentParser(prog="bench.year", description=__doc__).parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory(prefix="hello-circle-year-") as folder:
        file = Path(folder) / "circle.db"
        year = asyncio.run(live(file))
        lines = written(year, file.stat().st_size, rows_in(file), bytes_on_server(file))
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
