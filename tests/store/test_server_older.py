"""What an older version left on a server, and what one process remembers while another changes it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ids import Who
from bot.store import leads, members, migrate, processes, spellings
from bot.store.batch import Tx
from bot.store.errors import Away
from bot.store.keyring import KeyRing
from bot.store.leases import LASTS
from bot.store.postgres.filing import connected, drop_all, to_file
from bot.store.postgres.raw import driver
from bot.store.postgres.rows import count_on, put_on_server, rows_of_file, shapes
from bot.store.postgres.schema import schema_of, turn
from bot.store.present import present
from bot.store.sqlite import read_only
from tests.store.test_migrations import go_back
from tests.support.store import NOW, RING, open_store, path_in, someone, url_of

pytestmark = pytest.mark.server_only

FIRST = migrate.KNOWN.index("0016")
"""The first schema that a server can have had."""
KAMAL, DUNG = ("Kamal Haddad", "Kamal Hadad"), ("Nguyễn Văn Dũng", "Nguyễn Văn Dung")
"""Names, each with another spelling."""


def go_back_on_server(folder: Path, revision: str) -> None:
    """Give the database of a folder an older schema, with whatever that has room for."""
    url = url_of(folder)
    to_file(url, path_in(folder))
    go_back(folder, revision)
    with connected(url, KeyRing.parse(RING)) as tx, turn(tx), closing(read_only(path_in(folder))) as source:
        raw, tables = driver(tx), shapes(source)
        drop_all(raw)
        migrate.run(tx, revision)
        for shape in tables:
            put_on_server(raw, shape, rows_of_file(source, shape))
        count_on(raw, tables)


def alike(who: Who, name: str) -> Callable[[Tx], list[str]]:
    return lambda tx: [lead.name for lead in spellings.alike(tx, who, name, "Bell", {})]


def say_that_a_bot_runs(tx: Tx, ago: timedelta) -> None:
    at = present(tx) - ago
    processes.note(tx, processes.Process("3f9a1c", "0.0.9", ("slack",), at, at, leaving=False))


@pytest.mark.parametrize("revision", [migrate.KNOWN[FIRST], migrate.KNOWN[-2]])
async def test_what_an_older_version_left_is_brought_up_after_a_backup(tmp_path: Path, revision: str):
    async with open_store(tmp_path) as db:
        who = await db.write(someone)
        await db.write(lambda tx: leads.add(tx, who, leads.NewLead(DUNG[0], "Bell", "x"), NOW))
    go_back_on_server(tmp_path, revision)
    async with open_store(tmp_path) as db:
        assert await db.read(lambda tx: members.find(tx, who.community, "amina")) is not None
        assert await db.read(alike(who, DUNG[1])) == [DUNG[0]]
        lead, new, _ = await db.write(lambda tx: leads.add(tx, who, leads.NewLead(KAMAL[0], "Bell", "x"), NOW))
        assert new
        assert await db.write(lambda tx: leads.save(tx, who, replace(lead, notes="y"), NOW))
    assert [file.name.split("-")[-1] for file in (tmp_path / "backups").glob("*.zip")] == ["upgrade.zip"]


async def test_a_new_version_takes_nothing_away_from_older_bots_that_still_run(tmp_path: Path):
    """It waits until they are stopped, and an adding version would go on beside them."""
    async with open_store(tmp_path) as db:
        await db.write(lambda tx: say_that_a_bot_runs(tx, timedelta(0)))
    go_back_on_server(tmp_path, migrate.KNOWN[migrate.KNOWN.index(migrate.READABLE_FROM) - 1])
    with pytest.raises(Away, match="Stop all of them; then I go on"):
        async with open_store(tmp_path):
            pass
    with connected(url_of(tmp_path), KeyRing.parse(RING)) as tx:
        assert schema_of(tx) != migrate.HEAD
        say_that_a_bot_runs(tx, LASTS)
    async with open_store(tmp_path) as db:
        assert await db.read(schema_of) == migrate.HEAD


async def test_names_that_a_process_remembers_are_those_that_another_wrote_last(tmp_path: Path):
    async with open_store(tmp_path) as db, open_store(tmp_path) as other:
        who = await db.write(someone)
        lead, *_ = await db.write(lambda tx: leads.add(tx, who, leads.NewLead(DUNG[0], "Bell", "x"), NOW))
        assert await other.read(alike(who, DUNG[1])) == [DUNG[0]]
        assert await db.write(lambda tx: leads.save(tx, who, replace(lead, name=KAMAL[0]), NOW))
        assert await other.read(alike(who, DUNG[1])) == []
        assert await other.read(alike(who, KAMAL[1])) == [KAMAL[0]]
        choices = await other.read(lambda tx: leads.names(tx, who, open_only=True))
        assert [choice.name for choice in choices] == [KAMAL[0]]
        assert await other.write(lambda tx: leads.drop(tx, who, lead.id))
        assert await db.read(alike(who, KAMAL[1])) == []
