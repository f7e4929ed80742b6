"""The weekly matching of buddies as Monday begins, and the part of Wednesday's message that shows both promises."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.buddies import Seeker, match
from bot.domain.community import Community
from bot.domain.ids import MemberId, Who
from bot.domain.week import Week, next_weekly
from bot.engine.call import Stamp
from bot.engine.schedule import Change, CommunityTask, Prompt, zone_of
from bot.engine.tokens import Signer
from bot.features.buddy.buddying import companions, names, together
from bot.features.registry import refer_to, schedule
from bot.store import buddies, members, notices
from bot.store.database import Tx
from bot.ui.button import Style
from bot.ui.codec import encode
from bot.ui.reply import Heading, Note, Part, buttons, reply
from bot.ui.text import t, tn
from bot.ui.values import CommandRef

BUDDY_CHEER = refer_to("buddy cheer")
BUDDY_JOIN = refer_to("buddy join")
WEEK_PLAN = refer_to("week plan")

ON_TIME = timedelta(hours=48)
"""A matching that runs later than this ends no group for silence: the bot was away, so members could not report."""


@schedule
class BuddyMatching(CommunityTask):
    """Matches buddies as Monday begins, as long as a member looks for one."""

    kind = "buddies"

    def next(self, change: Change) -> datetime | None:
        """Return when buddies are matched next; None while nobody looks for one."""
        if not buddies.seekers(change.tx, change.community.id):
            return None
        return next_matching(change.community, change.now)

    def run(self, tx: Tx, community: Community, due: datetime, now: datetime, signer: Signer) -> None:
        """Match the members of a community."""
        match_community(tx, community, due, now, signer)


def next_matching(community: Community, now: datetime) -> datetime:
    """Return the instant of the next matching in a community."""
    rhythm = community.rhythm
    return next_weekly(now, rhythm.buddies_day, rhythm.buddies_at, community.tz)[1]


def match_community(tx: Tx, community: Community, due: datetime, now: datetime, signer: Signer) -> None:
    """Take silent and pausing members out of their groups, match members who have none, and tell all of them."""
    week = Week.at(now, community.tz)
    teller = _Teller(tx, community, now, signer)
    seeking = [seeker.member for seeker in buddies.seekers(tx, community.id)]
    resting = {member for member in seeking if _rests(tx, community, member, week)}
    changed = _part(tx, community, week, resting, on_time=now - due < ON_TIME, teller=teller)
    _bring_together(tx, community, week, resting, changed, teller)


class _Teller:
    """Puts private messages about the matching into members' morning messages."""

    def __init__(self, tx: Tx, community: Community, now: datetime, signer: Signer) -> None:
        self._tx, self._community, self._now, self._signer = tx, community, now, signer

    def prompt(self, member: MemberId) -> Prompt:
        """Return what a message to a member is composed with."""
        who = Who(self._community.id, member)
        return Prompt(self._tx, self._community, members.get(self._tx, who), self._now, self._now, self._signer)

    def tell(self, member: MemberId, key: str, *parts: Part) -> None:
        """Keep a message for a member's next morning, unless one with this key was kept before."""
        message = encode(reply(*parts))
        notices.keep_for_morning(self._tx, Who(self._community.id, member), key, message, self._now)


def _rests(tx: Tx, community: Community, member: MemberId, week: Week) -> bool:
    return members.is_paused(tx, Who(community.id, member), week)


