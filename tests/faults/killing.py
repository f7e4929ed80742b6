"""Kills the process that adds leads at any moment, and checks what the next start finds."""

import multiprocessing
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from bot.domain.ids import Who
from bot.store import communities, leads, members
from bot.store.database import Tx
from tests.faults.adding import mark, run
from tests.faults.circle import MEMBERS, PLACE, Circle, name_of, open_circle
from tests.support.store import RING, begin_from_template, is_on_server

# One server imports everything once; each killed process is a fork of it.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["pytest", "tests.faults.adding"])
AGAIN = 20
"""Acknowledged deliveries of a cycle that are delivered again."""


@dataclass
class Kills:
    """A file that many processes were killed on, and what they told before."""

    folder: Path
    acknowledged: dict[str, str] = field(default_factory=dict[str, str])
    sent: set[str] = field(default_factory=set[str])
    cycles: int = 0

    async def cycle(self, seconds: float, *, at_work: bool = False) -> None:
        """Start a process, kill it some seconds later or after its first answer, start again and check everything."""
        begin_from_template(self.folder, RING)
        told = self.folder / f"told{self.cycles}"
        process = PROCESSES.Process(target=run, args=(self.folder, told, self.cycles))
        process.start()
        while at_work and process.exitcode is None and not _answered(told):
            process.join(0.01)
        process.join(seconds)
        alive = process.exitcode is None
        process.kill()
        process.join()
        process.close()
        self.cycles += 1
        assert alive, "the process ended by itself"
        new = self._read(told)
        async with open_circle(self.folder) as circle:
            await self._check(circle)
            await self._deliver_again(circle, new)
            await self._check(circle)

    def _read(self, told: Path) -> list[str]:
        lines = told.read_text().splitlines() if told.exists() else []
        assert not [line for line in lines if line.startswith("bad")]
        new = [line.split()[1] for line in lines if line.startswith("go")]
        self.sent.update(new)
        self.acknowledged.update({words[1]: words[2] for line in lines if (words := line.split())[0] == "ack"})
        return new

    async def _check(self, circle: Circle) -> None:
        if not is_on_server():
            assert await circle.db.read(_integrity) == ["ok"]
        names = await circle.db.read(_names)
        assert not [delivery for delivery in self.acknowledged if names[name_of(delivery)] != 1]
        assert set(names.values()) <= {1}
        assert set(names) <= {name_of(delivery) for delivery in self.sent}
        assert await circle.db.read(_events) == names.total()

    async def _deliver_again(self, circle: Circle, new: list[str]) -> None:
        """Deliver again what was not acknowledged, which may be there or not, and some of what was."""
        for delivery in [lost for lost in new if lost not in self.acknowledged]:
            self.acknowledged[delivery] = mark(await circle.add(delivery))
        for delivery in new[-AGAIN:]:
            assert mark(await circle.add(delivery)) == self.acknowledged[delivery]


def _answered(told: Path) -> bool:
    return told.exists() and "ack" in told.read_text()


def patience() -> float:
    """Give seconds that surely pass before the first process of a server is at work."""
    start = monotonic()
    process = PROCESSES.Process(target=int)
    process.start()
    process.join()
    process.close()
    return monotonic() - start


def _integrity(tx: Tx) -> list[str]:
    return list(tx.exec_driver_sql("pragma integrity_check").scalars())


def _names(tx: Tx) -> Counter[str]:
    community = communities.find(tx, PLACE.platform, PLACE.community)
    assert community is not None
    names: Counter[str] = Counter()
    for number in range(MEMBERS):
        member = members.find(tx, community.id, f"user{number}")
        assert member is not None
        names.update(lead.name for lead in leads.choices(tx, Who(community.id, member.id), open_only=False))
    return names


def _events(tx: Tx) -> int:
    return tx.exec_driver_sql("select count(*) from events where kind = 'lead'").scalar_one()
