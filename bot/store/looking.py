"""Looks at a database from outside, beside a bot that has it open: it takes no lock, and cannot change a byte."""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.store import agenda
from bot.store.address import Origin
from bot.store.batch import Tx, driver
from bot.store.belonging import check_ours
from bot.store.crypto import VAULT, Vault, check_ring
from bot.store.errors import Corrupt, Damaged, StoreError, WrongKey
from bot.store.keyring import KeyRing
from bot.store.migrate import HEAD, checked, revision
from bot.store.notices import NoticeState
from bot.store.posts import PostState
from bot.store.sqlite import BUSY_SECONDS
from bot.store.tables import METADATA, agenda as agenda_table, communities, community_keys, notices, posts
from bot.store.whole import damage

if TYPE_CHECKING:
    from bot.store.postgres.facts import ServerFacts

LOCKS = Path("/proc/locks")


@dataclass(frozen=True, slots=True)
class CommunityLocation:
    """A community as the operator may see it: where it is, and when its next weekly post is due. No names."""

    platform: str
    platform_id: str
    zone: str
    channel: str | None
    next_post: datetime | None


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What the bot still has to send."""

    posts: int
    uncertain: int
    notices: int
    overdue_since: datetime | None
    """When the oldest thing was due that nobody has taken up."""


@contextmanager
def looking(path: Origin, ring: KeyRing) -> Generator[Tx]:
    """Open a database for reading only.

    Raises:
        NotOurs: it is another program's file.
        Damaged: it cannot be opened, or what was to be read cannot be.
    """
    if isinstance(path, str):
        from bot.store.postgres.filing import connected  # noqa: PLC0415 - a file needs no driver of a server

        with connected(path, ring) as tx:
            yield tx
        return
    check_ours(path)
    try:
        raw = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        engine = sa.create_engine("sqlite://", creator=lambda: raw, poolclass=sa.StaticPool)
        with closing(raw), engine.connect() as tx:
            tx.execution_options(isolation_level="AUTOCOMMIT").begin()
            tx.info[VAULT] = Vault(ring)
            yield tx
    except (sqlite3.Error, DBAPIError) as error:
        why = error.orig if isinstance(error, DBAPIError) else error
        raise Damaged("The database file {file} cannot be read: {reason}.", file=path, reason=why) from error


def is_held(path: Origin) -> bool:
    """Tell whether a process has a database open, without touching its lock: a bot that starts must not meet ours."""
    if isinstance(path, str):
        return _is_used(path)
    try:
        inode = path.with_name(path.name + ".lock").stat().st_ino
        locks = LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return False
    return any(f":{inode} " in line and "FLOCK" in line for line in locks)


def schema(tx: Tx) -> str | None:
    """Tell which schema a database has; None when it has none yet.

    Raises:
        NewerSchema: a newer version of the program has written it.
    """
    if _on_server(tx):
        from bot.store.postgres.schema import schema_of  # noqa: PLC0415 - as above

        return checked(schema_of(tx))
    return revision(driver(tx))


def key_problem(tx: Tx, ring: KeyRing) -> str | None:
    """Tell why a key ring does not open a database; None when it does, or when nothing is in it yet."""
    if schema(tx) is None:
        return None
    try:
        check_ring(tx, ring)
        for row in tx.execute(sa.select(community_keys)):
            ring.unwrap(row.community_id, row.key_id, row.wrapped)
    except (WrongKey, Corrupt) as wrong:
        return str(wrong)
    return None


def damage_in(tx: Tx) -> str | None:
    """Read the whole file, and tell what is wrong with it; of an older schema only its pages are read."""
    try:
        if _on_server(tx):
            from bot.store.postgres.whole import damage as damage_on_server  # noqa: PLC0415 - as above

            return damage_on_server(tx) if schema(tx) == HEAD else None
        if schema(tx) == HEAD:
            return damage(tx, lambda: True)
        (verdict,) = driver(tx).execute("PRAGMA integrity_check(1)").fetchone()
    except (sqlite3.Error, StoreError):
        return "its pages are not whole"
    return None if verdict == "ok" else "its pages are not whole"


def has_begun(origin: Origin) -> bool:
    """Tell whether something is kept in a database.

    Raises:
        StartError: it is on a server, which cannot be reached.
    """
    if isinstance(origin, Path):
        return origin.is_file() and origin.stat().st_size > 0
    from bot.store.postgres.filing import connected  # noqa: PLC0415 - as above
    from bot.store.postgres.schema import schema_of  # noqa: PLC0415 - as above

    with connected(origin) as tx:
        return schema_of(tx) is not None


def check_server(url: str) -> None:
    """Refuse a database on a server that cannot be used; nothing is changed.

    Raises:
        NotOurs: another program's tables are in it.
        StartError: it cannot be reached, or is too old.
    """
    from bot.store.postgres.filing import connected  # noqa: PLC0415 - as above
    from bot.store.postgres.schema import check_fit, check_ours as check_tables  # noqa: PLC0415 - as above

    with connected(url) as tx:
        check_fit(tx)
        check_tables(tx)


def _on_server(tx: Tx) -> bool:
    return tx.dialect.name != "sqlite"


def _is_used(url: str) -> bool:
    from bot.store.postgres.filing import connected, in_use  # noqa: PLC0415 - as above

    try:
        with connected(url) as tx:
            return in_use(tx)
    except StoreError:
        return False


def server_facts(tx: Tx) -> "ServerFacts":
    """Ask a server about itself."""
    from bot.store.postgres.facts import facts_of  # noqa: PLC0415 - as above

    return facts_of(tx)


def rows(tx: Tx) -> int:
    """Count everything that is kept."""
    return sum(
        tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in METADATA.tables.values()
    )


def began(tx: Tx) -> datetime | None:
    """Tell when the oldest community came."""
    oldest = sa.func.min(communities.c.created_at, type_=communities.c.created_at.type)
    return tx.execute(sa.select(oldest)).scalar_one()


def homes(tx: Tx, weekly: Sequence[str]) -> list[CommunityLocation]:
    """List the communities that are set up, with the next of their posts of these kinds."""
    due = (
        sa.select(
            agenda_table.c.community_id,
            sa.func.min(agenda_table.c.next_due_at, type_=agenda_table.c.next_due_at.type).label("at"),
        )
        .where(agenda_table.c.member_id == "", agenda_table.c.kind.in_(weekly))
        .group_by(agenda_table.c.community_id)
    )
    next_of = {row.community_id: row.at for row in tx.execute(due)}
    living = sa.select(communities).where(communities.c.set_up, communities.c.left_at.is_(None))
    in_order = living.order_by(communities.c.platform, communities.c.platform_id)
    return [
        CommunityLocation(row.platform, row.platform_id, row.zone, row.digest_channel, next_of.get(row.id))
        for row in tx.execute(in_order)
    ]


def outstanding(tx: Tx) -> Outstanding:
    """Count what waits to be sent, and what nobody knows the fate of."""
    uncertain = sa.select(sa.func.count()).where(posts.c.state == PostState.UNCERTAIN)
    waits = sa.select(sa.func.count()).where(posts.c.next_at.is_not(None))
    letters = sa.select(sa.func.count()).where(notices.c.state.in_((NoticeState.WAITING, NoticeState.CLAIMED)))
    oldest = [sa.func.min(table.c.next_at, type_=table.c.next_at.type).select() for table in (posts, notices)]
    due = [agenda.earliest(tx), *(tx.execute(earliest_of).scalar_one() for earliest_of in oldest)]
    return Outstanding(
        tx.execute(waits).scalar_one(),
        tx.execute(uncertain).scalar_one(),
        tx.execute(letters).scalar_one(),
        min((at for at in due if at is not None), default=None),
    )
