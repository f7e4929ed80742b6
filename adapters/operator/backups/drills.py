"""The drill: the newest backup is restored in a place of its own, read whole and counted, so that it is known to work."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from pydantic import TypeAdapter, ValidationError

from adapters.operator.backups.place import DataPlace
from adapters.wording import worded
from bot.store import migrate
from bot.store.backups.container import extract
from bot.store.backups.copies import Copies
from bot.store.backups.folder import newest, publish, working
from bot.store.backups.making import check_keys, wrong_with
from bot.store.database import open_database
from bot.store.errors import StartError, StoreError
from bot.store.sqlite import url_of

NOTE = "drill.json"


@dataclass(frozen=True, slots=True)
class Drill:
    """What a drill came to: when, of which backup, whether it passed, how long it took, and what was wrong."""

    at: datetime
    backup: str
    passed: bool
    seconds: float
    rows: int
    problem: str | None = None


_drills = TypeAdapter(Drill)


def last_drill(folder: Path) -> Drill | None:
    """Read what the last drill came to; None when there was none."""
    try:
        return _drills.validate_json((folder / NOTE).read_bytes())
    except (OSError, ValidationError):
        return None


async def drill(place: DataPlace, now: datetime, go_on: Callable[[], bool] = lambda: True) -> Drill:
    """Try the newest backup, and note what it came to; `go_on` is asked between rows, and may rest or give up.

    Raises:
        StartError: there is no backup, or its folder is in use.
    """
    backup = newest(place.folder)
    if backup is None:
        raise StartError("There is no backup in {folder}. Make one with: hello-circle backup", folder=place.folder)
    began_at = monotonic()
    with working(place.folder) as folder:
        try:
            problem = await _tried(place, backup.path, folder / "drill.db", go_on)
        except StoreError as error:
            problem = worded(error)
        rows = sum(backup.manifest.counts.values())
        outcome = Drill(now, backup.path.name, problem is None, round(monotonic() - began_at, 1), rows, problem)
        note = folder / NOTE
        note.write_text(json.dumps(json.loads(_drills.dump_json(outcome)), indent=2) + "\n", encoding="utf-8")
        publish(note, place.folder / NOTE)
    return outcome


async def _tried(place: DataPlace, backup: Path, file: Path, go_on: Callable[[], bool]) -> str | None:
    """Restore a backup into a file, and start on it; returns what is wrong, if anything is."""
    # In a thread, because members are answered meanwhile.
    manifest = await asyncio.to_thread(extract, backup, file)
    check_keys(manifest, place.ring)
    problem = await asyncio.to_thread(wrong_with, file, manifest, place.ring, go_on)
    if problem is None:
        # Every row of the present schema was read just now.
        older, copies = manifest.schema != migrate.HEAD, Copies(file.parent, wanted=False)
        db = await open_database(url_of(file), place.ring, copies=copies, every_row=older)
        await db.close()
    return problem
