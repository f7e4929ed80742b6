"""Five hundred visitors at once in front of the public page: two hundred get in, and it stays small and quick."""

import asyncio
import json
import os
import random
from pathlib import Path
from time import perf_counter

import pytest
from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from adapters.web.folder import MEMORY
from adapters.web.visitors import PUBLIC
from tests.live.waiting import passes
from tests.web.browser import process_of_demo
from tests.web.client import Event, Page, texts

VISITORS, MEGABYTES = 500, 400
ROUNDS, PAUSE = 5, 15.0
"""What each visitor does, and the seconds between: about as fast as people who read."""
WORK = 0.05
"""Seconds of processor time an answer may take, waking its circle among it: so one core serves all who are inside."""


class Visitor(Page):
    """A visitor with an address of their own, as the proxy tells it."""

    patience = 120.0

    def __init__(self, http: ClientSession, base: str, number: int) -> None:
        super().__init__(http, base)
        self._headers = {
            "X-Forwarded-For": f"198.51.{number // 250}.{number % 250}",
            "Cookie": f"circle=visitor-number-{number:05}",
        }

    async def connect(self, **headers: str) -> list[Event]:
        """Open the socket, and read all the time as a browser does: so it also says that it is still there."""
        self.socket = await self.http.ws_connect(f"{self.base}/socket", headers={"Origin": self.base, **headers})
        self._came: asyncio.Queue[list[Event]] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())
        return await self.next()

    async def _read(self) -> None:
        assert self.socket is not None
        async for message in self.socket:
            self._came.put_nowait(json.loads(message.data))

    async def next(self) -> list[Event]:
        """Wait for what comes next."""
        async with asyncio.timeout(self.patience):
            self.events = await self._came.get()
        return self.events

    async def arrive(self) -> bool:
        """Open the page; returns whether there was room."""
        await self.connect(**self._headers)
        return not self.has("full")


def memory_of(process: int) -> float:
    """Count the megabytes of a process, with the files that it keeps in memory."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    resident = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024
    folders = [folder for folder in MEMORY.glob("hello-circle-web-*") if _belongs(folder, process)]
    files = sum(path.stat().st_blocks * 512 for folder in folders for path in folder.rglob("*") if path.exists())
    return resident + files / 2**20


def work_of(process: int) -> float:
    """Count the seconds of processor time of a process, whatever else the machine does."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _belongs(folder: Path, process: int) -> bool:
    """Tell whether a folder is that of a process: it has its files open."""
    opened = (Path(f"/proc/{process}/fd") / name for name in Path(f"/proc/{process}/fd").iterdir())
    return any(str(link.readlink()).startswith(str(folder)) for link in opened if link.is_symlink())


async def lives(visitor: Visitor, took: list[float]) -> None:
    """Do a few things, with pauses in which a person reads."""
    things = [
        {"do": "type", "line": "/lead next"},
        {"do": "call", "command": "lead list", "values": {}},
        {"do": "type", "line": '/lead add name:"Zora" organisation:"Nordik" why:"rivers"'},
        {"do": "go", "room": "digest"},
        {"do": "move", "to": "monday"},
    ]
    for thing in things[:ROUNDS]:
        await passes(random.uniform(0, 2 * PAUSE))
        began = perf_counter()
        await visitor.do(**thing)
        took.append(perf_counter() - began)


@pytest.mark.parametrize("visitors", [VISITORS])
async def test_five_hundred_visitors_at_once(visitors: int) -> None:
    with process_of_demo("--public") as (address, process):
        base = address.rstrip("/")
        before = memory_of(process)
        connector = TCPConnector(limit=0)
        patient = ClientTimeout(total=None, sock_connect=60)
        async with ClientSession(connector=connector, timeout=patient, cookie_jar=DummyCookieJar()) as http:
            everybody = [Visitor(http, base, number) for number in range(visitors)]
            began = perf_counter()
            came = await asyncio.gather(*(visitor.arrive() for visitor in everybody))
            arriving = perf_counter() - began
            inside = [visitor for visitor, room in zip(everybody, came, strict=True) if room]
            assert len(inside) == PUBLIC.visitors
            assert all("words" in visitor.one("full") for visitor in everybody if visitor.has("full"))
            took: list[float] = []
            most, worked = memory_of(process), work_of(process)
            living = asyncio.gather(*(lives(visitor, took) for visitor in inside))
            while not living.done():
                await asyncio.wait([living], timeout=2)
                most = max(most, memory_of(process))
            await living
            took.sort()
            visitor = (work_of(process) - worked) / len(took)
            print(  # noqa: T201 - figures for whoever looks
                f"{len(inside)} inside after {arriving:.1f} s; memory {before:.0f}, then at most {most:.0f} MB; "
                f"answers: half {took[len(took) // 2]:.3f} s, 19 of 20 {took[len(took) * 19 // 20]:.3f} s, all {took[-1]:.3f} s; "
                f"processor time of an answer {visitor:.3f} s"
            )
            await inside[0].type("/lead show lead:Zora")
            assert "Zora, Nordik" in texts(inside[0].events)
        assert most < MEGABYTES
        assert visitor < WORK
