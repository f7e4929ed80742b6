"""Posts in a Slack channel: once, whatever gets lost on the way."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from adapters.slack import messenger
from adapters.slack.api import Api
from bot.engine.clock import ManualClock
from bot.engine.messenger import AGAIN, Outcome, PutOff, ToChannel
from bot.scheduling.tempo import Tempo
from bot.store.posts import PostState
from bot.store.tables import posts
from bot.ui.reply import Reply
from tests.support.ports import free_port
from tests.support.slack.screen import Seen
from tests.support.slack_bot import World, beside, open_world
from tests.support.store import is_on_server

MONDAY = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)
"""12:30 in Toronto, when the digest is due."""
LEASE = timedelta(seconds=121)


async def leases_end(world: World) -> None:
    """Let what was claimed be free again; the clock of a server moves for no test, so there the leases are put back."""
    if is_on_server():
        held = posts.c.state.in_((PostState.CLAIMED, PostState.SENDING))
        long_ago = posts.update().where(held).values(next_at=datetime(2000, 1, 1, tzinfo=UTC))
        await world.circle.db.row_by_row(lambda tx: tx.execute(long_ago))
    await world.later(seconds=LEASE.total_seconds())


async def a_week(world: World) -> None:
    for name in ("amina", "omar", "li"):
        person = world.slack.person(name)
        world.digest.members.add(person.id)
        await person.types(f'/lead add name:"Dana of {name}" organisation:"Nordik" why:"built the river sensor"')
        await person.types("/board join as:name")


def digests(world: World) -> list[Seen]:
    return [message for message in world.slack.people["omar"].sees.messages if message.where == "digest"]


async def test_the_digest_comes_on_monday_with_its_chart_and_pings_nobody(world: World) -> None:
    await a_week(world)
    await world.move(MONDAY)
    (digest,) = digests(world)
    assert "The week of 9 March 2026" in digest.text
    assert "Together: 3 leads" in digest.text
    assert digest.pings == []
    assert digest.notification
    pictures = [block for block in digest.message.payload["blocks"] if block["type"] == "image"]
    assert [picture["alt_text"].startswith("Chart of") for picture in pictures] == [True]
    assert digest.message.payload["unfurl_links"] is False
    assert digest.message.metadata is not None


async def test_without_the_permission_for_files_the_words_stand_alone(tmp_path: Path) -> None:
    async with open_world(tmp_path, optional=False) as world:
        await a_week(world)
        await world.move(MONDAY)
        await world.move(MONDAY + timedelta(days=7))
        digest = digests(world)[0]
        assert "Chart of" in digest.text
        assert not [block for block in digest.message.payload["blocks"] if block["type"] == "image"]
        told = [message for message in world.owner.sees.messages if message.direct]
        assert ["files:write" in message.text for message in told] == [True], "once, and not each week"


@pytest.mark.parametrize(("refused", "pictures"), [(1, 1), (3, 0)])
async def test_a_picture_that_slack_does_not_take_yet_is_tried_again_and_then_left_out(
    world: World, monkeypatch: pytest.MonkeyPatch, refused: int, pictures: int
) -> None:
    monkeypatch.setattr(messenger, "PICTURE_PAUSES", (0.0, 0.0, 0.0))
    await a_week(world)
    world.slack.faults.error("chat.postMessage", "invalid_blocks", times=refused)
    await world.move(MONDAY)
    (digest,) = digests(world)
    assert len([block for block in digest.message.payload["blocks"] if block["type"] == "image"]) == pictures
    assert "Together: 3 leads" in digest.text


@pytest.mark.parametrize("fault", ["lost", "truncated"])
async def test_a_lost_answer_is_looked_up_and_the_digest_is_not_posted_again(world: World, fault: str) -> None:
    await a_week(world)
    getattr(world.slack.faults, fault)("chat.postMessage")
    await world.move(MONDAY)
    assert len(digests(world)) == 1
    await leases_end(world)
    assert len(digests(world)) == 1
    seen = await world.owner.types("/hello community digest now")
    assert "posted already" in seen.last.text


@pytest.mark.parametrize("fault", ["reset", "status"])
async def test_a_post_that_never_arrived_is_posted_after_a_look(world: World, fault: str) -> None:
    await a_week(world)
    if fault == "status":
        world.slack.faults.status("chat.postMessage", 503)
    else:
        world.slack.faults.reset("chat.postMessage")
    await world.move(MONDAY)
    assert digests(world) == []
    await leases_end(world)
    assert len(digests(world)) == 1


async def test_a_post_whose_time_to_leave_is_over_does_not_leave_and_comes_a_minute_later(tmp_path: Path) -> None:
    async with open_world(tmp_path, optional=False) as world:
        await a_week(world)
        object.__setattr__(world.circle.rounds, "tempo", Tempo(lease=timedelta(0)))
        await world.move(MONDAY)
        assert world.slack.called("chat.postMessage") == []
        object.__setattr__(world.circle.rounds, "tempo", Tempo())
        await world.later(minutes=1)
        assert len(digests(world)) == 1


@pytest.mark.parametrize("there", [True, False])
async def test_where_the_history_is_closed_the_organiser_is_asked(tmp_path: Path, *, there: bool) -> None:
    async with open_world(tmp_path, optional=False) as world:
        await a_week(world)
        if there:
            world.slack.faults.lost("chat.postMessage")
        else:
            world.slack.faults.reset("chat.postMessage")
        await world.move(MONDAY)
        await leases_end(world)
        question = world.owner.sees.last
        assert question.direct
        assert question.buttons == ["It is there", "Post it"]
        await world.owner.presses("It is there" if there else "Post it", on=question)
        await world.tick()
        assert len(digests(world)) == 1


async def test_a_post_put_off_comes_later_and_only_once_and_nobody_is_asked(tmp_path: Path) -> None:
    async with open_world(tmp_path, optional=False) as world:
        await a_week(world)
        world.slack.faults.limited("chat.postMessage", retry_after=1337)
        await world.move(MONDAY)
        await leases_end(world)
        calls = len(world.slack.called("chat.postMessage"))
        assert digests(world) == []
        await world.later(seconds=1337)
        await leases_end(world)
        assert len(digests(world)) == 1
        assert len(world.slack.called("chat.postMessage")) > calls
        assert not [message for message in world.owner.sees.messages if "Is the digest in the channel?" in message.text]


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("archived", "is archived, so nobody can post there."),
        ("not invited", "type /invite @Hello Circle"),
        ("restricted_action", "only some people may post"),
        ("restricted_action_read_only_channel", "only some people may post"),
    ],
)
async def test_what_keeps_the_digest_away_is_told_to_the_organiser_once(
    world: World, trouble: str, sentence: str
) -> None:
    await a_week(world)
    if trouble == "archived":
        world.digest.archived = True
    elif trouble == "not invited":
        world.digest.members.discard("U0BOT")
    else:
        world.slack.faults.error("chat.postMessage", trouble)
    await world.move(MONDAY)
    await world.later(hours=1)
    told = [message for message in world.owner.sees.messages if message.direct]
    assert [sentence in message.text for message in told] == [True]
    assert digests(world) == []


async def test_a_private_message_that_cannot_be_delivered_waits_in_the_inbox(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types("/week plan asks:2")
    await amina.presses("Yes, ask me on Sunday")
    world.slack.faults.error("chat.postMessage", "user_is_deleted", times=9)
    await world.move(datetime(2026, 3, 15, 21, 1, tzinfo=UTC))
    assert not [message for message in amina.sees.messages if message.direct]
    seen = await amina.types("/board me")
    assert "You have 1 message." in seen.last.text


@pytest.mark.parametrize("asked", ["post", "find"])
async def test_nothing_is_unknown_where_nothing_was_tried(asked: str) -> None:
    slack, to = messenger.SlackMessenger(ManualClock(MONDAY)), ToChannel("T0", "C0")

    async def outcome() -> Outcome:
        return await (slack.post(to, Reply(()), "en", "key") if asked == "post" else slack.find(to, "key"))

    assert await outcome() == PutOff(AGAIN, "not connected")
    async with aiohttp.ClientSession() as session:
        api = Api(session, f"http://127.0.0.1:{free_port()}/api/", "xoxb-circle")

        async def found(_: str) -> Api:
            return api

        slack.connect(found, api.url)
        assert isinstance(await outcome(), PutOff)


async def test_a_short_wait_that_slack_asks_for_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "random", lambda: 0.0)
    await a_week(world)
    world.slack.faults.limited("chat.postMessage", retry_after=0)
    await world.move(MONDAY)
    assert len(digests(world)) == 1


async def test_what_was_due_when_a_token_was_taken_back_is_posted_by_the_new_installation(world: World) -> None:
    await a_week(world)
    world.slack.faults.error("chat.postMessage", "token_revoked")
    await world.move(MONDAY)
    await asyncio.wait({world.ended}, timeout=30)
    assert str(world.ended.exception()) == (
        "Slack took the workspace away (token_revoked). Install the app again, then start me again."
    )
    async with beside(world, world.circle):
        await world.later(minutes=2)
        assert len(digests(world)) == 1
        assert not [message for message in world.owner.sees.messages if message.direct]


async def test_an_app_that_is_taken_out_falls_silent_and_comes_back_with_everything(world: World) -> None:
    await a_week(world)
    await world.slack.uninstalls()
    await asyncio.wait({world.ended}, timeout=30)
    await world.move(MONDAY)
    assert digests(world) == []
    world.slack.installs()
    async with beside(world, world.circle):
        seen = await world.slack.people["amina"].types("/lead list")
        assert "Dana of amina" in seen.last.text
        await world.later(minutes=1)
        assert len(digests(world)) == 1, "less than 48 hours late"
        await world.move(MONDAY + timedelta(days=7))
        assert len(digests(world)) == 2


@pytest.mark.parametrize(("away", "came"), [(timedelta(hours=2), 1), (timedelta(hours=49), 0)])
async def test_a_digest_that_fell_due_while_the_app_was_out_comes_when_it_is_back(
    world: World, away: timedelta, came: int
) -> None:
    await a_week(world)
    await world.move(MONDAY - timedelta(seconds=1))
    await world.slack.uninstalls()
    await asyncio.wait({world.ended}, timeout=30)
    await world.move(MONDAY + away)
    world.slack.installs()
    async with beside(world, world.circle):
        await world.later(minutes=1)
        assert len(digests(world)) == came
        told = [
            message for message in world.owner.sees.messages if "I was away for more than two days." in message.text
        ]
        assert len(told) == 1 - came
        await world.move(MONDAY + timedelta(days=7))
        assert len(digests(world)) == came + 1


async def test_of_the_weeks_that_passed_meanwhile_only_the_last_is_spoken_of(world: World) -> None:
    await a_week(world)
    await world.slack.uninstalls()
    await asyncio.wait({world.ended}, timeout=30)
    await world.move(MONDAY + timedelta(days=21, hours=1))
    world.slack.installs()
    async with beside(world, world.circle):
        await world.later(minutes=1)
        assert len(digests(world)) == 1
        assert not [message for message in world.owner.sees.messages if "was not posted" in message.text]


async def test_an_old_word_of_an_end_does_not_stop_the_bot_that_was_installed_again(world: World) -> None:
    for event in ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}}):
        await world.slack.deliver("events_api", world.slack.payloads.event(event))
    seen = await world.slack.person("amina").types("/lead list")
    assert "Your list is empty." in seen.last.text
    assert not world.ended.done()
