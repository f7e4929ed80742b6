"""Commands for buddies: look for one, see them, send a cheer, leave, and name members never to be matched with."""

from datetime import date, datetime, timedelta
from typing import Annotated

from bot.domain.buddies import WorkField
from bot.domain.community import Community
from bot.domain.ids import MemberId, Who
from bot.domain.member import Member
from bot.domain.week import next_daily
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import BadValue, NotNow, not_found
from bot.engine.linked import stamp_for
from bot.engine.rules import Choice, RowId
from bot.engine.schedule import zone_of
from bot.engine.someone import NamedPerson, Someone
from bot.features.buddy.buddying import CHEERS, FIELDS, Cheer, called, companions, go_alone, names, together, walk_away
from bot.features.buddy.matching import next_matching
from bot.features.registry import action, command, refer_to
from bot.features.week import this_week
from bot.store import buddies, identities, members, notices
from bot.ui.button import Style
from bot.ui.codec import encode
from bot.ui.reply import Fields, Heading, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Day, LanguageName, Together, UserText, ZoneName

BUDDY_CHEER = refer_to("buddy cheer")
LEAD_NEXT = refer_to("lead next")
WEEK_PLAN = refer_to("week plan")

A_YEAR = timedelta(days=365)
"""How long the buttons about a refused member work; a month, as for others, is short for a wish that stays."""
SHORT_NAME = 40
"""Characters of a name on a button; Slack shows 75 of all its words."""
MOST_SHOWN = 5
"""Members who are shown with a button."""


@command("buddy join", form=t("Find a buddy"), example="/buddy join field:health")
def join(
    call: Call,
    *,
    field: Annotated[WorkField, Choice(label=t("My field of work"), of=FIELDS)],
    never: Annotated[NamedPerson | None, Someone(label=t("Member I never want as a buddy"))] = None,
) -> Reply:
    """Share the week with one or two others who look for work."""
    # A linked member acts in the community of their list, where nobody of this platform is known.
    if never is not None and call.own.community != call.community.id:
        raise NotNow(t("I know this person only here."), t("Type the command on the platform where your list is."))
    buddies.join(call.tx, call.who, field, this_week(call))
    # Refused first: that may end the group that the member is in now.
    refused = _refuse(call, never) if never is not None else None
    group = buddies.group_of(call.tx, call.who)
    if group is not None:
        return reply(
            t("Good. I keep your field for the next time."),
            refused,
            *together(call.tx, call.community, call.member, group, this_week(call), call.stamp),
        )
    due = next_matching(call.community, call.now)
    return reply(
        Heading(t("I look for a buddy for you")),
        t("I tell you on {day}, in the morning.", day=Day(_morning_after(call.community, call.member, due))),
        Fields(
            (
                (t("Field of work"), FIELDS[field]),
                (t("Language"), LanguageName(call.language)),
                (t("Time zone"), ZoneName(call.zone_name)),
            )
        ),
        Note(t("Your buddy sees your name {name} and your weekly number.", name=UserText(called(call.member)))),
        Note(t("Your buddy does not see your people, messages or talks.")),
        refused,
        buttons(WEEK_PLAN.button(call.stamp, t("Plan my week"), Style.MAIN)),
    )


@command("buddy leave")
def leave(call: Call) -> Reply:
    """Go on without a buddy; nobody is told why."""
    group = buddies.group_of(call.tx, call.who)
    others = companions(call.tx, call.who, group) if group is not None else []
    if not go_alone(call.tx, call.who, call.now):
        raise NotNow(t("You have no buddy."), t("Find one with {join}.", join=CommandRef("buddy join")))
    return reply(
        t("You have no buddy now. That is fine."),
        Note(t("The others hear only that their buddy changed.")) if group is not None else None,
        Note(t("Come back at any time with {join}.", join=CommandRef("buddy join"))),
        buttons(*(never.button(call.stamp, _never_label(buddy), other=buddy.id) for buddy in others)),
    )


def _never_label(buddy: Member) -> Text:
    return t("Never with {name} again", name=UserText(called(buddy)[:SHORT_NAME]))


@action("buddy never", lasts=A_YEAR, again=SecondPress.CHANGED)
def never(call: Call, *, other: Annotated[str, RowId(label=t("Member"))]) -> Reply:
    """Never be matched with a member again; they are not told."""
    member = _met_or_refused(call, other)
    return reply(
        _refuse(call, NamedPerson(member.platform_user, called(member))),
        Note(t("They are not told. Nobody sees this, not even organisers.")),
        buttons(maybe.button(call.stamp, t("Take this back"), other=member.id)),
    )


@action("buddy maybe", lasts=A_YEAR, again=SecondPress.CHANGED)
def maybe(call: Call, *, other: Annotated[str, RowId(label=t("Member"))]) -> Reply:
    """Take back that one never wants to be matched with a member."""
    member = _met_or_refused(call, other)
    buddies.refuse(call.tx, call.who, member.platform_user, refused=False)
    return reply(t("Good. You and {name} may be buddies again.", name=UserText(_known_as(call, member))))


