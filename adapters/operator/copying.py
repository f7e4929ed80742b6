"""The command `db copy`: everything from the place of the settings to another one."""

from pathlib import Path

import typer

from adapters.files import trouble
from adapters.log import set_up_logging
from adapters.wording import tell, value_text, worded
from bot.config import SettingsError, keys_of, load_settings
from bot.store.address import named, origin_of, shown
from bot.store.errors import StartError, StoreError
from bot.store.keyring import KeyRing
from bot.store.sqlite import url_of
from bot.ui.text import t
from bot.ui.values import Count, UserText

STOPPED = 130


def copy_database(to: str) -> str | None:
    """Copy the database of the settings to a file or a server; returns the problem, if there is one."""
    try:
        settings = load_settings()
        set_up_logging("WARNING" if settings.log_level == "INFO" else settings.log_level, settings.log_format)
        source, ring = origin_of(settings.database_url), KeyRing.parse(keys_of(settings))
        target = named(to)
        if isinstance(source, Path) and isinstance(target, Path):
            raise StartError("Both are files. Make a backup, and restore it there: hello-circle backup")
        from bot.store.copying import copy  # noqa: PLC0415 - a file needs no driver of a server

        rows = copy(source, target, ring, _tell)
    except (SettingsError, StoreError) as problem:
        return worded(problem)
    except OSError as problem:
        return worded(trouble(problem))
    except KeyboardInterrupt:
        tell(t("Stopped. To go on where it was, type the same line again."))
        raise typer.Exit(STOPPED) from None
    places = {"source": value_text(shown(source)), "target": value_text(shown(target))}
    tell(t("Copied and compared, row by row: {n} rows, from {source} to {target}.", n=Count(rows), **places))
    written = UserText(url_of(target)) if isinstance(target, Path) else t("the URL that you typed")
    tell(t("Now put the new place into your settings, DATABASE_URL: {url}. Then start the bot.", url=written))
    return None


def _tell(table: str, rows: int) -> None:
    typer.echo(f"{table}: {rows}")
