"""Sunday: a private question to members who planned their week and agreed to be asked; on Monday once more."""

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


def question(prompt: Prompt, ends: Week | None, ended: Week | None) -> tuple[Part, ...]:
    """Ask how a week went: the one that ends today, else the one that ended; nothing when there is none to ask about."""
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
