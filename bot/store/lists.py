"""Lists that members bring: many people at once, and all of them taken back at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ask import AnswerKind
from bot.domain.ids import LeadId, Who
from bot.domain.lead import FollowUpClock, Lead, write_clock
from bot.domain.sameness import same_person_key
from bot.store import moving, room
from bot.store.batch import Tx
from bot.store.crypto import person_key, seal
from bot.store.ids import new_id
from bot.store.lead_rows import sealed
from bot.store.tables import asks, events, leads as table, meetings, spellings
from bot.store.touched import touch

_later = table.alias("later")


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody of a brought list, with the message they got and whether they answered it."""

    lead: Lead
    sent: datetime | None = None
    replied: bool = False


@dataclass(frozen=True, slots=True)
class ListTakenBack:
    """How many people of a list went again, and how many stay because something was done since."""

    gone: int
    stay: int


def are_listed(tx: Tx, who: Who, people: Sequence[tuple[str, str]]) -> list[bool]:
    """Tell for each name and organisation whether it is on the member's list already, by its letters or their word."""
    mine = sa.select(table.c.person_key).where(*moving.owned(table, who))
    told = sa.select(spellings.c.person_key).where(*moving.owned(spellings, who), spellings.c.same == sa.true())
    keys = {*tx.execute(mine).scalars(), *tx.execute(told).scalars()}
    return [person_key(tx, who.community, same_person_key(*person)) in keys for person in people]


def add(tx: Tx, who: Who, people: Sequence[ListedPerson], now: datetime) -> str:
    """Add people who are not on the list yet; returns the id of what was brought.

    No event tells of them, so they count in no week.

    Raises:
        Full: the member keeps as much as one may.
    """
    brought = new_id()
    rows: list[dict[str, Any]] = [{**_row(tx, who, person.lead, now), "list_id": brought} for person in people]
    if rows:
        tx.execute(table.insert(), rows)
        opened = sum(person.lead.is_open for person in people)
        room.for_added(tx, who, [row["private"] for row in rows], opened=opened)
    sent = [
        _ask(tx, who, person.lead.id, person.sent, replied=person.replied)
        for person in people
        if person.sent is not None
    ]
    if sent:
        tx.execute(asks.insert(), sent)
    touch(tx, who)
    return brought


def _row(tx: Tx, who: Who, lead: Lead, now: datetime) -> dict[str, Any]:
    return {
        "community_id": who.community,
        "member_id": who.member,
        "id": lead.id,
        "person_key": person_key(tx, who.community, same_person_key(lead.name, lead.organisation)),
        "private": sealed(tx, who, lead),
        "stage": lead.stage,
        "knows_term": lead.knows_term,
        "tries": lead.clock.tries,
        "due_on": lead.clock.due,
        "due_reason": lead.clock.reason,
        "added_at": lead.added,
        "touched_at": now,
        "closed_at": lead.closed,
        "close_reason": lead.close_reason,
        "brought_at": now,
    }


def _ask(tx: Tx, who: Who, lead: LeadId, sent: datetime, *, replied: bool) -> dict[str, object]:
    ask = new_id()
    before = {
        "before": write_clock(FollowUpClock()),
        "before_answer": write_clock(FollowUpClock()) if replied else None,
    }
    return {
        "community_id": who.community,
        "member_id": who.member,
        "id": ask,
        "lead_id": lead,
        "sent_at": sent,
        "replied_at": sent if replied else None,
        "reply": AnswerKind.YES if replied else None,
        "private": seal(tx, "asks", who.community, ask, before),
    }


def count(tx: Tx, who: Who, brought: str) -> int:
    """Count the people who came with a list and are still there."""
    mine = (*moving.owned(table, who), table.c.list_id == brought)
    return tx.execute(sa.select(sa.func.count()).select_from(table).where(*mine)).scalar_one()


def take_back(tx: Tx, who: Who, brought: str) -> ListTakenBack:
    """Take away the people of a list; who was worked with since, or gave a name, stays."""
    # Each is looked through once, and not once for each of 2,000 people.
    named = (events.c.lead_id, meetings.c.lead_id, _later.c.source_id)
    worked_with = [sa.select(lead).where(*moving.owned(lead.table, who), lead.is_not(None)) for lead in named]
    mine = (*moving.owned(table, who), table.c.list_id == brought)
    untouched = (table.c.touched_at == table.c.brought_at, *(table.c.id.not_in(leads_of) for leads_of in worked_with))
    gone = tx.execute(table.delete().where(*mine, *untouched)).rowcount
    touch(tx, who)
    room.unsure(tx, who)
    return ListTakenBack(gone, count(tx, who, brought))
