"""How many sockets there may be: Slack takes ten of one app, so the processes of a bot share ten places."""

import asyncio

import structlog

from adapters.peers import HeldLease, Peers
from adapters.slack.connection import SocketLine
from adapters.slack.words import PLATFORM

MOST = 10
"""Sockets that Slack takes of one app."""
PLACES = tuple(f"{PLATFORM}:socket:{place}" for place in range(MOST))

log = structlog.get_logger()


class SharedLine:
    """A socket that is open while this process has a place for it."""

    def __init__(self, line: SocketLine, peers: Peers) -> None:
        self._line, self._peers = line, peers
        self.waits = True
        """Whether other processes have all places; then this one does its rounds without a socket."""

    async def keep(self) -> None:
        """Stay connected while there is a place, until cancelled.

        Raises:
            SocketRefused: only the operator can mend it.
        """
        while True:
            place = await self._peers.take_one(PLACES)
            self.waits = place is None
            if place is None:
                await self._peers.next_look()
                continue
            log.info("socket place taken", place=place.name, fence=place.fence)
            keeping = asyncio.create_task(self._line.keep())
            try:
                await self._while_held(keeping, place)
            finally:
                keeping.cancel()
                await asyncio.gather(keeping, return_exceptions=True)
                await self._line.close()
                await self._peers.give_back(place)

    async def _while_held(self, keeping: asyncio.Task[None], place: HeldLease) -> None:
        """Come back when the place is lost.

        Raises:
            SocketRefused: only the operator can mend it.
        """
        while self._peers.holds(place):
            looking = asyncio.create_task(self._peers.next_look())
            await asyncio.wait({keeping, looking}, return_when=asyncio.FIRST_COMPLETED)
            looking.cancel()
            if keeping.done():
                keeping.result()
        log.warning("socket place lost", place=place.name)
