"""Who is who on a member's list: the same letters, and what the member said of those who are merely alike."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from bot.domain.ids import LeadId, Who
from bot.domain.lead import Lead
from bot.domain.sameness import Likeness, same_person_key
from bot.store import leads
from bot.store.batch import Tx
from bot.store.crypto import person_key
from bot.store.prepared import Prepared
from bot.store.tables import spellings as table
from bot.store.upsert import insert_if_new

Answers: TypeAlias = Mapping[LeadId, bool]
"""Whether an entry is the person who is looked for, as the member said when they were asked."""

_told = Prepared(
    sa.select(table.c.lead_id, table.c.same).where(
        table.c.community_id == sa.bindparam("community"),
        table.c.member_id == sa.bindparam("member"),
        table.c.person_key == sa.bindparam("person"),
    )
)
_tell = Prepared(insert_if_new(table), "community_id", "member_id", "person_key", "lead_id", "same")


def look_for(tx: Tx, who: Who, name: str, organisation: str) -> tuple[Lead | None, Sequence[Lead]]:
    """Find the entry that is this person, as `lead_spelled`, and those that could be, as `alike`."""
    own = {"community": who.community, "member": who.member, "person": _key(tx, who, name, organisation)}
    _told.ask(tx, **own)
    leads.expect_near(tx, who)
    answers = _answers(_told.all(tx, **own))
    likeness = Likeness(name, organisation)
    near = leads.near(tx, who, likeness)
    # Who has the same letters is near, so that nobody is looked for where nobody is near.
    exact = leads.same(tx, who, name, organisation) if near else None
    return exact or _by_word(tx, who, answers), _fitting(near, likeness, answers)


def lead_spelled(tx: Tx, who: Who, name: str, organisation: str) -> Lead | None:
    """Find the entry that is this person: of the same letters, or by the member's own word."""
    exact = leads.same(tx, who, name, organisation)
    return exact or _by_word(tx, who, answers_about(tx, who, name, organisation))


def alike(tx: Tx, who: Who, name: str, organisation: str, answers: Answers) -> Sequence[Lead]:
    """List the entries that could be this person, except those the member said something of."""
    likeness = Likeness(name, organisation)
    return _fitting(leads.near(tx, who, likeness), likeness, answers)


def remember(tx: Tx, who: Who, name: str, organisation: str, lead: LeadId, *, same: bool) -> None:
    """Keep what the member said, so that it is asked once."""
    _tell.send(
        tx,
        community_id=who.community,
        member_id=who.member,
        person_key=_key(tx, who, name, organisation),
        lead_id=lead,
        same=same,
    )


def answers_about(tx: Tx, who: Who, name: str, organisation: str) -> Answers:
    """Tell of which entries the member said that they are this person, or another one."""
    person = _key(tx, who, name, organisation)
    return _answers(_told.all(tx, community=who.community, member=who.member, person=person))


def told_apart(tx: Tx, who: Who, first_entry: Lead | leads.LeadName, second_entry: Lead | leads.LeadName) -> bool:
    """Tell whether the member said of two entries that they are two people."""
    first = answers_about(tx, who, first_entry.name, first_entry.organisation).get(second_entry.id)
    second = answers_about(tx, who, second_entry.name, second_entry.organisation).get(first_entry.id)
    return False in {first, second}


def forget(tx: Tx, who: Who, name: str, organisation: str, lead: LeadId) -> None:
    """Forget that the member said this spelling is this entry."""
    spelling = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.lead_id == lead)
    tx.execute(table.delete().where(*spelling, table.c.person_key == _key(tx, who, name, organisation)))


def _answers(rows: Iterable[Any]) -> Answers:
    return {row.lead_id: bool(row.same) for row in rows}


def _by_word(tx: Tx, who: Who, answers: Answers) -> Lead | None:
    same_lead = next((lead for lead, same in answers.items() if same), None)
    return leads.find(tx, who, same_lead) if same_lead is not None else None


def _fitting(near: Sequence[Lead], likeness: Likeness, answers: Answers) -> list[Lead]:
    return [lead for lead in near if lead.id not in answers and likeness.fits(lead.name, lead.organisation)]


def _key(tx: Tx, who: Who, name: str, organisation: str) -> bytes:
    return person_key(tx, who.community, same_person_key(name, organisation))
