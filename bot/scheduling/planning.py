"""Takes what is due off the agenda: weekly posts become rows of the ledger, messages become notices; nothing is sent here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.domain.community import Community
from bot.domain.ids import MemberId, Who
from bot.domain.week import Week
from bot.engine.messenger import Refused
from bot.engine.replanning import REPLAN, replan_community, replan_member, replan_touched
from bot.engine.schedule import CommunityTask, MemberSchedule, Prompt, Schedule
from bot.engine.tokens import Signer
from bot.faults import recorded
from bot.measures import Measures
from bot.scheduling.weekly import WeeklyPost, is_too_late
from bot.store import agenda, communities, kept, members, notices, posts
from bot.store.agenda import DueEntry
from bot.store.batch import is_spoilt
from bot.store.database import Tx
from bot.ui.codec import encode

BATCH = 500
A_SECOND = timedelta(seconds=1)
_MESSAGES = ""
KINDS = "schedules"
"""The key under which the store keeps the kinds of schedules that everything was planned by."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Planner:
    """Plans everything that comes by itself, by the schedules of a product."""

    schedules: Mapping[str, Schedule]
    signer: Signer
    measures: Measures = field(default_factory=Measures)

    def knows_all(self, tx: Tx) -> bool:
        """Tell whether the product had the same schedules when it ran last."""
        mark = kept.find(tx, KINDS)
        return mark is not None and mark["kinds"] == sorted(self.schedules)

    def take_in(self, tx: Tx, now: datetime) -> None:
        """Plan what the product did not have when it ran last, so that a new schedule reaches everybody."""
        if self.knows_all(tx):
            return
        kept.put(tx, KINDS, {"kinds": sorted(self.schedules)})
        for community in communities.present(tx):
            replan_community(tx, self.schedules, community, community, now)
            agenda.put_for_members(tx, community.id, REPLAN, now)

    def plan_due(self, tx: Tx, now: datetime) -> int:
        """Plan what is due the longest; returns how much there was, at most a batch."""
        due = agenda.due(tx, now, BATCH)
        self.plan(tx, due, now)
        return len(due)

    def plan(self, tx: Tx, due: Sequence[DueEntry], now: datetime) -> None:
        """Plan what is due: weekly posts go into the ledger, tasks are done, messages are written, the left are erased."""
        of_kind: dict[str, list[DueEntry]] = {}
        for thing in due:
            of_kind.setdefault(_MESSAGES if thing.member else thing.kind, []).append(thing)
        messages, left = of_kind.pop(_MESSAGES, []), of_kind.pop(agenda.ERASURE, [])
        for kind, entries in of_kind.items():
            self._plan_kind(tx, kind, entries, now)
        for entry in messages:
            self._write(tx, entry, now)
        for entry in left:
            communities.erase(tx, entry.community, now)
            log.info("community erased", community=entry.community)

    def _plan_kind(self, tx: Tx, kind: str, due: Sequence[DueEntry], now: datetime) -> None:
        match self.schedules.get(kind):
            case WeeklyPost() as post:
                self._enter(tx, post, due, now)
            case CommunityTask() as task:
                self._run(tx, task, due, now)
            case _:  # an earlier version put it there
                for entry in due:
                    agenda.clear(tx, entry.community, "", entry.kind)

    def _write(self, tx: Tx, entry: DueEntry, now: datetime) -> None:
        """Take a message off the agenda, and write it."""
        agenda.clear(tx, entry.community, entry.member, entry.kind)
        try:
            self._say(tx, entry, now)
        except Exception as error:
            # What is wrong with one member must not keep the others waiting.
            if is_spoilt(tx):
                raise
            whose = {"community": entry.community, "member": entry.member}
            log.error("message failed", kind=entry.kind, **whose, **recorded(error))  # noqa: TRY400 - a traceback may hold names

    def _enter(self, tx: Tx, schedule: WeeklyPost, due: Sequence[DueEntry], now: datetime) -> None:
        """Enter weekly posts into the ledger, and put the next ones on the agenda."""
        entries: list[posts.PostEntry] = []
        following: list[tuple[str, datetime]] = []
        hours = agenda.hours_of(tx, [thing.community for thing in due])
        for thing in due:
            here = hours[thing.community]
            # The key comes from the scheduled local date, never from the present.
            week = Week.at(thing.at, here.tz)
            reason = "late" if is_too_late(thing.at, now) else None
            entries.append(posts.PostEntry(thing.community, schedule.kind, week.iso, thing.at, reason))
            # An organiser may have moved its day to one that is still to come in this week, which has its post now.
            last = week.ends(here.tz) - A_SECOND
            following.append((thing.community, schedule.following(last, here.rhythm, here.tz)))
        skipped = posts.enter(tx, entries)
        agenda.move(tx, schedule.kind, following)
        for entry in skipped:
            self.measures.posted(schedule.kind, entry.skipped or "skipped")
            community = communities.get(tx, entry.community)
            schedule.missed(tx, community, entry.period, entry.due)
            schedule.refused(tx, community, entry.period, Refused(entry.skipped or ""), self.signer, now)

    def _run(self, tx: Tx, task: CommunityTask, due: Sequence[DueEntry], now: datetime) -> None:
        """Do what is due to whole communities."""
        for thing in due:
            agenda.clear(tx, thing.community, "", task.kind)
            community = communities.get(tx, thing.community)
            try:
                task.run(tx, community, thing.at, now, self.signer)
            except Exception as error:
                # What is wrong in one community must not keep the others waiting.
                if is_spoilt(tx):
                    raise
                log.error("task failed", kind=task.kind, community=thing.community, **recorded(error))  # noqa: TRY400 - a traceback may hold names
            self._replan(tx, community, now)

    def _replan(self, tx: Tx, community: Community, now: datetime) -> None:
        replan_community(tx, self.schedules, community, community, now)
        replan_touched(tx, self.schedules, now)

    def _say(self, tx: Tx, entry: DueEntry, now: datetime) -> None:
        """Write one private message, and put the next one on the agenda."""
        community = communities.get(tx, entry.community)
        member = members.get(tx, Who(entry.community, MemberId(entry.member)))
        schedule = self.schedules.get(entry.kind)
        if isinstance(schedule, MemberSchedule):
            _put(Prompt(tx, community, member, entry.at, now, self.signer), schedule)
        # What the new hours made due since they were changed is said too, and not left out.
        replan_member(tx, self.schedules, community, member, entry.at if entry.kind == REPLAN else now)
        replan_touched(tx, self.schedules, now)


def _put(prompt: Prompt, schedule: MemberSchedule) -> None:
    key = schedule.key(prompt)
    if notices.was_kept(prompt.tx, prompt.to, key):
        return
    reply = schedule.compose(prompt)
    if reply is not None:
        notices.put(prompt.tx, prompt.to, key, encode(reply), prompt.now)
