"""Who sent something is remembered until it changes, and never as it was before or as it never was."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.ids import Who
from bot.store import communities, identities, members, senders
from bot.store.batch import driver
from bot.store.database import Database, Tx
from bot.store.memory import KnownSender
from tests.support.present import present
from tests.support.store import someone

pytestmark = pytest.mark.file_only("what is remembered while one process has the file")

NOW = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)


async def found(db: Database, user: str = "amina") -> KnownSender | None:
    return await db.read(lambda tx: senders.find(tx, "console", "circle", user))


async def settled(db: Database) -> Who:
    await db.write(lambda tx: someone(tx, "Omar", "elsewhere"))
    return await db.write(lambda tx: someone(tx, "Amina", "circle"))


async def test_a_sender_is_read_once(db: Database):
    await settled(db)
    first = await found(db)
    asked: list[str] = []

    def look(tx: Tx) -> KnownSender | None:
        driver(tx).set_trace_callback(asked.append)
        sender = senders.find(tx, "console", "circle", "amina")
        driver(tx).set_trace_callback(None)
        return sender

    assert await db.read(look) is first
    assert asked == []


def other(tx: Tx) -> Who:
    return someone(tx, "Omar", "elsewhere")


CHANGES: dict[str, Callable[[Tx, Who], object]] = {
    "a new name": lambda tx, who: members.update(tx, who, name="Amina K."),
    "another language": lambda tx, who: members.update(tx, who, language="fr"),
    "a zone": lambda tx, who: members.update(tx, who, zone="Europe/Paris"),
    "the name of the community": lambda tx, who: communities.ensure(tx, "console", "circle", "Elders", NOW),
    "the language of the community": lambda tx, who: communities.update(tx, who.community, language="fr"),
    "a link": lambda tx, who: identities.link(tx, who, other(tx), NOW),
    "a member who goes": lambda tx, who: members.forget(tx, who, NOW),
    "a community that goes": lambda tx, who: communities.erase(tx, who.community, NOW),
    "a statement of nobody's": lambda tx, who: driver(tx).execute("UPDATE members SET zone = 'Asia/Tokyo'"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
async def test_every_change_is_seen_at_once_by_readers_and_by_the_writer(
    db: Database, change: Callable[[Tx, Who], object]
):
    who = await settled(db)
    before = present(await found(db))

    def work(tx: Tx) -> KnownSender | None:
        change(tx, who)
        return senders.find(tx, "console", "circle", "amina")

    inside = await db.write(work)
    after = await found(db)
    assert inside == after != before


async def test_what_was_rolled_back_is_not_remembered(db: Database):
    who = await settled(db)

    def fails(tx: Tx) -> None:
        members.update(tx, who, language="fr")
        assert present(senders.find(tx, "console", "circle", "amina")).member.language == "fr"
        raise LookupError

    jobs = [db.write(fails), db.write(lambda tx: senders.find(tx, "console", "circle", "amina"))]
    _, beside = await asyncio.gather(*jobs, return_exceptions=True)
    assert isinstance(beside, KnownSender)
    assert beside.member.language is None
    assert present(await found(db)).member.language is None


async def test_a_reader_that_began_before_a_change_does_not_bring_back_what_was(db: Database):
    who = await settled(db)
    began, changed = threading.Event(), threading.Event()

    def slow(tx: Tx) -> KnownSender | None:
        driver(tx).execute("SELECT count(*) FROM members").fetchone()
        began.set()
        assert changed.wait(60)
        return senders.find(tx, "console", "circle", "amina")

    reading = asyncio.create_task(db.read(slow))
    await asyncio.to_thread(began.wait, 60)
    await db.write(lambda tx: members.update(tx, who, language="fr"))
    changed.set()
    assert present(await reading).member.language is None, "it reads what was there when it began"
    assert present(await found(db)).member.language == "fr"


async def test_who_acts_as_a_member_is_read_once_and_seen_anew_after_every_link(db: Database):
    who = await settled(db)
    asked: list[str] = []

    def others(tx: Tx) -> list[Who]:
        driver(tx).set_trace_callback(asked.append)
        listed = list(identities.others_of(tx, who))
        driver(tx).set_trace_callback(None)
        return listed

    assert [await db.read(others), await db.read(others)] == [[], []]
    assert len(asked) == 1
    side = await db.write(other)
    await db.write(lambda tx: identities.link(tx, side, who, NOW))
    assert await db.read(others) == [side]
    await db.write(lambda tx: identities.unlink(tx, side))
    assert await db.write(others) == []
