"""Where the database of the settings is, what opens it, and where its backups are."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.config import Settings, keys_of
from bot.store.backups.folder import FOLDER
from bot.store.keyring import KeyRing
from bot.store.sqlite import path_of, url_of


@dataclass(frozen=True, slots=True)
class DataPlace:
    """A database, its keys, and the folder of its backups."""

    database: Path
    keys: str
    folder: Path
    keep: timedelta

    @property
    def url(self) -> str:
        """The address of the database."""
        return url_of(self.database)

    @property
    def ring(self) -> KeyRing:
        """The keys, read.

        Raises:
            WrongKey: they are no key ring.
        """
        return KeyRing.parse(self.keys)


def place_of(settings: Settings) -> DataPlace:
    """Give the place that the settings name.

    Raises:
        SettingsError: there is no key.
        StoreError: the address of the database leads to no file.
    """
    database = path_of(settings.database_url)
    return DataPlace(database, keys_of(settings), folder_of(settings), timedelta(days=settings.backup_keep_days))


def folder_of(settings: Settings) -> Path:
    """Give the folder of the backups."""
    named = settings.backup_dir.strip()
    return Path(named).expanduser().resolve() if named else path_of(settings.database_url).with_name(FOLDER)
