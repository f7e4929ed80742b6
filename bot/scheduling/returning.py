"""After a restore: every weekly post that was due since the copy was made is looked for before it is posted."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bot.domain.community import Community
from bot.domain.week import Week
from bot.engine.schedule import Schedule
from bot.scheduling.weekly import WeeklyPost, is_too_late
from bot.store import agenda, communities, returned
from bot.store.database import Tx
from bot.store.posts import PostEntry

RESTORED = "restored"
"""Why a post is left out that was due so long before a restore that it would not be posted any more."""
EASTMOST = timedelta(hours=14)
"""How far ahead of UTC a community can be, and so in its next week already."""


def look_first(tx: Tx, schedules: Mapping[str, Schedule], now: datetime) -> int:
    """Take every weekly post that was due by now off the agenda, to be looked for; returns how many are.

    Its week is frozen as at its hour. Private messages that were on their way wait in the inbox.
    """
    entries = [
        entry
        for community in communities.present(tx)
        for schedule in schedules.values()
        if isinstance(schedule, WeeklyPost)
        for entry in _due(tx, schedule, community, now)
    ]
    returned.doubt(tx, entries, now, Week.of((now + EASTMOST).astimezone(UTC).date()).iso)
    returned.keep_unread(tx)
    return sum(entry.skipped is None for entry in entries)


def _due(tx: Tx, schedule: WeeklyPost, community: Community, now: datetime) -> Iterator[PostEntry]:
    due = agenda.when(tx, community.id, "", schedule.kind)
    while due is not None and due <= now:
        period = Week.at(due, community.tz).iso
        schedule.missed(tx, community, period, due)
        yield PostEntry(community.id, schedule.kind, period, due, RESTORED if is_too_late(due, now) else None)
        due = schedule.following(due, community.rhythm, community.tz)
        agenda.put(tx, community.id, "", schedule.kind, due)
