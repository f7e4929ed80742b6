"""Runs a script file: a database, a clock and a community are made for it unless they are given."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo, available_timezones

from adapters.console.script import BadLine, is_silent, read_time, run_line
from adapters.console.session import CannotDo, Session, open_session
from adapters.console.show import as_json as json_line, as_text
from adapters.console.story import beginning, tell
from adapters.files import read_text
from adapters.log import set_up_logging
from adapters.operator.keys import place_of
from adapters.wording import worded
from bot.config import SettingsError
from bot.engine.clock import ManualClock
from bot.store.errors import StartError, StoreError, WrongKey

START = "2026-03-09T09:00"
"""A Monday morning, where a script starts when it does not say."""


async def run_file(file: Path, *, at: str | None, db: str | None, as_json: bool, zone: str, seeded: bool) -> str | None:
    """Run a script and print what everyone sees; returns the problem that stopped it, if one did."""
    set_up_logging("ERROR")
    if zone not in available_timezones():
        return f"there is no time zone {zone}; write it like America/Toronto"
    try:
        lines = _lines(file)
        start = read_time(START if at is None else at, ZoneInfo(zone))
        async with a_session(db, start, zone, seeded=seeded) as session:
            await _run(session, lines, as_json=as_json)
    except BadLine as bad:
        return f"line {bad.number}: {bad.why}"
    except (SettingsError, StoreError, ValueError) as wrong:
        return worded(wrong)
    return None


@asynccontextmanager
async def a_session(db: str | None, start: datetime, zone: str, *, seeded: bool = False) -> AsyncGenerator[Session]:
    """Open a console on a file, on a database of a server, or on one that is gone afterwards."""
    with TemporaryDirectory(prefix="hello-circle-") as folder:
        place = place_of(db if db is not None else str(Path(folder) / "circle.db"))
        has_story = seeded and place.fresh
        clock = ManualClock(beginning(start, ZoneInfo(zone)) if has_story else start)
        try:
            async with open_session(place.url, place.keys, clock, zone, backups=place.backups) as session:
                if has_story:
                    await tell(session, start)
                yield session
        except WrongKey as wrong:
            raise WrongKey("{problem} It is kept in {file}.", problem=wrong, file=place.key_place) from None


def _lines(file: Path) -> list[str]:
    """Read the steps of a script.

    Raises:
        StartError: it cannot be read, or has no step.
    """
    piped = str(file) == "-"
    lines = (_standard_input() if piped else read_text(file)).splitlines()
    if all(is_silent(line) for line in lines):
        where = "Standard input" if piped else f"The script {file}"
        raise StartError("{where} has no step in it. Write one a line, such as: @amina /help", where=where)
    return lines


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StartError("Standard input is not text in UTF-8. Send it as UTF-8, then try again.") from None


async def _run(session: Session, lines: list[str], *, as_json: bool) -> None:
    for number, line in enumerate(lines, start=1):
        try:
            new = await run_line(session, line)
        except CannotDo as problem:
            raise BadLine(number, str(problem)) from problem
        for seen in new:
            sys.stdout.write((json_line if as_json else as_text)(seen, session.zone) + "\n")
