"""Two bots on one database, and what a platform gets late from one of them: the other has looked and sent it, and one stays."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.runtime import open_circle
from bot.engine.messenger import Messenger
from bot.scheduling import taking_back
from bot.store.database import Database
from bot.store.tables import notices, posts
from tests.support.discord.faults import Late
from tests.support.discord.person import text_of
from tests.support.discord.running import Running, running
from tests.support.slack_bot import World, beside, open_world
from tests.support.store import RING, url_of

pytestmark = pytest.mark.server_only
SUNDAY = datetime(2026, 3, 15, 21, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)
"""When a member is asked how the week was, and when the digest is due: 17:00 and 12:30 in Toronto."""
WEEK, MOMENT = timedelta(days=7), timedelta(seconds=1)
ASKED = "Yes, ask me on Sunday"
POST = "chat.postMessage"
ON_DISCORD = "POST /channels/{channel}/messages"


async def leases_end(db: Database) -> None:
    """Let what was claimed be free again, as if its owner had stood still for long."""
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    for table in (posts, notices):
        held = table.update().where(table.c.state.in_(("claimed", "sending"))).values(next_at=long_ago)
        await db.row_by_row(lambda tx, held=held: tx.execute(held))


async def on_record(db: Database) -> str | None:
    """Give where the last digest stands by the ledger."""
    last = posts.select().order_by(posts.c.period.desc())
    row = await db.read(lambda tx: tx.execute(last).first())
    assert row is not None
    assert row.state == "posted"
    return row.reference


@asynccontextmanager
async def on_slack(folder: Path) -> AsyncGenerator[tuple[World, World]]:
    """Open a workspace with two bots."""
    async with open_world(folder) as slow:
        quick = replace(slow, messengers={})
        opening = open_circle(url_of(folder), RING, quick.clock, quick.messengers, quick.rates)
        async with opening as circle, beside(quick, circle, sockets=4):
            yield slow, quick


def messages(world: World, channel: str) -> list[str]:
    return [f"{channel}:{message.ts}" for message in world.slack.workspace.messages if message.channel == channel]


async def comes_late_and_is_taken_back(slow: World, quick: World) -> list[str]:
    late = slow.slack.faults.late(POST)
    first = asyncio.create_task(slow.tick())
    await late.reached.wait()
    await leases_end(slow.circle.db)
    await quick.tick()
    stays = messages(slow, slow.digest.id)
    late.release()
    await first
    return stays


async def comes_late_while_the_other_one_is_on_its_way(slow: World, quick: World) -> list[str]:
    late, later = slow.slack.faults.late(POST), slow.slack.faults.late(POST)
    first = asyncio.create_task(slow.tick())
    await late.reached.wait()
    await leases_end(slow.circle.db)
    second = asyncio.create_task(quick.tick())
    await later.reached.wait()
    late.release()
    await first
    stays = messages(slow, slow.digest.id)
    later.release()
    await second
    return stays


async def comes_late_and_its_answer_is_lost(slow: World, quick: World) -> list[str]:
    late = slow.slack.faults.late(POST, answered=False)
    first = asyncio.create_task(slow.tick())
    await late.reached.wait()
    await leases_end(slow.circle.db)
    await quick.tick()
    stays = messages(slow, slow.digest.id)
    late.release()
    await first
    return stays


STORIES: tuple[Callable[[World, World], Awaitable[list[str]]], ...] = (
    comes_late_and_is_taken_back,
    comes_late_while_the_other_one_is_on_its_way,
    comes_late_and_its_answer_is_lost,
)


async def test_a_digest_that_slack_gets_late_stands_there_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_back, "PAUSES", (0.0, 0.0))
    async with on_slack(tmp_path) as (slow, quick):
        for week, story in enumerate(STORIES):
            await slow.move(MONDAY + week * WEEK - MOMENT)
            slow.clock.move(MONDAY + week * WEEK)
            stays = await story(slow, quick)
            assert messages(slow, slow.digest.id) == stays, story.__name__
            assert (len(stays), stays[-1]) == (week + 1, await on_record(slow.circle.db)), story.__name__
        assert len(slow.slack.called("chat.delete")) == len(STORIES)
        await slow.move(MONDAY + len(STORIES) * WEEK - MOMENT)
        slow.clock.move(MONDAY + len(STORIES) * WEEK)
        slow.slack.faults.error("chat.delete", "cant_delete_message", times=2)
        stays = await comes_late_and_is_taken_back(slow, quick)
        assert len(messages(slow, slow.digest.id)) == len(stays) + 1
        await slow.tick()
        assert (
            "I could not delete the second one. Whoever may delete messages there can do it."
            in slow.owner.sees.last.text
        )


async def test_a_private_message_that_slack_gets_late_does_not_wait_in_the_inbox_any_more(tmp_path: Path) -> None:
    async with on_slack(tmp_path) as (slow, quick):
        amina = slow.slack.person("amina")
        await amina.types("/week plan asks:2")
        await amina.presses(ASKED)
        slow.clock.move(SUNDAY + MOMENT)
        late = slow.slack.faults.late(POST)
        first = asyncio.create_task(slow.tick())
        await late.reached.wait()
        await leases_end(slow.circle.db)
        await quick.tick()
        waits = await slow.circle.db.read(lambda tx: tx.execute(notices.select()).one().state)
        assert waits == "inbox", "nobody can look for it"
        late.release()
        await first
        assert "You have 1 message." not in (await amina.types("/board me")).last.text
        assert len([message for message in amina.sees.messages if message.direct]) == 1


@asynccontextmanager
async def on_discord(folder: Path) -> AsyncGenerator[tuple[Running, Running]]:
    """Open a server with two bots; Discord has forgotten by then what it was sent some minutes ago."""
    async with running(folder) as slow:
        slow.discord.api.nonce_for = -MOMENT
        messengers: dict[str, Messenger] = {}
        async with open_circle(url_of(folder), RING, slow.clock, messengers) as circle:
            quick = replace(slow, messengers=messengers, circle=circle, run=None)
            await quick.start()
            try:
                yield slow, quick
            finally:
                await quick.stop()


async def test_what_discord_gets_late_is_there_once_in_the_channel_and_with_a_person(tmp_path: Path) -> None:
    async with on_discord(tmp_path) as (slow, quick):
        amina = slow.someone("Amina")
        await amina.types("/week plan", asks=2)
        await amina.presses(ASKED)
        letters, digests = slow.discord.world.private(amina.user.id).messages, slow.channel("digest").messages
        for due, place in ((SUNDAY + MOMENT, letters), (MONDAY, digests)):
            slow.clock.move(due)
            late = Late()
            slow.discord.fails(ON_DISCORD, late)
            first = asyncio.create_task(slow.circle.rounds.tick())
            await late.reached.wait()
            await leases_end(slow.circle.db)
            await quick.circle.rounds.tick()
            (stays,) = place
            late.let_go.set()
            await first
            assert [text_of(message) for message in place] == [text_of(stays)]
        assert await on_record(slow.circle.db) == f"{slow.channel('digest').id}/{digests[0].id}"
