"""The part of the morning message that lists what is due with the member's leads."""

from datetime import date

from bot.domain.lead import DueReason
from bot.engine.schedule import Prompt
from bot.features.followup.following import due_parts, let_go
from bot.features.registry import refer_to
from bot.store import leads
from bot.ui.reply import Heading, Paragraph, Part, buttons
from bot.ui.text import Text, t, tn

FOLLOWUP_LIST = refer_to("followup list")
LEAD_NEXT = refer_to("lead next")


def due_today(prompt: Prompt, today: date, room: int) -> tuple[Part, ...]:
    """List what is due with each lead and why, after closing the leads that never answered.

    Args:
        prompt: the member whose message it is, with the transaction.
        today: the member's date.
        room: how many leads are shown with buttons; the others are only counted.
    """
    first_day = leads.first_to_say(prompt.tx, prompt.who) if prompt.member.reminders else None
    if first_day is None or first_day > today:
        return ()
    # Before the query for what is due, because a closed lead has nothing due any more.
    goodbyes = _close_unanswered(prompt, today)
    due = leads.due(prompt.tx, prompt.who, today)
    leads.note_told(prompt.tx, prompt.who, today)
    parts: list[Part] = [Heading(tn("{n} thing for today", "{n} things for today", len(due) + len(goodbyes)))]
    parts += map(Paragraph, goodbyes)
    if goodbyes:
        parts.append(buttons(LEAD_NEXT.button(prompt.stamp, t("What do I do now?"))))
    for lead in due[:room]:
        parts += due_parts(prompt.stamp, lead)
    if len(due) > room:
        parts.append(buttons(FOLLOWUP_LIST.button(prompt.stamp, t("See the others"))))
    return tuple(parts)


def _close_unanswered(prompt: Prompt, today: date) -> list[Text]:
    """Close the leads that did not answer three times; returns the goodbye to show for each."""
    unanswered = [lead for lead in leads.due(prompt.tx, prompt.who, today) if lead.clock.reason is DueReason.GOODBYE]
    return [let_go(prompt.tx, prompt.who, lead, prompt.now) for lead in unanswered]
