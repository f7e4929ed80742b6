"""The private question how the week went: on Sunday, and on Monday once more, to members who agreed to it."""

from bot.domain.week import Week
from bot.engine.schedule import Prompt
from bot.features.registry import refer_to
from bot.store import promises
from bot.ui.button import Style
from bot.ui.reply import Heading, Note, Paragraph, Part, buttons
from bot.ui.text import t, tn

WEEK_NONE = refer_to("week none")
WEEK_PAUSE_ONE = refer_to("week pause-one")
WEEK_REACHED = refer_to("week reached")
WEEK_SOME = refer_to("week some")


def week_question(prompt: Prompt, ends: Week | None, ended: Week | None) -> tuple[Part, ...]:
    """Ask about the week that ends today, else about the one that ended; () when neither is given or was planned."""
    week, title = (ends, t("How was your week?")) if ends is not None else (ended, t("Last week: how did it go?"))
    promise = promises.find(prompt.tx, prompt.who, week) if week is not None else None
    if week is None or promise is None:
        return ()
    return (
        Heading(title),
        Paragraph(tn("You planned {n} ask.", "You planned {n} asks.", promise.asks)),
        Paragraph(t("Every answer is good. A zero counts too.")),
        buttons(
            WEEK_REACHED.button(prompt.stamp, t("I reached it"), Style.MAIN, week=week.iso),
            WEEK_SOME.button(prompt.stamp, t("I did some"), week=week.iso),
            WEEK_NONE.button(prompt.stamp, t("None yet"), week=week.iso),
            WEEK_PAUSE_ONE.button(prompt.stamp, t("Pause a week"), week=week.iso),
        ),
        Note(t("Only you see your answer.")),
    )
