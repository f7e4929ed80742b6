"""Codes that link two members: shown to one, entered by the other, and confirmed by the first."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, Who
from bot.store.batch import Tx
from bot.store.crypto import vault_of
from bot.store.ids import new_id
from bot.store.reach import under_lock
from bot.store.tables import link_codes as codes, link_tries as attempts

CODE_LASTS = timedelta(minutes=10)
TRIES = 5
"""Rule: five tries in ten minutes."""
QUESTION_LASTS = timedelta(hours=1)
"""How long the owner of a code may think about who entered it."""

TRIES_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LinkQuestion:
    """Somebody entered a code, and its owner is asked whether that is they."""

    id: str
    owner: Who
    other: Who
    until: datetime

    @property
    def communities(self) -> tuple[CommunityId, CommunityId]:
        """The communities of both."""
        return self.owner.community, self.other.community


def offer(tx: Tx, who: Who, code: str, now: datetime) -> None:
    """Keep the code a member is shown, instead of an earlier one."""
    drop(tx, who)
    row = {"community_id": who.community, "member_id": who.member, "code_key": _keys(tx, code)[0], "made_at": now}
    tx.execute(codes.insert(), row)


def may_try(tx: Tx, who: Who, now: datetime) -> bool:
    """Count a try of a member; returns False when there were too many."""
    mine = (attempts.c.community_id == who.community, attempts.c.member_id == who.member)
    row = tx.execute(sa.select(attempts).where(*mine)).first()
    if row is not None and now - row.since < CODE_LASTS:
        tx.execute(attempts.update().where(*mine).values(tries=row.tries + 1))
        return row.tries < TRIES
    tx.execute(attempts.delete().where(*mine))
    tx.execute(attempts.insert(), {"community_id": who.community, "member_id": who.member, "since": now, "tries": 1})
    return True


def owner_of(tx: Tx, code: str, now: datetime) -> Who | None:
    """Find who was shown a code within ten minutes, unless somebody entered it before."""
    open_ones = (codes.c.code_key.in_(_keys(tx, code)), codes.c.question.is_(None), codes.c.made_at > now - CODE_LASTS)

    def read() -> Who | None:
        row = tx.execute(sa.select(codes).where(*open_ones)).first()
        return None if row is None else Who(CommunityId(row.community_id), MemberId(row.member_id))

    return under_lock(tx, read, lambda owner: () if owner is None else (owner.community,))


def ask(tx: Tx, owner: Who, other: Who, now: datetime) -> str:
    """Keep that somebody entered the code of a member; returns the question to its owner."""
    question = new_id()
    asked = {"asked_at": now, "other_community": other.community, "other_member": other.member}
    tx.execute(codes.update().where(*_owned(owner)).values(question=question, **asked))
    return question


def question_to(tx: Tx, owner: Who, now: datetime) -> LinkQuestion | None:
    """Find the question that waits for the owner of a code."""
    return _question(tx, now, *_owned(owner))


def drop(tx: Tx, who: Who) -> None:
    """Drop the open code of a member, and what they were asked about it."""
    tx.execute(codes.delete().where(*_owned(who)))


def withdraw(tx: Tx, other: Who) -> None:
    """Drop every question about a member who entered codes."""
    tx.execute(codes.delete().where(codes.c.other_community == other.community, codes.c.other_member == other.member))


def purge(tx: Tx, now: datetime) -> None:
    """Drop codes that nobody can enter and questions that nobody can answer any more."""
    unused = sa.and_(codes.c.question.is_(None), codes.c.made_at <= now - CODE_LASTS)
    tx.execute(codes.delete().where(sa.or_(unused, codes.c.asked_at <= now - QUESTION_LASTS)))


def purge_tries(tx: Tx, now: datetime) -> None:
    """Drop counts of tries that hold nobody back any more."""
    tx.execute(attempts.delete().where(attempts.c.since < now - TRIES_KEPT_FOR))


def _question(tx: Tx, now: datetime, *which: sa.ColumnElement[bool]) -> LinkQuestion | None:
    return under_lock(tx, lambda: _asked(tx, now, *which), lambda asked: () if asked is None else asked.communities)


def _asked(tx: Tx, now: datetime, *which: sa.ColumnElement[bool]) -> LinkQuestion | None:
    fresh = codes.c.asked_at > now - QUESTION_LASTS
    row = tx.execute(sa.select(codes).where(fresh, *which).order_by(codes.c.asked_at.desc())).first()
    if row is None:
        return None
    owner = Who(CommunityId(row.community_id), MemberId(row.member_id))
    other = Who(CommunityId(row.other_community), MemberId(row.other_member))
    return LinkQuestion(row.question, owner, other, row.asked_at + QUESTION_LASTS)


def _owned(who: Who) -> tuple[sa.ColumnElement[bool], ...]:
    return codes.c.community_id == who.community, codes.c.member_id == who.member


def _keys(tx: Tx, code: str) -> list[bytes]:
    """Hash a code with every key of the ring, the current one first, so that the database alone tells no code."""
    message = code.upper().replace("-", "").replace(" ", "").encode()
    return [hmac.digest(key, message, hashlib.sha256) for key in vault_of(tx).ring.derived("link codes")]
