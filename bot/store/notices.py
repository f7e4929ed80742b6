"""Private messages sent unasked: each is kept once by its key, then sent, or waits in the member's inbox.

`waiting → claimed (lease) → sending → sent`, or `inbox → seen`; one that is kept for the morning goes out in its message.
What was sent or seen is emptied; its key stays. What was put off is surely not there, and waits again as if it had never
been tried. Every step is guarded by owner and attempt, as in the ledger of posts; only that it is sent may be said by all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, Who
from bot.store import communities as homes, identities, lease as leases, members
from bot.store.batch import Tx
from bot.store.claiming import claim_of, claiming
from bot.store.crypto import seal, unseal
from bot.store.errors import LostClaim
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.tables import notices as table
from bot.store.touched import touch
from bot.store.upsert import insert_if_new

KEPT_FOR = timedelta(days=366)
"""So long it is known what was said, so that it is not said again; the words go when they were read."""


class NoticeState(StrEnum):
    """How far a notice is."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    KEPT = "kept"
    INBOX = "inbox"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that one owner may send until the lease ends."""

    id: str
    community: CommunityId
    member: MemberId
    platform: str
    platform_community: str
    platform_user: str
    languages: tuple[str | None, ...]
    """The languages they may read, the best first."""
    reply: str
    tried_before: bool
    owner: str
    attempt: int


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A notice in the inbox: a reply as JSON."""

    id: str
    reply: str
    created_at: datetime


_mine = (table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member"))
# Written out, so that the small index over the inboxes is used.
_in_inbox = table.c.state == sa.literal_column("'inbox'")

_put = Prepared(
    insert_if_new(table),
    "community_id",
    "member_id",
    "id",
    "key",
    "state",
    "created_at",
    "next_at",
    "private",
)
_count = Prepared(sa.select(sa.func.count().label("n")).where(*_mine, _in_inbox))
_inbox = Prepared(
    sa.select(table.c.id, table.c.private, table.c.created_at)
    .where(*_mine, _in_inbox)
    .order_by(table.c.created_at, table.c.id)
)
_by_key = Prepared(sa.select(table.c.id).where(*_mine, table.c.key == sa.bindparam("named")))
_is_kept = table.c.state == sa.literal_column("'kept'")
_for_morning = Prepared(sa.select(table.c.id, table.c.private).where(*_mine, _is_kept))
_taken = Prepared(table.update().where(*_mine, _is_kept).values(state=NoticeState.SENT, private=None))
_HELD = (NoticeState.CLAIMED, NoticeState.SENDING)
_turn = leases.turn(table, *_HELD)
_earliest = Prepared(sa.select(sa.func.min(_turn, type_=_turn.type).label("at")).where(table.c.next_at.is_not(None)))
_step = table.update().where(
    *_mine,
    table.c.id == sa.bindparam("notice"),
    sa.or_(*(table.c.state == state for state in _HELD)),
    table.c.owner == sa.bindparam("by"),
    table.c.attempt == sa.bindparam("turn"),
)
_UNREAD = (NoticeState.WAITING, *_HELD, NoticeState.INBOX)
_unread = (*_mine, table.c.id == sa.bindparam("notice"), sa.or_(*(table.c.state == state for state in _UNREAD)))
_sent = Prepared(table.update().where(*_unread).values(state=NoticeState.SENT, next_at=None, private=None))
_sending = Prepared(_step.values(state=NoticeState.SENDING, next_at=leases.end()))
_put_off = Prepared(_step.values(state=NoticeState.WAITING, next_at=sa.bindparam("until", type_=table.c.next_at.type)))
_look_later = Prepared(_step.values(state=NoticeState.SENDING, next_at=leases.end()))
_to_inbox = Prepared(_step.values(state=NoticeState.INBOX, next_at=None))
_claim = claim_of(table, waits=NoticeState.WAITING, claimed=NoticeState.CLAIMED, held=_HELD)


def may_come_again(tx: Tx, community: CommunityId, key: str) -> None:
    """Delete a key from a community's notices, so that a message with this key can be sent again."""
    forget = table.delete().where(
        table.c.community_id == sa.bindparam("community"), table.c.key == sa.bindparam("said")
    )
    tx.execute(forget, {"community": community, "said": key})


def put(tx: Tx, who: Who, key: str, reply: str, now: datetime) -> bool:
    """Keep a message for a member; returns False when one with this key was kept before, and changes nothing."""
    return _add(tx, who, key, reply, now, NoticeState.WAITING)


def keep(tx: Tx, who: Who, key: str, reply: str, now: datetime) -> bool:
    """Leave a message in a member's inbox, and send nothing; returns False when one with this key was kept before."""
    return _add(tx, who, key, reply, now, NoticeState.INBOX)


def keep_for_morning(tx: Tx, who: Who, key: str, reply: str, now: datetime) -> bool:
    """Keep a message that can wait for the member's next morning message; returns False when its key was used before.

    It replaces one that waits already, because it tells how things are now.
    """
    touch(tx, who)
    _taken.send(tx, community=who.community, member=who.member)
    return _add(tx, who, key, reply, now, NoticeState.KEPT)


def some_kept(tx: Tx, who: Who) -> bool:
    """Tell whether a message waits for the next morning."""
    return _for_morning.first(tx, community=who.community, member=who.member) is not None


def take_kept(tx: Tx, who: Who) -> str | None:
    """Take the message that waited for this morning, a reply as JSON; None when none did."""
    row = _for_morning.first(tx, community=who.community, member=who.member)
    _taken.send(tx, community=who.community, member=who.member)
    return None if row is None else _reply(tx, who.community, row)


def was_kept(tx: Tx, who: Who, key: str) -> bool:
    """Tell whether a message with this key was kept before."""
    return _by_key.first(tx, community=who.community, member=who.member, named=key) is not None


def _add(tx: Tx, who: Who, key: str, reply: str, now: datetime, state: NoticeState) -> bool:
    """Insert a notice; returns False when its key was used before."""
    notice = new_id()
    inserted = _put.run(
        tx,
        community_id=who.community,
        member_id=who.member,
        id=notice,
        key=key,
        state=state,
        created_at=now,
        next_at=now if state is NoticeState.WAITING else None,
        private=seal(tx, "notices", who.community, notice, {"reply": reply}),
    )
    return inserted > 0


def withdraw(tx: Tx, who: Who, key: str) -> None:
    """Drop a message that is no news any more, unless it was sent."""
    unsent = table.c.state.in_([NoticeState.WAITING, NoticeState.CLAIMED, NoticeState.INBOX])
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.key == key)
    tx.execute(table.delete().where(*mine, unsent))


