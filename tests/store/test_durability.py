import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.store import RING, begin_from_template, open_store, path_in, someone, url_of

pytestmark = pytest.mark.file_only("when a file is on the disk")

WRITES = """
import asyncio, sys
import structlog
structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
from datetime import UTC, datetime
from bot.store import deliveries
from bot.store.database import open_database
from bot.store.keyring import KeyRing
from bot.domain.ids import Who
at = datetime(2026, 3, 9, tzinfo=UTC)
async def one(db, who, names):
    for number in range(10**9):
        name = f"{names}-{number}"
        def work(tx):
            if deliveries.find(tx, who.community, name) is None:
                deliveries.record(tx, who, name, name, "en", at)
        await db.write(work)
        print(name, flush=True)
async def main():
    url, ring, community, member, cycle = sys.argv[1:]
    db = await open_database(url, KeyRing.parse(ring))
    who = Who(community, member)
    print("ready", flush=True)
    await asyncio.gather(*(one(db, who, f"{cycle}-{k}") for k in range(8)))
asyncio.run(main())
"""
CYCLES = 3


async def test_what_was_acknowledged_outlives_a_kill_at_any_moment(tmp_path: Path):
    begin_from_template(tmp_path, RING)
    async with open_store(tmp_path) as db:
        who = await db.write(someone)
    acknowledged: set[str] = set()
    luck = random.Random(os.urandom(8))
    for cycle in range(CYCLES):
        acknowledged |= killed_after(
            luck.randint(20, 400), url_of(tmp_path), RING, who.community, who.member, str(cycle)
        )
    async with open_store(tmp_path) as db:
        await db.write(lambda tx: someone(tx, "Omar"))
    raw = sqlite3.connect(path_in(tmp_path))
    deliveries = [name for (name,) in raw.execute("SELECT delivery FROM deliveries")]
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
    assert len(acknowledged) >= 20 * CYCLES
    assert acknowledged <= set(deliveries)
    assert len(deliveries) == len(set(deliveries))


def killed_after(answers: int, *args: str) -> set[str]:
    """Start a process that writes, kill it without warning, and give what it had acknowledged."""
    child = subprocess.Popen([sys.executable, "-c", WRITES, *args], stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    lines = [child.stdout.readline().strip() for _ in range(answers)]
    child.send_signal(signal.SIGKILL)
    # A line that was cut by the kill was never read by anybody.
    later_lines = [line.strip() for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    return {*lines, *later_lines}
