"""Monday morning: one reminder to members who have not answered the check-in, then silence."""

from datetime import timedelta

from bot.core.agenda import REMINDER, zone_of
from bot.core.recording import posting_after
from bot.domain.week import Week
from bot.schedules.checkin import ask
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.ui.reply import Reply
from bot.ui.text import t


def _week(prompt: Prompt) -> Week:
    return Week.at(prompt.due, zone_of(prompt.community, prompt.member)).previous()


def compose(prompt: Prompt) -> Reply | None:
    """Ask once more, while an answer still counts in the digest."""
    week = _week(prompt)
    if prompt.now >= posting_after(prompt.community, week):
        return None
    return ask(prompt, week, t("Last week: how did it go?"))


SCHEDULE = MemberSchedule(REMINDER, compose, lambda prompt: _week(prompt).iso, timedelta(hours=2))
