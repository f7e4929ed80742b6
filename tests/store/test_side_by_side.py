"""Two versions side by side: what a new one may change, and when an older one goes on beside it."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.store import leads, migrate
from bot.store.errors import NewerSchema
from bot.store.keyring import KeyRing
from bot.store.postgres.filing import connected, empty_file
from bot.store.postgres.schema import schema_of, turn
from bot.store.postgres.worker import driver
from tests.store.test_migrations import shape
from tests.support.store import NOW, RING, open_store, someone, url_of

NEWER = "9001"


def schema_at(folder: Path, revision: str) -> dict[str, tuple[list[Any], list[Any], list[Any]]]:
    """Tell what the tables of a schema are."""
    file = folder / f"{revision}.db"
    empty_file(file, revision)
    with sqlite3.connect(file) as raw:
        return shape(raw)


@pytest.mark.file_only("the schema, step by step")
def test_every_migration_since_the_oldest_program_that_goes_on_only_adds(tmp_path: Path):
    older, newer = (schema_at(tmp_path, revision) for revision in (migrate.READABLE_FROM, migrate.HEAD))
    for name, (columns, indexes, keys) in older.items():
        assert name in newer, f"{name} is gone, so raise READABLE_FROM"
        columns_now, indexes_now, keys_now = newer[name]
        there = {column[1]: column[2:] for column in columns_now}
        assert all(there.get(column[1]) == column[2:] for column in columns), f"{name} changed, so raise READABLE_FROM"
        added = [column for column in columns_now if column[1] not in {column_before[1] for column_before in columns}]
        must = [column[1] for column in added if column[3] and column[4] is None]
        assert not must, f"an older program writes {name} without {must}, so raise READABLE_FROM"
        strict = [index for index in indexes_now if index not in indexes and index[0]]
        assert not strict, f"{name} has a new rule that an older program may break, so raise READABLE_FROM"
        assert keys_now == keys, f"{name} has a new rule that an older program may break, so raise READABLE_FROM"


async def pretend_newer(folder: Path, readable_from: str | None) -> None:
    """Let a later version have brought the database up: it added a column and a table."""
    async with open_store(folder):
        pass
    with connected(url_of(folder), KeyRing.parse(RING)) as tx, turn(tx):
        raw = driver(tx)
        raw.execute("ALTER TABLE leads ADD COLUMN later TEXT")
        raw.execute("CREATE TABLE later (id TEXT PRIMARY KEY)")
        raw.execute("UPDATE alembic_version SET version_num = %s", (NEWER,))
        raw.execute("DELETE FROM kept WHERE name = 'schema:readable-from'")
        if readable_from is not None:
            raw.execute("INSERT INTO kept VALUES ('schema:readable-from', %s)", (f'{{"schema": "{readable_from}"}}',))


@pytest.mark.server_only
async def test_an_older_program_goes_on_with_a_schema_that_only_added(tmp_path: Path):
    await pretend_newer(tmp_path, migrate.HEAD)
    async with open_store(tmp_path) as db:
        who = await db.write(someone)
        await db.write(lambda tx: leads.add(tx, who, leads.NewLead("Dana R.", "Nordik", "x"), NOW))
        assert [lead.name for lead in await db.read(lambda tx: leads.choices(tx, who, open_only=False))] == ["Dana R."]
        assert await db.read(schema_of) == NEWER, "it changed nothing"


@pytest.mark.server_only
@pytest.mark.parametrize("readable_from", [NEWER, None])
async def test_an_older_program_does_not_start_where_the_newer_one_changed_something(
    tmp_path: Path, readable_from: str | None
):
    await pretend_newer(tmp_path, readable_from)
    with pytest.raises(NewerSchema, match="Install the newer version again"):
        async with open_store(tmp_path):
            pass


@pytest.mark.server_only
async def test_a_new_database_says_which_programs_can_go_on(tmp_path: Path):
    async with open_store(tmp_path) as db:
        assert await db.read(lambda tx: migrate.can_go_on(tx, NEWER)), "this one is the oldest that knows"
