"""Meetings: planned and logged by the member whose lead it is."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import LeadId, MeetingId, Who
from bot.domain.meeting import GoalReached, Meeting, MeetingState, MoreTalkative, Notes, WorkKnown, prepared_alike
from bot.store import room
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.tables import meetings as table
from bot.store.touched import touch
from bot.store.types import Sealed

_mine = (table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member"))
_find = Prepared(sa.select(table).where(*_mine, table.c.id == sa.bindparam("meeting")))
_of_member = Prepared(
    sa.select(table)
    .where(*_mine, table.c.state != MeetingState.UNDONE, table.c.state != MeetingState.OFF)
    .order_by(sa.func.coalesce(table.c.held_at, table.c.planned_for).desc(), table.c.id)
)
# Written out, so that the small index over what is planned is used.
_is_planned = table.c.state == sa.literal_column("'planned'")
_with_lead = Prepared(
    sa.select(table)
    .where(*_mine, table.c.lead_id == sa.bindparam("lead"), table.c.state != MeetingState.UNDONE)
    .order_by(table.c.created_at.desc(), table.c.id)
)
_every_planned = Prepared(sa.select(table).where(*_mine, _is_planned).order_by(table.c.planned_for, table.c.id))
_coming = Prepared(
    sa.select(table)
    .where(*_mine, _is_planned, table.c.planned_for > sa.bindparam("now"))
    .order_by(table.c.planned_for, table.c.id)
)
_starts = Prepared(sa.select(table.c.planned_for).where(*_mine, _is_planned, table.c.planned_for > sa.bindparam("now")))
_unasked = (*_mine, _is_planned, table.c.asked_at.is_(None), table.c.planned_for >= sa.bindparam("since"))
_first_to_ask = Prepared(
    sa.select(sa.func.min(table.c.planned_for, type_=table.c.planned_for.type).label("at")).where(*_unasked)
)
_to_ask = Prepared(
    sa.select(table)
    .where(*_unasked, table.c.planned_for < sa.bindparam("before"))
    .order_by(table.c.planned_for, table.c.id)
)
_last_logged = Prepared(
    sa.select(table)
    .where(*_mine, table.c.state == MeetingState.HELD)
    .order_by(table.c.logged_at.desc(), table.c.id)
    .limit(1)
)
_last_told = Prepared(
    sa.select(table)
    .where(
        *_mine,
        sa.or_(table.c.state == MeetingState.HELD, table.c.state == MeetingState.OFF),
        table.c.logged_at.is_not(None),
    )
    .order_by(table.c.logged_at.desc(), table.c.id)
    .limit(1)
)
_save = table.update().where(*_mine, table.c.id == sa.bindparam("meeting"))


def new(lead: LeadId) -> Meeting:
    """Make a meeting that is not kept yet."""
    return Meeting(MeetingId(new_id()), lead, MeetingState.PLANNED)


def add(tx: Tx, who: Who, meeting: Meeting, now: datetime) -> None:
    """Keep a new meeting."""
    row = {"community_id": who.community, "member_id": who.member, "id": meeting.id, "lead_id": meeting.lead}
    tx.execute(table.insert(), {**row, "created_at": now, **_values(tx, who, meeting)})
    touch(tx, who)


def save(tx: Tx, who: Who, meeting: Meeting) -> bool:
    """Keep a meeting that was changed; returns whether it is there and theirs."""
    if find(tx, who, meeting.id) is None:
        return False
    key = {"community": who.community, "member": who.member, "meeting": meeting.id}
    touch(tx, who)
    return tx.execute(_save.values(**_values(tx, who, meeting)), key).rowcount > 0


def keep(tx: Tx, who: Who, meeting: Meeting, now: datetime) -> None:
    """Keep a meeting, new or changed."""
    if not save(tx, who, meeting):
        add(tx, who, meeting, now)


def answer_knows(tx: Tx, who: Who, meeting: MeetingId, knows: WorkKnown) -> bool:
    """Keep whether they know which work the member wants; returns whether the meeting is there and theirs."""
    key = {"community": who.community, "member": who.member, "meeting": meeting}
    return tx.execute(_save.values(knows_want=knows), key).rowcount > 0


def find(tx: Tx, who: Who, meeting: MeetingId) -> Meeting | None:
    """Find a meeting of this member."""
    row = _find.first(tx, community=who.community, member=who.member, meeting=meeting)
    return None if row is None else _read(tx, row)


def with_lead(tx: Tx, who: Who, lead: LeadId) -> Sequence[Meeting]:
    """List everything that was ever planned or held with a lead, what was called off too, the newest first."""
    return [_read(tx, row) for row in _with_lead.all(tx, community=who.community, member=who.member, lead=lead)]


def all_planned(tx: Tx, who: Who, lead: LeadId) -> Sequence[Meeting]:
    """List the meetings that are planned or prepared with a lead, the next first; two where two entries became one."""
    planned = [meeting for meeting in with_lead(tx, who, lead) if meeting.state is MeetingState.PLANNED]
    return sorted(planned, key=lambda meeting: meeting.planned_for or datetime.max.replace(tzinfo=UTC))


def planned(tx: Tx, who: Who, lead: LeadId) -> Meeting | None:
    """Find the next meeting that is planned or prepared with a lead."""
    return next(iter(all_planned(tx, who, lead)), None)


def met(tx: Tx, who: Who, lead: LeadId) -> bool:
    """Tell whether a meeting with a lead was held."""
    return any(meeting.state is MeetingState.HELD for meeting in with_lead(tx, who, lead))


def at_hand(tx: Tx, who: Who, lead: LeadId) -> Meeting:
    """Give the meeting that is planned or prepared with a lead, else a new one, with the sheet of one called off."""
    earlier = with_lead(tx, who, lead)
    return planned(tx, who, lead) or prepared_alike(new(lead), earlier[0] if earlier else None)


def every_planned(tx: Tx, who: Who) -> Sequence[Meeting]:
    """List the meetings that are planned or prepared, those that are over and were not logged too; the next first."""
    return [_read(tx, row) for row in _every_planned.all(tx, community=who.community, member=who.member)]


def coming(tx: Tx, who: Who, now: datetime) -> Sequence[Meeting]:
    """List the meetings that are planned for later, the next first."""
    return [_read(tx, row) for row in _coming.all(tx, community=who.community, member=who.member, now=now)]


def starts(tx: Tx, who: Who, now: datetime) -> list[datetime]:
    """Tell when the meetings begin that are planned for later, without the rest of them."""
    return [row.planned_for for row in _starts.all(tx, community=who.community, member=who.member, now=now)]


def first_to_ask(tx: Tx, who: Who, since: datetime) -> datetime | None:
    """Tell when the first planned meeting from an instant on begins that the member was not asked about yet."""
    row = _first_to_ask.first(tx, community=who.community, member=who.member, since=since)
    return None if row is None else row.at


def to_ask(tx: Tx, who: Who, since: datetime, before: datetime) -> Sequence[Meeting]:
    """List the meetings that were planned for a span of time and were neither told nor asked about."""
    rows = _to_ask.all(tx, community=who.community, member=who.member, since=since, before=before)
    return [_read(tx, row) for row in rows]


def note_asked(tx: Tx, who: Who, meeting: MeetingId, now: datetime) -> None:
    """Note that the member was asked whether a meeting took place."""
    tx.execute(_save.values(asked_at=now), {"community": who.community, "member": who.member, "meeting": meeting})


def last_logged(tx: Tx, who: Who) -> Meeting | None:
    """Find the meeting that was logged last."""
    row = _last_logged.first(tx, community=who.community, member=who.member)
    return None if row is None else _read(tx, row)


def last_told(tx: Tx, who: Who) -> Meeting | None:
    """Find the meeting of which the member told something last: that it was held, or that it is cancelled."""
    row = _last_told.first(tx, community=who.community, member=who.member)
    return None if row is None else _read(tx, row)


def of_member(tx: Tx, who: Who) -> Sequence[Meeting]:
    """List a member's meetings, the latest first."""
    return [_read(tx, row) for row in _of_member.all(tx, community=who.community, member=who.member)]


