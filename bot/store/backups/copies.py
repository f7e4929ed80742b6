"""Where the copies of one database go, and what time it is when one is made."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from bot.faults import recorded
from bot.store import erased
from bot.store.address import Origin, home_of
from bot.store.backups import erasures, folder as folders, making
from bot.store.backups.container import Reason
from bot.store.backups.folder import FOLDER, Backup
from bot.store.batch import Tx
from bot.store.errors import StoreError
from bot.store.keyring import KeyRing

log = structlog.get_logger()


def machine_time() -> datetime:
    """Tell what the machine's clock says."""
    return datetime.fromtimestamp(time.time(), UTC)


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one database; `wanted` is False for one that is itself a copy."""

    folder: Path
    present: Callable[[], datetime] = machine_time
    wanted: bool = True

    @classmethod
    def beside(cls, database: Origin) -> "Copies":
        """Keep copies in the usual place."""
        return cls(home_of(database) / FOLDER)

    def before_upgrade(self, database: Origin, ring: KeyRing) -> None:
        """Make a copy of a database whose schema is older, before it is brought up.

        Raises:
            StartError: it cannot be made.
        """
        if self.wanted:
            backup = making.make(database, self.folder, ring, self.present(), Reason.UPGRADE, go_on=lambda: True)
            log.info("backup made", file=str(backup.path), reason=Reason.UPGRADE.value)

    def aside(self, database: Origin) -> Backup:
        """Keep a database as it is, before it is mended or replaced.

        Raises:
            StartError: it cannot be kept.
        """
        return making.set_aside(database, self.folder, self.present())

    def newest(self) -> Backup | None:
        """Find the newest copy that was verified."""
        return folders.newest(self.folder)

    def follow(self, tx: Tx) -> None:
        """Bring the list of erasures up to a commit that erased somebody; what goes wrong is told, and tried again later."""
        if not (erased.take_note(tx) and self.wanted):
            return
        try:
            self.keep_erasures(tx)
        except (OSError, StoreError) as error:
            log.error("list of erasures not written", folder=str(self.folder), **recorded(error))  # noqa: TRY400 - the reason is enough

    def keep_erasures(self, tx: Tx) -> None:
        """Bring the list of erasures beside the copies up to what the database says.

        Raises:
            OSError: it cannot be written.
        """
        erasures.mirror(self.folder, erasures.kept_in(tx), self.present())
