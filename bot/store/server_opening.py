"""What is done before a database on a server is used: it is ours, fits the key ring, and is brought up to date.

Processes that start at once take turns: the first one migrates, the others wait and find it done.
"""

import sqlalchemy as sa
import structlog

from bot.store import communities, migrate
from bot.store.backups.copies import Copies
from bot.store.batch import Tx
from bot.store.crypto import check_ring, remember_ring
from bot.store.errors import Away, Damaged, StartError
from bot.store.keyring import KeyRing
from bot.store.postgres.filing import bots_run
from bot.store.postgres.schema import check_fit, check_ours, schema_of, turn
from bot.store.postgres.whole import damage, mend

log = structlog.get_logger()

_COPYING = sa.text("SELECT to_regclass('copying') IS NOT NULL")


def prepare(tx: Tx, url: str, ring: KeyRing, copies: Copies, *, every_row: bool = False, mending: bool = False) -> None:
    """Check a database, then bring its schema up to date; one that is refused is left untouched.

    Raises:
        Damaged: it is not whole.
        NewerSchema: a newer version has written it.
        NotOurs: another program's tables are in it.
        WrongKey: the key ring does not open it.
        StartError: the server or its encoding does not fit, or a copy into the database is not finished.
        Away: bots run that cannot go on with this version's schema.
    """
    check_fit(tx)
    with turn(tx):
        revision = _revision(tx, ring)
        if revision is not None and revision < migrate.READABLE_FROM and bots_run(tx):
            raise Away(
                "Bots of an older version run, which cannot go on beside this one. Stop all of them; then I go on."
            )
        if revision is not None and revision in migrate.KNOWN[:-1]:
            copies.before_upgrade(url, ring)
        if revision is None or revision in migrate.KNOWN[:-1]:
            migrate.run(tx)
        if revision is None or revision in migrate.KNOWN:
            migrate.mark(tx)
        remember_ring(tx, ring)
        communities.seal_plain(tx)
    if mending:
        copies.aside(url)
        with turn(tx):
            mend(tx)
    if (every_row or mending) and (problem := damage(tx)) is not None:
        raise Damaged(
            "The database is damaged: {problem}. Put a backup back: hello-circle restore FILE", problem=problem
        )


def _revision(tx: Tx, ring: KeyRing) -> str | None:
    """Tell the revision of a database that is ours, once the key ring fits it; None when it is empty."""
    if tx.execute(_COPYING).scalar_one():
        raise StartError("A copy into this database is not finished. Type the same line with `db copy` again.")
    revision = schema_of(tx)
    if revision is not None and revision not in migrate.KNOWN and migrate.can_go_on(tx, revision):
        log.warning("newer schema, which only added to this one", schema=revision, known=migrate.HEAD)
    else:
        migrate.checked(revision)
    check_ours(tx)
    if revision is None:
        return None
    check_ring(tx, ring)
    return revision
