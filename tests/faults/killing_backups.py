"""Kills a backup, a restore or a change of the key at any line of it, and lets the next call finish.

A step is a line of ours that is reached for the first time. The process ends there as by SIGKILL: nothing is cleaned up.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import chdir
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from adapters.operator.key_change import drop_key, rotate_keys
from bot.config import keys_of, load_settings
from bot.store.backups.folder import listed
from bot.store.crypto import wrapped_by
from bot.store.database import Database
from bot.store.keyring import KeyRing
from tests.support.backups import backed_up, put_back
from tests.support.damage import rows_of
from tests.support.store import NOW, RING, open_store, path_in, someone, url_of

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["pytest", "tests.faults.killing_backups"])
OURS = (
    "/bot/store/backups/",
    "/adapters/operator/",
    "/bot/config.py",
    "/bot/store/crypto.py",
    "/bot/scheduling/returning.py",
)
LATER = NOW + timedelta(days=1)
REACHED = "reached"


class Steps:
    """Counts the lines of ours that are reached for the first time, and kills the process at one of them."""

    def __init__(self, last: int | None) -> None:
        self.seen: set[tuple[str, int]] = set()
        self._last = last

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        """Follow a function of ours; called by Python."""
        if not any(part in frame.f_code.co_filename for part in OURS):
            return None
        if event == "line" and (here := (frame.f_code.co_filename, frame.f_lineno)) not in self.seen:
            if self._last == len(self.seen):
                os.kill(os.getpid(), signal.SIGKILL)
            self.seen.add(here)
        return self.trace


@dataclass(frozen=True)
class Operation:
    """What is killed: how it begins, what it does, and what must be true after a kill and at the end."""

    prepare: Callable[[Path], Coroutine[Any, Any, None]]
    run: Callable[[Path], Coroutine[Any, Any, None]]
    holds: Callable[[Path], Coroutine[Any, Any, None]]
    is_done: Callable[[Path], Coroutine[Any, Any, None]]


async def _circle(folder: Path) -> None:
    """Two members at the backup, three now, and one who is forgotten in between."""
    async with open_store(folder) as db:
        await db.write(lambda tx: [someone(tx, name) for name in ("Amina", "Omar")])
    backed_up(folder, NOW)
    async with open_store(folder) as db:
        await db.write(lambda tx: [someone(tx, name) for name in ("Li", "Noor", "Eva")])


async def _back_up(folder: Path) -> None:
    backed_up(folder, LATER)


async def _backups_hold(folder: Path) -> None:
    """Every backup that is there can be restored, and the database is as it was."""
    assert len(rows_of(path_in(folder))["members"]) == 5
    for number, backup in enumerate(listed(folder / "backups")):
        there = folder / f"tried {number}"
        there.mkdir(exist_ok=True)
        await put_back(there, backup.path, LATER)
        assert len(rows_of(path_in(there))["members"]) == backup.manifest.counts["members"]


async def _backup_is_done(folder: Path) -> None:
    await _backups_hold(folder)
    assert max(backup.made_at for backup in listed(folder / "backups")) == LATER
    assert not (folder / "backups" / ".work").exists()


def _first(folder: Path) -> Path:
    return next(backup.path for backup in listed(folder / "backups") if backup.made_at == NOW)


async def _restore(folder: Path) -> None:
    await put_back(folder, _first(folder), LATER)


async def _database_holds(folder: Path) -> None:
    """The database is the old one or the new one, and whole."""
    await _whole(folder, RING)
    assert len(rows_of(path_in(folder))["members"]) in (2, 5)


async def _restore_is_done(folder: Path) -> None:
    await _whole(folder, RING)
    assert len(rows_of(path_in(folder))["members"]) == 2
    assert not path_in(folder).with_name("circle.db.restoring").exists()
    assert any(backup.manifest.counts.get("members") == 5 for backup in listed(folder / "backups")), (
        "the old one is kept"
    )


async def _whole(folder: Path, keys: str) -> None:
    await (await Database.open(url_of(folder), KeyRing.parse(keys), every_row=True)).close()


async def _with_settings(folder: Path) -> None:
    await _circle(folder)
    (folder / ".env").write_text(f"# mine\nDATABASE_URL={url_of(folder)}\nENCRYPTION_KEYS={RING}\nOTHER=1\n")


async def _rotate(folder: Path) -> None:
    with chdir(folder):
        problem = await rotate_keys(None)
    assert problem is None, problem


async def _keys_hold(folder: Path) -> None:
    """The settings open the database, whichever step was the last, and keep their other lines."""
    with chdir(folder):
        keys = keys_of(load_settings())
        text = Path(".env").read_text()
    await _whole(folder, keys)
    assert text.startswith("# mine\n")
    assert text.endswith("OTHER=1\n")


async def _rotation_is_done(folder: Path) -> None:
    """The current key wraps everything, and the old one is really removable."""
    with chdir(folder):
        names = KeyRing.parse(keys_of(load_settings())).names
        for name in names[1:]:
            assert await drop_key(name, at_once=True) is None
        keys = keys_of(load_settings())
    assert KeyRing.parse(keys).names == names[:1]
    assert names[0] != "test"
    db = await Database.open(url_of(folder), KeyRing.parse(keys), every_row=True)
    try:
        assert set(await db.read(wrapped_by)) == {names[0]}
    finally:
        await db.close()


OPERATIONS = {
    "backup": Operation(_circle, _back_up, _backups_hold, _backup_is_done),
    "restore": Operation(_circle, _restore, _database_holds, _restore_is_done),
    "rotation": Operation(_with_settings, _rotate, _keys_hold, _rotation_is_done),
}


def in_process(folder: Path, name: str, last: int | None) -> int | None:
    """Do an operation in a process of its own that is killed at a step; returns how it ended."""
    process = PROCESSES.Process(target=_child, args=(folder, name, last))
    process.start()
    process.join()
    ended = process.exitcode
    process.close()
    return ended


def _child(folder: Path, name: str, last: int | None) -> None:
    steps = Steps(last)
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - as long as the process
    threading.settrace(steps.trace)
    sys.settrace(steps.trace)
    asyncio.run(OPERATIONS[name].run(folder))
    sys.settrace(None)
    (folder / REACHED).write_text(str(len(steps.seen)))


async def steps_of(folder: Path, name: str) -> int:
    """Count the steps of an operation, by doing it once to its end."""
    folder.mkdir()
    await OPERATIONS[name].prepare(folder)
    assert in_process(folder, name, None) == 0
    return int((folder / REACHED).read_text())


async def survives(folder: Path, name: str, last: int) -> None:
    """Kill an operation at a step; what is there is whole, and the next call finishes."""
    folder.mkdir()
    operation = OPERATIONS[name]
    await operation.prepare(folder)
    assert in_process(folder, name, last) in (0, -signal.SIGKILL)
    await operation.holds(folder)
    await operation.run(folder)
    await operation.is_done(folder)