def _values(tx: Tx, who: Who, meeting: Meeting) -> dict[str, Any]:
    return {
        "state": meeting.state,
        "planned_for": meeting.planned_for,
        "held_at": meeting.held_at,
        "logged_at": meeting.logged_at,
        "reached": meeting.reached,
        "talked": meeting.talked,
        "knows_want": meeting.knows,
        "sequence": meeting.sequence,
        "asked_at": meeting.asked_at,
        "planned_at": meeting.planned_at,
        "private": room.for_text(tx, who, table, meeting.id, _sealed(tx, who, meeting)),
    }


def _sealed(tx: Tx, who: Who, meeting: Meeting) -> Sealed:
    return seal(tx, "meetings", who.community, meeting.id, asdict(meeting.notes))


def _read(tx: Tx, row: Any) -> Meeting:
    texts = unseal(tx, row.private, row.community_id, row.id) if row.private is not None else {}
    return Meeting(
        id=row.id,
        lead=row.lead_id,
        state=MeetingState(row.state),
        planned_for=row.planned_for,
        held_at=row.held_at,
        logged_at=row.logged_at,
        reached=GoalReached(row.reached) if row.reached else None,
        talked=MoreTalkative(row.talked) if row.talked else None,
        knows=WorkKnown(row.knows_want) if row.knows_want else None,
        notes=Notes(**texts),
        sequence=row.sequence,
        asked_at=row.asked_at,
        planned_at=row.planned_at,
    )
