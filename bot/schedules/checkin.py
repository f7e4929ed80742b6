"""Sunday: a private question to members who planned their week and agreed to be asked."""

from datetime import timedelta

from bot.core.agenda import CHECKIN, zone_of
from bot.core.links import link
from bot.domain.week import Week
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.store import members, promises
from bot.ui.button import Style
from bot.ui.reply import Heading, Note, Reply, buttons, reply
from bot.ui.text import Text, t, tn


def week_of(prompt: Prompt) -> Week:
    """Name the week that a check-in asks about, by the date where the member is."""
    return Week.at(prompt.due, zone_of(prompt.community, prompt.member))


def compose(prompt: Prompt) -> Reply | None:
    """Ask how the week went; nobody is asked twice, or while they pause."""
    return ask(prompt, week_of(prompt), t("How was your week?"))


def ask(prompt: Prompt, week: Week, title: Text) -> Reply | None:
    """Ask about a week, unless it was reported, is paused, or the member did not agree to be asked."""
    promise = promises.find(prompt.tx, prompt.who, week)
    reported = promises.checkin(prompt.tx, prompt.who, week)
    if not prompt.member.checkins or promise is None or reported is not None:
        return None
    if members.is_paused(prompt.tx, prompt.who, week):
        return None
    return reply(
        Heading(title),
        tn("You planned {n} ask.", "You planned {n} asks.", promise.asks),
        t("Every answer is good. A zero counts too."),
        buttons(
            link(prompt.stamp, "week reached", t("I reached it"), Style.MAIN, week=week.iso),
            link(prompt.stamp, "week some", t("I did some"), week=week.iso),
            link(prompt.stamp, "week none", t("None yet"), week=week.iso),
            link(prompt.stamp, "week pause-one", t("Pause a week"), week=week.iso),
        ),
        Note(t("Only you see your answer.")),
    )


SCHEDULE = MemberSchedule(CHECKIN, compose, lambda prompt: week_of(prompt).iso, timedelta(hours=16))
