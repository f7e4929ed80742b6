"""Takes what is due off the agenda: weekly posts become rows of the ledger, messages become notices; nothing is sent here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import structlog

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.week import Week
from bot.engine.messenger import Refused
from bot.engine.replanning import REPLAN, replan_community, replan_member, replan_touched
from bot.engine.schedule import CommunityTask, MemberSchedule, Prompt, Schedule
from bot.engine.tokens import Signer
from bot.faults import recorded
from bot.measures import Measures
from bot.scheduling.weekly import WeeklyPost, is_too_late
from bot.store import agenda, communities, kept, members, notices, posts
from bot.store.database import Tx
from bot.store.reach import under_lock
from bot.ui.codec import encode

D = TypeVar("D", agenda.DueWeekly, agenda.DueMember, agenda.DueCommunity)

BATCH = 500
KINDS = "schedules"
"""The key under which the store keeps the kinds of schedules that everything was planned by."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Planner:
    """Plans everything that comes by itself, by the schedules of a product."""

    schedules: Mapping[str, Schedule]
    signer: Signer
    measures: Measures = field(default_factory=Measures)

    def take_in(self, tx: Tx, now: datetime) -> None:
        """Plan what the product did not have when it ran last, so that a new schedule reaches everybody."""
        mark = kept.find(tx, KINDS)
        kinds = sorted(self.schedules)
        if mark is not None and mark["kinds"] == kinds:
            return
        kept.put(tx, KINDS, {"kinds": kinds})
        for community in communities.present(tx):
            replan_community(tx, self.schedules, community, community, now)
            agenda.put_for_members(tx, community.id, REPLAN, now)

    def plan_posts(self, tx: Tx, now: datetime) -> int:
        """Enter the weekly posts that are due into the ledger, and put the next ones on the agenda; returns how many."""
        return sum(
            self._enter(tx, schedule, now) for schedule in self.schedules.values() if isinstance(schedule, WeeklyPost)
        )

    def plan_tasks(self, tx: Tx, now: datetime) -> int:
        """Do what is due to whole communities; returns how many there were."""
        return sum(self._run(tx, task, now) for task in self.schedules.values() if isinstance(task, CommunityTask))

    def plan_messages(self, tx: Tx, now: datetime) -> int:
        """Write the private messages that are due, each once; returns how many entries were taken off the agenda."""
        due = _locked(tx, lambda: agenda.due_members(tx, now, BATCH))
        for entry in due:
            agenda.clear(tx, entry.community, entry.member, entry.kind)
            try:
                self._say(tx, entry, now)
            except Exception as error:  # noqa: BLE001 - what is wrong with one member must not keep the others waiting
                whose = {"community": entry.community, "member": entry.member}
                log.error("message failed", kind=entry.kind, **whose, **recorded(error))  # noqa: TRY400 - a traceback may hold names
        return len(due)

    def erase_left(self, tx: Tx, now: datetime) -> int:
        """Erase the communities that were left 30 days ago; returns how many."""
        due = _locked(tx, lambda: agenda.due_communities(tx, agenda.ERASURE, now, BATCH))
        for entry in due:
            communities.erase(tx, entry.community, now)
            log.info("community erased", community=entry.community)
        return len(due)

    def _enter(self, tx: Tx, schedule: WeeklyPost, now: datetime) -> int:
        due = _locked(tx, lambda: agenda.due_weekly(tx, schedule.kind, now, BATCH))
        entries: list[posts.Entry] = []
        following: list[tuple[str, datetime]] = []
        for row in due:
            # The key comes from the scheduled local date, never from the present.
            week = Week.at(row.due, row.tz)
            reason = "late" if is_too_late(row.due, now) else None
            entries.append(posts.Entry(row.community, schedule.kind, week.iso, row.due, reason))
            following.append((row.community, schedule.following(row.due, row.rhythm, row.tz)))
        skipped = posts.enter(tx, entries)
        agenda.move(tx, schedule.kind, following)
        for entry in skipped:
            self.measures.posted(schedule.kind, entry.skipped or "skipped")
            community = communities.get(tx, entry.community)
            schedule.missed(tx, community, entry.period, entry.due)
            schedule.refused(tx, community, entry.period, Refused(entry.skipped or ""), self.signer, now)
        return len(due)

    def _run(self, tx: Tx, task: CommunityTask, now: datetime) -> int:
        due = _locked(tx, lambda: agenda.due_communities(tx, task.kind, now, BATCH))
        for entry in due:
            agenda.clear(tx, entry.community, "", task.kind)
            community = communities.get(tx, entry.community)
            try:
                task.run(tx, community, entry.due, now, self.signer)
            except Exception as error:  # noqa: BLE001 - what is wrong in one community must not keep the others waiting
                log.error("task failed", kind=task.kind, community=entry.community, **recorded(error))  # noqa: TRY400 - a traceback may hold names
            self._replan(tx, community, now)
        return len(due)

    def _replan(self, tx: Tx, community: Community, now: datetime) -> None:
        replan_community(tx, self.schedules, community, community, now)
        replan_touched(tx, self.schedules, now)

    def _say(self, tx: Tx, entry: agenda.DueMember, now: datetime) -> None:
        """Write one private message, and put the next one on the agenda."""
        community = communities.get(tx, entry.community)
        member = members.get(tx, Who(entry.community, entry.member))
        schedule = self.schedules.get(entry.kind)
        if isinstance(schedule, MemberSchedule):
            _write(Prompt(tx, community, member, entry.due, now, self.signer), schedule)
        # What the new hours made due since they were changed is said too, and not left out.
        replan_member(tx, self.schedules, community, member, entry.due if entry.kind == REPLAN else now)
        replan_touched(tx, self.schedules, now)


def _locked(tx: Tx, read: Callable[[], Sequence[D]]) -> Sequence[D]:
    """Read what is due, with the lock of each community that it is due to."""
    return under_lock(tx, read, lambda due: [entry.community for entry in due])


def _write(prompt: Prompt, schedule: MemberSchedule) -> None:
    key = schedule.key(prompt)
    if notices.known(prompt.tx, prompt.to, key):
        return
    reply = schedule.compose(prompt)
    if reply is not None:
        notices.put(prompt.tx, prompt.to, key, encode(reply), prompt.now)
