"""For organisers: setting a community up, its settings, its digest, and the tips that wait."""

from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import Annotated

from bot.core import agenda
from bot.core.access import Access
from bot.core.call import Call
from bot.core.errors import NotNow, not_found
from bot.core.links import link
from bot.core.refs import Channel, Language, Zone
from bot.core.registry import action, command
from bot.core.rules import Choice, Number, RowId, WeekId, YesNo
from bot.core.when import TimeOfDay
from bot.domain.community import Community
from bot.domain.tip import TipState
from bot.domain.week import Week, next_weekly
from bot.schedules import digest
from bot.store import communities, posts, tips
from bot.ui.button import Style
from bot.ui.reply import Fields, Heading, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import ChannelRef, Clock24, CommandRef, Count, LanguageName, Moment, UserText, ZoneName


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
    # The first digest tells of the week of the set-up, not of one before there was anything to tell.
    first = call.now if call.community.set_up else Week.at(call.now, community.tz).ends(community.tz)
    agenda.plan_digest(call.tx, community, first)
    return reply(
        Heading(t("Your community is ready")),
        _card(community),
        _next_digest(community, first),
        Note(t("Tell members to type {start}.", start=CommandRef("start"))),
        buttons(link(call.stamp, "community digest preview", t("See the digest as it is now"))),
    )


def _card(community: Community) -> Fields:
    at = community.rhythm.digest_at
    second = LanguageName(community.second_language) if community.second_language else t("none")
    channel = ChannelRef(community.digest_channel) if community.digest_channel else t("not set yet")
    return Fields(
        (
            (t("Digest channel"), channel),
            (t("Time zone"), ZoneName(community.zone)),
            (t("Language"), LanguageName(community.language)),
            (t("Second language"), second),
            (t("Digest day"), list(DAYS.values())[community.rhythm.digest_day]),
            (t("Digest hour"), Clock24(at.hour, at.minute)),
            (t("Leads counted for the board, at most"), Count(community.score_cap)),
            (t("Tips wait for an organiser"), t("yes") if community.tips_need_review else t("no")),
        )
    )


def _next_digest(community: Community, after: datetime) -> Text:
    _, due = next_weekly(after, community.rhythm.digest_day, community.rhythm.digest_at, community.tz)
    return t("The next digest is on {moment}.", moment=Moment(due, community.zone))


def _settings_now(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    community = call.community
    return {
        "day": list(Weekday)[community.rhythm.digest_day],
        "hour": community.rhythm.digest_at,
        "cap": community.score_cap,
        "review": community.tips_need_review,
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
) -> Reply:
    """See and change how the digest, the board and tips work."""
    communities.update(
        call.tx,
        call.community.id,
        digest_day=list(Weekday).index(day) if day is not None else None,
        digest_at=hour,
        score_cap=cap,
        tips_need_review=review,
    )
    community = communities.get(call.tx, call.community.id)
    agenda.plan_digest(call.tx, community, call.now)
    return reply(
        Heading(t("Settings of this community")),
        _card(community),
        _next_digest(community, call.now),
        Note(t("Channel, zone and language: {setup}.", setup=CommandRef("community setup"))),
        buttons(settings.button(call.stamp, t("Change"))),
    )


@command("community digest preview", access=Access.ORGANISER, reads=True)
def preview(call: Call) -> Reply:
    """See the next digest as it would be now; nothing is posted."""
    week = call.week.next()
    made = digest.draft(call.tx, call.community, week, call.now, call.stamp.signer)
    return Reply((Note(t("Only you see this. Nothing was posted.")), *made.parts))


@command("community digest now", access=Access.ORGANISER)
def now(call: Call) -> Reply:
    """Post the digest of last week now, if it was not posted yet."""
    if call.community.digest_channel is None:
        raise NotNow(t("No digest channel is set."), t("Set it with {setup}.", setup=CommandRef("community setup")))
    period = call.week.iso
    post = posts.find(call.tx, call.community.id, period)
    if post is not None and post.state == "posted":
        raise NotNow(
            t("The digest of last week is posted already."),
            t("There is one digest a week. The next one comes by itself."),
        )
    posts.post_now(call.tx, call.community.id, period, call.now)
    return reply(
        t("The digest comes to the channel in a minute."),
        Fields(((t("Channel"), ChannelRef(call.community.digest_channel)),)),
        Note(t("It counts as the digest of this Monday. There is no second one.")),
    )


@command("community tips", access=Access.ORGANISER, reads=True)
def review(call: Call) -> Reply:
    """Read the tips that wait for you, one at a time."""
    waiting = tips.to_review(call.tx, call.community.id)
    if not waiting:
        return reply(
            t("No tip waits for you."),
            Note(t("Members share tips with {share}.", share=CommandRef("tip share"))),
        )
    tip = waiting[0]
    reported = tip.state is TipState.QUARANTINED
    parts: list[Part] = [
        Heading(tn("{n} tip waits", "{n} tips wait", len(waiting))),
        Paragraph(UserText(tip.text)),
        Note(t("A member reported this tip, so it is hidden.")) if reported else Note(t("A member shared this tip.")),
        Note(t("Never publish job offers with fees, or questions for a SIN.")),
        buttons(
            publish.button(call.stamp, t("Publish"), Style.MAIN, tip=tip.id),
            refuse.button(call.stamp, t("Do not publish"), tip=tip.id),
        ),
    ]
    return Reply(tuple(parts))


@action("community tip-publish", access=Access.ORGANISER)
def publish(call: Call, *, tip: Annotated[str, RowId(label=t("Tip"))]) -> Reply:
    """Let every member see a tip."""
    if not tips.decide(call.tx, call.community.id, tip, TipState.PUBLISHED, call.now):
        raise not_found(t("this tip"))
    return _decided(call, t("The tip is published. Its author is thanked."))


@action("community tip-refuse", access=Access.ORGANISER)
def refuse(call: Call, *, tip: Annotated[str, RowId(label=t("Tip"))]) -> Reply:
    """Keep a tip from the other members."""
    if not tips.decide(call.tx, call.community.id, tip, TipState.REFUSED, call.now):
        raise not_found(t("this tip"))
    return _decided(call, t("The tip is not published. Only its author sees it."))


def _decided(call: Call, said: Text) -> Reply:
    left = len(tips.to_review(call.tx, call.community.id))
    more = review.button(call.stamp, t("Next tip")) if left else None
    return reply(said, tn("{n} tip still waits.", "{n} tips still wait.", left), buttons(more) if more else None)


@action("community digest-there", access=Access.ORGANISER)
def there(call: Call, *, week: Annotated[str, WeekId(label=t("Week"))]) -> Reply:
    """Say that the digest is in the channel."""
    posts.resolve(call.tx, call.community.id, week, there=True)
    return reply(t("Thank you. I noted that the digest is posted."))


@action("community digest-post", access=Access.ORGANISER)
def post(call: Call, *, week: Annotated[str, WeekId(label=t("Week"))]) -> Reply:
    """Say that the digest is not in the channel, so that it is posted."""
    posts.resolve(call.tx, call.community.id, week, there=False)
    return reply(t("Thank you. The digest comes to the channel in a minute."))
