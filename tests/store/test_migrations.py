import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store import migrate
from bot.store.backups.container import extract
from bot.store.backups.folder import listed
from bot.store.batch import Tx, driver
from bot.store.sqlite import WRITER, connect
from bot.store.tables import METADATA
from tests.support.store import open_store, path_in

pytestmark = pytest.mark.file_only("the schema of a file, step by step")


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", "bot.store:migrations")
    return settings


def shape(raw: sqlite3.Connection) -> dict[str, tuple[list[Any], list[Any], list[Any]]]:
    """Everything SQLite knows of the tables, apart from the order of indexes and of foreign keys."""
    tables: dict[str, tuple[list[Any], list[Any], list[Any]]] = {}
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"):
        indexes = raw.execute(f"PRAGMA index_list({name})").fetchall()
        tables[name] = (
            raw.execute(f"PRAGMA table_info({name})").fetchall(),
            sorted((unique, made_by, partial, named(i)) for _, i, unique, made_by, partial in indexes),
            sorted(raw.execute(f"PRAGMA foreign_key_list({name})").fetchall(), key=lambda row: row[2:]),
        )
    return tables


def named(index: str) -> str:
    return "" if index.startswith("sqlite_autoindex") else index


def test_the_migrations_make_exactly_the_tables(tx: Tx):
    context = MigrationContext.configure(tx, opts={"target_metadata": METADATA})
    assert compare_metadata(context, METADATA) == []
    other = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with other.connect() as declared:
        METADATA.create_all(declared)
        assert shape(driver(tx)) == shape(driver(declared))
    other.dispose()


def written(tx: Tx) -> dict[str, tuple[str, list[str], str]]:
    """Everything that SQLite was told to make, apart from the order inside a table and from white space."""
    rows = driver(tx).execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: told(sql) for name, sql in rows}


def told(sql: str) -> tuple[str, list[str], str]:
    """Cut a statement into what stands before its brackets, what stands between its outer commas, and what follows."""
    before, _, others = " ".join(sql.replace('"', "").split()).partition("(")
    inside, _, after = others.rpartition(")")
    pieces, depth = [""], 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += sign
    return before.strip(), sorted(piece.strip() for piece in pieces), after.strip()


def test_a_new_file_is_made_at_once_as_all_the_steps_would_make_it(tmp_path: Path):
    at_once, by_steps = (connect(tmp_path / name, WRITER) for name in ("new.db", "stepped.db"))
    try:
        migrate.bring_up(at_once)
        migrate.run(by_steps)
        assert len(written(at_once)) > 50
        assert written(at_once) == written(by_steps)
        assert migrate.revision(driver(at_once)) == migrate.revision(driver(by_steps)) == migrate.HEAD
    finally:
        for tx in (at_once, by_steps):
            tx.close()
            tx.engine.dispose()


def test_the_known_revisions_are_those_of_the_migrations():
    scripts = ScriptDirectory.from_config(config())
    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(migrate.KNOWN))
    assert scripts.get_heads() == [migrate.HEAD]


def at(folder: Path, revision: str) -> None:
    """Leave a database behind that is at an older revision, with something in it."""
    tx = connect(path_in(folder), WRITER)
    settings = config()
    settings.attributes["connection"] = tx
    command.upgrade(settings, revision)
    driver(tx).execute("INSERT INTO tombstones VALUES ('c', 'kept', x'00', 1)")
    tx.close()
    tx.engine.dispose()


def go_back(folder: Path, revision: str) -> None:
    """Keep in a database of an older revision whatever it has room for of the one that is there."""
    newer = path_in(folder).rename(folder / "newer.db")
    at(folder, revision)
    raw = sqlite3.connect(path_in(folder), isolation_level=None)
    raw.execute("ATTACH ? AS newer", (str(newer),))
    names = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT IN ('alembic_version', 'sqlite_sequence')"
    for (table,) in raw.execute(names).fetchall():
        columns = [{row[1] for row in raw.execute(f"PRAGMA {file}.table_info({table})")} for file in ("main", "newer")]
        both = ", ".join(sorted(set.intersection(*columns)))
        raw.execute(f"INSERT OR REPLACE INTO main.{table} ({both}) SELECT {both} FROM newer.{table}")  # noqa: S608 - our tables
    raw.close()


def asked(path: Path, question: str) -> object:
    raw = sqlite3.connect(path)
    (answer,) = raw.execute(question).fetchone()
    raw.close()
    return answer


async def test_an_older_database_is_saved_then_brought_up(tmp_path: Path):
    at(tmp_path, migrate.KNOWN[0])
    leftover = tmp_path / "backups" / ".work" / "copy.db"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"a copy that was cut short")
    async with open_store(tmp_path):
        pass
    (backup,) = listed(tmp_path / "backups")
    copy = tmp_path / "copy.db"
    extract(backup.path, copy)
    assert asked(path_in(tmp_path), "SELECT version_num FROM alembic_version") == migrate.HEAD
    assert asked(copy, "SELECT version_num FROM alembic_version") == migrate.KNOWN[0]
    for file in (path_in(tmp_path), copy):
        assert asked(file, "SELECT kind FROM tombstones") == "kept"
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert not leftover.exists()


async def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    at(tmp_path, migrate.KNOWN[0])
    upgrade = command.upgrade

    def fails(settings: Config, revision: str) -> None:
        upgrade(settings, revision)
        raise OSError("the power went")

    monkeypatch.setattr(command, "upgrade", fails)
    with pytest.raises(OSError, match="power"):
        async with open_store(tmp_path):
            pass
    assert asked(path_in(tmp_path), "SELECT version_num FROM alembic_version") == migrate.KNOWN[0]
    assert asked(path_in(tmp_path), "SELECT count(*) FROM sqlite_master WHERE name = 'leads'") == 0
    monkeypatch.undo()
    async with open_store(tmp_path):
        pass


async def test_a_schema_without_a_revision_counts_as_empty(tmp_path: Path):
    raw = sqlite3.connect(path_in(tmp_path))
    raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    raw.commit()
    raw.close()
    async with open_store(tmp_path):
        pass
    assert asked(path_in(tmp_path), "SELECT version_num FROM alembic_version") == migrate.HEAD


async def test_messages_planned_the_old_way_are_planned_anew_a_day_before_they_would_have_come(tmp_path: Path):
    at(tmp_path, "0013")
    day, shelf = 86_400_000_000, 100 * 366 * 86_400_000_000
    raw = sqlite3.connect(path_in(tmp_path))
    raw.execute(
        "INSERT INTO communities (id, platform, platform_id, zone, language, settings) VALUES ('c','p','p','UTC','en','{}')"
    )
    rows = [("m", "checkin", 5 * day), ("m", "followups", 3 * day), ("", "digest", day), ("left", "buddy", shelf + day)]
    raw.executemany("INSERT INTO agenda VALUES ('c', ?, ?, ?)", rows)
    raw.commit()
    raw.close()
    async with open_store(tmp_path):
        pass
    raw = sqlite3.connect(path_in(tmp_path))
    planned = raw.execute("SELECT member_id, kind, next_due_at FROM agenda ORDER BY next_due_at").fetchall()
    raw.close()
    assert planned == [("", "digest", day), ("m", "replan", 2 * day), ("left", "replan", shelf)]
