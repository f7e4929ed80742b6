"""The commands backup, restore and drill; each gives what it says, or the problem."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path

from adapters.log import set_up_logging
from adapters.operator.backups.drills import drill
from adapters.operator.backups.place import DataPlace, place_of
from adapters.operator.backups.restoring import restore
from adapters.operator.backups.telling import told
from adapters.wording import tell, worded
from bot.config import SettingsError, load_settings
from bot.engine.clock import SystemClock
from bot.store.backups.container import Reason
from bot.store.backups.folder import remember_elsewhere
from bot.store.backups.making import make
from bot.store.errors import StartError, StoreError
from bot.ui.text import Text, t
from bot.ui.values import Count, UserText


async def make_backup(folder: Path | None) -> str | None:
    """Make a backup in a folder, or in that of the settings; returns the problem, if there is one."""

    async def work(place: DataPlace, now: datetime) -> str | None:
        target = place.folder if folder is None else _real(folder)
        backup = make(place.origin, target, place.ring, now, Reason.ASKED, go_on=lambda: True, lists=place.folder)
        tell(t("The backup is whole: {file}", file=UserText(str(backup.path))))
        tell(_counted(backup.manifest.counts))
        tell(_until(place, target, now))
        return None

    return await _with_place(work)


async def restore_backup(file: Path, *, old: bool) -> str | None:
    """Put a backup in the place of the database; returns the problem, if there is one."""

    async def work(place: DataPlace, now: datetime) -> str | None:
        outcome = await restore(place, _real(file), now, old=old)
        for line in (*told(outcome, now, place.keep), t("Now start the bot.")):
            tell(line)
        return None

    return await _with_place(work)


async def drill_newest() -> str | None:
    """Try the newest backup; returns the problem, if there is one."""

    async def work(place: DataPlace, now: datetime) -> str | None:
        outcome = await drill(place, now)
        if outcome.problem is not None:
            raise StartError(
                "The backup {file} cannot be restored. {problem}", file=outcome.backup, problem=outcome.problem
            )
        tell(
            t(
                "The backup {file} was restored and read whole: {rows} rows in {seconds} seconds.",
                file=UserText(outcome.backup),
                rows=Count(outcome.rows),
                seconds=UserText(str(outcome.seconds)),
            )
        )
        return None

    return await _with_place(work)


async def _with_place(work: Callable[[DataPlace, datetime], Awaitable[str | None]]) -> str | None:
    try:
        settings = load_settings()
        set_up_logging("WARNING" if settings.log_level == "INFO" else settings.log_level, settings.log_format)
        return await work(place_of(settings), SystemClock().now())
    except (SettingsError, StoreError) as problem:
        return worded(problem)


def _until(place: DataPlace, folder: Path, now: datetime) -> Text:
    """Say when a copy ends, once its folder is noted; a disk that is full takes no note, and the copy counts all the same."""
    day = UserText(f"{now + place.keep:%Y-%m-%d}")
    try:
        remember_elsewhere(place.folder, folder)
    except OSError as error:
        reason = UserText(error.strerror or str(error))
        return t("I could not note its folder ({reason}), so delete it yourself by {day}.", reason=reason, day=day)
    return t("The bot deletes it on {day}.", day=day)


def _real(path: Path) -> Path:
    return path.expanduser().resolve()


def _counted(counts: Mapping[str, int]) -> Text:
    rows, members, people = sum(counts.values()), counts.get("members", 0), counts.get("leads", 0)
    return t(
        "It holds {rows} rows: members {members}, people {people}.",
        rows=Count(rows),
        members=Count(members),
        people=Count(people),
    )
