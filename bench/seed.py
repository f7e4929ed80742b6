"""Large data, written past the bot in bulk: rows as the store would leave them."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bench.circle import NOW, RING, in_letters, settle_in
from bot.domain.ids import CommunityId, Who
from bot.domain.lead import CloseReason, Lead, closed
from bot.domain.member import Appearance
from bot.domain.week import Week
from bot.store import leads, members
from bot.store.batch import driver
from bot.store.crypto import VAULT, Vault, seal, vault_of
from bot.store.database import Database, Tx
from bot.store.keyring import KeyRing
from bot.store.sqlite import connect

WEEKS = 50
BATCH = 500
OPEN = 1_900
"""Leads of a long list that are open; a member may have no more than 2,000."""
TEXTS = {"name": "Dana", "organisation": "Nordik", "why": "Built the sensor that is in the river."}
MICROSECONDS = int(NOW.timestamp()) * 1_000_000

# Ids are random as real ones are, so that rows are spread over the indexes.
LEADS = """
    with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < :many - 1),
    new_leads as materialized (
        select people.id as member, substr(hex(randomblob(11)), 1, 22) as id
        from numbers join people on people.n = numbers.n % :members
    )
    insert into leads (community_id, member_id, id, person_key, private, stage, knows_term, tries, added_at, touched_at)
    select :community, member, id, randomblob(16), sealed(:community, id), 'new', 'not-sure', 0, :now, :now from new_leads
"""
EVENTS = """
    with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < :many - 1)
    insert into events (id, community_id, member_id, week, kind, at, recorded_at, late, undone, lead_id)
    select abs(random()), :community, people.id, weeks.key, 'lead', :now - weeks.ago * 604800000000, :now - weeks.ago * 604800000000 - 3600000000, 0, 0,
        substr(hex(randomblob(11)), 1, 22)
    from numbers join people on people.n = abs(random()) % :members join weeks on weeks.ago = numbers.n % :weeks
"""

EVENT_OF_EACH = """
    insert into events (id, community_id, member_id, week, kind, at, recorded_at, late, undone)
    select abs(random()), members.community_id, members.id, weeks.key, 'lead', :now - weeks.ago * 604800000000, :now - weeks.ago * 604800000000 - 3600000000, 0, 0
    from members cross join weeks where weeks.ago < 10
"""


def everyone_joined(tx: Tx, platform_id: str, size: int) -> CommunityId:
    """Set up a community whose members all agreed to be named on the board; gives its id."""
    community = settle_in(tx, platform_id, "Newcomers", size)
    for member in members.everyone(tx, community.id):
        members.update(tx, Who(member.community, member.id), appearance=Appearance.NAME)
    return community.id


def fill(file: Path, community: str, many: int) -> None:
    """Give a community so many leads and their events, spread over its members and fifty weeks; nobody may have it open."""
    tx = _open_for_bulk(file)
    db = driver(tx)
    vault_of(tx).keys(tx, community)  # so that sealing asks the database nothing
    people = db.execute("select id from members where community_id = ? order by id", (community,)).fetchall()
    db.execute("create temp table people (n integer primary key, id text)")
    db.executemany("insert into people values (?, ?)", ((n, id_) for n, (id_,) in enumerate(people)))
    parameters = {"community": community, "many": many, "members": len(people), "weeks": WEEKS, "now": MICROSECONDS}
    db.execute(LEADS, parameters)
    db.execute(EVENTS, parameters)
    _commit_and_close(tx)


def fill_everyone(file: Path) -> None:
    """Give every member of every community a lead's event in each week; nobody may have the file open."""
    tx = _open_for_bulk(file)
    driver(tx).execute(EVENT_OF_EACH, {"now": MICROSECONDS})
    _commit_and_close(tx)


async def many_communities(db: Database, many: int, size: int = 1) -> list[str]:
    """Set up many communities of a few members; gives the platform's names for them."""
    names = [f"circle{number}" for number in range(many)]

    def some(tx: Tx, first: int) -> None:
        for name in names[first : first + BATCH]:
            settle_in(tx, name, name, size)

    for first in range(0, many, BATCH):
        await db.write(lambda tx, first=first: some(tx, first))
    return names


async def long_list(db: Database, who: Who, many: int) -> None:
    """Give a member so many leads that can be read, each with a name of its own; no more are open than may be."""

    def some(tx: Tx, first: int) -> None:
        for number in range(first, first + BATCH):
            new = leads.NewLead(f"Dana {in_letters(number)}", f"Nordik {number % 97}", "Built the sensor in the river.")
            lead = leads.add(tx, who, new, NOW).lead
            if number >= OPEN:
                close(tx, who, lead, NOW)

    for first in range(0, many, BATCH):
        await db.write(lambda tx, first=first: some(tx, first))


def close(tx: Tx, who: Who, lead: Lead, at: datetime) -> None:
    """Close a lead that never answered."""
    closed_lead = replace(lead, clock=closed(lead.clock), closed=at, close_reason=CloseReason.NO_ANSWER)
    leads.save(tx, who, closed_lead, at)


def _open_for_bulk(file: Path) -> Tx:
    # What a crash would lose is made again, so nothing needs to be durable.
    tx = connect(file, ("PRAGMA journal_mode=off", "PRAGMA synchronous=off", "PRAGMA cache_size=-600000"))
    tx.info[VAULT] = Vault(KeyRing.parse(RING))
    db = driver(tx)

    def sealed(community: str, row: str) -> bytes:
        return seal(tx, "leads", community, row, TEXTS).box

    db.create_function("sealed", 2, sealed)
    week = Week.of(NOW.date())
    db.execute("create temp table weeks (ago integer primary key, key integer)")
    db.executemany("insert into weeks values (?, ?)", ((ago, week.plus(-ago).key) for ago in range(WEEKS)))
    db.execute("begin")
    return tx


def _commit_and_close(tx: Tx) -> None:
    db = driver(tx)
    db.execute("commit")
    db.execute("pragma journal_mode=wal")
    tx.close()
    tx.engine.dispose()
