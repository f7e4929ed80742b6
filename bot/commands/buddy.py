"""Buddies: two or three members who walk the week together, matched by rule, by their own wish."""

from typing import Annotated

from bot.core.agenda import plan_buddies
from bot.core.buddying import CHEERS, FIELDS, Cheer, called, companions, names, together
from bot.core.call import Call, Stamp
from bot.core.errors import NotNow
from bot.core.links import link
from bot.core.registry import command
from bot.core.rules import Choice
from bot.core.tokens import Audience
from bot.domain.buddies import WorkField
from bot.domain.ids import MemberId, Who
from bot.domain.member import Member
from bot.store import buddies, notices
from bot.ui.button import Style
from bot.ui.codec import encode
from bot.ui.reply import Fields, Heading, Note, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, LanguageName, Moment, UserText, ZoneName


@command("buddy join", form=t("Find a buddy"), example="/buddy join field:health")
def join(call: Call, *, field: Annotated[WorkField, Choice(label=t("My field of work"), of=FIELDS)]) -> Reply:
    """Walk the week with one or two others who look for work."""
    buddies.join(call.tx, call.who, field, call.week)
    group = buddies.group_of(call.tx, call.who)
    if group is not None:
        return reply(
            t("Good. I keep your field for the next time."),
            *together(call.tx, call.community, call.member, group, call.week, call.stamp),
        )
    due = plan_buddies(call.tx, call.community, call.now)
    return reply(
        Heading(t("I look for a buddy for you")),
        t("I tell you on {moment}.", moment=Moment(due, call.zone_name)),
        Fields(
            (
                (t("Field of work"), FIELDS[field]),
                (t("Language"), LanguageName(call.language)),
                (t("Time zone"), ZoneName(call.zone_name)),
            )
        ),
        Note(t("Your buddy sees your name {name} and your weekly number.", name=UserText(called(call.member)))),
        Note(t("Your people, your messages and your talks stay yours.")),
        buttons(link(call.stamp, "week plan", t("Plan my week"), Style.MAIN)),
    )


@command("buddy leave")
def leave(call: Call) -> Reply:
    """Walk alone again; nobody is told why."""
    group = buddies.group_of(call.tx, call.who)
    if not buddies.leave(call.tx, call.who) and group is None:
        raise NotNow(t("You have no buddy."), t("Find one with {join}.", join=CommandRef("buddy join")))
    if group is not None:
        place = group.members.index(call.member.id)
        staying = buddies.part(call.tx, call.community.id, group, [call.member.id], call.week)
        for other in group.members:
            if other != call.member.id:
                _tell(call, other, f"buddy-changed:{group.id}:{place}", _changed(alone=other not in staying))
        plan_buddies(call.tx, call.community, call.now)
    return reply(
        t("You walk alone again. That is fine."),
        Note(t("The others hear only that their buddy changed.")) if group is not None else None,
        Note(t("Come back at any time with {join}.", join=CommandRef("buddy join"))),
    )


def _changed(*, alone: bool) -> Reply:
    after = (
        t("A new one comes on Monday.") if alone else t("See who is with you: {show}.", show=CommandRef("buddy show"))
    )
    return reply(t("Your buddy changed."), Note(after))


def _tell(call: Call, member: MemberId, key: str, said: Reply) -> bool:
    return notices.put(call.tx, Who(call.community.id, member), key, encode(said), call.now)


@command("buddy show", reads=True)
def show(call: Call) -> Reply:
    """See your buddy and what each of you wants to do this week."""
    group = buddies.group_of(call.tx, call.who)
    if group is not None and companions(call.tx, call.who, group):
        return Reply(together(call.tx, call.community, call.member, group, call.week, call.stamp))
    if group is not None or buddies.seeking(call.tx, call.who) is not None:
        return reply(
            t("You have no buddy yet. I look for one every Monday morning."),
            Note(t("You can invite another member to type {join}.", join=CommandRef("buddy join"))),
        )
    return reply(
        t("You have no buddy."),
        Note(t("A buddy sees your weekly number and cheers you. Nothing else.")),
        buttons(join.button(call.stamp, t("Find a buddy"), Style.MAIN)),
    )


@command("buddy cheer", form=t("Send a cheer"), example="/buddy cheer cheer:you-can")
def cheer(call: Call, *, cheer: Annotated[Cheer, Choice(label=t("Your cheer"), of=CHEERS)]) -> Reply:
    """Send your buddy a kind word."""
    group = buddies.group_of(call.tx, call.who)
    others = companions(call.tx, call.who, group) if group is not None else []
    if group is None or not others:
        raise NotNow(t("You have no buddy at this moment."), t("Find one with {join}.", join=CommandRef("buddy join")))
    if not buddies.cheer(call.tx, call.who, call.today, call.week, cheer):
        raise NotNow(t("You cheered today already."), t("One a day is enough."))
    key = f"cheer:{group.id}:{group.members.index(call.member.id)}:{call.today.isoformat()}"
    for other in others:
        _tell(call, other.id, key, _cheered(call, cheer, other))
    return reply(
        t("Your cheer goes to {names}.", names=names(others)),
        buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)),
    )


def _cheered(call: Call, cheer: Cheer, to: Member) -> Reply:
    audience = Audience(call.community.platform, call.community.platform_id, to.platform_user)
    stamp = Stamp(call.stamp.signer, audience, call.now)
    return reply(
        t("{name} sends you a cheer: {cheer}", name=UserText(called(call.member)), cheer=CHEERS[cheer]),
        buttons(link(stamp, "buddy cheer", t("Cheer back"))),
    )
