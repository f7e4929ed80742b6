"""Where backups are, and which is the newest: the one place in which the checks know of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.config import Settings


class CopyMade(Protocol):
    """A backup, as far as the checks look at it."""

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        ...

    @property
    def verified(self) -> bool:
        """Whether it was opened, checked and counted after it was written."""
        ...


class DrillDone(Protocol):
    """A try to restore the newest backup."""

    @property
    def at(self) -> datetime:
        """When it was."""
        ...

    @property
    def passed(self) -> bool:
        """Whether everything came back."""
        ...

    @property
    def seconds(self) -> float:
        """How long it took."""
        ...


@dataclass(frozen=True, slots=True)
class BeforeMigration:
    """The copy that is made beside the database before its schema changes."""

    made_at: datetime
    verified: bool = True


def copies_of(settings: Settings, path: Path) -> tuple[CopyMade | None, DrillDone | None]:
    """Find the newest backup of a database, and the last drill."""
    copies = [each.stat().st_mtime for each in path.parent.glob(f"{path.name}.before-*[0-9]")]
    return (BeforeMigration(datetime.fromtimestamp(max(copies), UTC)) if copies else None), None