def _morning_after(community: Community, member: Member, instant: datetime) -> date:
    """Return the member's date of their first morning message after an instant."""
    day, _ = next_daily(instant, community.rhythm.followups_at, zone_of(community, member))
    return day


def _refuse(call: Call, never: NamedPerson) -> Note:
    """Never match the member with a person of the platform again; if both are in one group, that ends at once.

    The note repeats the name as the member gave it, and says nothing about whether that person uses the bot: it would
    tell members about each other.

    Raises:
        BadValue: the member named themselves.
    """
    refused = members.find(call.tx, call.community.id, never.user)
    if refused is not None and refused.id == call.member.id:
        raise BadValue(t("This is you."), t("Please name another member."))
    buddies.refuse(call.tx, call.who, never.user, refused=True)
    group = buddies.group_of(call.tx, call.who)
    if refused is not None and group is not None and refused.id in group.members:
        walk_away(call.tx, call.community, call.member.id, group, call.now)
    if not never.name:
        return Note(t("I will never match you with this person."))
    return Note(t("I will never match you with {name}.", name=UserText(never.name)))


def _met_or_refused(call: Call, member_id: str) -> Member:
    """Read a member who was a buddy of this one, or is refused by them; nobody else's name may be read here.

    Raises:
        NotFound: it is neither.
    """
    if member_id not in buddies.walked_with(call.tx, call.who) | buddies.refused_by(call.tx, call.who):
        raise not_found(t("this member"))
    return members.get(call.tx, Who(call.community.id, MemberId(member_id)))


@command("buddy show", reads=True)
def show(call: Call) -> Reply:
    """See your buddy and what each of you wants to do this week."""
    group = buddies.group_of(call.tx, call.who)
    if group is not None and companions(call.tx, call.who, group):
        page = Reply(together(call.tx, call.community, call.member, group, this_week(call), call.stamp))
    elif group is not None or buddies.seeking(call.tx, call.who) is not None:
        page = reply(
            t("You have no buddy yet. I look for one every Monday morning."),
            Note(t("You can invite another member to type {join}.", join=CommandRef("buddy join"))),
        )
    else:
        page = reply(
            t("You have no buddy."),
            Note(t("A buddy sees your weekly number and cheers you. Nothing else.")),
            buttons(join.button(call.stamp, t("Find a buddy"), Style.MAIN)),
        )
    return reply(*page.parts, *_refused_members(call))


def _known_as(call: Call, member: Member) -> str:
    """Return the name by which this member knows another one: a nickname is shown only to buddies."""
    return (
        called(member) if member.id in buddies.walked_with(call.tx, call.who) else member.name or member.platform_user
    )


def _refused_members(call: Call) -> "tuple[Part | None, ...]":
    """Show the members that this one refused, with a button to take back each; () when there are none."""
    refused_ids = buddies.refused_by(call.tx, call.who)
    refused = [members.get(call.tx, Who(call.community.id, member_id)) for member_id in refused_ids]
    by_name = sorted((_known_as(call, member), member.id) for member in refused)
    if not by_name:
        return ()
    all_names = Together(tuple(UserText(name) for name, _ in by_name))
    return (
        Note(t("You are never buddies with {names}. Only you see this.", names=all_names)),
        buttons(
            *(
                maybe.button(
                    call.stamp, t("Maybe with {name} again", name=UserText(name[:SHORT_NAME])), other=member_id
                )
                for name, member_id in by_name[:MOST_SHOWN]
            )
        ),
    )


@command("buddy cheer", form=t("Send a cheer"), example="/buddy cheer cheer:you-can")
def cheer(call: Call, *, cheer: Annotated[Cheer, Choice(label=t("Your cheer"), of=CHEERS)]) -> Reply:
    """Send your buddy a kind word."""
    group = buddies.group_of(call.tx, call.who)
    others = companions(call.tx, call.who, group) if group is not None else []
    if group is None or not others:
        raise NotNow(t("You have no buddy at this moment."), t("Find one with {join}.", join=CommandRef("buddy join")))
    if not buddies.cheer(call.tx, call.who, call.today, this_week(call), cheer):
        raise NotNow(t("You cheered today already."), t("One cheer a day is enough."))
    key = f"cheer:{group.id}:{group.members.index(call.member.id)}:{call.today.isoformat()}"
    for buddy in others:
        # A linked member is reached on the platform that they chose for reminders.
        to = identities.reached(call.tx, Who(call.community.id, buddy.id))
        notices.put(call.tx, to, key, encode(_cheer_message(call, cheer, to)), call.now)
    return reply(
        t("I send your cheer to {names}.", names=names(others)),
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
    )


def _cheer_message(call: Call, cheer: Cheer, to: Who) -> Reply:
    return reply(
        t("{name} sends you a cheer: {cheer}", name=UserText(called(call.member)), cheer=CHEERS[cheer]),
        buttons(BUDDY_CHEER.button(stamp_for(call, to), t("Send a cheer too"))),
    )