def claim(
    tx: Tx, now: datetime, owner: str, lease: timedelta, *, platforms: Sequence[str], limit: int
) -> list[DueNotice]:
    """Take up messages that wait, or whose owner let the lease run out; nobody else gets them before the lease ends."""
    rows = tx.execute(_claim, claiming(now, owner, lease, platforms, limit)).all()
    claimed = [(row.created_at, row.key, _claimed(tx, row)) for row in rows]
    # What came at one instant goes out in the order of the platform's own ids, never of the random one.
    claimed.sort(key=lambda entry: (entry[0], entry[2].platform_community, entry[2].platform_user, entry[1]))
    return [notice for *_, notice in claimed]


def unsent(tx: Tx) -> int:
    """Count the messages of everybody that are still to be sent."""
    # By the index that holds nothing else.
    return tx.execute(sa.select(sa.func.count()).select_from(table).where(table.c.next_at.is_not(None))).scalar_one()


def sending(tx: Tx, notice: DueNotice, now: datetime, lease: timedelta) -> None:
    """Note that a message is about to be sent, with a new lease; after this, a crash leaves it open whether it was.

    Raises:
        LostClaim: somebody else took the message up, or it was withdrawn; it must not be sent.
    """
    if not _stepped(tx, _sending, notice, now=now, span=leases.microseconds(lease)):
        raise LostClaim("Somebody else has taken this message up.")


def sent(tx: Tx, notice: DueNotice) -> bool:
    """Record that a message was sent, whoever has it by now; returns False when that is on record already."""
    return _sent.run(tx, community=notice.community, member=notice.member, notice=notice.id) > 0


def put_off(tx: Tx, notice: DueNotice, now: datetime, after: timedelta, *, doubted: bool) -> bool:
    """Record that nothing was done, and when it is tried again; with `doubted` an earlier attempt may still be there.

    Returns whether this owner still had it.
    """
    if doubted:
        return _stepped(tx, _look_later, notice, now=now, span=leases.microseconds(after))
    return _stepped(tx, _put_off, notice, until=now + after)


def to_inbox(tx: Tx, notice: DueNotice) -> bool:
    """Keep a message that cannot be delivered for the member's next command; returns whether this owner still had it."""
    return _stepped(tx, _to_inbox, notice)


def earliest(tx: Tx, now: datetime) -> datetime | None:
    """Tell when the next message must be taken up, by the clock that says what time it is now."""
    row = _earliest.first(tx, now=now)
    return None if row is None else row.at


def expect_inbox(tx: Tx, who: Who) -> None:
    """Say that the messages in a member's inbox will be counted."""
    _count.ask(tx, community=who.community, member=who.member)


def count_inbox(tx: Tx, who: Who) -> int:
    """Count the messages in a member's inbox."""
    row = _count.first(tx, community=who.community, member=who.member)
    return 0 if row is None else row.n


def inbox(tx: Tx, who: Who) -> list[KeptMessage]:
    """Read a member's inbox, oldest first."""
    rows = _inbox.all(tx, community=who.community, member=who.member)
    return [KeptMessage(row.id, _reply(tx, who.community, row), row.created_at) for row in rows]


def take_out(tx: Tx, who: Who, ids: Sequence[str]) -> None:
    """Take messages out of a member's inbox."""
    read = table.update().where(*_mine, _in_inbox, table.c.id.in_(ids)).values(state=NoticeState.SEEN, private=None)
    tx.execute(read, {"community": who.community, "member": who.member})


def purge(tx: Tx, now: datetime) -> None:
    """Drop messages of long ago, read or not."""
    tx.execute(table.delete().where(table.c.created_at < now - KEPT_FOR))


def _claimed(tx: Tx, row: Any) -> DueNotice:
    who = Who(row.community_id, row.member_id)
    home, member = homes.get(tx, who.community), members.get(tx, who)
    # A person chooses one language, where their list is; a platform shows its own.
    person = members.get(tx, identities.acts_as(tx, who) or who)
    return DueNotice(
        id=row.id,
        community=row.community_id,
        member=row.member_id,
        platform=home.platform,
        platform_community=home.platform_id,
        platform_user=member.platform_user,
        languages=(person.language, member.seen_language, person.seen_language, home.language),
        reply=_reply(tx, row.community_id, row),
        tried_before=row.state == NoticeState.SENDING,
        owner=row.owner,
        attempt=row.attempt,
    )


def _reply(tx: Tx, community: str, row: Any) -> str:
    return unseal(tx, row.private, community, row.id)["reply"]


def _stepped(tx: Tx, step: Prepared, notice: DueNotice, **values: Any) -> bool:
    """Run one step of the state machine; returns False when another owner or attempt has taken the notice since."""
    which = {"community": notice.community, "member": notice.member, "notice": notice.id}
    return step.run(tx, **which, by=notice.owner, turn=notice.attempt, **values) > 0
