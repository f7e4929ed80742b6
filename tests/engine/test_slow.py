"""A paper that takes seconds is made one at a time, and nobody else waits for it."""

import asyncio
import threading

from adapters.console.screen import COMMUNITY, PLATFORM
from bot.engine.call import Call
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import CalledCommand, Invocation, Place, Sender
from bot.engine.own import new_registry
from bot.features import everything
from bot.ui.reply import Reply, reply
from bot.ui.text import t
from tests.support.console import Console

PRODUCT = new_registry()
BEGUN, GOES_ON = threading.Event(), threading.Event()
MAKING: list[str] = []
"""Who is having a paper made; everybody at once is seen here."""
MOST: list[int] = []


@PRODUCT.command("paper", reads=True, slow=True)
def paper(call: Call) -> Reply:
    """Make a long paper."""
    BEGUN.set()
    MAKING.append(call.member.name)
    MOST.append(len(MAKING))
    GOES_ON.wait(60)
    MAKING.remove(call.member.name)
    return reply(t("Help"))


@PRODUCT.command("look", reads=True)
def look(_call: Call) -> Reply:
    """Look at something short."""
    return reply(t("Help"))


async def test_two_papers_are_made_one_after_the_other_and_others_look_meanwhile(circle: Console) -> None:
    home = circle.session.circle.dispatcher
    desk = Dispatcher(home.db, PRODUCT, home.signer, home.clock)

    async def asks(who: str, command: str) -> str | None:
        invocation = Invocation(
            f"{who} {command}", Place(PLATFORM, COMMUNITY), Sender(who, who), CalledCommand(command)
        )
        return (await desk.answer(invocation)).reply.error

    for who in ("amina", "omar", "li"):
        assert await asks(who, "look") is None
    papers = [asyncio.create_task(asks(who, "paper")) for who in ("amina", "omar")]
    assert await asyncio.to_thread(BEGUN.wait, 60)
    async with asyncio.timeout(30):
        assert await asks("li", "look") is None
    assert not any(task.done() for task in papers)
    GOES_ON.set()
    assert await asyncio.gather(*papers) == [None, None]
    assert MOST == [1, 1]


def test_the_papers_that_hold_all_there_is_are_slow() -> None:
    assert {command.name for command in everything() if command.slow} == {"me record", "me export"}
