"""What a member's own numbers say: the odds of an answer, and the direction they learned."""

from collections.abc import Sequence

from bot.domain.compass import NAMES_A_CHAT, Compass, Learned, compass
from bot.domain.odds import ADDED_ASKS, ADDED_REPLIES, Odds
from bot.engine.call import Call
from bot.features.meeting import clarity, listening, own_figures
from bot.features.registry import command, refer_to
from bot.store import asks, leads, meetings
from bot.ui.button import Style
from bot.ui.reply import Heading, Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Count, Day, UserText

LEAD_NEXT = refer_to("lead next")
ME_SETTINGS = refer_to("me settings")


@command("me odds", reads=True)
def odds(call: Call) -> Reply:
    """See how many answers you may expect, and how I count."""
    mine = asks.own(call.tx, call.who)
    reckoned = Odds(mine.sent, mine.replied)
    return reply(
        Heading(t("Your chances")),
        t("Expect about one answer in {n} asks.", n=Count(reckoned.one_in))
        if reckoned.one_in > 1
        else t("Expect an answer to almost every ask."),
        t("For two chats, ask about {n} times.", n=Count(reckoned.for_chats)),
        Paragraph(t("How I count")),
        Listing(_arithmetic(reckoned)),
        Note(t("Only you see this. A missing answer says nothing about you.")),
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
    )


def _arithmetic(mine: Odds) -> tuple[Text, ...]:
    return (
        t(
            "You told me of {asks} and {answers}.",
            asks=tn("{n} message", "{n} messages", mine.sent),
            answers=tn("{n} answer", "{n} answers", mine.replied),
        ),
        t(
            "With few messages, one answer changes a lot. So I add {asks} messages and {answers} answer.",
            asks=Count(ADDED_ASKS),
            answers=Count(ADDED_REPLIES),
        ),
        t(
            "That makes {answers} in {asks}.",
            answers=tn("{n} answer", "{n} answers", mine.counted_replied),
            asks=tn("{n} message", "{n} messages", mine.counted_sent),
        ),
    )


@command("me compass", reads=True)
def compass_(call: Call) -> Reply:
    """See what you want and no longer want, in the order you learned it."""
    every = leads.choices(call.tx, call.who, open_only=False)
    found = compass(meetings.of_member(call.tx, call.who), every)
    if not found.talks:
        return reply(
            t("Your compass begins with your first talk."),
            Note(t("After each talk, write what you learned with {log}.", log=CommandRef("meeting log"))),
            buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
        )
    figures = own_figures(call)
    work = call.member.work
    return reply(
        Heading(t("Your compass")),
        t("The work you want: {work}", work=UserText(work)) if work else None,
        *_learned(call, t("What you want"), found.want),
        *_learned(call, t("What you no longer want"), found.no_longer),
        None if found.want or found.no_longer else Note(t("Nothing is written yet. Write it after your next talk.")),
        clarity(figures),
        listening(figures),
        Note(_names(found)),
        buttons(ME_SETTINGS.button(call.stamp, t("Change my sentence"))),
    )


def _learned(call: Call, title: Text, things: Sequence[Learned]) -> tuple[Part, ...]:
    if not things:
        return ()
    lines = tuple(
        t("{day}: {words}", day=Day(each.at.astimezone(call.zone).date()), words=UserText(each.words))
        for each in things
    )
    return (Paragraph(title), Listing(lines))


def _names(found: Compass) -> Text:
    """Compare the new names with three for each chat, as counts."""
    given = t(
        "{talks} gave {names}.",
        talks=tn("{n} talk", "{n} talks", found.talks),
        names=tn("{n} new name", "{n} new names", found.new_names),
    )
    if found.new_names >= found.names_hoped_for:
        return t("{given} That is {n} a talk or more. Very good.", given=given, n=Count(NAMES_A_CHAT))
    return t(
        "{given} Ask each person for {n} names. Some people give one name, some give none.",
        given=given,
        n=Count(NAMES_A_CHAT),
    )
