"""The command `db copy`: everything from the place of the settings to another one."""

import asyncio
from pathlib import Path

import typer

from adapters.log import set_up_logging
from adapters.wording import tell, worded
from bot.config import SettingsError, keys_of, load_settings
from bot.store.address import Origin, origin_of, shown
from bot.store.errors import StartError, StoreError
from bot.store.keyring import KeyRing
from bot.store.sqlite import real_path
from bot.ui.text import t
from bot.ui.values import Count, UserText


async def copy_database(to: str) -> str | None:
    """Copy the database of the settings to a file or a server; returns the problem, if there is one."""
    try:
        settings = load_settings()
        set_up_logging("WARNING" if settings.log_level == "INFO" else settings.log_level, settings.log_format)
        source, ring = origin_of(settings.database_url), KeyRing.parse(keys_of(settings))
        target = _target(to)
        if isinstance(source, Path) and isinstance(target, Path):
            raise StartError("Both are files. Make a backup, and restore it there: hello-circle backup")
        from bot.store.copying import copy  # noqa: PLC0415 - a file needs no driver of a server

        rows = await asyncio.to_thread(copy, source, target, ring, _tell)
    except (SettingsError, StoreError) as problem:
        return worded(problem)
    places = {"source": UserText(shown(source)), "target": UserText(shown(target))}
    tell(t("Copied and compared, row by row: {n} rows, from {source} to {target}.", n=Count(rows), **places))
    tell(t("Put the new place into DATABASE_URL, then start the bot."))
    return None


def _target(to: str) -> Origin:
    return origin_of(to) if "://" in to else real_path(Path(to).expanduser())


def _tell(table: str, rows: int) -> None:
    typer.echo(f"{table}: {rows}")
