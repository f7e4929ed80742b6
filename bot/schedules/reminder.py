"""Monday morning: one reminder to members who have not answered the check-in, then silence."""

from datetime import timedelta

from bot.core.agenda import REMINDER
from bot.domain.week import Week, next_weekly
from bot.schedules.checkin import ask
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.ui.reply import Reply
from bot.ui.text import t


def _week(prompt: Prompt) -> Week:
    return Week.at(prompt.due, prompt.community.tz).previous()


def compose(prompt: Prompt) -> Reply | None:
    """Ask once more, while an answer still counts in the digest."""
    rhythm = prompt.community.rhythm
    _, digest = next_weekly(prompt.due, rhythm.digest_day, rhythm.digest_at, prompt.community.tz)
    if Week.at(digest, prompt.community.tz) != _week(prompt).next() or prompt.now >= digest:
        return None
    return ask(prompt, _week(prompt), t("Last week: how did it go?"))


SCHEDULE = MemberSchedule(REMINDER, compose, lambda prompt: _week(prompt).iso, timedelta(hours=2))
