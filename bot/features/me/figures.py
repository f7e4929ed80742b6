"""Commands for what a member's own numbers tell: the odds of an answer, and the work they want."""

from collections.abc import Sequence

from bot.domain.compass import NAMES_A_CHAT, Compass, LearnedFact, compass
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
    counts = asks.counts_of(call.tx, call.who)
    my_odds = Odds(counts.sent, counts.replied)
    return reply(
        Heading(t("Your chances")),
        t("Expect about one answer in {n} asks.", n=Count(my_odds.one_in))
        if my_odds.one_in > 1
        else t("Expect an answer to almost every ask."),
        t("For two chats, ask about {n} times.", n=Count(my_odds.for_chats)),
        Paragraph(t("How I count")),
        Listing(_how_i_count(my_odds)),
        Note(t("Only you see this. A missing answer says nothing about you.")),
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
    )


def _how_i_count(my_odds: Odds) -> tuple[Text, ...]:
    return (
        t(
            "You told me of {asks} and {answers}.",
            asks=tn("{n} message", "{n} messages", my_odds.sent),
            answers=tn("{n} answer", "{n} answers", my_odds.replied),
        ),
        t(
            "With few messages, one answer changes a lot. So I add {asks} messages and {answers} answer.",
            asks=Count(ADDED_ASKS),
            answers=Count(ADDED_REPLIES),
        ),
        t(
            "That makes {answers} in {asks}.",
            answers=tn("{n} answer", "{n} answers", my_odds.counted_replied),
            asks=tn("{n} message", "{n} messages", my_odds.counted_sent),
        ),
    )


@command("me compass", reads=True)
def compass_(call: Call) -> Reply:
    """See what you want and no longer want, in the order you learned it."""
    all_leads = leads.choices(call.tx, call.who, open_only=False)
    my_compass = compass(meetings.of_member(call.tx, call.who), all_leads)
    if not my_compass.talks:
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
        *_lessons(call, t("What you want"), my_compass.want),
        *_lessons(call, t("What you no longer want"), my_compass.no_longer),
        None
        if my_compass.want or my_compass.no_longer
        else Note(t("Nothing is written yet. Write it after your next talk.")),
        clarity(figures),
        listening(figures),
        Note(_names_per_talk(my_compass)),
        buttons(ME_SETTINGS.button(call.stamp, t("Change my sentence"))),
    )


def _lessons(call: Call, title: Text, lessons: Sequence[LearnedFact]) -> tuple[Part, ...]:
    if not lessons:
        return ()
    lines = tuple(
        t("{day}: {words}", day=Day(lesson.at.astimezone(call.zone).date()), words=UserText(lesson.words))
        for lesson in lessons
    )
    return (Paragraph(title), Listing(lines))


def _names_per_talk(my_compass: Compass) -> Text:
    """Compare the new names with the hope of some from each talk; as counts, never as a share."""
    gave = t(
        "{talks} gave {names}.",
        talks=tn("{n} talk", "{n} talks", my_compass.talks),
        names=tn("{n} new name", "{n} new names", my_compass.new_names),
    )
    if my_compass.new_names >= my_compass.names_hoped_for:
        return t("{given} That is {n} a talk or more. Very good.", given=gave, n=Count(NAMES_A_CHAT))
    return t(
        "{given} Ask each person for {n} names. Some people give one name, some give none.",
        given=gave,
        n=Count(NAMES_A_CHAT),
    )
