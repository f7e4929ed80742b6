"""The card with all settings of a community, for its organisers."""

from datetime import datetime, time
from enum import StrEnum

from bot.domain.community import BoardStyle, Community
from bot.engine.holidays import place_name
from bot.ui.reply import Fields, PlainTextDialect
from bot.ui.text import Text, t, tc, tn
from bot.ui.values import ChannelRef, Clock24, Count, LanguageName, Moment, Together, UserText, ZoneName


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


DAYS = {
    Weekday.MONDAY: t("Monday"),
    Weekday.TUESDAY: t("Tuesday"),
    Weekday.WEDNESDAY: t("Wednesday"),
    Weekday.THURSDAY: t("Thursday"),
    Weekday.FRIDAY: t("Friday"),
    Weekday.SATURDAY: t("Saturday"),
    Weekday.SUNDAY: t("Sunday"),
}


BOARD_STYLES = {
    BoardStyle.RANKING: t("a leaderboard"),
    BoardStyle.TEAM: t("one goal together"),
    BoardStyle.BOTH: t("a leaderboard and a goal"),
    BoardStyle.NONE: t("no leaderboard and no goal"),
}


def card(community: Community, language: str) -> Fields:
    """Make the rows of all settings with their present values."""
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
            (t("Sheet before a meeting"), _hour(rhythm.evening_at)),
            (t("What the circle sees"), BOARD_STYLES[community.board]),
            *_goal(community),
            *_holidays(community, language),
            *(((t("Leads counted for the board, at most"), Count(community.score_cap)),) if community.ranks else ()),
            (t("An organiser reads tips first"), t("yes") if community.tips_need_review else t("no")),
            (t("Jobs whose people know the special term"), _roles(community)),
        )
    )


def _goal(community: Community) -> tuple[tuple[Text, PlainTextDialect], ...]:
    """Make the row of the goal, where there is one."""
    if not community.has_goal:
        return ()
    goal = tn("{n} step a week", "{n} steps a week", community.goal) if community.goal else t("a little above usual")
    return ((t("Goal of the circle"), goal),)


def _holidays(community: Community, language: str) -> tuple[tuple[Text, PlainTextDialect], ...]:
    """Make the rows of the public holidays, where a place was chosen."""
    if community.holidays is None:
        return ((t("Public holidays"), tc("public holidays", "none")),)
    moves = t("yes") if community.holidays_move else t("no")
    return (
        (t("Public holidays"), UserText(place_name(community.holidays, language))),
        (t("Holidays move the digest"), moves),
    )


def _hour(at: time) -> Clock24:
    return Clock24(at.hour, at.minute)


def _roles(community: Community) -> Text:
    if not community.term_roles:
        return t("the usual list")
    return t("{roles}", roles=Together(tuple(UserText(role) for role in community.term_roles)))


def next_digest(community: Community, due: datetime) -> Text:
    """Say when the next digest comes."""
    return t("The next digest is on {moment}.", moment=Moment(due, community.zone))
