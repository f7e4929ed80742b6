"""The settings of a community, for organisers: one page with a button for each."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Annotated

from bot.domain.community import BoardStyle, Community
from bot.domain.ids import MemberId, Who
from bot.domain.outreach.roles import ROLES, roles_in
from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import not_found
from bot.engine.holidays import NONE as NO_HOLIDAYS, HolidayPlace
from bot.engine.rules import Choice, Lines, Number, RowId, WhichSetting, YesNo
from bot.engine.someone import NamedPerson, Someone
from bot.engine.when import TimeOfDay
from bot.features.community.card import BOARD_STYLES, DAYS, Weekday, card, next_digest
from bot.features.digest import upcoming
from bot.features.registry import action, command, refer_to
from bot.store import communities, members
from bot.ui.button import Button
from bot.ui.reply import Heading, Menu, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import Together, UserText

COMMUNITY_SETUP = refer_to("community setup")
COMMUNITY_WELCOME = refer_to("community welcome")

TERM_ROLES = Lines(
    label=t("Jobs whose people know the special term"),
    hint=t("Put a comma between two. Write standard for the usual list."),
    most=1500,
    no_contacts=True,
)

GOAL = Number(
    label=t("Steps together in a week"),
    hint=t("New names, asks and meetings. With 0 I choose a number a little above your usual week."),
    most=5000,
    carried=False,
)

HOLIDAYS = HolidayPlace(
    label=t("Country or region of the holidays"),
    hint=t("Nothing is due on its public holidays."),
    carried=False,
)


class CommunitySetting(StrEnum):
    """One setting, named as its parameter."""

    DAY = "day"
    HOUR = "hour"
    CHECKIN = "checkin"
    REMINDER = "reminder"
    MORNING = "morning"
    EVENING = "evening"
    BOARD = "board"
    GOAL = "goal"
    CAP = "cap"
    REVIEW = "review"
    ROLES = "roles"
    ORGANISER = "organiser"
    NO_ORGANISER = "no_organiser"
    HOLIDAYS = "holidays"
    MOVE_DIGEST = "move_digest"


SETTINGS: dict[CommunitySetting, Text] = {
    CommunitySetting.DAY: t("Digest day"),
    CommunitySetting.HOUR: t("Digest hour"),
    CommunitySetting.CHECKIN: t("Sunday question"),
    CommunitySetting.REMINDER: t("Monday reminder"),
    CommunitySetting.MORNING: t("Morning message"),
    CommunitySetting.EVENING: t("Sheet before a meeting"),
    CommunitySetting.BOARD: t("What the circle sees"),
    CommunitySetting.GOAL: t("Goal of the circle"),
    CommunitySetting.CAP: t("Leads counted for the board"),
    CommunitySetting.REVIEW: t("An organiser reads tips first"),
    CommunitySetting.ROLES: t("Jobs whose people know the special term"),
    CommunitySetting.ORGANISER: t("Name an organiser"),
    CommunitySetting.NO_ORGANISER: t("Take the right away"),
    CommunitySetting.HOLIDAYS: t("Public holidays"),
    CommunitySetting.MOVE_DIGEST: t("Holidays move the digest"),
}
OWN_BUTTONS = (CommunitySetting.REVIEW, CommunitySetting.NO_ORGANISER, CommunitySetting.MOVE_DIGEST)
"""Settings that need no form: a press changes them."""


def _stored_settings(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    community, rhythm = call.community, call.community.rhythm
    return {
        # Days are stored as numbers, 0 for Monday.
        "day": list(Weekday)[rhythm.digest_day],
        "hour": rhythm.digest_at,
        "checkin": rhythm.checkin_at,
        "reminder": rhythm.reminder_at,
        "morning": rhythm.followups_at,
        "evening": rhythm.evening_at,
        "board": community.board,
        "goal": community.goal or 0,
        "cap": community.score_cap,
        "review": community.tips_need_review,
        "roles": ", ".join(community.term_roles or ROLES),
        "holidays": community.holidays or NO_HOLIDAYS,
    }


@command(
    "community settings",
    form=t("Settings"),
    prefill=_stored_settings,
    access=Access.ORGANISER,
    example="/community settings day:monday hour:12:30 cap:10",
    again=SecondPress.CHANGED,
)
def settings(
    call: Call,
    *,
    change: Annotated[CommunitySetting | None, WhichSetting(label=t("Setting to change"), of=SETTINGS)] = None,
    day: Annotated[Weekday | None, Choice(label=t("Day of the digest"), of=DAYS)] = None,
    hour: Annotated[time | None, TimeOfDay(label=t("Hour of the digest"))] = None,
    checkin: Annotated[time | None, TimeOfDay(label=t("Hour of the Sunday question"))] = None,
    reminder: Annotated[time | None, TimeOfDay(label=t("Hour of the Monday reminder"))] = None,
    morning: Annotated[time | None, TimeOfDay(label=t("Hour of the morning message"))] = None,
    evening: Annotated[time | None, TimeOfDay(label=t("Hour of the sheet before a meeting"))] = None,
    cap: Annotated[int | None, Number(label=t("Leads counted for the board"), least=1, most=50)] = None,
    review: Annotated[bool | None, YesNo(label=t("An organiser reads tips first"))] = None,
    roles: Annotated[str | None, TERM_ROLES] = None,
    organiser: Annotated[NamedPerson | None, Someone(label=t("Member who may organise too"), here=True)] = None,
    no_organiser: Annotated[NamedPerson | None, Someone(label=t("Member who may not organise any more"))] = None,
    board: Annotated[BoardStyle | None, Choice(label=t("What the circle sees"), of=BOARD_STYLES)] = None,
    goal: Annotated[int | None, GOAL] = None,
    holidays: Annotated[str | None, HOLIDAYS] = None,
    move_digest: Annotated[bool | None, YesNo(label=t("Holidays move the digest"), carried=False)] = None,
) -> Reply:
    """See and change how the digest, the board and tips work."""
    communities.update(
        call.tx,
        call.community.id,
        digest_day=list(Weekday).index(day) if day is not None else None,
        digest_at=hour,
        checkin_at=checkin,
        reminder_at=reminder,
        followups_at=morning,
        evening_at=evening,
        board=board,
        goal=goal,
        score_cap=cap,
        tips_need_review=review,
        term_roles=_own_roles(roles) if roles is not None else None,
        holidays="" if holidays == NO_HOLIDAYS else holidays,
        holidays_move=move_digest,
    )
    named = (_name_organiser(call, organiser),) if organiser is not None else ()
    taken = _take_right_away(call, no_organiser) if no_organiser is not None else ()
    return _page(call, *named, *taken, *_unseen(communities.get(call.tx, call.community.id), cap, goal))


def _page(call: Call, *results: Text | Note) -> Reply:
    """Show all settings, below the results of what was changed beside them."""
    # Read again: `call.community` is as it was before the update.
    community = communities.get(call.tx, call.community.id)
    following = upcoming(call.tx, community, call.community, call.now)
    return reply(
        *results,
        Heading(t("Settings of this community")),
        card(community, call.language),
        next_digest(community, following),
        *_named_organisers(call),
        Note(t("Press what you want to change.")),
        buttons(*_changes(call, community)),
    )


def _changes(call: Call, community: Community) -> list[Button]:
    at_once = t("Publish tips at once") if community.tips_need_review else t("Let an organiser read tips first")
    return [
        COMMUNITY_SETUP.button(call.stamp, t("Channel, time zone, languages")),
        *(
            settings.button(call.stamp, SETTINGS[setting], change=setting)
            for setting in CommunitySetting
            if setting not in OWN_BUTTONS and _is_seen(setting, community)
        ),
        COMMUNITY_WELCOME.button(call.stamp, t("Welcome for new members")),
        settings.button(call.stamp, at_once, review=not community.tips_need_review),
        *_holidays_move(call, community),
    ]


def _is_seen(setting: CommunitySetting, community: Community) -> bool:
    """Tell whether anybody sees what a setting changes: without a leaderboard nothing is counted for it."""
    if setting is CommunitySetting.CAP:
        return community.ranks
    return community.has_goal if setting is CommunitySetting.GOAL else True


def _unseen(community: Community, cap: int | None, goal: int | None) -> tuple[Note, ...]:
    """Say that nobody sees yet what was set, where the circle sees no leaderboard or no goal."""
    no_board = cap is not None and not community.ranks
    no_goal = goal is not None and not community.has_goal
    return (
        *((Note(t("There is no leaderboard here now. I keep the number.")),) if no_board else ()),
        *((Note(t("There is no goal of the circle now. I keep the number.")),) if no_goal else ()),
    )


def _holidays_move(call: Call, community: Community) -> tuple[Button, ...]:
    """Offer to move the digest away from public holidays, or to leave it; () where there are none."""
    if community.holidays is None:
        return ()
    label = t("Leave the digest on holidays") if community.holidays_move else t("Move the digest from holidays")
    return (digest_away.button(call.stamp, label, away=not community.holidays_move),)


def _own_roles(line: str) -> list[str]:
    """Read the jobs an organiser typed; the usual list gives an empty one, so that a later version can extend it."""
    roles = roles_in(line)
    usual = roles == ROLES or line.casefold().strip() in {"standard", "usual"}
    return [] if usual else list(roles)


def _name_organiser(call: Call, named: NamedPerson) -> Text:
    # Somebody may be named before they use the bot for the first time.
    member = members.ensure(call.tx, call.community.id, named.user, named.name, call.now)
    communities.name_organiser(call.tx, Who(call.community.id, member.id), named=True)
    return t("{name} may organise too now.", name=UserText(named.name or member.name or named.user))


def _take_right_away(call: Call, named: NamedPerson) -> tuple[Text | Note, ...]:
    """Take the right to organise from a named member; admins of the platform keep theirs, and the result says so."""
    member = members.find(call.tx, call.community.id, named.user)
    was_named = member is not None and member.id in communities.named(call.tx, call.community.id)
    name = UserText(named.name or (member.name if member is not None else "") or named.user)
    if member is not None and was_named:
        communities.name_organiser(call.tx, Who(call.community.id, member.id), named=False)
    platform = UserText(call.place.platform.capitalize())
    if call.place.organises(named.user):
        return (
            t("{name} still may organise, as an admin on {platform}.", name=name, platform=platform),
            Note(t("You can change that only on {platform}.", platform=platform)),
        )
    if was_named:
        return (t("{name} may not organise here any more.", name=name),)
    return (
        t("{name} was not named as an organiser here, so nothing changed.", name=name),
        Note(t("An admin on {platform} may always organise. You can change that only there.", platform=platform)),
    )


@action("community move-digest", access=Access.ORGANISER, again=SecondPress.CHANGED)
def digest_away(call: Call, *, away: Annotated[bool, YesNo(label=t("Holidays move the digest"))]) -> Reply:
    """Move the digest away from public holidays, or leave it on its day."""
    communities.update(call.tx, call.community.id, holidays_move=away)
    return _page(call)


@action("community not-organiser", access=Access.ORGANISER, again=SecondPress.CHANGED)
def not_organiser(call: Call, *, other: Annotated[MemberId, RowId(label=t("Member"))]) -> Reply:
    """Take the right to organise from a member who was named."""
    if other not in communities.named(call.tx, call.community.id):
        raise not_found(t("this organiser"))
    member = members.get(call.tx, Who(call.community.id, other))
    return _page(call, *_take_right_away(call, NamedPerson(member.platform_user, member.name)))


def _named_organisers(call: Call) -> tuple[Part, ...]:
    """List the members who were named as organisers, with a menu to take the right away; () when there are none."""
    named_ids = communities.named(call.tx, call.community.id)
    named = [members.get(call.tx, Who(call.community.id, member_id)) for member_id in named_ids]
    if not named:
        return ()
    names = {member.id: UserText(member.name or member.platform_user) for member in named}
    choices = (
        not_organiser.button(call.stamp, t("{name}", name=name), other=member_id) for member_id, name in names.items()
    )
    return (
        Paragraph(t("These members may organise too: {names}.", names=Together(tuple(names.values())))),
        Menu(SETTINGS[CommunitySetting.NO_ORGANISER], tuple(choices)),
    )
