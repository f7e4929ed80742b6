"""For organisers: setting a community up, and its settings."""

from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import Annotated

from bot.core import agenda
from bot.core.access import Access
from bot.core.call import Call
from bot.core.links import link
from bot.core.refs import Channel, Language, Zone
from bot.core.registry import command
from bot.core.rules import Choice, Lines, Number, YesNo
from bot.core.someone import Someone
from bot.core.when import TimeOfDay
from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.outreach.roles import ROLES, roles_in
from bot.store import communities, members, tips
from bot.ui.reply import Fields, Heading, Note, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import ChannelRef, Clock24, CommandRef, Count, LanguageName, Moment, Together, UserText, ZoneName


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"


DAYS = {
    Weekday.MONDAY: t("Monday"),
    Weekday.TUESDAY: t("Tuesday"),
    Weekday.WEDNESDAY: t("Wednesday"),
    Weekday.THURSDAY: t("Thursday"),
    Weekday.FRIDAY: t("Friday"),
}
TERM_ROLES = Lines(
    label=t("Work that knows the special term"),
    hint=t("Put a comma between two. Write standard for the usual list."),
    most=1500,
    no_contacts=True,
)


def _set_so_far(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    community = call.community
    return {
        "channel": community.digest_channel,
        "zone": community.zone if community.set_up else call.sender.zone,
        "language": community.language if community.set_up else call.language,
        "second_language": community.second_language,
        "digest_at": community.rhythm.digest_at,
    }


@command(
    "community setup",
    form=t("Set up"),
    prefill=_set_so_far,
    access=Access.ORGANISER,
    before_set_up=True,
    example='/community setup channel:#digest zone:"Toronto" language:en',
)
def setup(
    call: Call,
    *,
    channel: Annotated[str, Channel(label=t("Channel for the Monday digest"))],
    zone: Annotated[str, Zone(label=t("A large city in your time zone"))],
    language: Annotated[str, Language(label=t("Language of the community"))],
    second_language: Annotated[str | None, Language(label=t("Second language of the digest"))] = None,
    digest_at: Annotated[time | None, TimeOfDay(label=t("Hour of the digest, such as 12:30"))] = None,
) -> Reply:
    """Set the community up: channel, time zone, language, hour."""
    if second_language == language:
        second_language = None
    communities.set_up(
        call.tx,
        call.who,
        zone=zone,
        language=language,
        second_language=second_language,
        digest_channel=channel,
        digest_at=digest_at,
    )
    community = communities.get(call.tx, call.community.id)
    tips.seed(call.tx, community.id, call.now)
    following = agenda.replan_community(call.tx, community, call.community, call.now)
    return reply(
        Heading(
            t("Your community is ready") if channel not in call.place.lacks else t("Your community is almost ready")
        ),
        _card(community),
        _next_digest(community, following),
        Note(t("Tell members to type {start}.", start=CommandRef("start"))),
        buttons(link(call.stamp, "community digest preview", t("See how the digest looks"))),
    )


def _hour(at: time) -> Clock24:
    return Clock24(at.hour, at.minute)


def _card(community: Community) -> Fields:
    rhythm = community.rhythm
    second = LanguageName(community.second_language) if community.second_language else t("none")
    channel = ChannelRef(community.digest_channel) if community.digest_channel else t("not set yet")
    return Fields(
        (
            (t("Digest channel"), channel),
            (t("Time zone"), ZoneName(community.zone)),
            (t("Language"), LanguageName(community.language)),
            (t("Second language"), second),
            (t("Digest day"), list(DAYS.values())[rhythm.digest_day]),
            (t("Digest hour"), _hour(rhythm.digest_at)),
            (t("Sunday question"), _hour(rhythm.checkin_at)),
            (t("Monday reminder"), _hour(rhythm.reminder_at)),
            (t("Morning message"), _hour(rhythm.followups_at)),
            (t("Leads counted for the board, at most"), Count(community.score_cap)),
            (t("Tips wait for an organiser"), t("yes") if community.tips_need_review else t("no")),
            (t("Work that knows the special term"), _roles(community)),
        )
    )


def _roles(community: Community) -> Text:
    if not community.term_roles:
        return t("the usual list")
    return t("{roles}", roles=Together(tuple(UserText(role) for role in community.term_roles)))


def _next_digest(community: Community, due: datetime) -> Text:
    return t("The next digest is on {moment}.", moment=Moment(due, community.zone))


def _own_roles(line: str) -> list[str]:
    """Read the roles an organiser typed; nothing is kept of the usual list, so that it can grow."""
    roles = roles_in(line)
    usual = roles == ROLES or line.casefold().strip() in {"standard", "usual"}
    return [] if usual else list(roles)


def _settings_now(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    community = call.community
    return {
        "day": list(Weekday)[community.rhythm.digest_day],
        "hour": community.rhythm.digest_at,
        "cap": community.score_cap,
        "review": community.tips_need_review,
        "roles": ", ".join(community.term_roles or ROLES),
    }


@command(
    "community settings",
    form=t("Settings"),
    prefill=_settings_now,
    access=Access.ORGANISER,
    example="/community settings day:monday hour:12:30 cap:10",
)
def settings(
    call: Call,
    *,
    day: Annotated[Weekday | None, Choice(label=t("Day of the digest"), of=DAYS)] = None,
    hour: Annotated[time | None, TimeOfDay(label=t("Hour of the digest, such as 12:30"))] = None,
    cap: Annotated[int | None, Number(label=t("Leads counted for the board"), least=1, most=50)] = None,
    review: Annotated[bool | None, YesNo(label=t("Tips wait for an organiser"))] = None,
    roles: Annotated[str | None, TERM_ROLES] = None,
    organiser: Annotated[str | None, Someone(label=t("Member who may organise too"))] = None,
    no_organiser: Annotated[str | None, Someone(label=t("Member who may not organise any more"))] = None,
    checkin: Annotated[time | None, TimeOfDay(label=t("Hour of the Sunday question"), asked=False)] = None,
    reminder: Annotated[time | None, TimeOfDay(label=t("Hour of the Monday reminder"), asked=False)] = None,
    morning: Annotated[time | None, TimeOfDay(label=t("Hour of the morning message"), asked=False)] = None,
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
        score_cap=cap,
        tips_need_review=review,
        term_roles=_own_roles(roles) if roles is not None else None,
    )
    _name(call, organiser, named=True)
    _name(call, no_organiser, named=False)
    community = communities.get(call.tx, call.community.id)
    following = agenda.replan_community(call.tx, community, call.community, call.now)
    return reply(
        Heading(t("Settings of this community")),
        _card(community),
        _named(call),
        _next_digest(community, following),
        Note(t("Channel, zone and language: {setup}.", setup=CommandRef("community setup"))),
        buttons(settings.button(call.stamp, t("Change"))),
    )


def _name(call: Call, user: str | None, *, named: bool) -> None:
    if user is not None:
        member = members.ensure(call.tx, call.community.id, user, "", call.now)
        communities.name_organiser(call.tx, Who(call.community.id, member.id), named=named)


def _named(call: Call) -> Note | None:
    """Say who may organise besides those whom the platform says so of."""
    every = [
        members.get(call.tx, Who(call.community.id, each)) for each in communities.named(call.tx, call.community.id)
    ]
    if not every:
        return None
    names = Together(tuple(UserText(each.name or each.platform_user) for each in every))
    return Note(t("These members may organise too: {names}.", names=names))
