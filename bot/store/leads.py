"""Leads: read and changed only by the member whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple

import sqlalchemy as sa

from bot.domain.ids import LeadId, Who
from bot.domain.lead import FollowUpClock, HelloInterval, KnowsTerm, Lead, Stage
from bot.domain.meeting import MeetingState
from bot.domain.sameness import Likeness, bare, same_person_key
from bot.letters import folded
from bot.store import room
from bot.store.batch import Tx
from bot.store.crypto import opener, person_key, vault_of
from bot.store.ids import new_id
from bot.store.lead_rows import read, sealed
from bot.store.listed import LISTED, ListedNames, as_text
from bot.store.prepared import Prepared
from bot.store.room import IS_OPEN
from bot.store.tables import asks, leads as table, meetings
from bot.store.touched import touch
from bot.store.upsert import insert_if_new

_mine = (table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member"))
_one_lead = (*_mine, table.c.id == sa.bindparam("lead"))

_add = Prepared(
    insert_if_new(table),
    "community_id",
    "member_id",
    "id",
    "person_key",
    "private",
    "stage",
    "knows_term",
    "source_id",
    "added_at",
    "touched_at",
)
_find = Prepared(sa.select(table).where(*_one_lead))
_same = Prepared(sa.select(table).where(*_mine, table.c.person_key == sa.bindparam("person")))
_all = Prepared(sa.select(table).where(*_mine))
_open = Prepared(sa.select(table).where(*_mine, IS_OPEN))
_some_names = sa.select(
    table.c.id,
    # Bytes and plain numbers, because there may be thousands.
    sa.type_coerce(table.c.private, sa.LargeBinary).label("box"),
    (table.c.stage == Stage.CLOSED).label("closed"),
    sa.type_coerce(sa.func.coalesce(table.c.touched_at, table.c.added_at), sa.BigInteger).label("touched"),
).where(*_mine)
_names = Prepared(_some_names)
_open_names = Prepared(_some_names.where(IS_OPEN))
_persons = Prepared(sa.select(table.c.person_key).where(*_mine))
_written = Prepared(
    sa.select(table.c.person_key, table.c.id, sa.type_coerce(table.c.private, sa.LargeBinary).label("box")).where(
        *_mine
    )
)
_in_touch = Prepared(sa.select(table.c.id).where(*_mine, IS_OPEN, table.c.stage == Stage.IN_TOUCH))
_due = Prepared(sa.select(table).where(*_mine, table.c.due_on <= sa.bindparam("today")))
_any = Prepared(sa.select(table.c.id).where(*_mine).limit(1))
_what_is_due = sa.cast(table.c.due_on, sa.Text) + sa.literal_column("' '") + sa.func.coalesce(table.c.due_reason, "")
_not_told = sa.func.coalesce(table.c.told, "") != _what_is_due
_first_to_say = Prepared(
    sa.select(sa.func.min(table.c.due_on, type_=table.c.due_on.type).label("day")).where(
        *_mine, table.c.due_on.is_not(None), _not_told
    )
)
_told = Prepared(
    table.update().where(*_mine, table.c.due_on <= sa.bindparam("today"), _not_told).values(told=_what_is_due)
)
_save = table.update().where(*_one_lead)


@dataclass(frozen=True, slots=True)
class NewLead:
    """A person to add."""

    name: str
    organisation: str
    why: str
    source: LeadId | None = None
    knows_term: KnowsTerm = KnowsTerm.NOT_SURE
    notes: str = ""


@dataclass(frozen=True, slots=True)
class LeadName:
    """A lead by the words it is known by."""

    id: LeadId
    name: str
    organisation: str


class AddedLead(NamedTuple):
    """The lead who was added, or was on the list already, and how many people are on the list."""

    lead: Lead
    is_new: bool
    people: int


def add(tx: Tx, who: Who, new: NewLead, now: datetime) -> AddedLead:
    """Add a person; when they are on the list already, nothing changes.

    Raises:
        Full: the member keeps as much as one may.
    """
    lead = LeadId(new_id())
    entry = Lead(lead, new.name, new.organisation, new.why, FollowUpClock(), now, new.knows_term, new.source, new.notes)
    person, box = _person(tx, who, new.name, new.organisation), sealed(tx, who, entry)
    vault_of(tx).bare_names.put(person, bare(new.name))
    added = _add.send(
        tx,
        community_id=who.community,
        member_id=who.member,
        id=lead,
        person_key=person,
        private=box,
        stage=Stage.NEW,
        knows_term=new.knows_term,
        source_id=new.source,
        added_at=now,
        touched_at=now,
    )
    # Counted with this one in it, and taken back with it; so a person who is there already is never refused.
    amounts = room.for_added(tx, who, [box], opened=1)
    if added():
        return AddedLead(entry, is_new=True, people=amounts.people)
    room.unsure(tx, who)
    return AddedLead(same(tx, who, new.name, new.organisation) or entry, is_new=False, people=amounts.people - 1)


def expect_near(tx: Tx, who: Who) -> None:
    """Say that the entries near a name will be asked for."""
    _persons.ask(tx, community=who.community, member=who.member)


def same(tx: Tx, who: Who, name: str, organisation: str) -> Lead | None:
    """Find the entry of a member that has the same letters; None when there is none."""
    person = _person(tx, who, name, organisation)
    return _same.build_first(tx, read, community=who.community, member=who.member, person=person)


def find(tx: Tx, who: Who, lead: LeadId) -> Lead | None:
    """Find a lead of this member; None when it is not there or is not theirs."""
    return _find.build_first(tx, read, community=who.community, member=who.member, lead=lead)


def choices(tx: Tx, who: Who, *, open_only: bool) -> Sequence[Lead]:
    """List a member's leads, the likeliest first: open ones, then the most lately touched."""
    leads = (_open if open_only else _all).build_all(tx, read, community=who.community, member=who.member)
    return _likeliest_first(leads)


