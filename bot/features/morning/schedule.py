"""The one private message of a member's day, with all that is due; on Sunday it comes at the hour of the check-in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.domain.mornings import MorningFacts
from bot.domain.week import Week
from bot.engine.schedule import MemberSchedule, Prompt, zone_of
from bot.features import guide
from bot.features.buddy import weekly_promises
from bot.features.followup import due_today
from bot.features.meeting import ASKED_FOR, did_you_meet
from bot.features.registry import refer_to, schedule
from bot.features.week import week_question
from bot.store import buddies, identities, leads, meetings, notices, promises
from bot.store.database import Tx
from bot.ui.codec import decode
from bot.ui.reply import Buttons, Part, Reply, buttons
from bot.ui.text import t

BUDDY_SHOW = refer_to("buddy show")

MOST = 5
"""Leads that are shown with buttons when nothing else is in the message."""


@schedule
class MorningMessage(MemberSchedule):
    """Sends a member at most one message a day."""

    kind = "morning"

    def next(self, tx: Tx, community: Community, member: Member, now: datetime) -> datetime | None:
        """Return when the next message to a member is due; None when there is nothing to say."""
        plan = mornings(tx, community, member, now)
        to = identities.reached(tx, Who(community.id, member.id))
        return plan.next(now, already_said=notices.was_kept(tx, to, _key(plan.zone, now)))

    def key(self, prompt: Prompt) -> str:
        """Return a key that is unique for each of the member's days, so that a day has one message."""
        return _key(zone_of(prompt.community, prompt.member), prompt.now)

    def compose(self, prompt: Prompt) -> Reply | None:
        """Write everything that is due."""
        return compose(prompt)


def mornings(tx: Tx, community: Community, member: Member, now: datetime) -> MorningFacts:
    """Read all that decides on which days a member has a message, and at which hour.

    A member who wants no reminders still gets what they agreed to by itself, such as the question on Sunday.
    """
    who, zone = Who(community.id, member.id), zone_of(community, member)
    this_week = Week.at(now, zone)
    first, last = this_week.plus(-2), this_week.plus(2)
    met = meetings.first_to_ask(tx, who, now - ASKED_FOR) if member.reminders else None
    return MorningFacts(
        zone,
        community.rhythm,
        rests_until=member.paused_until,
        unreported=promises.unreported(tx, who, first, last) if member.checkins else (),
        walks=member.reminders and buddies.walks(tx, who),
        due=leads.first_to_say(tx, who) if member.reminders else None,
        met=met and met.astimezone(zone).date(),
        word=notices.some_kept(tx, who),
        guide=guide.next_day(tx, who) if member.reminders else None,
    )


def _key(zone: ZoneInfo, now: datetime) -> str:
    return f"{MorningMessage.kind}:{now.astimezone(zone).date().isoformat()}"


def compose(prompt: Prompt) -> Reply | None:
    """Write everything that is due on the member's day; None when nothing is, or its hour has not come.

    Leads that find no room are only counted in this message.
    """
    plan = mornings(prompt.tx, prompt.community, prompt.member, prompt.now)
    today = plan.today(prompt.now)
    at = plan.at(today)
    if at is None or at > prompt.now:
        return None
    question = week_question(prompt, plan.checkin(today), plan.reminder(today))
    meetings_over = () if plan.rests(today) else did_you_meet(prompt, plan.zone, today)
    notice = notices.take_kept(prompt.tx, prompt.who)
    buddy_news = _with_button(prompt, decode(notice).parts) if notice is not None else ()
    promises_of_buddies = weekly_promises(prompt) if plan.buddy(today) else ()
    first_week = () if plan.guide is None or plan.rests(today) else guide.today(prompt, today)
    # The question how the week went is about as long as two leads, each other part as long as one.
    room = (
        MOST
        - 2 * bool(question)
        - bool(buddy_news)
        - bool(promises_of_buddies)
        - bool(meetings_over)
        - 2 * bool(first_week)
    )
    # Last, because the room that is left is known only now.
    due = () if plan.rests(today) else due_today(prompt, today, room)
    parts: tuple[Part, ...] = (*question, *meetings_over, *due, *buddy_news, *promises_of_buddies, *first_week)
    return Reply(parts) if parts else None


def _with_button(prompt: Prompt, news: tuple[Part, ...]) -> tuple[Part, ...]:
    """Add a button to news about buddies that have none."""
    if any(isinstance(part, Buttons) for part in news):
        return news
    return (*news, buttons(BUDDY_SHOW.button(prompt.stamp, t("See my buddy"))))