def _part(
    tx: Tx, community: Community, week: Week, resting: Collection[MemberId], *, on_time: bool, teller: _Teller
) -> set[MemberId]:
    """Take members who were silent or pause out of their groups; returns the members whose buddy changed."""
    last = week.previous()
    active = buddies.active(tx, community.id, last)
    changed: set[MemberId] = set()
    for group in buddies.groups(tx, community.id):
        # A group that is younger than last week could not be silent in it, and a pause is no silence.
        silent = [m for m in group.members if on_time and group.first_week <= last and m not in active]
        silent = [m for m in silent if not _rests(tx, community, m, last)]
        leaving = [m for m in group.members if m in silent or m in resting]
        # A group of one is left where the other member is gone; it ends too.
        if not leaving and len(group.members) > 1:
            continue
        buddies.part(tx, community.id, group, leaving, last)
        changed.update(m for m in group.members if m not in leaving)
        for member in (m for m in leaving if m not in silent):
            teller.tell(member, f"buddy-rest:{week.iso}", *_pausing())
        for member in silent:
            buddies.leave(tx, Who(community.id, member))
            teller.tell(member, f"buddy-rest:{week.iso}", *_quiet_week(teller.prompt(member).stamp))
    return changed


def _pausing() -> tuple[Part, ...]:
    return (Heading(t("Your buddy changed.")), Note(t("You pause now. I look for a new buddy when you are back.")))


def _quiet_week(stamp: Stamp) -> tuple[Part, ...]:
    return (
        Heading(t("A pause without a buddy")),
        Note(t("Last week was quiet, so I look for no buddy for you now. That is fine.")),
        buttons(BUDDY_JOIN.button(stamp, t("Find a buddy"))),
    )


def _bring_together(
    tx: Tx, community: Community, week: Week, resting: set[MemberId], changed: set[MemberId], teller: _Teller
) -> None:
    """Match the seekers who have no group, and tell every member whose group is new or changed."""
    grouped = {member for group in buddies.groups(tx, community.id) for member in group.members}
    waiting = [s for s in buddies.seekers(tx, community.id) if s.member not in grouped and s.member not in resting]
    apart = buddies.lately(tx, community.id, week) | buddies.refused(tx, community.id)
    pairing = match([_seeker(teller.prompt(s.member), s) for s in waiting], apart)
    for group_members in pairing.groups:
        buddies.open_group(tx, community.id, group_members, week)
    for group in buddies.groups(tx, community.id):
        is_new = group.first_week == week
        for member in group.members:
            if is_new or member in changed:
                _tell_group(teller, member, group, week, was_another=member in changed)
    for member in pairing.alone:
        teller.tell(member, f"buddy-alone:{week.iso}", *_alone(was_another=member in changed))


def _seeker(prompt: Prompt, seeking: buddies.Seeking) -> Seeker:
    offset = prompt.now.astimezone(zone_of(prompt.community, prompt.member)).utcoffset() or timedelta()
    return Seeker(seeking.member, prompt.language, int(offset.total_seconds()) // 60, seeking.field, seeking.since)


def _tell_group(teller: _Teller, member: MemberId, group: buddies.BuddyGroup, week: Week, *, was_another: bool) -> None:
    prompt = teller.prompt(member)
    others = companions(prompt.tx, prompt.who, group)
    teller.tell(
        member,
        f"buddy-new:{week.iso}",
        Heading(t("Your buddy changed.") if was_another else t("You have a buddy")),
        Note(tn("Your buddy is {names}.", "Your buddies are {names}.", len(others), names=names(others))),
        Note(t("You see each other's weekly number, and you can send a cheer. That is all.")),
        buttons(
            BUDDY_CHEER.button(prompt.stamp, t("Send a cheer"), Style.MAIN),
            WEEK_PLAN.button(prompt.stamp, t("Plan my week")),
        ),
    )


def _alone(*, was_another: bool) -> tuple[Part, ...]:
    return (
        Heading(t("Your buddy changed.") if was_another else t("No buddy yet")),
        Note(t("I found no buddy for you this week. I look again next Monday.")),
        Note(t("You can invite another member to type {join}.", join=CommandRef("buddy join"))),
    )


def weekly_promises(prompt: Prompt) -> tuple[Part, ...]:
    """Show a member's group with its promises, for Wednesday's message; () for a member who has no buddy."""
    group = buddies.group_of(prompt.tx, prompt.who)
    if group is None or len(group.members) < 2:
        return ()
    week = Week.at(prompt.now, prompt.community.tz)
    return together(prompt.tx, prompt.community, prompt.member, group, week, prompt.stamp)
