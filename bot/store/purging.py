"""Deletes rows that are past their retention in tables of communities."""

from datetime import datetime, timedelta

from bot.store.batch import Tx
from bot.store.posts import PostState
from bot.store.tables import organiser_reads, posts

POSTS_KEPT_FOR = timedelta(days=366)
ASKED_FOR = timedelta(days=30)
"""How long an organiser is asked whether a post is there; then its words go, and it is left out."""
LOOKS_KEPT_FOR = timedelta(days=366)


def purge_posts(tx: Tx, now: datetime) -> None:
    """Delete old posts, and give up uncertain ones that no organiser settled in time."""
    uncertain = posts.update().where(posts.c.state == PostState.UNCERTAIN, posts.c.due_at < now - ASKED_FOR)
    tx.execute(uncertain.values(state=PostState.SKIPPED, reason="late", private=None, next_at=None))
    tx.execute(posts.delete().where(posts.c.due_at < now - POSTS_KEPT_FOR))


def purge_looks(tx: Tx, now: datetime) -> None:
    """Drop looks of organisers of long ago."""
    tx.execute(organiser_reads.delete().where(organiser_reads.c.at < now - LOOKS_KEPT_FOR))
