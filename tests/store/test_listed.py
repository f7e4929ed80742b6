"""Who is on a list is remembered while it grows, and nobody is missed whatever became of it."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.domain.ids import Who
from bot.domain.lead import Lead
from bot.store import leads, members, spellings
from bot.store.batch import driver
from bot.store.database import Database, Tx
from tests.support.store import NOW, someone

pytestmark = pytest.mark.file_only("what is remembered while one process has the file")

NAMES = ("Dana Roy", "Omar Haddad", "Priya Nair", "José Lima", "Lee Wong")


def alike(tx: Tx, who: Who, name: str) -> Sequence[Lead]:
    return spellings.alike(tx, who, name, "Nordik", {})


def add(tx: Tx, who: Who, name: str) -> Lead:
    return leads.add(tx, who, leads.NewLead(name, "Nordik", "why"), NOW).lead


async def test_a_list_is_read_once_while_people_are_added_to_it(db: Database):
    who = await db.write(someone)
    asked: list[str] = []

    def work(tx: Tx) -> list[list[str]]:
        driver(tx).set_trace_callback(asked.append)
        names: list[list[str]] = []
        for name in NAMES:
            names.append([lead.name for lead in alike(tx, who, f"{name}s")])
            add(tx, who, name)
        driver(tx).set_trace_callback(None)
        return names

    assert await db.write(work) == [[]] * len(NAMES)
    assert len([sql for sql in asked if sql.startswith("SELECT leads.person_key")]) == 1
    assert [lead.name for lead in await db.write(lambda tx: alike(tx, who, "Priya Nayr"))] == ["Priya Nair"]


def rename(tx: Tx, who: Who, name: str) -> object:
    (lead,) = alike(tx, who, name) or (add(tx, who, name),)
    return leads.save(tx, who, replace(lead, name=f"{name} Smith"), NOW)


def drop(tx: Tx, who: Who, name: str) -> object:
    return [leads.drop(tx, who, lead.id) for lead in alike(tx, who, name)]


def take_all(tx: Tx, who: Who, _name: str) -> object:
    return driver(tx).execute("DELETE FROM leads WHERE member_id = ?", (who.member,))


def hand_over(tx: Tx, who: Who, _name: str) -> object:
    return driver(tx).execute("UPDATE OR IGNORE leads SET member_id = ? WHERE member_id <> ?", (who.member, who.member))


def greet(tx: Tx, who: Who, _name: str) -> object:
    return members.greet(tx, who)


DEEDS: Sequence[Callable[[Tx, Who, str], object]] = (add, add, rename, drop, take_all, hand_over, greet)


def course(chance: random.Random, people: Sequence[Who]) -> Callable[[Tx], None]:
    """Make a unit of work of a few steps, which may look between them and may fail at its end."""
    steps = [(chance.choice(DEEDS), chance.choice(people), chance.choice(NAMES)) for _ in range(3)]
    looks, fails = chance.random() < 0.7, chance.random() < 0.4

    def work(tx: Tx) -> None:
        for deed, who, name in steps:
            deed(tx, who, name)
            if looks:
                alike(tx, who, name)
        if fails:
            raise LookupError

    return work


@pytest.mark.parametrize("seed", range(6))
async def test_who_is_near_is_the_same_to_the_writer_and_to_who_reads_the_list(db: Database, seed: int):
    chance = random.Random(seed)
    people = [await db.write(lambda tx, name=name: someone(tx, name)) for name in ("Amina", "Omar")]

    def everybody(tx: Tx) -> list[Sequence[Lead]]:
        return [alike(tx, who, name) for who in people for name in NAMES]

    for _ in range(12):
        works = [course(chance, people) for _ in range(chance.randint(1, 3))]
        await asyncio.gather(*map(db.write, works), return_exceptions=True)
        assert await db.write(everybody) == await db.read(everybody)
