"""Runs a script file: a database, a clock and a community are made for it unless they are given."""

import os
import stat
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo, available_timezones

from adapters.console.script import BadLine, read_time, run_line
from adapters.console.session import CannotDo, Session, open_session
from adapters.console.show import as_json as json_line
from adapters.console.show import as_text
from adapters.console.story import beginning, tell
from adapters.log import set_up_logging
from adapters.runtime import new_keys
from adapters.trouble import read_text
from bot.core.clock import ManualClock
from bot.store.belonging import check_ours
from bot.store.errors import StartError, StoreError, WrongKey
from bot.store.keyring import KeyRing
from bot.store.sqlite import real_path, url_of

START = "2026-03-09T09:00"
"""A Monday morning, where a script starts when it does not say."""


async def run_file(
    file: Path, *, at: str | None, db: Path | None, as_json: bool, zone: str, seeded: bool
) -> str | None:
    """Run a script and print what everyone sees; returns the problem that stopped it, if one did."""
    set_up_logging("ERROR")
    if zone not in available_timezones():
        return f"there is no time zone {zone}; write it like America/Toronto"
    text, problem = read_text(file, "The script")
    if problem is not None:
        return problem
    try:
        start = read_time(START if at is None else at, ZoneInfo(zone))
        async with a_session(db, start, zone, seeded=seeded) as session:
            await _run(session, text.splitlines(), as_json=as_json)
    except BadLine as bad:
        return f"line {bad.number}: {bad.why}"
    except (StoreError, ValueError) as wrong:
        return str(wrong)
    return None


@asynccontextmanager
async def a_session(db: Path | None, start: datetime, zone: str, *, seeded: bool = False) -> AsyncGenerator[Session]:
    """Open a console on a file, or on a database that is gone afterwards."""
    with TemporaryDirectory(prefix="hello-circle-") as folder:
        path = real_path(db if db is not None else Path(folder) / "circle.db")
        fresh = not path.exists()
        told = seeded and fresh
        clock = ManualClock(beginning(start, ZoneInfo(zone)) if told else start)
        keys = _kept_keys(path)
        try:
            async with open_session(url_of(path), keys, clock, zone) as session:
                if told:
                    await tell(session, start)
                yield session
        except WrongKey as wrong:
            raise WrongKey(f"{wrong} It is kept in {_key_file(path)}.") from None


async def _run(session: Session, lines: list[str], *, as_json: bool) -> None:
    for number, line in enumerate(lines, start=1):
        try:
            seen = await run_line(session, line)
        except CannotDo as problem:
            raise BadLine(number, str(problem)) from problem
        for each in seen:
            sys.stdout.write((json_line if as_json else as_text)(each, session.zone) + "\n")


def _kept_keys(path: Path) -> str:
    """Read the key that is kept beside a file, making it together with the file, readable by its owner only.

    Raises:
        WrongKey: the file is there and its key is not, or what is kept is no key.
        StartError: the folder is not there, or nothing can be read or written in it.
    """
    kept = _key_file(path)
    check_ours(path)
    begun = path.exists() and path.stat().st_size > 0
    if kept.exists() and (begun or not _is_empty(kept)):
        return _checked(kept)
    if begun:
        raise WrongKey(
            f"The key file {kept} is not there, and {path} cannot be read without it. Put it back from your copy. "
            "It holds what ENCRYPTION_KEYS is for the bot."
        )
    if not path.parent.is_dir():
        raise StartError(f"The folder {path.parent} is not there. Make it first, or correct the path.")
    try:
        return _new_key(kept)
    except OSError as error:
        raise StartError(f"The key file {kept} cannot be written: {error.strerror}.") from None


def _is_empty(kept: Path) -> bool:
    """Tell whether a key file holds nothing, as one does that a full disk cut off."""
    return kept.is_file() and kept.stat().st_size == 0


def _checked(kept: Path) -> str:
    keys, problem = read_text(kept, "The key file")
    if problem is not None:
        raise WrongKey(f"{problem} It holds what ENCRYPTION_KEYS is for the bot.")
    try:
        KeyRing.parse(keys.strip())
    except WrongKey as wrong:
        raise WrongKey(f"The file {kept} holds no key. {wrong}") from None
    return keys.strip()


def _new_key(kept: Path) -> str:
    """Make a key that is there as a whole, or not at all."""
    keys, made = new_keys(), kept.with_name(f"{kept.name}.new")
    try:
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "w") as file:
            file.write(keys)
        made.replace(kept)
    except OSError:
        made.unlink(missing_ok=True)
        raise
    return keys


def _key_file(path: Path) -> Path:
    return path.with_name(path.name + ".key")