def near(tx: Tx, who: Who, likeness: Likeness) -> Sequence[Lead]:
    """List the leads whose bare names may fit, in the order of `choices`; of thousands, only these are read."""
    own = {"community": who.community, "member": who.member}
    listed: ListedNames | None = tx.info.get(LISTED)
    remembered = listed.get(**own) if listed is not None else None
    if remembered is not None and not likeness.may_fit_any(remembered):
        return ()
    persons: list[bytes] = list(chain.from_iterable(_persons.plain(tx, **own)))
    names: list[str | None] = list(map(vault_of(tx).bare_names.get, persons))
    if not all(names):
        bare_names = _bare_names(tx, who)
        names = [bare_names[person] for person in persons]
    if listed is not None:
        listed.put(**own, names=as_text(filter(None, names)))
    fitting = (person for person, name in zip(persons, names, strict=True) if name and likeness.may_fit(name))
    leads = (_same.build_first(tx, read, **own, person=person) for person in fitting)
    return _likeliest_first([lead for lead in leads if lead is not None])


def _bare_names(tx: Tx, who: Who) -> dict[bytes, str]:
    """Read the bare name behind each key of a person, and remember it: under one key it never changes."""
    opened, recent_names = opener(tx, table.name, who.community), vault_of(tx).bare_names
    names: dict[bytes, str] = {}
    for person, lead, box in _written.plain(tx, community=who.community, member=who.member):
        names[person] = recent_names.get(person) or bare(opened(lead, box)["name"])
        recent_names.put(person, names[person])
    return names


def _likeliest_first(leads: Sequence[Lead]) -> list[Lead]:
    # What was touched at one instant comes by name, never by the random id; both sorts are stable.
    by_touch = sorted(sorted(leads, key=_name), key=lambda lead: lead.touched or lead.added, reverse=True)
    return sorted(by_touch, key=lambda lead: not lead.is_open)


def names(tx: Tx, who: Who, *, open_only: bool) -> list[LeadName]:
    """Name a member's leads in the order of `choices`, without the rest of them: a list may have thousands."""
    rows = (_open_names if open_only else _names).plain(tx, community=who.community, member=who.member)
    opened, recent_names = opener(tx, table.name, who.community), vault_of(tx).names
    entries: list[tuple[int, int, str, str, LeadId, str]] = []
    for lead, box, closed, touched in rows:
        words: tuple[str, str, str] | None = recent_names.get((lead, box))
        if words is None:
            texts = opened(lead, box)
            words = folded(texts["name"]), texts["organisation"], texts["name"]
            recent_names.put((lead, box), words)
        entries.append((closed, -touched, words[0], words[1], lead, words[2]))
    entries.sort()
    return [LeadName(lead, name, organisation) for _, _, _, organisation, lead, name in entries]


