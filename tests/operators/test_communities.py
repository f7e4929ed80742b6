"""Whoever runs one bot for many sees figures; a community is handed over or erased when its organisers ask."""

import asyncio
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from adapters.cli import app
from adapters.console.screen import COMMUNITY
from bot.config import Settings
from bot.store import census, communities, export
from bot.store.backups.erasures import list_in
from bot.store.database import Tx, open_database
from bot.store.errors import Missing
from bot.store.keyring import KeyRing
from bot.store.tables import community_keys, link_codes, link_moves, link_tries, links
from tests.support.store import RING, open_store, url_of
from tests.support.world import AMINA, ELSEWHERE, PEOPLE, identity, put_world


@pytest.fixture(autouse=True)
def a_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    asyncio.run(put_world(tmp_path))
    settings = f"DATABASE_URL={url_of(tmp_path)}\nENCRYPTION_KEYS={RING}\nLOG_LEVEL=ERROR\nBACKUP_DIR=backups\n"
    (tmp_path / ".env").write_text(settings, encoding="utf-8")


def hello(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, ["communities", *arguments], input=typed, env={"COLUMNS": "200", "NO_COLOR": "1"})


def listed() -> dict[str, dict[str, object]]:
    shown = hello("list", "--json")
    assert shown.exit_code == 0, shown.output
    return {community["platform_id"]: community for community in json.loads(shown.stdout)}


def in_no_order(tables: dict[str, list[dict[str, object]]]) -> dict[str, list[str]]:
    """Sort the rows of tables, but for what ties a member to another community."""
    tied = {"links", "link_codes", "link_moves"}
    return {name: sorted(map(repr, rows)) for name, rows in tables.items() if name not in tied}


def test_every_community_is_listed_by_its_size_and_state_and_no_word_of_anybody_is_shown() -> None:
    communities = listed()
    assert set(communities) == {COMMUNITY, ELSEWHERE}
    assert communities[ELSEWHERE]["state"] == "set up"
    assert {"members", "people", "since"} <= communities[COMMUNITY].keys()
    assert int(str(communities[COMMUNITY]["people"])) >= 4
    for shown in (hello(), hello("list"), hello("list", "--json")):
        assert shown.exit_code == 0, shown.output
        told = shown.output
        for community in communities.values():
            told = told.replace(str(community["id"]), "")  # at random, it may have any letters
        for word in ("Newcomers", "Zq", *(who.user for who in PEOPLE)):
            assert word not in told, word
    lines = hello().stdout.splitlines()
    assert lines[0].split() == ["id", "platform", "there", "state", "since", "members", "people"]
    assert len(lines) == 3


def test_a_community_goes_along_whole_with_a_key_of_its_own_and_nothing_of_another(tmp_path: Path) -> None:
    file = tmp_path / "taken.db"
    told = hello("export", COMMUNITY, "--to", str(file))
    assert told.exit_code == 0, told.output
    keys = (tmp_path / "taken.db.key").read_text().strip()
    assert keys not in told.output
    assert keys != RING
    assert (tmp_path / "taken.db.key").stat().st_mode & 0o077 == 0

    async def compare() -> None:
        async with open_store(tmp_path) as before:
            mine = await before.read(lambda tx: export.everything(tx, identity(tx, AMINA)))
        after = await open_database(f"sqlite+aiosqlite:///{file}", KeyRing.parse(keys), every_row=True)
        assert [community.platform_id for community in await after.read(census.counted)] == [COMMUNITY]
        for table in (links, link_codes, link_moves, link_tries):
            assert not await after.read(lambda tx, table=table: tx.execute(sa.select(table)).all()), table.name
        taken = await after.read(lambda tx: export.everything(tx, identity(tx, AMINA)))
        await after.close()
        assert in_no_order(taken) == in_no_order(mine)

    asyncio.run(compare())
    assert b"Zqzoe" not in file.read_bytes()
    assert set(listed()) == {COMMUNITY, ELSEWHERE}


def test_no_file_is_written_over_and_an_unknown_community_is_told(tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    for arguments, sentence in (
        (("export", COMMUNITY, "--to", "there.db"), "is there already"),
        (("export", "nowhere", "--to", "new.db"), "There is no community 'nowhere'."),
        (("erase", "nowhere", "--yes"), "There is no community 'nowhere'."),
    ):
        told = hello(*arguments)
        assert told.exit_code == 2, arguments
        assert sentence in told.stderr
    assert (tmp_path / "there.db").read_text() == "mine"
    assert not list(tmp_path.glob("new.db*"))


def test_an_erased_community_is_gone_with_its_key_and_a_restore_erases_it_again(tmp_path: Path) -> None:
    told = hello("erase", COMMUNITY, "--yes")
    assert told.exit_code == 0, told.output
    assert set(listed()) == {ELSEWHERE}

    async def look() -> None:
        async with open_store(tmp_path) as db:
            assert await db.read(lambda tx: len(tx.execute(sa.select(community_keys)).all())) == 1

            def one(tx: Tx) -> object:
                with pytest.raises(Missing):
                    return census.find(tx, COMMUNITY)
                return None

            await db.read(one)

    asyncio.run(look())
    remembered = list_in(tmp_path / "backups")
    assert remembered is not None
    assert [erasure.kind for erasure in remembered.erased].count("community") == 1


def test_nothing_is_erased_without_a_yes() -> None:
    for answer in ("n\n", "\n", ""):
        told = hello("erase", COMMUNITY, typed=answer)
        assert "Nothing was erased." in told.output, answer
        assert set(listed()) == {COMMUNITY, ELSEWHERE}
    told = hello("erase", COMMUNITY, typed="y\n")
    assert (told.exit_code, set(listed())) == (0, {ELSEWHERE})


@pytest.mark.parametrize(("language", "no", "yes"), [("en_CA.UTF-8", "n", "y"), ("fr_CA.UTF-8", "non", "oui")])
def test_only_a_yes_in_the_language_of_the_terminal_erases(language: str, no: str, yes: str) -> None:
    def answers(typed: str | None) -> Result:
        return CliRunner().invoke(app, ["communities", "erase", COMMUNITY], input=typed, env={"LC_ALL": language})

    for typed in (no, "\n", "maybe", None):
        refused = answers(typed)
        assert refused.exit_code == 2, "a script must notice it"
        assert len(refused.stderr.splitlines()) <= 2
    assert set(listed()) == {COMMUNITY, ELSEWHERE}
    assert answers(yes).exit_code == 0
    assert set(listed()) == {ELSEWHERE}


def test_two_communities_that_platforms_call_alike_are_told_apart_by_the_id_of_the_bot(tmp_path: Path) -> None:
    async def alike() -> None:
        async with open_store(tmp_path) as db:
            await db.write(lambda tx: communities.ensure(tx, "discord", COMMUNITY))

    asyncio.run(alike())
    for arguments in (("erase", COMMUNITY, "--yes"), ("export", COMMUNITY, "--to", "new.db")):
        told = hello(*arguments)
        assert told.exit_code == 2
        assert "(console)" in told.stderr
        assert "(discord)" in told.stderr
    everything = json.loads(hello("list", "--json").stdout)
    (new,) = (community["id"] for community in everything if community["platform"] == "discord")
    assert hello("erase", new, "--yes").exit_code == 0
    assert len(json.loads(hello("list", "--json").stdout)) == len(everything) - 1
