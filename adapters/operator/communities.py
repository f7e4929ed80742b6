"""The commands about communities, for whoever runs one bot for many: count them, hand one over, erase one."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typer

from adapters.log import set_up_logging
from adapters.operator.backups.place import DataPlace, place_of
from adapters.operator.private_file import write_private
from adapters.runtime import hello_circle, new_keys, open_database
from adapters.wording import confirmed, tell, worded
from bot.config import SettingsError, load_settings
from bot.engine.clock import SystemClock
from bot.scheduling.leaving import KEPT_FOR, erase_at_once
from bot.store import census, communities, reach, taking_along
from bot.store.backups import erasures
from bot.store.backups.copies import Copies
from bot.store.census import CountedCommunity
from bot.store.database import Tx
from bot.store.errors import Missing, StartError, StoreError
from bot.store.looking import looking, schema
from bot.store.migrate import HEAD
from bot.store.sqlite import real_path, url_of
from bot.store.turns import on_behalf_of
from bot.ui.text import Text, t
from bot.ui.values import Count, UserText

HEADS = ("id", "platform", "there", "state", "since", "members", "people")


def list_communities(*, as_json: bool) -> str | None:
    """Print every community in figures; returns the problem, if there is one. The bot may run meanwhile."""
    try:
        with looking((place := _place()).origin, place.ring) as tx:
            _check(tx)
            everything = census.counted(tx)
    except (SettingsError, StoreError) as problem:
        return worded(problem)
    if as_json:
        typer.echo(json.dumps([_plain(counted) for counted in everything], indent=2))
        return None
    rows = [HEADS, *(_row(counted) for counted in everything)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    for row in rows:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return None


async def export_community(named: str, to: Path) -> str | None:
    """Write one community into a database file of its own, beside its new key; the bot may run meanwhile."""
    try:
        target, key = _files(to)
        if taken_name := next((path for path in (target, key) if path.exists()), None):
            raise StartError("The file {file} is there already. Choose another name.", file=taken_name)
        with looking((place := _place()).origin, place.ring) as tx:
            _check(tx)
            taken = taking_along.take(tx, census.find(tx, named).id)
        await _write(taken, target, key)
    except (SettingsError, StoreError) as problem:
        return worded(problem)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        return worded(
            StartError("The file {file} cannot be written: {reason}. Choose another place.", file=to, reason=reason)
        )
    files = {"file": UserText(str(target)), "key": UserText(str(key))}
    tell(t("Everything of this community is in {file}: {n} rows. Its key is in {key}.", n=Count(taken.count), **files))
    tell(t("Whoever has both can read what its members wrote."))
    tell(t("So hand them over apart, and tell the members first."))
    tell(t("To go on with it elsewhere: the file is for DATABASE_URL, the key for ENCRYPTION_KEYS."))
    return None


async def erase_community(named: str, *, sure: bool) -> str | None:
    """Erase one community at once; returns the problem, if there is one."""
    try:
        place = _place()
        with looking(place.origin, place.ring) as tx:
            _check(tx)
            counted = census.find(tx, named)
        tell(_shown(counted))
        if not sure and not confirmed(t("Erase it? Nobody can bring it back.")):
            raise StartError("Nothing was erased.")
        await _erase(place, counted)
    except typer.Abort:
        return worded(StartError("Nothing was erased. Without a terminal, add --yes."))
    except (SettingsError, StoreError, OSError) as problem:
        return worded(problem)
    days = Count(place.keep.days)
    tell(t("It is erased, and its key with it. Backups forget it within {n} days.", n=days))
    tell(t("The bot is still there, as in a new place, until somebody takes it out."))
    return None


def _shown(counted: CountedCommunity) -> Text:
    return t(
        "{platform} {id}: members: {members}, people on their lists: {people}",
        platform=UserText(counted.platform),
        id=UserText(counted.platform_id),
        members=Count(counted.members),
        people=Count(counted.people),
    )


async def _erase(place: DataPlace, counted: CountedCommunity) -> None:
    now, registry = SystemClock().now(), hello_circle()

    def work(tx: Tx) -> None:
        community = communities.find(tx, counted.platform, counted.platform_id)
        if community is None:
            raise Missing("It is erased already.")
        erase_at_once(tx, registry, community, now)

    async with open_database(place.url, place.keys, copies=Copies(place.folder)) as db:
        with on_behalf_of(reach.place_of(counted.platform, counted.platform_id)):
            await db.write(work)
        await db.empty_log()
        remembered = await db.read(erasures.kept_in)
    await asyncio.to_thread(erasures.mirror, place.folder, remembered, now)


async def _write(taken: taking_along.CommunityContents, target: Path, key: Path) -> None:
    keys = new_keys()
    write_private(key, keys + "\n")
    async with open_database(url_of(target), keys) as db:
        await db.write(lambda tx: taking_along.put(tx, taken))
        await db.empty_log()


def _files(to: Path) -> tuple[Path, Path]:
    """Name the new database file, and that of its key."""
    target = real_path(to.expanduser())
    return target, target.with_name(f"{target.name}.key")


def _place() -> DataPlace:
    settings = load_settings()
    set_up_logging("WARNING" if settings.log_level == "INFO" else settings.log_level, settings.log_format)
    place = place_of(settings)
    if not place.is_there:
        raise StartError("The database file {file} is not there. Correct DATABASE_URL.", file=place.origin)
    return place


def _check(tx: Tx) -> None:
    if schema(tx) != HEAD:
        raise StartError("The database is of another version. Bring it up to this one: hello-circle db upgrade")


def _state(counted: CountedCommunity) -> str:
    if counted.left_at is not None:
        return f"left, erased on {counted.left_at + KEPT_FOR:%Y-%m-%d}"
    return "set up" if counted.set_up else "not set up"


def _row(counted: CountedCommunity) -> Sequence[str]:
    since = "" if counted.since is None else f"{counted.since:%Y-%m-%d}"
    return (
        counted.id,
        counted.platform,
        counted.platform_id,
        _state(counted),
        since,
        str(counted.members),
        str(counted.people),
    )


def _plain(counted: CountedCommunity) -> dict[str, object]:
    plain = {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(counted).items()
    }
    return {**plain, "state": _state(counted)}