def in_touch(tx: Tx, who: Who) -> set[LeadId]:
    """Name the leads a member is in touch with."""
    return {row.id for row in _in_touch.all(tx, community=who.community, member=who.member)}


def some(tx: Tx, who: Who) -> bool:
    """Tell whether a member has any lead, open or closed."""
    return _any.first(tx, community=who.community, member=who.member) is not None


def due(tx: Tx, who: Who, today: date) -> Sequence[Lead]:
    """List the leads with something due by a day, the longest due first."""
    leads = _due.build_all(tx, read, community=who.community, member=who.member, today=today)
    return sorted(leads, key=lambda lead: (lead.clock.due or today, lead.touched or lead.added, _name(lead)))


def _name(lead: Lead) -> str:
    return f"{folded(lead.name)} {lead.organisation}"


def first_to_say(tx: Tx, who: Who) -> date | None:
    """Tell the first day on which something is due with any lead that the member was not told yet."""
    row = _first_to_say.first(tx, community=who.community, member=who.member)
    return None if row is None else row.day


def note_told(tx: Tx, who: Who, today: date) -> None:
    """Note that the member was told what is due by a day; it is not said again until something else is due."""
    _told.send(tx, community=who.community, member=who.member, today=today)


def save(tx: Tx, who: Who, lead: Lead, now: datetime) -> bool:
    """Keep a lead that was changed: its texts, its clock, its closing.

    Returns False, and changes nothing, when it is not there or not theirs, or when another lead of the member already
    is the same person.

    Raises:
        Full: the member keeps as much as one may.
    """
    before = find(tx, who, lead.id)
    if before is None:
        return False
    changed: dict[str, object] = {}
    if (before.name, before.organisation) != (lead.name, lead.organisation):
        other = same(tx, who, lead.name, lead.organisation)
        if other is not None and other.id != lead.id:
            return False
        changed["person_key"] = _person(tx, who, lead.name, lead.organisation)
    changed |= {
        "private": room.for_text(tx, who, table, lead.id, sealed(tx, who, lead), opened=lead.is_open - before.is_open),
        "stage": lead.stage,
        "knows_term": lead.knows_term,
        "source_id": lead.source,
        "tries": lead.clock.tries,
        "due_on": lead.clock.due,
        "due_reason": lead.clock.reason,
        "touched_at": now,
        "closed_at": lead.closed,
        "close_reason": lead.close_reason,
        "every": None if lead.every is HelloInterval.MONTH else lead.every,
    }
    key = {"community": who.community, "member": who.member, "lead": lead.id}
    touch(tx, who)
    return tx.execute(_save, {**changed, **key}).rowcount > 0


def _person(tx: Tx, who: Who, name: str, organisation: str) -> bytes:
    return person_key(tx, who.community, same_person_key(name, organisation))


def drop(tx: Tx, who: Who, lead: LeadId) -> bool:
    """Take a lead off the list that was added by mistake; False when something hangs on it, which is not lost so."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member)
    gave_name = sa.select(table.c.id).where(*mine, table.c.source_id == lead).limit(1)
    # A talk that was called off, or whose log was taken back, is nothing that would be lost.
    live = meetings.c.state.in_([MeetingState.PLANNED, MeetingState.HELD])
    hangs = [
        sa.select(about.c.id).where(
            about.c.community_id == who.community, about.c.member_id == who.member, about.c.lead_id == lead, *which
        )
        for about, *which in ((asks,), (meetings, live))
    ]
    if any(tx.execute(what_hangs).first() is not None for what_hangs in (gave_name, *hangs)):
        return False
    touch(tx, who)
    room.unsure(tx, who)
    return tx.execute(table.delete().where(*mine, table.c.id == lead)).rowcount > 0
