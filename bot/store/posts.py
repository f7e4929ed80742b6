"""The ledger of posts: each is sent once, or not at all with a reason on record.

`due → claimed (lease) → sending → posted`, or `skipped`, `failed`, `uncertain`. Every step is one statement guarded
by the state it leaves, and by the owner and attempt that claimed the post: two processes, or one that was thought
dead, never take the same step. Only that it is there may be said by whoever heard so: the first of them is right, and
what another one posted is too much. `next_at` says when somebody must take a post up: when due, or when the lease ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId
from bot.store import communities as homes, kept, lease as leases
from bot.store.batch import Tx
from bot.store.claiming import claim_of, claiming
from bot.store.crypto import seal, unseal
from bot.store.errors import LostClaim
from bot.store.post_keys import key_of
from bot.store.prepared import Prepared
from bot.store.tables import posts as table
from bot.store.touched import touch_community
from bot.store.upsert import insert_if_new

LEFT = "left"
"""Why a post failed that the platform refused because the bot is not there any more."""
NOT_THERE, RESTORED = "not there", "restored"
"""An organiser looked and did not find it; and the fact of a restore, with the last period that it may have forgotten."""


class PostState(StrEnum):
    """How far a post is."""

    DUE = "due"
    CLAIMED = "claimed"
    SENDING = "sending"
    POSTED = "posted"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A post to enter: of a kind, to a community, for a period such as "2026-W12"; skipped at once with a reason."""

    community: CommunityId
    kind: str
    period: str
    due: datetime
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """What is on record about a post."""

    state: PostState
    due: datetime
    reason: str | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A post that one owner may take up until the lease ends.

    `payload` is what an earlier attempt was to send; with `sent_before` nobody knows yet whether it did. An organiser
    who saw that it is not there leaves the payload and takes that doubt away. With `may_be_there` a backup was put back.
    """

    community: CommunityId
    kind: str
    period: str
    due: datetime
    attempt: int
    payload: str | None
    sent_before: bool
    may_be_there: bool
    platform: str
    platform_community: str
    channel: str | None
    language: str
    owner: str

    @property
    def is_looked_for(self) -> bool:
        """Whether it is looked for before it is sent."""
        return self.sent_before or self.may_be_there

    @property
    def key(self) -> str:
        """The key that the platform knows the post by."""
        return key_of(self.community, self.kind, self.period)


_one_post = (
    table.c.community_id == sa.bindparam("community"),
    table.c.kind == sa.bindparam("sort"),
    table.c.period == sa.bindparam("which"),
)
_enter = Prepared(insert_if_new(table), "community_id", "kind", "period", "due_at", "state", "next_at", "reason")
_find = Prepared(sa.select(table).where(*_one_post))
_HELD = (PostState.CLAIMED, PostState.SENDING)
_turn = leases.turn(table, *_HELD)
_earliest = Prepared(sa.select(sa.func.min(_turn, type_=_turn.type).label("at")).where(table.c.next_at.is_not(None)))
_change = table.update().where(*_one_post)
_of = table.update().where(table.c.community_id == sa.bindparam("community"))
_mine = (
    *_one_post,
    table.c.owner == sa.bindparam("by"),
    table.c.attempt == sa.bindparam("turn"),
    sa.or_(*(table.c.state == state for state in _HELD)),
)
_step = table.update().where(*_mine)
_end: dict[str, Any] = {"next_at": None, "private": None}
_sending = Prepared(
    _step.values(
        state=PostState.SENDING,
        private=sa.bindparam("box", type_=table.c.private.type),
        next_at=leases.end(),
    )
)
_nowhere = _change.where(sa.or_(table.c.state != PostState.POSTED, table.c.reference.is_(None)))
_posted = Prepared(_nowhere.values(state=PostState.POSTED, reference=sa.bindparam("where"), reason=None, **_end))
_held = Prepared(sa.select(table.c.attempt).where(*_mine))
_skipped = Prepared(_step.values(state=PostState.SKIPPED, reason=sa.bindparam("why"), **_end))
_failed = Prepared(_step.values(state=PostState.FAILED, reason=sa.bindparam("why"), **_end))
_put_off = Prepared(_step.values(state=PostState.DUE, next_at=sa.bindparam("until", type_=table.c.next_at.type)))
_look_later = Prepared(_step.values(state=PostState.SENDING, next_at=leases.end()))
_uncertain = Prepared(_step.values(state=PostState.UNCERTAIN, next_at=None))
_claim = claim_of(table, waits=PostState.DUE, claimed=PostState.CLAIMED, held=_HELD)


def enter(tx: Tx, entries: Iterable[PostEntry]) -> list[PostEntry]:
    """Enter posts into the ledger, each at most once; returns the new ones that are skipped, for somebody to be told."""
    all_entries = list(entries)
    _enter.run_all(tx, [_row(entry) for entry in all_entries if entry.skipped is None])
    return [entry for entry in all_entries if entry.skipped is not None and _is_new(tx, entry)]


def claim(tx: Tx, now: datetime, owner: str, lease: timedelta, *, platforms: Sequence[str], limit: int) -> list[Claim]:
    """Take up posts that are due, or whose owner let the lease run out; nobody else gets them before the lease ends."""
    rows = tx.execute(_claim, claiming(now, owner, lease, platforms, limit)).all()
    places = homes.addresses(tx, [row.community_id for row in rows])
    in_order = sorted(rows, key=lambda row: (row.due_at, row.community_id))
    restored = (kept.find(tx, RESTORED) or {}).get("until", "") if in_order else ""
    return [_claimed(tx, row, places[row.community_id], restored) for row in in_order]


def sending(tx: Tx, claim: Claim, payload: str, now: datetime, lease: timedelta) -> None:
    """Keep what is about to be sent, with a new lease; after this, a crash leaves it open whether it was.

    Raises:
        LostClaim: the lease ran out and somebody else took the post up; it must not be sent.
    """
    box = seal(tx, "posts", claim.community, f"{claim.kind}:{claim.period}", {"payload": payload})
    if not _stepped(tx, _sending, claim, box=box, now=now, span=leases.microseconds(lease)):
        raise LostClaim("Somebody else has taken this post up.")


def posted(tx: Tx, claim: Claim, reference: str) -> str:
    """Record that a post is there, with the platform's reference, unless it is on record with another.

    Returns the one on record, so that two owners who both sent it know which of the two stays.
    """
    is_first = _posted.run(tx, **_which(claim), where=reference) > 0
    row = None if is_first else _find.first(tx, **_which(claim))
    return reference if row is None else row.reference


def is_held(tx: Tx, claim: Claim) -> bool:
    """Tell whether this owner still has a post."""
    return _held.first(tx, **_whose(claim)) is not None


def skip(tx: Tx, claim: Claim, reason: str) -> bool:
    """Record that a post is left out, and why; returns whether this owner still had it."""
    return _stepped(tx, _skipped, claim, why=reason)


def fail(tx: Tx, claim: Claim, reason: str) -> bool:
    """Record that the platform refused a post, and why; returns whether this owner still had it."""
    return _stepped(tx, _failed, claim, why=reason)


def put_off(tx: Tx, claim: Claim, now: datetime, after: timedelta, *, doubted: bool) -> bool:
    """Record that nothing was done, and when it is tried again; with `doubted` an earlier attempt may still be there.

    Returns whether this owner still had it.
    """
    if doubted:
        return _stepped(tx, _look_later, claim, now=now, span=leases.microseconds(after))
    return _stepped(tx, _put_off, claim, until=now + after)


def uncertain(tx: Tx, claim: Claim) -> bool:
    """Record that nobody can tell whether a post is there; only an organiser can go on."""
    return _stepped(tx, _uncertain, claim)


def earliest(tx: Tx, now: datetime) -> datetime | None:
    """Tell when the next post must be taken up, by the clock that says what time it is now."""
    row = _earliest.first(tx, now=now)
    return None if row is None else row.at


def find(tx: Tx, community: CommunityId, kind: str, period: str) -> Post | None:
    """Tell what is on record about a post."""
    row = _find.first(tx, community=community, sort=kind, which=period)
    return None if row is None else Post(PostState(row.state), row.due_at, row.reason, row.reference)


def post_now(tx: Tx, community: CommunityId, kind: str, period: str, now: datetime) -> bool:
    """Let a post come at once that is not there yet; returns False when it is there, on its way, or uncertain."""
    touch_community(tx, community)
    if _is_new(tx, PostEntry(community, kind, period, now)):
        return True
    again = _change.where(table.c.state.in_((PostState.DUE, PostState.SKIPPED, PostState.FAILED)))
    changed = again.values(state=PostState.DUE, next_at=now, reason=None)
    return tx.execute(changed, {"community": community, "sort": kind, "which": period}).rowcount > 0


def take_up(tx: Tx, community: CommunityId, since: datetime, now: datetime) -> None:
    """Let the posts come at once that failed only because the bot was taken out, when they were due after an instant."""
    missed = _of.where(table.c.state == PostState.FAILED, table.c.reason == LEFT, table.c.due_at > since)
    tx.execute(missed.values(state=PostState.DUE, next_at=now, reason=None), {"community": community})


def resolve(tx: Tx, community: CommunityId, kind: str, period: str, *, there: bool) -> bool:
    """Settle an uncertain post by what an organiser saw; one that is not there becomes due again, with the same words.

    Returns whether it was uncertain.
    """
    settled = {"state": PostState.DUE, "next_at": table.c.due_at, "reason": NOT_THERE}
    if there:
        settled = {"state": PostState.POSTED, "private": None, "reason": None}
    changed = _change.where(table.c.state == PostState.UNCERTAIN).values(settled)
    return tx.execute(changed, {"community": community, "sort": kind, "which": period}).rowcount > 0


def forget_after(tx: Tx, instant: datetime) -> None:
    """Forget what was entered for a later time than this and was not sent: a clock that was ahead entered it."""
    unsent = table.c.state.in_((PostState.DUE, PostState.CLAIMED, PostState.SKIPPED, PostState.FAILED))
    tx.execute(table.delete().where(table.c.due_at > instant, unsent))


def _is_new(tx: Tx, entry: PostEntry) -> bool:
    """Insert an entry; returns False when its post is in the ledger already."""
    return _enter.run(tx, **_row(entry)) > 0


def _row(entry: PostEntry) -> dict[str, Any]:
    return {
        "community_id": entry.community,
        "kind": entry.kind,
        "period": entry.period,
        "due_at": entry.due,
        "state": PostState.DUE if entry.skipped is None else PostState.SKIPPED,
        "next_at": entry.due if entry.skipped is None else None,
        "reason": entry.skipped,
    }


def _claimed(tx: Tx, row: Any, home: homes.Address, restored: str) -> Claim:
    box = row.private
    return Claim(
        community=row.community_id,
        kind=row.kind,
        period=row.period,
        due=row.due_at,
        attempt=row.attempt,
        payload=box and unseal(tx, box, row.community_id, f"{row.kind}:{row.period}")["payload"],
        sent_before=row.state == PostState.SENDING,
        may_be_there=row.period <= restored and row.reason != NOT_THERE,
        platform=home.platform,
        platform_community=home.platform_id,
        channel=home.digest_channel,
        language=home.language,
        owner=row.owner,
    )


def _stepped(tx: Tx, step: Prepared, claim: Claim, **values: Any) -> bool:
    """Run one step of the state machine; returns False when another owner or attempt has taken the post since."""
    return step.run(tx, **_whose(claim), **values) > 0


def _whose(claim: Claim) -> dict[str, Any]:
    return {**_which(claim), "by": claim.owner, "turn": claim.attempt}


def _which(claim: Claim) -> dict[str, Any]:
    return {"community": claim.community, "sort": claim.kind, "which": claim.period}
