"""What lets the bot into workspaces is sealed, renewed by one at a time, and goes along when the key is changed."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import crypto, installations
from bot.store.database import Tx, open_database
from bot.store.errors import Corrupt, NotSaved, StoreError
from bot.store.installations import Installation
from bot.store.keyring import KeyRing
from bot.store.tables import installations as table
from tests.support.store import NOW, RING, open_store, url_of

HOME = Installation("T1", {"token": "xoxb-home", "refresh": "xoxe-home"}, NOW + timedelta(hours=12))


def put(tx: Tx) -> None:
    installations.put(tx, HOME, "T1", NOW)


def test_an_installation_is_found_by_its_place_and_by_what_it_serves(tx: Tx) -> None:
    put(tx)
    installations.put(tx, whole := Installation("E1", {"token": "xoxb-all"}, None), None, NOW)
    installations.serve(tx, "T2", "E1")
    assert installations.find(tx, "T1") == installations.serving(tx, "T1") == HOME
    assert installations.serving(tx, "T2") == whole
    assert installations.serving(tx, "E1") is None
    assert installations.served(tx) == ["T1", "T2"]
    assert installations.remove(tx, whole) == ["T2"]
    assert installations.served(tx) == ["T1"]


def test_the_text_of_a_token_is_nowhere_and_a_token_in_another_row_is_not_opened(tx: Tx) -> None:
    put(tx)
    installations.put(tx, Installation("T2", {"token": "xoxb-other"}, None), "T2", NOW)
    boxes = dict(tx.execute(sa.select(table.c.place, table.c.sealed)).all())
    assert not any(b"xox" in box for box in boxes.values())
    tx.execute(table.update().where(table.c.place == "T1").values(sealed=boxes["T2"]))
    with pytest.raises(Corrupt):
        installations.find(tx, "T1")


def test_one_at_a_time_renews_and_whoever_died_is_waited_for_only_so_long(tx: Tx) -> None:
    put(tx)
    until = NOW + timedelta(minutes=2)
    assert installations.take_renewal(tx, "T1", NOW, until)
    assert not installations.take_renewal(tx, "T1", until - timedelta(seconds=1), until)
    assert installations.take_renewal(tx, "T1", until, until + timedelta(minutes=2))
    fresh = Installation("T1", {"token": "xoxb-new", "refresh": "xoxe-new"}, until)
    assert installations.renew(tx, HOME, fresh)
    assert installations.take_renewal(tx, "T1", NOW, until)


def test_nothing_late_takes_the_place_of_a_newer_installation(tx: Tx) -> None:
    put(tx)
    newer = Installation("T1", {"token": "xoxb-newer"}, None)
    installations.put(tx, newer, "T1", NOW)
    assert not installations.renew(tx, HOME, Installation("T1", {"token": "late"}, None))
    assert installations.remove(tx, HOME) is None
    assert installations.find(tx, "T1") == newer


def test_a_state_counts_once_and_for_an_hour(tx: Tx) -> None:
    installations.begin(tx, "a state", NOW)
    installations.begin(tx, "late", NOW)
    assert not installations.take_state(tx, "another", NOW)
    assert installations.take_state(tx, "a state", NOW + timedelta(minutes=59))
    assert not installations.take_state(tx, "a state", NOW + timedelta(minutes=59))
    assert not installations.take_state(tx, "late", NOW + timedelta(hours=1))


def test_a_flood_of_beginnings_fills_nothing_and_ends_after_an_hour(tx: Tx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installations, "MOST_STATES", 3)
    for number in range(3):
        installations.begin(tx, f"state {number}", NOW)
    with pytest.raises(NotSaved):
        installations.begin(tx, "one more", NOW)
    assert installations.take_state(tx, "state 0", NOW)
    installations.begin(tx, "one more", NOW)
    installations.begin(tx, "much later", NOW + timedelta(hours=1))


async def test_a_change_of_the_key_seals_tokens_anew_and_the_old_key_can_go(tmp_path: Path) -> None:
    new = KeyRing.new("new")
    async with open_store(tmp_path) as db:
        await db.write(put)
    async with open_store(tmp_path, f"{new},{RING}") as db:
        await db.write(crypto.rewrap)
    async with open_store(tmp_path, new) as db:
        assert await db.read(lambda tx: installations.find(tx, "T1")) == HOME


async def test_a_damaged_token_is_seen_when_every_row_is_read(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        await db.write(put)
        await db.write(lambda tx: tx.execute(table.update().values(sealed=b"x" * 60)))
    with pytest.raises(StoreError, match="a row of installations is damaged"):
        await open_database(url_of(tmp_path), KeyRing.parse(RING), every_row=True)
