"""Link: one person on two platforms counts once; a one-time code shows that both are the same person."""

import secrets
from typing import Annotated

from bot.core.call import Call
from bot.core.command import Again
from bot.core.errors import BadValue, NotNow
from bot.core.registry import action, command
from bot.core.rules import Line
from bot.store import identities, leads
from bot.ui.button import Style
from bot.ui.reply import Fields, Heading, Note, Paragraph, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, Example, UserText

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter that looks like another one."""
CODE = Line(label=t("Code from the other platform"), most=20, no_contacts=True)


@command("me link", example="/me link")
def link(call: Call, *, code: Annotated[str | None, CODE] = None) -> Reply:
    """Be one person on Slack and Discord, so that you count once."""
    if call.own != call.who:
        return reply(
            t("You are linked already. Here you use what you have on the other platform."),
            buttons(unlink.button(call.stamp, t("End the link"))),
        )
    return _offer(call) if code is None else _enter(call, code)


def _offer(call: Call) -> Reply:
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    code = f"{letters[:4]}-{letters[4:]}"
    identities.offer(call.tx, call.who, code, call.now)
    return reply(
        Heading(t("Your code")),
        Fields(((t("Code"), UserText(code)),)),
        t("It works once, for 10 minutes. Show it to nobody."),
        Note(t("On the other platform, type: {line}", line=Example(f"/me link code:{code}"))),
        Note(t("There, you then use the people, plans and board you have here.")),
        buttons(enter.button(call.stamp, t("I have a code from there"))),
    )


@action("me link-code", form=t("Link"))
def enter(call: Call, *, code: Annotated[str, CODE]) -> Reply:
    """Enter the code that the other platform showed."""
    return _enter(call, code)


def _enter(call: Call, code: str) -> Reply:
    if not identities.may_try(call.tx, call.own, call.now):
        raise NotNow(t("That was too many tries."), t("Please wait ten minutes, then ask for a new code."))
    other = identities.use(call.tx, code, call.now)
    if other is None:
        # A reply and no error: the try must stay counted.
        parts = (
            Paragraph(t("This code does not work.")),
            Note(t("A code works once, for 10 minutes. Ask for a new one with {link}.", link=CommandRef("me link"))),
        )
        return Reply(parts, BadValue.code)
    if other.community == call.own.community:
        raise NotNow(t("This code is from here."), t("Please type it on the other platform."))
    if leads.some(call.tx, call.own) or identities.others_of(call.tx, call.own):
        raise NotNow(
            t("You have people on your list here, so I cannot link it."),
            t("Type {link} here, and enter that code there.", link=CommandRef("me link")),
        )
    identities.link(call.tx, call.own, other, call.now)
    return reply(
        Heading(t("You are linked")),
        t("Here you now use the people, plans and board of the other platform."),
        Note(t("You count once, there. Your reminders come there too.")),
        buttons(unlink.button(call.stamp, t("End the link"), Style.PLAIN)),
    )


@action("me unlink", again=Again.CHANGED)
def unlink(call: Call) -> Reply:
    """End the link: here the member is on their own again."""
    if not identities.unlink(call.tx, call.own):
        raise NotNow(t("You are not linked."), t("Link with {link}.", link=CommandRef("me link")))
    return reply(
        t("The link is ended. Here you begin with an empty list."),
        Note(t("On the other platform everything is as it was.")),
    )
