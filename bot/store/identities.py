"""One person on two platforms: a one-time code lets a member of one community act as a member of another."""

import hashlib
import hmac
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, Who
from bot.store.batch import Tx
from bot.store.crypto import vault_of
from bot.store.prepared import Prepared
from bot.store.tables import link_codes as codes
from bot.store.tables import link_tries as attempts
from bot.store.tables import links as table

CODE_LASTS = timedelta(minutes=10)
TRIES = 5
"""Rule: five tries in ten minutes."""

_linked = Prepared(
    sa.select(table.c.other_community, table.c.other_member).where(
        table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member")
    )
)


def acts_as(tx: Tx, who: Who) -> Who | None:
    """Tell as whom a member acts; None when as themselves."""
    row = _linked.first(tx, community=who.community, member=who.member)
    return None if row is None else Who(CommunityId(row.other_community), MemberId(row.other_member))


def others_of(tx: Tx, who: Who) -> list[Who]:
    """List the members who act as this one."""
    found = sa.select(table.c.community_id, table.c.member_id).where(
        table.c.other_community == who.community, table.c.other_member == who.member
    )
    return [Who(CommunityId(row.community_id), MemberId(row.member_id)) for row in tx.execute(found)]


def offer(tx: Tx, who: Who, code: str, now: datetime) -> None:
    """Keep the code a member is shown, instead of an earlier one."""
    tx.execute(codes.delete().where(codes.c.community_id == who.community, codes.c.member_id == who.member))
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


def use(tx: Tx, code: str, now: datetime) -> Who | None:
    """Find who was shown a code within ten minutes; it works once."""
    this = codes.c.code_key.in_(_keys(tx, code))
    row = tx.execute(sa.select(codes).where(this)).first()
    tx.execute(codes.delete().where(sa.or_(this, codes.c.made_at <= now - CODE_LASTS)))
    if row is None or now - row.made_at >= CODE_LASTS:
        return None
    return Who(CommunityId(row.community_id), MemberId(row.member_id))


def link(tx: Tx, who: Who, other: Who, now: datetime) -> None:
    """Let a member act as another from now on."""
    unlink(tx, who)
    row = {"community_id": who.community, "member_id": who.member, "linked_at": now}
    tx.execute(table.insert(), {**row, "other_community": other.community, "other_member": other.member})


def unlink(tx: Tx, who: Who) -> bool:
    """Let a member act as themselves again; returns whether they did not."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member)
    return tx.execute(table.delete().where(*mine)).rowcount > 0


def _keys(tx: Tx, code: str) -> list[bytes]:
    """Hash a code with every key of the ring, the current one first, so that the database alone tells no code."""
    said = code.upper().replace("-", "").replace(" ", "").encode()
    return [hmac.digest(key, said, hashlib.sha256) for key in vault_of(tx).ring.derived("link codes")]
