"""The operator's database: brought up to date, read whole, mended."""

from adapters.log import set_up_logging
from adapters.operator.backups.place import folder_of
from adapters.runtime import open_database
from bot.config import Settings, SettingsError, keys_of, load_settings
from bot.store.backups.copies import Copies
from bot.store.errors import StoreError
from bot.store.sqlite import path_of


async def upgrade_database() -> str | None:
    """Bring the database of the settings to this version; returns the problem, if there is one."""
    return await _opened(every_row=False)


async def check_database() -> str | None:
    """Read every row of the database of the settings; returns what is wrong with it, if anything is."""
    return await _opened(every_row=True)


async def mend_database() -> str | None:
    """Take out of the database of the settings what nobody can read; returns the problem, if there is one."""
    return await _opened(every_row=True, mending=True)


async def _opened(*, every_row: bool, mending: bool = False) -> str | None:
    try:
        settings: Settings = load_settings()
        keys, path = keys_of(settings), path_of(settings.database_url)
        copies = Copies(folder_of(settings))
        if every_row and not path.exists():
            return f"The database file {path} is not there. Correct DATABASE_URL."
        set_up_logging(settings.log_level, settings.log_format)
        async with open_database(settings.database_url, keys, copies=copies, every_row=every_row, mending=mending):
            pass
    except (SettingsError, StoreError) as problem:
        return str(problem)
    return None
