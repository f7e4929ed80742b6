"""Where the database of the settings is, what opens it, and where its backups are."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.config import Settings, keys_of
from bot.store.address import Origin, home_of, origin_of, shown
from bot.store.backups.folder import FOLDER
from bot.store.errors import InUse
from bot.store.keyring import KeyRing
from bot.store.looking import is_held
from bot.store.sqlite import url_of


@dataclass(frozen=True, slots=True)
class DataPlace:
    """A database, its keys, and the folder of its backups."""

    origin: Origin
    keys: str
    folder: Path
    keep: timedelta

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.origin if isinstance(self.origin, str) else url_of(self.origin)

    @property
    def is_there(self) -> bool:
        """Whether there is a database; a server is asked only when it is opened."""
        return isinstance(self.origin, str) or self.origin.exists()

    def check_free(self) -> None:
        """Refuse to go on beside a bot that has the database open on a server; a file is locked when it is opened.

        Raises:
            InUse: a bot has it open.
        """
        if isinstance(self.origin, str) and is_held(self.origin):
            raise InUse(
                "A bot has the database {database} open. Stop every bot on it first.", database=shown(self.origin)
            )

    @property
    def home(self) -> Path:
        """The folder of what is kept beside the database."""
        return home_of(self.origin)

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
        StoreError: the address of the database cannot be read.
    """
    return DataPlace(
        origin_of(settings.database_url),
        keys_of(settings),
        folder_of(settings),
        timedelta(days=settings.backup_keep_days),
    )


def folder_of(settings: Settings) -> Path:
    """Give the folder of the backups."""
    named = settings.backup_dir.strip()
    return Path(named).expanduser().resolve() if named else home_of(origin_of(settings.database_url)) / FOLDER
