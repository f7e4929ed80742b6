"""Commands for the member's own things: pauses, the inbox, the export of their data, and its erasure."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated

from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import NotNow
from bot.engine.linked import everywhere, stamp_for
from bot.engine.readdressing import readdressed
from bot.engine.role import Role
from bot.engine.rules import Number
from bot.features.buddy import go_alone
from bot.features.link import settings_row
from bot.features.registry import REGISTRY, action, command
from bot.features.week import this_week
from bot.store import export, identities, members, notices, reports
from bot.ui.button import Style
from bot.ui.codec import decode
from bot.ui.reply import File, Heading, Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Day, WeekOf

ERASE_WITHIN = timedelta(days=2)
"""How long the button that erases works.

Its answer is recorded as long, so that a second press gets it again; it is the only thing left of a member.
"""
LONGEST_PAUSE = 8
"""Weeks a member can pause at once; they can pause again."""


@command("me pause", example="/me pause weeks:2")
def pause(
    call: Call,
    *,
    weeks: Annotated[int, Number(label=t("How many weeks"), least=1, most=LONGEST_PAUSE)] = 1,
) -> Reply:
    """Pause for some weeks; you keep your weeks in a row."""
    first, last = this_week(call), this_week(call).plus(weeks - 1)
    members.pause(call.tx, call.who, first, last)
    return reply(
        t("You pause until {day}.", day=Day(last.sunday)),
        tn(
            "You keep your weeks in a row in this week.",
            "You keep your weeks in a row in these {n} weeks.",
            weeks,
        ),
        Note(t("I do not ask you anything until then. Rest well.")),
        buttons(come_back.button(call.stamp, t("Come back now"))),
    )


@action("me come-back", again=SecondPress.CHANGED)
def come_back(call: Call) -> Reply:
    """End your pause with this week."""
    if not members.is_paused(call.tx, call.who, this_week(call)):
        raise NotNow(t("You are not on a pause."), t("Pause with {command}.", command=CommandRef("me pause")))
    members.resume(call.tx, call.who, this_week(call))
    return reply(
        t("Welcome back. The week of {week} counts again.", week=WeekOf(this_week(call).monday)),
        Note(t("What now? Type {command}.", command=CommandRef("lead next"))),
    )


@command("me inbox", again=SecondPress.ALWAYS, role=Role.INBOX)
def inbox(call: Call) -> Reply:
    """Read messages that could not reach you."""
    waiting = [(who, message) for who in everywhere(call) for message in notices.inbox(call.tx, who)]
    if not waiting:
        return reply(
            t("No message waits for you."),
            Note(t("See the one thing to do now with {command}.", command=CommandRef("lead next"))),
        )
    parts: list[Part] = [Heading(tn("{n} message", "{n} messages", len(waiting)))]
    for who, message in sorted(waiting, key=lambda who_and_message: who_and_message[1].created_at):
        # A message to the linked member has buttons signed for the other platform; here they are signed anew.
        audience = stamp_for(call, who).audience
        parts.extend(readdressed(part, audience, call.stamp, REGISTRY) for part in decode(message.reply).parts)
        notices.take_out(call.tx, who, [message.id])
    return Reply(tuple(parts))


@command("me export", reads=True, slow=True)
def export_(call: Call) -> Reply:
    """Get a file with everything I keep about you."""
    data = export.whole(call.tx, call.own)
    looks = [look for who in everywhere(call) for look in reports.looks(call.tx, who.community)]
    looked = {"organisers_looked": [{"at": look.at.isoformat(), "what": look.what} for look in looks]} if looks else {}
    return reply(
        Heading(t("Everything I keep about you")),
        tn("The file has {n} entry.", "The file has {n} entries.", export.count(data)),
        tn("Organisers looked at totals {n} time.", "Organisers looked at totals {n} times.", len(looks)),
        File("hello-circle.json", "application/json", _in_lines(data | looked)),
        Note(t("Only you see this. Keep the file in a safe place.")),
    )


def _in_lines(data: Mapping[str, Sequence[object]]) -> str:
    """Write what is kept with one row a line; with an indent for each value a long list takes many times as long."""
    written = (
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
        for name, rows in data.items()
    )
    return "{\n" + ",\n".join(written) + "\n}\n"


@command("me forget", reads=True)
def forget(call: Call) -> Reply:
    """Erase everything I keep about you."""
    return reply(
        Heading(t("Erase everything?")),
        t("I erase your people, talks, plans, good news and settings."),
        _erased_there_too(call),
        t("You cannot undo this. Backups forget you within 30 days."),
        Note(t("You can save a copy first with {command}.", command=CommandRef("me export"))),
        buttons(forget_now.button(call.stamp, t("Yes, erase everything"), Style.DANGER)),
    )


def _erased_there_too(call: Call) -> Text | None:
    """Name the linked place where the data is erased too; None for a member who is not linked."""
    linked = settings_row(call)
    return t("I erase it here and on {place}.", place=linked[1]) if linked is not None else None


@action("me forget-now", lasts=ERASE_WITHIN)
def forget_now(call: Call) -> Reply:
    """Erase the member and all that is theirs, at once."""
    for who in (*identities.others_of(call.tx, call.who), call.who):
        go_alone(call.tx, who, call.now)
        members.forget(call.tx, who, call.now)
    return reply(
        t("Done. I erased everything about you."),
        Note(t("You can start again at any time with {command}.", command=CommandRef("start"))),
    )
