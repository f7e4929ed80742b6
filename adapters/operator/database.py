"""The operator's database: brought up to date, read whole, mended."""

from pathlib import Path

from adapters.log import set_up_logging
from adapters.operator.backups.place import place_of
from adapters.runtime import open_database
from adapters.wording import tell, worded
from bot.config import Settings, SettingsError, load_settings
from bot.store.backups.copies import Copies
from bot.store.errors import StartError, StoreError
from bot.ui.text import t


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
        place = place_of(settings)
        keys, origin = place.keys, place.origin
        if mending:
            place.check_free()
        copies = Copies(place.folder)
        if every_row and isinstance(origin, Path) and not origin.exists():
            raise StartError("The database file {file} is not there. Correct DATABASE_URL.", file=origin)
        set_up_logging(settings.log_level, settings.log_format)
        async with open_database(settings.database_url, keys, copies=copies, every_row=every_row, mending=mending):
            pass
        if every_row:
            tell(t("The database is whole."))
    except (SettingsError, StoreError) as problem:
        return worded(problem)
    return None
