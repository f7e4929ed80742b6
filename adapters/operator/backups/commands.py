"""The commands backup, restore and drill; each gives what it says, or the problem."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path

import typer

from adapters.log import set_up_logging
from adapters.operator.backups.drills import drill
from adapters.operator.backups.place import DataPlace, place_of
from adapters.operator.backups.restoring import restore
from adapters.operator.backups.telling import told
from bot.config import SettingsError, load_settings, wished_language
from bot.engine.clock import SystemClock
from bot.store.backups.container import Reason
from bot.store.backups.folder import remember_elsewhere
from bot.store.backups.making import make
from bot.store.errors import StoreError
from bot.ui.languages import best
from bot.ui.text import t
from bot.ui.voice import say


async def make_backup(folder: Path | None) -> str | None:
    """Make a backup in a folder, or in that of the settings; returns the problem, if there is one."""

    async def work(place: DataPlace, now: datetime) -> str | None:
        target = place.folder if folder is None else _real(folder)
        backup = make(place.origin, target, place.ring, now, Reason.ASKED, go_on=lambda: True, lists=place.folder)
        typer.echo(f"The backup is whole: {backup.path}")
        typer.echo(f"It holds {_counted(backup.manifest.counts)}. {_until(place, target, now)}")
        return None

    return await _with_place(work)


async def restore_backup(file: Path, *, old: bool) -> str | None:
    """Put a backup in the place of the database; returns the problem, if there is one."""

    async def work(place: DataPlace, now: datetime) -> str | None:
        outcome = await restore(place, _real(file), now, old=old)
        for line in (*told(outcome, now, place.keep), t("Now start the bot.")):
            typer.echo(say(line, best(None, wished_language())))
        return None

    return await _with_place(work)


async def drill_newest() -> str | None:
    """Try the newest backup; returns the problem, if there is one."""

    async def work(place: DataPlace, now: datetime) -> str | None:
        outcome = await drill(place, now)
        if outcome.problem is not None:
            return f"The backup {outcome.backup} cannot be restored. {outcome.problem}"
        typer.echo(
            f"The backup {outcome.backup} was restored and read whole: {outcome.rows} rows in {outcome.seconds} seconds."
        )
        return None

    return await _with_place(work)


async def _with_place(work: Callable[[DataPlace, datetime], Awaitable[str | None]]) -> str | None:
    try:
        settings = load_settings()
        set_up_logging("WARNING" if settings.log_level == "INFO" else settings.log_level, settings.log_format)
        return await work(place_of(settings), SystemClock().now())
    except (SettingsError, StoreError) as problem:
        return str(problem)


def _until(place: DataPlace, folder: Path, now: datetime) -> str:
    """Say when a copy ends, once its folder is noted; a disk that is full takes no note, and the copy counts all the same."""
    day = f"{now + place.keep:%-d %B %Y}"
    try:
        remember_elsewhere(place.folder, folder)
    except OSError as error:
        return f"I could not note its folder ({error.strerror}), so delete it yourself by {day}."
    return f"The bot deletes it on {day}."


def _real(path: Path) -> Path:
    return path.expanduser().resolve()


def _counted(counts: Mapping[str, int]) -> str:
    return f"{counts.get('members', 0)} members and {counts.get('leads', 0)} people, in {sum(counts.values())} rows"
