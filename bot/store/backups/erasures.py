"""The list of erasures: who was forgotten, kept outside the database beside its copies, and applied after a restore.

An entry is a keyed hash of a random id, so it tells nothing of a person. It is dropped when the last copy that may hold
them is gone.
"""

import fcntl
import os
import sqlite3
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from bot.domain.ids import CommunityId, MemberId, Who
from bot.store import communities, members
from bot.store.backups.container import ERASURES
from bot.store.backups.folder import keep_names
from bot.store.batch import Tx
from bot.store.crypto import id_key, vault_of
from bot.store.erased import KEPT_FOR
from bot.store.errors import StartError
from bot.store.sqlite import OWNER_ONLY, read_only
from bot.store.tables import communities as community_table, members as member_table, tombstones
from bot.store.types import EPOCH
from bot.store.upsert import insert_or_replace

LOCK = ".erasures.lock"
SPARE = timedelta(days=1)
"""A backup is deleted a little after its days are over, and the list must outlive it."""


@dataclass(frozen=True, slots=True, order=True)
class Erasure:
    """A member or a community that was erased at an instant; `key` is a keyed hash in hexadecimal digits."""

    at: datetime
    community: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class ErasureList:
    """Every erasure since an instant."""

    since: datetime
    erased: tuple[Erasure, ...] = ()

    def with_(self, more: Iterable[Erasure]) -> "ErasureList":
        """Give the list with more entries."""
        return ErasureList(self.since, tuple(sorted({*self.erased, *more})))

    def after(self, instant: datetime) -> "ErasureList":
        """Give the list without what is older than an instant."""
        return ErasureList(max(self.since, instant), tuple(erasure for erasure in self.erased if erasure.at >= instant))


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """How many members and communities of a restored copy were erased again."""

    members: int
    communities: int


_lists = TypeAdapter(ErasureList)


def read_list(text: bytes, name: Path) -> ErasureList:
    """Read a list.

    Raises:
        StartError: it is damaged.
    """
    try:
        return _lists.validate_json(text)
    except ValidationError:
        raise StartError(
            "The list of erasures in {name} is damaged. Put it back from a copy, or delete that file.", name=name
        ) from None


def list_in(folder: Path) -> ErasureList | None:
    """Read the list of a folder; None when there is none.

    Raises:
        StartError: it is damaged, or cannot be read.
    """
    file = folder / ERASURES
    try:
        return read_list(file.read_bytes(), file)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StartError(
            "The list of erasures {file} cannot be read: {reason}. Look at its rights.",
            file=file,
            reason=error.strerror,
        ) from None


def text_of(erased: ErasureList) -> bytes:
    """Write a list as text."""
    return _lists.dump_json(erased, indent=1)


def write_list(folder: Path, erased: ErasureList) -> None:
    """Keep a list in a folder, as a whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".{ERASURES}.part"
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(text_of(erased))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / ERASURES)
    keep_names(folder)


def mirror(folder: Path, remembered: Iterable[Erasure], now: datetime, *, dropping: bool = False) -> None:
    """Bring the list of a folder up to what a database remembers; `dropping` takes out what no copy needs any more.

    A list that is damaged is made anew.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _held(folder):
        try:
            listed = list_in(folder)
        except StartError:
            listed = None
        fresh = (listed or ErasureList(now - KEPT_FOR)).with_(remembered)
        if dropping:
            fresh = fresh.after(now - KEPT_FOR - SPARE)
        if listed is None or fresh.erased != listed.erased:
            write_list(folder, fresh)


@contextmanager
def _held(folder: Path) -> Generator[None]:
    """Hold the list of a folder: the bot and a command may bring it up at once."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def kept_in(tx: Tx) -> list[Erasure]:
    """List the erasures that a database remembers."""
    return [Erasure(row.at, row.community_id, row.kind, row.key.hex()) for row in tx.execute(sa.select(tombstones))]


def kept_in_file(database: Path) -> list[Erasure] | None:
    """List the erasures that a database file remembers; None when it cannot be read."""
    try:
        with closing(read_only(database)) as raw:
            rows = raw.execute("SELECT at, community_id, kind, key FROM tombstones").fetchall()
            return [
                Erasure(EPOCH + timedelta(microseconds=at), place, kind, key.hex()) for at, place, kind, key in rows
            ]
    except (sqlite3.Error, StartError, TypeError, AttributeError, OverflowError):
        return None


def kept_on_server(url: str) -> list[Erasure] | None:
    """List the erasures that a database on a server remembers; None when it cannot be read, or has no tables yet."""
    from bot.store.postgres.filing import connected  # noqa: PLC0415 - a file needs no driver of a server

    try:
        with connected(url) as tx:
            return kept_in(tx)
    except StartError:
        return None


def erase_again(tx: Tx, erased: ErasureList) -> ErasedAgain:
    """Erase from a restored database whoever was erased after the copy was made, and remember them as it did."""
    places = _communities(tx, erased)
    people = _members(tx, erased)
    rows = [
        {"community_id": entry.community, "kind": entry.kind, "key": bytes.fromhex(entry.key), "at": entry.at}
        for entry in erased.erased
    ]
    if rows:
        tx.execute(insert_or_replace(tombstones, "at"), rows)
    vault_of(tx).forget()
    return ErasedAgain(people, places)


def _communities(tx: Tx, erased: ErasureList) -> int:
    """Erase communities; their ids are random, so one that came back later has another."""
    there = set(tx.execute(sa.select(community_table.c.id)).scalars())
    again = [entry for entry in erased.erased if entry.kind == "community" and entry.community in there]
    for entry in again:
        communities.erase(tx, CommunityId(entry.community), entry.at)
    return len(again)


def _members(tx: Tx, erased: ErasureList) -> int:
    """Erase members; somebody who came back after they were erased stays."""
    when = {(entry.community, entry.key): entry.at for entry in erased.erased if entry.kind == "member"}
    affected = {community for community, _ in when}
    columns = (member_table.c.community_id, member_table.c.id, member_table.c.user_key, member_table.c.joined_at)
    again: list[tuple[Who, datetime]] = []
    for row in tx.execute(sa.select(*columns).where(member_table.c.community_id.in_(affected))).all():
        # Earlier versions remembered the hash of the platform's id, which a person who comes back has again.
        keys = (id_key(tx, row.community_id, row.id), row.user_key)
        instants = [when.get((row.community_id, key.hex())) for key in keys]
        at = max((instant for instant in instants if instant is not None), default=None)
        if at is not None and row.joined_at < at:
            again.append((Who(CommunityId(row.community_id), MemberId(row.id)), at))
    for who, at in again:
        members.forget(tx, who, at)
    return len(again)
