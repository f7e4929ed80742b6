"""Several processes on one database share the ten sockets that Slack takes of an app."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.peers import joined
from adapters.runtime import open_circle
from adapters.slack.places import MOST, PLACES
from bot.engine.clock import ManualClock
from bot.engine.messenger import Posted, ToChannel
from bot.engine.pace import UNLIMITED
from bot.store import leases
from bot.store.database import Tx
from bot.store.present import present
from bot.ui.reply import reply
from bot.ui.text import t
from tests.support.slack import TEAM
from tests.support.slack_bot import a_workspace, beside
from tests.support.store import NOW, RING, begin_from_template, url_of

pytestmark = pytest.mark.server_only


def _taken(tx: Tx, places: int) -> None:
    """Let other processes hold some places."""
    leases.provide(tx, PLACES)
    for name in PLACES[:places]:
        leases.take(tx, name, "other", present(tx))


def _held(tx: Tx) -> list[str]:
    return [lease.holder or "" for lease in leases.under(tx, "slack:socket:", present(tx))]


async def test_a_process_opens_two_sockets_and_gives_their_places_back(tmp_path: Path):
    begin_from_template(tmp_path, RING)
    async with a_workspace(tmp_path, ManualClock(NOW)) as world:
        opening = open_circle(url_of(tmp_path), RING, world.clock, world.messengers, UNLIMITED)
        async with opening as alone, joined(alone.db) as peers:
            async with beside(world, replace(alone, peers=peers)):
                await world.set_up()
                assert (await alone.db.read(_held)).count(peers.id) == 2
            assert (await alone.db.read(_held)).count("") == MOST


async def test_a_process_without_a_place_waits_and_posts_and_takes_the_first_that_comes_free(tmp_path: Path):
    begin_from_template(tmp_path, RING)
    async with a_workspace(tmp_path, ManualClock(NOW)) as world:
        opening = open_circle(url_of(tmp_path), RING, world.clock, world.messengers, UNLIMITED)
        async with opening as alone, joined(alone.db) as peers:
            await alone.db.write(lambda tx: _taken(tx, MOST))
            await peers.look()
            async with beside(world, replace(alone, peers=peers), sockets=0):
                assert world.slack.sockets.open == []
                posted = await world.platform.messenger.post(
                    ToChannel(TEAM, world.digest.id), reply(t("Everything is well.")), "en", "KEY"
                )
                assert isinstance(posted, Posted)
                assert world.platform.there
                await alone.db.write(lambda tx: leases.release(tx, "other"))
                await world.slack.connected(sockets=2)
