"""Databases that were written when marks did not count know the same people by their letters after the next start."""

from pathlib import Path

import pytest

from bot.domain.ids import Who
from bot.letters import folded
from bot.store import leads, spellings
from bot.store.batch import Tx, driver
from bot.store.crypto import person_key
from bot.store.database import open_database
from bot.store.errors import Damaged
from bot.store.keyring import KeyRing
from tests.store.test_migrations import asked, go_back
from tests.support.store import NOW, RING, open_store, path_in, someone, url_of

pytestmark = pytest.mark.file_only("what was kept by an older version")

NAMES = ("Nguyễn Văn Dũng", "Dana R.", "علی کریمی", "José")


async def test_people_of_an_older_database_are_known_by_their_letters(tmp_path: Path):
    async with open_store(tmp_path) as db:
        who = await db.write(someone)
        for name in NAMES:
            await db.write(lambda tx, name=name: leads.add(tx, who, leads.NewLead(name, "Bell", "x"), NOW))
        await db.write(as_before)
    go_back(tmp_path, "0009")
    async with open_store(tmp_path) as db:
        for name in NAMES:
            person = await db.read(lambda tx, name=name: spellings.lead_spelled(tx, who, name.upper(), "BELL"))
            assert person is not None
            assert person.name == name
        assert await db.read(lambda tx: spellings.lead_spelled(tx, who, "Nguyễn Văn Dung", "Bell")) is None
        (alike,) = await db.read(lambda tx: spellings.alike(tx, who, "Nguyễn Văn Dung", "Bell", {}))
        assert alike.name == NAMES[0]
        assert (await db.write(lambda tx: leads.add(tx, who, leads.NewLead("Jose", "Bell", "x"), NOW))).is_new
        assert not (await db.write(lambda tx: leads.add(tx, who, leads.NewLead("JOSÉ", "Bell", "x"), NOW))).is_new


async def test_what_nobody_can_read_is_no_trouble_for_the_keys_and_is_then_called_damaged(tmp_path: Path):
    async with open_store(tmp_path) as db:
        who = await db.write(someone)
        for name in NAMES:
            await db.write(lambda tx, name=name: leads.add(tx, who, leads.NewLead(name, "Bell", "x"), NOW))
        await db.write(as_before)
        await db.write(lambda tx: driver(tx).execute("UPDATE leads SET private = x'00' WHERE rowid = 1"))
    go_back(tmp_path, "0009")
    with pytest.raises(Damaged, match="a row of leads"):
        async with open_store(tmp_path):
            pass
    await (await open_database(url_of(tmp_path), KeyRing.parse(RING), mending=True)).close()
    async with open_store(tmp_path) as db:
        assert await db.read(lambda tx: spellings.lead_spelled(tx, who, NAMES[1], "Bell")) is not None
    assert asked(path_in(tmp_path), "SELECT count(*) FROM leads") == len(NAMES) - 1


def as_before(tx: Tx) -> None:
    """Give every person the key of the revision before, in which marks were taken off."""
    for row in tx.exec_driver_sql("SELECT community_id, member_id, id FROM leads").all():
        lead = next(
            choice
            for choice in leads.names(tx, Who(row.community_id, row.member_id), open_only=False)
            if choice.id == row.id
        )
        letters = folded(lead.name).replace(".", "").strip()
        old = person_key(tx, row.community_id, f"{letters}\n{folded(lead.organisation)}")
        driver(tx).execute("UPDATE leads SET person_key = ? WHERE id = ?", (old, row.id))
