"""The one private message of a day: everything that is due, in the morning; on Sunday it comes with the check-in."""

from bot.core.agenda import MORNING, morning_key, mornings, zone_of
from bot.core.links import link
from bot.schedules import buddies, checkin, followups, talks
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.store import notices
from bot.ui.codec import decode
from bot.ui.reply import Buttons, Part, Reply, buttons
from bot.ui.text import t

MOST = 5
"""People shown with buttons in one message; every other matter takes some of their room."""


def compose(prompt: Prompt) -> Reply | None:
    """Say everything that is due on the member's day; what does not fit any more waits for the next one."""
    read = mornings(prompt.tx, prompt.community, prompt.member, prompt.now)
    today = read.today(prompt.now)
    at = read.at(today)
    if at is None or at > prompt.now:
        return None
    asked = checkin.question(prompt, read.checkin(today), read.reminder(today))
    over = () if read.rests(today) else talks.did_you_meet(prompt, read.zone, today)
    kept = notices.take_kept(prompt.tx, prompt.who)
    word = _with_button(prompt, decode(kept).parts) if kept is not None else ()
    weekly = buddies.weekly(prompt) if read.buddy(today) else ()
    room = MOST - 2 * bool(asked) - bool(word) - bool(weekly) - bool(over)
    due = () if read.rests(today) else followups.due_today(prompt, today, room)
    parts: tuple[Part, ...] = (*asked, *over, *due, *word, *weekly)
    return Reply(parts) if parts else None


def _with_button(prompt: Prompt, word: tuple[Part, ...]) -> tuple[Part, ...]:
    """Let a word about buddies that has no button end with one."""
    if any(isinstance(part, Buttons) for part in word):
        return word
    return (*word, buttons(link(prompt.stamp, "buddy show", t("See my buddy"))))


SCHEDULE = MemberSchedule(
    MORNING, compose, lambda prompt: morning_key(zone_of(prompt.community, prompt.member), prompt.now)
)
