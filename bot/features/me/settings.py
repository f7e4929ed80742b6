"""The member's own settings: one page with a button for each."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from bot.domain.member import Appearance, Member
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.refs import SpokenLanguage
from bot.engine.rules import Line, Number, WhichSetting, YesNo
from bot.engine.zones import Zone
from bot.features.link import settings_row
from bot.features.registry import action, command, refer_to
from bot.features.week import this_week
from bot.store import members
from bot.ui.button import Button
from bot.ui.reply import Fields, Heading, Note, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import Count, Day, LanguageName, UserText, ZoneName

BOARD_AS_NAME = refer_to("board as-name")
BOARD_AS_NICKNAME = refer_to("board as-nickname")
BOARD_HIDDEN = refer_to("board hidden")
ME_COME_BACK = refer_to("me come-back")
ME_LINK = refer_to("me link")
ME_PAUSE = refer_to("me pause")


class MemberSetting(StrEnum):
    """One setting, named as its parameter."""

    LANGUAGE = "language"
    ZONE = "zone"
    WORK = "work"
    NUMBER = "number"
    REMINDERS = "reminders"
    CHECKINS = "checkins"


SETTINGS: dict[MemberSetting, Text] = {
    MemberSetting.LANGUAGE: t("My language"),
    MemberSetting.ZONE: t("My time zone"),
    MemberSetting.WORK: t("The work I want"),
    MemberSetting.NUMBER: t("Asks a week"),
    MemberSetting.REMINDERS: t("Reminders"),
    MemberSetting.CHECKINS: t("Sunday question"),
}


def _stored_settings(call: Call, _: Mapping[str, object]) -> dict[str, object]:
    member = call.member
    return {
        "language": call.language,
        "zone": call.zone_name,
        "work": member.work,
        "number": member.number,
        "reminders": member.reminders,
        "checkins": member.checkins,
    }


@command(
    "me settings",
    form=t("My settings"),
    prefill=_stored_settings,
    example='/me settings language:fr zone:"Montreal"',
    again=SecondPress.CHANGED,
)
def settings(
    call: Call,
    *,
    change: Annotated[MemberSetting | None, WhichSetting(label=t("Setting to change"), of=SETTINGS)] = None,
    language: Annotated[str | None, SpokenLanguage(label=t("My language"))] = None,
    zone: Annotated[str | None, Zone(label=t("A large city in my time zone"))] = None,
    work: Annotated[str | None, Line(label=t("The work I want, in one sentence"), most=200)] = None,
    number: Annotated[int | None, Number(label=t("Asks I plan each week"), least=0, most=50)] = None,
    reminders: Annotated[bool | None, YesNo(label=t("Remind me when there is something to do"))] = None,
    checkins: Annotated[bool | None, YesNo(label=t("Ask me on Sunday how it went"))] = None,
) -> Reply:
    """See and change your own settings."""
    values = {
        "language": language,
        "zone": zone,
        "work": work,
        "number": number,
        "reminders": reminders,
        "checkins": checkins,
    }
    members.update(call.tx, call.who, **{name: value for name, value in values.items() if value is not None})
    return _page(call, members.get(call.tx, call.who))


@action("me settings-page", reads=True)
def page(call: Call) -> Reply:
    """See your own settings, to stand inside another page."""
    return _page(call, call.member)


def _page(call: Call, member: Member) -> Reply:
    until, linked = _rests_until(call, member), settings_row(call)
    return reply(
        Heading(t("Your settings")),
        Fields(
            (
                (t("Language"), LanguageName(member.language or call.language)),
                (t("Time zone"), ZoneName(member.zone or call.zone_name)),
                (t("The work I want"), UserText(member.work) if member.work else t("not said yet")),
                (t("Asks a week"), Count(member.number) if member.number is not None else t("not set yet")),
                (t("Reminders"), _yes_no(on=member.reminders)),
                (t("Sunday question"), _yes_no(on=member.checkins)),
                *(((t("On the leaderboard"), _shown_as(member)),) if call.community.ranks else ()),
                (t("On a pause"), t("until {day}", day=Day(until)) if until is not None else t("no")),
                *((linked,) if linked is not None else ()),
            )
        ),
        Note(t("Press what you want to change.")),
        buttons(*_changes(call, member)),
    )


def _yes_no(*, on: bool) -> Text:
    return t("yes") if on else t("no")


def _shown_as(member: Member) -> Text:
    if member.shown_name is not None:
        return t("as {name}", name=UserText(member.shown_name))
    return t("not answered yet") if member.appearance is Appearance.UNANSWERED else t("no")


def _changes(call: Call, member: Member) -> list[Button | None]:
    reminders = t("Turn reminders off") if member.reminders else t("Turn reminders on")
    checkins = t("Do not ask me on Sunday") if member.checkins else t("Ask me on Sunday")
    in_form = (MemberSetting.LANGUAGE, MemberSetting.ZONE, MemberSetting.WORK, MemberSetting.NUMBER)
    return [
        *(settings.button(call.stamp, SETTINGS[setting], change=setting) for setting in in_form),
        settings.button(call.stamp, reminders, reminders=not member.reminders),
        settings.button(call.stamp, checkins, checkins=not member.checkins),
        *(_board(call, member) if call.community.ranks else ()),
        ME_COME_BACK.button(call.stamp, t("Come back now"))
        if _rests_until(call, member)
        else ME_PAUSE.button(call.stamp, t("Pause a week")),
        ME_LINK.button(call.stamp, t("See the link")) if settings_row(call) is not None else None,
    ]


def _board(call: Call, member: Member) -> list[Button]:
    """Offer the ways to appear that are not the present one."""
    ways = {
        Appearance.NAME: (BOARD_AS_NAME, t("Show my name on the board")),
        Appearance.NICKNAME: (BOARD_AS_NICKNAME, t("Show a nickname on the board")),
        Appearance.HIDDEN: (BOARD_HIDDEN, t("Do not show me on the board")),
    }
    # Who appears by a nickname can choose another one, so that way stays.
    present = None if member.appearance is Appearance.NICKNAME else member.appearance
    return [way.button(call.stamp, label) for appearance, (way, label) in ways.items() if appearance is not present]


def _rests_until(call: Call, member: Member) -> date | None:
    return member.paused_until if members.is_paused(call.tx, call.who, this_week(call)) else None
