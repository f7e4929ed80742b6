"""Slack as a process of its own, so that its work does not count as the bot's: told on stdin what to deliver, line by line."""

import asyncio
import itertools
import json
import sys
from collections.abc import Iterator
from time import perf_counter
from typing import Any

from bench.circle import in_letters
from bot.engine.clock import SystemClock
from tests.support.slack import SECRET, Slack, open_slack
from tests.support.slack.workspace import User

PEOPLE = 32


async def main() -> None:
    """Serve until stdin ends."""
    async with open_slack(clock=SystemClock()) as slack:
        load = Load(slack)
        _say({"api_url": slack.api_url})
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while line := await lines.readline():
            _say(await load.does(json.loads(line)))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


class Load:
    """People who add leads as fast as they are answered."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._people = [slack.person(f"p{number}").user for number in range(PEOPLE)]
        self._numbers: Iterator[int] = itertools.count()

    async def does(self, order: dict[str, Any]) -> dict[str, Any]:
        """Do what one line says."""
        if "sockets" in order:
            await self._slack.connected(order["sockets"])
            self._slack.door = self._slack.sockets
        elif "address" in order:
            self._slack.uses_http(order["address"], SECRET)
        elif "together" in order:
            return await self._adds(order["together"], order["repeats"], acks_only=order.get("acks_only", False))
        return {}

    async def _adds(self, together: int, repeats: int, *, acks_only: bool) -> dict[str, Any]:
        took: list[float] = []

        async def person(user: User) -> None:
            for _ in range(repeats):
                start = perf_counter()
                await self._add(user, acks_only=acks_only)
                took.append(perf_counter() - start)

        start = perf_counter()
        await asyncio.gather(*(person(user) for user in self._people[:together]))
        elapsed = perf_counter() - start
        self._forget()
        return {"rate": together * repeats / elapsed, "took": took}

    async def _add(self, user: User, *, acks_only: bool) -> None:
        """Add a lead nobody added before.

        Raises:
            RuntimeError: the answer does not name it.
        """
        name = f"Dana {in_letters(next(self._numbers))}"
        text = f'add name:"{name}" organisation:"Nordik" why:"Built the sensor that is in the river."'
        payload = self._slack.payloads.command(user, self._slack.general, "/lead", text, escape=False)
        ack = await self._slack.deliver("slash_commands", payload)
        if ack.error is not None or (ack.payload and name not in str(ack.payload)):
            message = f"/lead add answered {ack}"
            raise RuntimeError(message)
        if not (acks_only or ack.payload):
            # It took more than a second, so the answer comes by the response_url.
            await self._slack.changes.until(f"an answer that names {name}", lambda: self._is_named(name))

    def _is_named(self, name: str) -> bool:
        return any(name in str(message.payload) for message in self._slack.workspace.messages)

    def _forget(self) -> None:
        """Keep nothing of what was delivered, so that the next round is as fast as this one."""
        for records in (self._slack.deliveries, self._slack.calls, self._slack.workspace.messages):
            records.clear()
        self._slack.workspace.triggers.clear()
        self._slack.workspace.hooks.clear()


if __name__ == "__main__":
    asyncio.run(main())
