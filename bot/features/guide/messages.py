"""Four short messages to an organiser in the week after the set-up, off with one press."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.guide import DAYS, from_tomorrow
from bot.domain.ids import Who
from bot.domain.privacy import FEWEST_PEOPLE
from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import NotNow
from bot.engine.schedule import Prompt
from bot.features.registry import action, refer_to
from bot.features.week import next_digest
from bot.store import guides, identities
from bot.store.database import Tx
from bot.ui.reply import Heading, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Count, Moment

COMMUNITY_DIGEST_PREVIEW = refer_to("community digest preview")
COMMUNITY_REPORT = refer_to("community report")
COMMUNITY_SETTINGS = refer_to("community settings")
COMMUNITY_TIPS = refer_to("community tips")
COMMUNITY_WELCOME = refer_to("community welcome")
TIP_SHARE = refer_to("tip share")


def begin_guide(call: Call) -> tuple[Part, ...]:
    """Let the guide run for an organiser who has just set the community up, and say so."""
    guides.run_since(call.tx, call.who, call.today)
    return (
        Note(t("In the next days I send you {n} short messages about your first week.", n=Count(len(DAYS)))),
        buttons(off.button(call.stamp, t("No messages, please"))),
    )


def next_day(tx: Tx, who: Who) -> date | None:
    """Give the day of an organiser's next message; None when there is none, or when they are reminded elsewhere.

    Rule: what is said to organisers belongs to its place, and its buttons work nowhere else.
    """
    guided = guides.find(tx, who)
    return guided.next_day if guided is not None and identities.reached(tx, who) == who else None


def today(prompt: Prompt, day: date) -> tuple[Part, ...]:
    """Say the next message when its day has come, and note that it was said; () when nothing is due."""
    due = next_day(prompt.tx, prompt.who)
    guided = guides.find(prompt.tx, prompt.who)
    if due is None or guided is None or due > day:
        return ()
    guides.note_sent(prompt.tx, prompt.who)
    number = guided.told + 1
    title, write = MESSAGES[guided.told]
    is_last = number == len(MESSAGES)
    return (
        Heading(t("Your first week, {n} of {all}: {title}", n=Count(number), all=Count(len(MESSAGES)), title=title)),
        *write(prompt),
        *(() if is_last else (buttons(off.button(prompt.stamp, t("No more of these"))),)),
    )


def _invite(prompt: Prompt) -> Sequence[Part]:
    return (
        Paragraph(t("Tell your members to type {start}. It takes two minutes.", start=CommandRef("start"))),
        Paragraph(t("You can say: only you see what you write to the bot.")),
        Note(t("Your own words of welcome stand above the first answer of each new member.")),
        buttons(COMMUNITY_WELCOME.button(prompt.stamp, t("Write a welcome"))),
    )


def _choose(prompt: Prompt) -> Sequence[Part]:
    return (
        Paragraph(t("Some circles like a leaderboard. In others it hurts.")),
        Paragraph(t("You can show one goal of all together instead, both, or neither.")),
        buttons(COMMUNITY_SETTINGS.button(prompt.stamp, t("What the circle sees"), change="board")),
    )


def _see(prompt: Prompt) -> Sequence[Part]:
    return (
        Paragraph(t("You never see the people, messages or notes of a member.")),
        Paragraph(t("You see totals of at least {n} people, once a week.", n=Count(FEWEST_PEOPLE))),
        Paragraph(t("Members share tips. An organiser can read each one first.")),
        buttons(
            COMMUNITY_TIPS.button(prompt.stamp, t("Tips that wait")),
            TIP_SHARE.button(prompt.stamp, t("Share a tip")),
        ),
    )


def _first_digest(prompt: Prompt) -> Sequence[Part]:
    due = next_digest(prompt.tx, prompt.community)
    when: Text = (
        t("The next digest is on {moment}.", moment=Moment(due, prompt.community.zone))
        if due is not None
        else t("The digest comes once a week.")
    )
    return (
        Paragraph(when),
        Paragraph(t("It tells what all did together, good news, and a tip.")),
        Note(
            t(
                "For a funder there is a page with the totals of a quarter: {command}.",
                command=CommandRef("community report"),
            )
        ),
        buttons(
            COMMUNITY_DIGEST_PREVIEW.button(prompt.stamp, t("See how the digest looks")),
            COMMUNITY_REPORT.button(prompt.stamp, t("See the totals")),
        ),
    )


MESSAGES: Sequence[tuple[Text, Callable[[Prompt], Sequence[Part]]]] = (
    (t("invite your members"), _invite),
    (t("a board or a goal"), _choose),
    (t("what you see, and what you never see"), _see),
    (t("your first digest"), _first_digest),
)


@action("guide off", access=Access.ORGANISER, again=SecondPress.CHANGED)
def off(call: Call) -> Reply:
    """Get no more messages about the first week."""
    guides.run_since(call.tx, call.who, None)
    return reply(
        t("Good. I send no more messages about your first week."),
        buttons(on.button(call.stamp, t("Send them again"))),
    )


@action("guide on", access=Access.ORGANISER, again=SecondPress.CHANGED)
def on(call: Call) -> Reply:
    """Get the messages about the first week that are left."""
    guided = guides.find(call.tx, call.who)
    if guided is None or guided.told >= len(DAYS):
        raise NotNow(
            t("You had all messages about the first week."), t("See all commands with {help}.", help=CommandRef("help"))
        )
    guides.run_since(call.tx, call.who, from_tomorrow(guided.told, call.today))
    return reply(t("Good. The next one comes tomorrow morning."))
