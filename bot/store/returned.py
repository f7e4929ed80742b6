"""After a restore: what may have been sent since the backup is looked for, and not sent again."""

from collections.abc import Iterable
from datetime import datetime

from bot.store import kept
from bot.store.batch import Tx
from bot.store.notices import NoticeState
from bot.store.posts import RESTORED, PostEntry, PostState
from bot.store.tables import notices, posts
from bot.store.upsert import insert_if_new

_ON_THEIR_WAY = (PostState.DUE, PostState.CLAIMED, PostState.SENDING)
_UNREAD = (NoticeState.WAITING, NoticeState.CLAIMED, NoticeState.SENDING)


def doubt(tx: Tx, entries: Iterable[PostEntry], now: datetime, until: str) -> None:
    """Enter posts of which nobody knows whether they were sent, and doubt those that were on their way.

    Each is looked for in its channel before it is sent; one that is skipped with a reason is neither. Whatever comes
    later for a period up to `until` is looked for too, such as one that an organiser asks for again.
    """
    kept.put(tx, RESTORED, {"until": until})
    rows = [_row(entry, now) for entry in entries]
    if rows:
        tx.execute(insert_if_new(posts), rows)
    tx.execute(posts.update().where(posts.c.state.in_(_ON_THEIR_WAY)).values(state=PostState.SENDING, next_at=now))


def keep_unread(tx: Tx) -> int:
    """Leave private messages that were on their way in the inbox: they were surely sent; returns how many."""
    waiting = notices.update().where(notices.c.state.in_(_UNREAD))
    return tx.execute(waiting.values(state=NoticeState.INBOX, next_at=None)).rowcount


def _row(entry: PostEntry, now: datetime) -> dict[str, object]:
    skipped = entry.skipped is not None
    return {
        "community_id": entry.community,
        "kind": entry.kind,
        "period": entry.period,
        "due_at": entry.due,
        "state": PostState.SKIPPED if skipped else PostState.SENDING,
        "next_at": None if skipped else now,
        "reason": entry.skipped,
    }
