"""The bot makes a backup each night, tries one each week, and says what goes wrong."""

import asyncio
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.operator.backups.drills import last_drill
from adapters.operator.backups.nightly import Nightly, last_night
from adapters.peers import joined
from bot.store.backups.folder import WORK, listed, newest, working
from tests.live.waiting import until
from tests.support.backups import place_in
from tests.support.console import Console, open_console
from tests.support.process import started
from tests.support.store import NOW

TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture(autouse=True)
def in_toronto(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    monkeypatch.setenv("TZ", TORONTO.key)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def nightly(console: Console) -> Nightly:
    return Nightly(console.session.circle, place_in(console.folder))


async def looks_every_hour(console: Console, look: Nightly, hours: int) -> None:
    for _ in range(hours):
        console.clock.move(console.clock.now() + timedelta(hours=1))
        await console.session.circle.rounds.tick()
        await look.look()


def test_the_night_is_at_three_by_the_machines_clock() -> None:
    assert last_night(datetime(2026, 3, 9, 6, 59, tzinfo=UTC)) == datetime(2026, 3, 8, 3, tzinfo=TORONTO)
    assert last_night(datetime(2026, 3, 9, 7, 0, tzinfo=UTC)) == datetime(2026, 3, 9, 3, tzinfo=TORONTO)


async def test_one_backup_a_night_and_one_drill_a_week(tmp_path: Path, logged: list[dict[str, Any]]) -> None:
    async with open_console(tmp_path) as console:
        await console.session.circle.rounds.tick()
        await looks_every_hour(console, look := nightly(console), 24 * 10)
        times = [backup.made_at.astimezone(TORONTO) for backup in listed(look.place.folder)]
        assert [at.day for at in times] == list(range(9, 20)), "the first at once, then one each night"
        assert {at.hour for at in times[1:]} == {3}
        tried = last_drill(look.place.folder)
        assert tried is not None
        assert tried.passed
        assert tried.at.astimezone(TORONTO).day == 16
        await looks_every_hour(console, look, 18)
        console.clock.move(console.clock.now() + timedelta(days=21))
        await look.look()
        assert not faults_in(logged), "a machine that slept missed nothing"


async def test_a_clock_that_nobody_believes_deletes_nothing_and_what_it_dated_goes_when_it_is_right(
    tmp_path: Path,
) -> None:
    async with open_console(tmp_path) as console:
        await console.session.circle.rounds.tick()
        look = nightly(console)
        await look.look()
        watch = console.session.circle.rounds.watch
        watch.calm = False
        console.clock.move(NOW + timedelta(days=4000))
        await look.look()
        first, of_the_future = listed(look.place.folder)
        watch.calm = True
        console.clock.settle(NOW + timedelta(days=1))
        await look.look()
        left = [backup.path for backup in listed(look.place.folder)]
        assert first.path in left
        assert of_the_future.path not in left, "nobody knows how old it is"
        assert len(left) == 2


async def test_a_backup_that_fails_is_told_and_tried_again_after_ten_minutes(
    tmp_path: Path, logged: list[dict[str, Any]]
) -> None:
    async with open_console(tmp_path) as console:
        await console.session.circle.rounds.tick()
        look = nightly(console)
        look.place.folder.mkdir()
        (look.place.folder / WORK).write_text("no folder can be made here")
        await look.look()
        (told,) = [record for record in logged if record["event"] == "backup failed"]
        assert "cannot be written" in told["problem"]
        (look.place.folder / WORK).unlink()
        await look.look()
        assert newest(look.place.folder) is None
        console.clock.move(console.clock.now() + timedelta(minutes=11))
        await look.look()
        assert newest(look.place.folder) is not None


async def test_while_somebody_works_in_the_folder_the_backup_waits_without_a_word_and_is_missed_after_hours(
    tmp_path: Path, logged: list[dict[str, Any]]
) -> None:
    async with open_console(tmp_path) as console:
        await console.session.circle.rounds.tick()
        look = nightly(console)
        with working(look.place.folder):
            await looks_every_hour(console, look, 3)
            assert not faults_in(logged)
            await looks_every_hour(console, look, 3)
            assert [record["event"] for record in faults_in(logged)] == ["no backup of the night"], "once a night"
        await look.look()
        assert newest(look.place.folder) is not None, "as soon as it can be"


def faults_in(logged: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [record for record in logged if record["level"] == "error"]


@asynccontextmanager
async def bots_on_a_server(console: Console, *folders: Path) -> AsyncGenerator[list[Nightly]]:
    """Let several bots share a server; each has its backups in a folder."""
    circle = console.session.circle
    await circle.rounds.tick()
    async with AsyncExitStack() as stack:
        all_peers = [await stack.enter_async_context(joined(circle.db)) for _ in folders]
        yield [
            Nightly(replace(circle, peers=peers), replace(place_in(console.folder), folder=folder))
            for peers, folder in zip(all_peers, folders, strict=True)
        ]


@pytest.mark.server_only
async def test_of_several_bots_with_one_folder_one_makes_the_backup_and_nobody_complains(
    tmp_path: Path, logged: list[dict[str, Any]]
) -> None:
    folder = tmp_path / "shared"
    async with open_console(tmp_path) as console, bots_on_a_server(console, folder, folder, folder) as bots:
        await asyncio.gather(*(bot.look() for bot in bots))
        assert len(listed(folder)) == 1
        for hours in (6, 12, 18, 24):
            console.clock.move(NOW + timedelta(hours=hours))
            await asyncio.gather(*(bot.look() for bot in bots))
        assert len(listed(folder)) == 2
        assert not faults_in(logged)


@pytest.mark.server_only
async def test_a_bot_that_cannot_make_the_backup_leaves_it_to_another(
    tmp_path: Path, logged: list[dict[str, Any]]
) -> None:
    folder = tmp_path / "shared"
    async with open_console(tmp_path) as console, bots_on_a_server(console, folder, folder) as (first, second):
        folder.mkdir()
        (folder / WORK).write_text("no folder can be made here")
        await first.look()
        (folder / WORK).unlink()
        await second.look()
        assert len(listed(folder)) == 1
        assert [record["event"] for record in faults_in(logged)] == ["backup failed"]


@pytest.mark.server_only
async def test_bots_with_folders_of_their_own_make_each_a_backup(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "other")]
    async with open_console(tmp_path) as console, bots_on_a_server(console, *folders) as bots:
        for bot in bots:
            await bot.look()
        assert [len(listed(folder)) for folder in folders] == [1, 1]


async def test_a_damaged_database_makes_no_backup_and_loses_none(tmp_path: Path) -> None:
    async with open_console(tmp_path) as console:
        await console.session.circle.rounds.tick()
        look = nightly(console)
        await look.look()
        console.session.circle.db.damaged = True
        await looks_every_hour(console, look, 48)
        assert len(listed(look.place.folder)) == 1


NOBODY = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/"}
"""A Slack that is not there."""


async def test_the_real_program_makes_its_first_backup_by_itself_though_nobody_can_be_reached(tmp_path: Path) -> None:
    async with started(tmp_path, NOBODY):
        await until("a backup is there", lambda: newest(tmp_path / "backups"))
