"""After a restore nothing is posted twice either that somebody asks for once more, because the ledger forgot it."""

from datetime import timedelta
from pathlib import Path

from bot.store.backups.folder import Backup
from tests.backups.test_restore import MONDAY, SATURDAY, clock_at_start, in_ledger
from tests.slack.test_posts import a_week, digests
from tests.support.backups import backed_up, put_back
from tests.support.slack_bot import World, a_workspace, running
from tests.support.store import path_in

AN_HOUR = timedelta(hours=1)


async def is_lost(world: World, folder: Path, backup: Backup) -> None:
    """Lose the disk, and put a backup back an hour later."""
    path_in(folder).unlink()
    world.clock.move(world.clock.now() + AN_HOUR)
    await put_back(folder, backup.path, world.clock.now())


async def test_a_digest_that_an_organiser_asks_for_again_is_found(tmp_path: Path) -> None:
    async with a_workspace(tmp_path, clock_at_start()) as world:
        async with running(world):
            await world.set_up()
            await a_week(world)
            await world.move(SATURDAY)
            backup = backed_up(tmp_path, SATURDAY)
            await world.owner.types("/hello community digest now")
            await world.later(minutes=2)
            assert len(digests(world)) == 1
        await is_lost(world, tmp_path, backup)
        async with running(world):
            await world.owner.types("/hello community digest now")
            await world.later(minutes=2)
            assert len(digests(world)) == 1
            assert await world.circle.db.read(in_ledger) == [("2026-W11", "posted", None)]
            await world.move(MONDAY)
            assert len(digests(world)) == 2, "the one of the next week comes by itself"


async def test_a_digest_that_was_posted_early_in_its_week_is_found_at_its_hour(tmp_path: Path) -> None:
    async with a_workspace(tmp_path, clock_at_start()) as world:
        async with running(world):
            await world.set_up()
            await a_week(world)
            await world.move(SATURDAY)
            backup = backed_up(tmp_path, SATURDAY)
            await world.move(MONDAY - timedelta(hours=4))
            await world.owner.types("/hello community digest now")
            await world.later(minutes=2)
            assert len(digests(world)) == 1
        await is_lost(world, tmp_path, backup)
        async with running(world):
            await world.move(MONDAY + AN_HOUR)
            assert len(digests(world)) == 1
            assert await world.circle.db.read(in_ledger) == [("2026-W12", "posted", None)]


async def test_a_digest_that_failed_and_was_posted_by_a_button_is_found_when_it_is_pressed_again(
    tmp_path: Path,
) -> None:
    async with a_workspace(tmp_path, clock_at_start()) as world:
        async with running(world):
            await world.set_up()
            await a_week(world)
            world.slack.faults.error("chat.postMessage", "is_archived", times=1)
            await world.move(MONDAY)
            assert digests(world) == []
            assert await world.circle.db.read(in_ledger) == [("2026-W12", "failed", "archived")]
            backup = backed_up(tmp_path, world.clock.now())
            await world.owner.presses("Post it now")
            await world.later(minutes=2)
            assert len(digests(world)) == 1
        await is_lost(world, tmp_path, backup)
        async with running(world):
            await world.owner.presses("Post it now")
            await world.later(minutes=2)
            assert len(digests(world)) == 1
            assert await world.circle.db.read(in_ledger) == [("2026-W12", "posted", None)]


async def test_one_that_no_platform_can_find_is_posted_once_the_organiser_has_looked(tmp_path: Path) -> None:
    async with a_workspace(tmp_path, clock_at_start(), optional=False) as world:
        async with running(world):
            await world.set_up()
            await a_week(world)
            await world.move(SATURDAY)
            backup = backed_up(tmp_path, SATURDAY)
        await is_lost(world, tmp_path, backup)
        async with running(world):
            await world.owner.types("/hello community digest now")
            await world.later(minutes=2)
            assert digests(world) == []
            await world.owner.presses("Post it")
            await world.later(minutes=2)
            assert len(digests(world)) == 1
