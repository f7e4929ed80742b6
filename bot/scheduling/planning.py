"""Takes what is due off the agenda: digests become rows of the ledger, prompts become notices; nothing is sent here."""

from datetime import datetime, timedelta

import structlog

from bot.core.agenda import BUDDIES, REPLAN, replan, replan_touched
from bot.core.messenger import Refused
from bot.core.tokens import Signer
from bot.domain.digest import is_too_late
from bot.domain.ids import Who
from bot.domain.week import Week, next_weekly
from bot.schedules import buddies, evening, morning, organisers
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.store import agenda, communities, members, notices, posts
from bot.store.database import Tx
from bot.ui.codec import encode

MEMBER_SCHEDULES: dict[str, MemberSchedule] = {
    schedule.kind: schedule for schedule in (morning.SCHEDULE, evening.SCHEDULE)
}
BATCH = 500
A_WEEK = timedelta(weeks=1)

log = structlog.get_logger()


def plan_digests(tx: Tx, now: datetime, signer: Signer) -> int:
    """Enter the digests that are due into the ledger, and put the next ones on the agenda; returns how many."""
    due = agenda.due_digests(tx, now, BATCH)
    entries: list[posts.Entry] = []
    following: list[tuple[str, datetime]] = []
    for each in due:
        # The key comes from the scheduled local date, never from the present.
        week = Week.at(each.due, each.tz)
        late = is_too_late(each.due, now)
        entries.append(posts.Entry(each.community, week.iso, each.due, "late" if late else None))
        _, upcoming = next_weekly(each.due, each.rhythm.digest_day, each.rhythm.digest_at, each.tz)
        following.append((each.community, upcoming))
    skipped = posts.enter(tx, entries)
    agenda.move_digests(tx, following)
    for entry in skipped:
        community = communities.get(tx, entry.community)
        organisers.tell_community(tx, community, entry.period, Refused(entry.skipped or ""), signer, now)
    return len(due)


def plan_prompts(tx: Tx, now: datetime, signer: Signer) -> int:
    """Write the private messages that are due, each once; returns how many entries were taken off the agenda."""
    due = agenda.due_members(tx, now, BATCH)
    for entry in due:
        agenda.clear(tx, entry.community, entry.member, entry.kind)
        try:
            _say(tx, entry, now, signer)
        except Exception as error:  # noqa: BLE001 - what is wrong with one member must not keep the others waiting
            fault = type(error).__name__
            log.error("prompt failed", kind=entry.kind, community=entry.community, member=entry.member, fault=fault)  # noqa: TRY400 - a traceback may hold names
    return len(due)


def erase_left(tx: Tx, now: datetime, _: Signer) -> int:
    """Erase the communities that were left 30 days ago; returns how many."""
    due = agenda.due_communities(tx, agenda.ERASURE, now, BATCH)
    for community, _at in due:
        communities.erase(tx, community, now)
        log.info("community erased", community=community)
    return len(due)


def _say(tx: Tx, entry: agenda.DueMember, now: datetime, signer: Signer) -> None:
    """Write one private message, and put the next one on the agenda."""
    community = communities.get(tx, entry.community)
    member = members.get(tx, Who(entry.community, entry.member))
    if entry.kind != REPLAN:
        _write(Prompt(tx, community, member, entry.due, now, signer), MEMBER_SCHEDULES[entry.kind])
    replan(tx, community, member, now)
    replan_touched(tx, now)


def plan_buddies(tx: Tx, now: datetime, signer: Signer) -> int:
    """Match the buddies of each community whose morning has come; returns how many communities there were."""
    due = agenda.due_communities(tx, BUDDIES, now, BATCH)
    for community, at in due:
        agenda.clear(tx, community, "", BUDDIES)
        try:
            buddies.match_community(tx, communities.get(tx, community), at, now, signer)
        except Exception as error:  # noqa: BLE001 - what is wrong in one community must not keep the others waiting
            log.error("matching failed", community=community, fault=type(error).__name__)  # noqa: TRY400 - a traceback may hold names
            agenda.put(tx, community, "", BUDDIES, now + A_WEEK)
    replan_touched(tx, now)
    return len(due)


def _write(prompt: Prompt, schedule: MemberSchedule) -> None:
    key = schedule.key(prompt)
    if notices.known(prompt.tx, prompt.to, key):
        return
    made = schedule.compose(prompt)
    if made is not None:
        notices.put(prompt.tx, prompt.to, key, encode(made), prompt.now)
