"""The one private message of a day: everything that is due, in the morning; on Sunday it comes with the check-in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.domain.mornings import Mornings
from bot.domain.week import Week
from bot.engine.schedule import MemberSchedule, Prompt, zone_of
from bot.features.buddy import matching
from bot.features.followup import due as followups
from bot.features.meeting import talks
from bot.features.registry import refer_to, schedule
from bot.features.week import checkin
from bot.store import buddies, identities, leads, meetings, notices, promises
from bot.store.database import Tx
from bot.ui.codec import decode
from bot.ui.reply import Buttons, Part, Reply, buttons
from bot.ui.text import t

BUDDY_SHOW = refer_to("buddy show")

MOST = 5
"""People shown with buttons in one message; every other matter takes some of their room."""


@schedule
class Morning(MemberSchedule):
    """The message of a member's day."""

    kind = "morning"

    def next(self, tx: Tx, community: Community, member: Member, now: datetime) -> datetime | None:
        """Say when there is something to say to a member next."""
        read = mornings(tx, community, member, now)
        to = identities.reached(tx, Who(community.id, member.id))
        return read.next(now, already_said=notices.known(tx, to, _key(read.zone, now)))

    def key(self, prompt: Prompt) -> str:
        """Name it by the member's day."""
        return _key(zone_of(prompt.community, prompt.member), prompt.now)

    def compose(self, prompt: Prompt) -> Reply | None:
        """Say everything that is due."""
        return compose(prompt)


def mornings(tx: Tx, community: Community, member: Member, now: datetime) -> Mornings:
    """Read what a member's messages hang on; who wants no reminders is told only what they agreed to."""
    who, zone = Who(community.id, member.id), zone_of(community, member)
    this_week = Week.at(now, zone)
    first, last = this_week.plus(-2), this_week.plus(2)
    met = meetings.first_to_ask(tx, who, now - talks.ASKED_FOR) if member.reminders else None
    return Mornings(
        zone,
        community.rhythm,
        rests_until=member.paused_until,
        unreported=promises.unreported(tx, who, first, last) if member.checkins else (),
        walks=member.reminders and buddies.walks(tx, who),
        due=leads.first_to_say(tx, who) if member.reminders else None,
        met=met and met.astimezone(zone).date(),
        word=notices.some_kept(tx, who),
    )


def _key(zone: ZoneInfo, now: datetime) -> str:
    return f"{Morning.kind}:{now.astimezone(zone).date().isoformat()}"


def compose(prompt: Prompt) -> Reply | None:
    """Say everything that is due on the member's day; what does not fit any more waits for the next one."""
    read = mornings(prompt.tx, prompt.community, prompt.member, prompt.now)
    today = read.today(prompt.now)
    at = read.at(today)
    if at is None or at > prompt.now:
        return None
    asked = checkin.question(prompt, read.checkin(today), read.reminder(today))
    over = () if read.rests(today) else talks.did_you_meet(prompt, read.zone, today)
    kept = notices.take_kept(prompt.tx, prompt.who)
    word = _with_button(prompt, decode(kept).parts) if kept is not None else ()
    weekly = matching.weekly(prompt) if read.buddy(today) else ()
    room = MOST - 2 * bool(asked) - bool(word) - bool(weekly) - bool(over)
    due = () if read.rests(today) else followups.due_today(prompt, today, room)
    parts: tuple[Part, ...] = (*asked, *over, *due, *word, *weekly)
    return Reply(parts) if parts else None


def _with_button(prompt: Prompt, word: tuple[Part, ...]) -> tuple[Part, ...]:
    """Let a word about buddies that has no button end with one."""
    if any(isinstance(part, Buttons) for part in word):
        return word
    return (*word, buttons(BUDDY_SHOW.button(prompt.stamp, t("See my buddy"))))
