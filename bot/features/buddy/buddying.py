"""What buddies see of each other (a name, a weekly number, a cheer), and how a member leaves a group."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.domain.buddies import WorkField
from bot.domain.community import Community
from bot.domain.ids import MemberId, Who
from bot.domain.member import Appearance, Member
from bot.domain.week import Week
from bot.engine.call import Stamp
from bot.features.registry import refer_to
from bot.letters import folded
from bot.store import buddies, communities, members, notices
from bot.store.database import Tx
from bot.ui.button import Style
from bot.ui.codec import encode
from bot.ui.reply import Fields, Heading, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import Together, UserText

BUDDY_CHEER = refer_to("buddy cheer")
WEEK_PLAN = refer_to("week plan")

FIELDS: dict[WorkField, Text] = {
    WorkField.HEALTH: t("health and care"),
    WorkField.TECHNOLOGY: t("computers and data"),
    WorkField.BUILDING: t("building and trades"),
    WorkField.TEACHING: t("teaching and children"),
    WorkField.BUSINESS: t("office, money and sales"),
    WorkField.FOOD: t("food and hotels"),
    WorkField.SCIENCE: t("science and engineering"),
    WorkField.CULTURE: t("arts and media"),
    WorkField.TRANSPORT: t("transport and logistics"),
    WorkField.OTHER: t("another field"),
}


class Cheer(StrEnum):
    """A kind word to a buddy; only these can be sent."""

    YOU_CAN = "you-can"
    WELL_DONE = "well-done"
    ONE_MESSAGE = "one-message"
    REST = "rest"
    WITH_YOU = "with-you"


CHEERS: dict[Cheer, Text] = {
    Cheer.YOU_CAN: t("You can do this."),
    Cheer.WELL_DONE: t("Well done this week."),
    Cheer.ONE_MESSAGE: t("One short message is enough for today."),
    Cheer.REST: t("Rest is part of the work."),
    Cheer.WITH_YOU: t("I am looking for work too. We do it together."),
}


def called(member: Member) -> str:
    """Return the name that a buddy sees: the nickname of a member who appears by it, else the name."""
    nickname = member.nickname if member.appearance is Appearance.NICKNAME else None
    return nickname or member.name


def companions(tx: Tx, who: Who, group: buddies.BuddyGroup) -> list[Member]:
    """Read the other members of a member's group, sorted by the name that buddies see."""
    others = [members.get(tx, Who(who.community, member)) for member in group.members if member != who.member]
    return sorted(others, key=lambda member: (folded(called(member)), member.id))


def names(others: Sequence[Member]) -> Together:
    """Name some members in one sentence."""
    return Together(tuple(UserText(called(member)) for member in others))


def go_alone(tx: Tx, who: Who, now: datetime) -> bool:
    """Let a member have no buddy and look for none; returns whether they had one or looked for one."""
    group = buddies.group_of(tx, who)
    looked = buddies.leave(tx, who)
    if group is not None:
        walk_away(tx, communities.get(tx, who.community), who.member, group, now)
    return looked or group is not None


def walk_away(tx: Tx, community: Community, member: MemberId, group: buddies.BuddyGroup, now: datetime) -> None:
    """Take a member out of their group; the others are told only that their buddy changed."""
    place = group.members.index(member)
    staying = buddies.part(tx, community.id, group, [member], Week.at(now, community.tz))
    for buddy in group.members:
        if buddy != member:
            message = encode(changed(alone=buddy not in staying))
            # The key is the place in the group: it makes the notice unique, and names nobody.
            notices.keep_for_morning(tx, Who(community.id, buddy), f"buddy-changed:{group.id}:{place}", message, now)


def changed(*, alone: bool) -> Reply:
    """Say that a buddy changed, without who left or why."""
    after = t("You get a new buddy on Monday.") if alone else t("You are not alone.")
    return reply(t("Your buddy changed."), Note(after))


def together(
    tx: Tx, community: Community, member: Member, group: buddies.BuddyGroup, week: Week, stamp: Stamp
) -> tuple[Part, ...]:
    """Show a group to one of its members, with the asks that each promised for a week; others are only named."""
    who = Who(community.id, member.id)
    others = companions(tx, who, group)
    promised = buddies.promised(tx, community.id, group.members, week)
    mine = promised.get(member.id)
    rows = [(t("You"), tn("{n} ask", "{n} asks", mine) if mine is not None else t("no number yet"))]
    rows += [
        (t("{name}", name=UserText(called(buddy))), tn("{n} ask", "{n} asks", promised[buddy.id]))
        for buddy in others
        if buddy.id in promised
    ]
    return (
        Heading(t("Your week with {names}", names=names(others))),
        Fields(tuple(rows)),
        Note(t("This is what each of you wants to do this week. A small number is good.")),
        buttons(
            BUDDY_CHEER.button(stamp, t("Send a cheer"), Style.MAIN),
            WEEK_PLAN.button(stamp, t("Plan my week")) if mine is None else None,
        ),
    )
