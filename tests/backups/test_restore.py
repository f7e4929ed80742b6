"""A restore brings nobody back who was erased, posts nothing twice, and keeps what it replaces."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.runtime import open_circle
from bot.domain.ids import CommunityId
from bot.engine.clock import ManualClock
from bot.engine.pace import UNLIMITED
from bot.store import communities, members, notices
from bot.store.backups import erasures
from bot.store.database import Tx
from bot.store.errors import InUse, StartError
from bot.store.returned import keep_unread
from tests.discord.test_posts import digests as in_discord, live_a_week
from tests.slack.test_posts import a_week, digests as in_slack
from tests.store.test_leaving import erased, live
from tests.support.backups import backed_up, put_back
from tests.support.console import open_console
from tests.support.discord.running import Running, running as discord_running
from tests.support.slack_bot import a_workspace, running as slack_running
from tests.support.store import NOW, RING, open_store, path_in, someone, url_of

TORONTO = ZoneInfo("America/Toronto")
SATURDAY = datetime(2026, 3, 14, 3, 0, tzinfo=TORONTO)
MONDAY = datetime(2026, 3, 16, 12, 30, tzinfo=TORONTO)
TUESDAY = datetime(2026, 3, 17, 9, 0, tzinfo=TORONTO)
FORGET = ("@amina /me forget", '@amina press "Yes, erase everything"')
DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


def clock_at_start() -> ManualClock:
    return ManualClock(NOW)


def in_ledger(tx: Tx) -> list[tuple[str, str, str | None]]:
    return [tuple(row) for row in tx.exec_driver_sql("select period, state, reason from posts order by period")]


@asynccontextmanager
async def moved_to(bot: Running, folder: Path) -> AsyncGenerator[None]:
    """Let a bot that was stopped go on with the database of another folder, as on another machine."""
    before = bot.circle
    async with open_circle(url_of(folder), RING, bot.clock, bot.messengers, UNLIMITED) as bot.circle:
        yield
    bot.circle = before


async def test_a_restore_refuses_while_a_bot_runs(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        await db.write(someone)
        backup = backed_up(tmp_path, NOW)
        with pytest.raises(InUse, match="Stop it first"):
            await put_back(tmp_path, backup.path, NOW)
        assert await db.write(lambda tx: someone(tx, "Omar"))


@pytest.mark.parametrize("lost", ["the database", "the database and the list", "nothing"])
async def test_who_was_forgotten_since_does_not_come_back(tmp_path: Path, lost: str) -> None:
    async with open_console(tmp_path) as circle:
        await circle.run(DANA, "@omar /help", DANA.replace("amina", "omar"))
        backup = backed_up(tmp_path, NOW + timedelta(hours=1))
        await circle.run("at 2026-03-10T12:00", *FORGET)
    if lost != "nothing":
        later = backed_up(tmp_path, NOW + timedelta(days=2))
        path_in(tmp_path).unlink()
        if lost != "the database":
            (tmp_path / "backups" / "erasures.json").unlink()
            assert later.path.exists(), "the list in a newer backup counts too"
    restored = await put_back(tmp_path, backup.path, NOW + timedelta(days=3))
    assert restored.erased.members == 1
    assert (restored.lists.known_until is None) == (lost != "the database and the list")
    async with open_console(tmp_path) as circle:
        assert "Your list is empty" in (await circle.one("@amina /lead list")).text
        assert "1 person on your list" in (await circle.one("@omar /lead list")).text
    assert b"Dana" not in b"".join(path.read_bytes() for path in tmp_path.glob("circle.db*"))


async def test_the_list_is_there_before_the_member_reads_that_all_is_erased(tmp_path: Path) -> None:
    async with open_console(tmp_path) as circle:
        await circle.run(DANA, *FORGET)
        remembered = erasures.list_in(tmp_path / "backups")
        assert remembered is not None
        assert [entry.kind for entry in remembered.erased] == ["member"]
        held = path_in(tmp_path).read_bytes() + (tmp_path / "backups" / "erasures.json").read_bytes()
        assert b"amina" not in held


async def test_who_came_back_after_being_forgotten_stays(tmp_path: Path) -> None:
    async with open_console(tmp_path) as circle:
        await circle.run(DANA, *FORGET, "at 2026-03-10T12:00", DANA)
        backup = backed_up(tmp_path, NOW + timedelta(days=2))
    restored = await put_back(tmp_path, backup.path, NOW + timedelta(days=3))
    assert restored.erased.members == 0
    async with open_console(tmp_path) as circle:
        assert "1 person on your list" in (await circle.one("@amina /lead list")).text


async def test_an_erasure_that_an_earlier_version_remembered_is_applied(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        who = await db.write(someone)
        backup = backed_up(tmp_path, NOW)
        key = await db.read(lambda tx: tx.exec_driver_sql("select hex(user_key) from members").scalar_one())
    entry = erasures.Erasure(NOW + timedelta(hours=1), who.community, "member", key.lower())
    erasures.mirror(tmp_path / "backups", [entry], NOW + timedelta(hours=1))
    restored = await put_back(tmp_path, backup.path, NOW + timedelta(days=1))
    assert restored.erased.members == 1


async def test_a_community_that_was_erased_since_does_not_come_back(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        gone = CommunityId(await db.write(lambda tx: live(tx, "gone")))
        await db.write(lambda tx: live(tx, "stays"))
        backup = backed_up(tmp_path, NOW + timedelta(days=20))
        await db.write(lambda tx: communities.erase(tx, gone, NOW + timedelta(days=30)))
    path_in(tmp_path).unlink()
    restored = await put_back(tmp_path, backup.path, NOW + timedelta(days=31))
    assert restored.erased.communities == 1
    async with open_store(tmp_path) as db:
        assert await db.read(lambda tx: communities.find(tx, "console", "gone")) is None
        assert await db.read(lambda tx: communities.find(tx, "console", "stays")) is not None
        assert await db.write(lambda tx: erased(tx, NOW + timedelta(days=400))) == 0


async def test_a_backup_that_no_list_reaches_is_refused_unless_it_is_meant(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        await db.write(someone)
    backup = backed_up(tmp_path, NOW)
    (tmp_path / "backups" / "erasures.json").unlink()
    path_in(tmp_path).unlink()
    with pytest.raises(StartError, match="older than 30 days"):
        await put_back(tmp_path, backup.path, NOW + timedelta(days=31))
    restored = await put_back(tmp_path, backup.path, NOW + timedelta(days=31), old=True)
    assert restored.lists.known_until == NOW


async def test_a_bot_that_was_off_for_months_can_be_restored_with_its_list(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        await db.write(someone)
    backup = backed_up(tmp_path, NOW)
    path_in(tmp_path).unlink()
    restored = await put_back(tmp_path, backup.path, NOW + timedelta(days=90))
    assert restored.lists.known_until is None


async def test_the_database_that_was_there_is_kept_and_can_be_put_back(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        await db.write(someone)
    backup = backed_up(tmp_path, NOW)
    async with open_store(tmp_path) as db:
        await db.write(lambda tx: someone(tx, "Omar"))
    restored = await put_back(tmp_path, backup.path, NOW + timedelta(hours=1))
    assert restored.aside is not None
    assert restored.aside.path.parent == backup.path.parent
    await put_back(tmp_path, restored.aside.path, NOW + timedelta(hours=2))
    async with open_store(tmp_path) as db:
        assert await db.read(lambda tx: tx.exec_driver_sql("select count(*) from members").scalar_one()) == 2


@pytest.mark.parametrize("place", [0, 5000])
async def test_a_database_that_is_damaged_anywhere_is_replaced(tmp_path: Path, place: int) -> None:
    async with open_store(tmp_path) as db:
        await db.write(someone)
    backup = backed_up(tmp_path, NOW)
    content = bytearray(path_in(tmp_path).read_bytes())
    content[place : place + 4000] = b"x" * 4000
    path_in(tmp_path).write_bytes(bytes(content))
    restored = await put_back(tmp_path, backup.path, NOW)
    assert restored.aside is not None
    async with open_store(tmp_path) as db:
        assert await db.write(lambda tx: members.everyone(tx, someone(tx).community))


async def test_a_saturday_backup_on_a_tuesday_posts_mondays_digest_in_slack_once(tmp_path: Path) -> None:
    async with a_workspace(tmp_path, clock_at_start()) as world:
        async with slack_running(world):
            await world.set_up()
            await a_week(world)
            await world.move(SATURDAY)
            backup = backed_up(tmp_path, SATURDAY)
            await world.move(MONDAY + timedelta(hours=1))
            assert len(in_slack(world)) == 1
        path_in(tmp_path).unlink()
        world.clock.move(TUESDAY)
        restored = await put_back(tmp_path, backup.path, TUESDAY)
        assert restored.looked_for == 1
        async with slack_running(world):
            await world.tick()
            await world.move(TUESDAY + timedelta(hours=1))
            assert len(in_slack(world)) == 1, "it is found in the channel, and not posted again"
            assert await world.circle.db.read(in_ledger) == [("2026-W12", "posted", None)]
            await world.move(MONDAY + timedelta(days=7))
            assert len(in_slack(world)) == 2, "the next one comes"


async def test_a_saturday_backup_on_a_tuesday_posts_mondays_digest_in_discord_once(tmp_path: Path) -> None:
    async with discord_running(tmp_path) as bot:
        await live_a_week(bot)
        await bot.move(SATURDAY)
        backup = backed_up(tmp_path, SATURDAY)
        await bot.move(MONDAY + timedelta(hours=1))
        assert len(in_discord(bot)) == 1
        folder = tmp_path / "restored"
        folder.mkdir()
        await put_back(folder, backup.path, TUESDAY)
        await bot.stop()
        async with moved_to(bot, folder):
            bot.clock.move(TUESDAY)
            await bot.start()
            await bot.circle.rounds.tick()
            await bot.move(TUESDAY + timedelta(hours=1))
            assert len(in_discord(bot)) == 1
            assert await bot.circle.db.read(in_ledger) == [("2026-W12", "posted", None)]
            await bot.move(MONDAY + timedelta(days=7))
            assert len(in_discord(bot)) == 2
            await bot.stop()


async def test_a_digest_that_is_not_in_the_channel_comes_after_a_restore(tmp_path: Path) -> None:
    async with a_workspace(tmp_path, clock_at_start()) as world:
        async with slack_running(world):
            await world.set_up()
            await a_week(world)
            await world.move(SATURDAY)
            backup = backed_up(tmp_path, SATURDAY)
        world.clock.move(TUESDAY)
        await put_back(tmp_path, backup.path, TUESDAY)
        async with slack_running(world):
            await world.tick()
            assert len(in_slack(world)) == 1


async def test_a_digest_of_long_ago_is_neither_posted_nor_missed_by_anybody(tmp_path: Path) -> None:
    async with a_workspace(tmp_path, clock_at_start()) as world:
        async with slack_running(world):
            await world.set_up()
            await a_week(world)
            await world.move(SATURDAY)
            backup = backed_up(tmp_path, SATURDAY)
        world.clock.move(TUESDAY + timedelta(days=9))
        await put_back(tmp_path, backup.path, TUESDAY + timedelta(days=9))
        async with slack_running(world):
            await world.tick()
            await world.later(hours=1)
            assert in_slack(world) == []
            assert await world.circle.db.read(in_ledger) == [
                ("2026-W12", "skipped", "restored"),
                ("2026-W13", "skipped", "restored"),
            ]
            assert not [message for message in world.owner.sees.messages if "not posted" in message.text]


async def test_a_private_message_that_was_on_its_way_waits_in_the_inbox(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        who = await db.write(someone)
        await db.write(lambda tx: notices.put(tx, who, "hello", "{}", NOW))
        assert await db.write(keep_unread) == 1
        assert await db.read(lambda tx: notices.count_inbox(tx, who)) == 1
        assert await db.read(lambda tx: notices.earliest(tx, NOW)) is None
