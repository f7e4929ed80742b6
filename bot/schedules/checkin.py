"""Sunday: a private question to members who planned their week and agreed to be asked; on Monday once more."""

from bot.core.links import link
from bot.domain.week import Week
from bot.schedules.schedule import Prompt
from bot.store import promises
from bot.ui.button import Style
from bot.ui.reply import Heading, Note, Paragraph, Part, buttons
from bot.ui.text import t, tn


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
            link(prompt.stamp, "week reached", t("I reached it"), Style.MAIN, week=week.iso),
            link(prompt.stamp, "week some", t("I did some"), week=week.iso),
            link(prompt.stamp, "week none", t("None yet"), week=week.iso),
            link(prompt.stamp, "week pause-one", t("Pause a week"), week=week.iso),
        ),
        Note(t("Only you see your answer.")),
    )
