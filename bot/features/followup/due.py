"""What is due to the people on a member's list, in the message of the morning."""

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
    """Bundle what is due, saying why; leads that never answered are let go first, kindly.

    Args:
        prompt: whose message it is.
        today: the member's date.
        room: the people who are shown with their buttons; the others are counted.
    """
    first = leads.first_to_say(prompt.tx, prompt.who) if prompt.member.reminders else None
    if first is None or first > today:
        return ()
    gone = _let_go(prompt, today)
    due = leads.due(prompt.tx, prompt.who, today)
    leads.told(prompt.tx, prompt.who, today)
    parts: list[Part] = [Heading(tn("{n} thing for today", "{n} things for today", len(due) + len(gone)))]
    parts += map(Paragraph, gone)
    if gone:
        parts.append(buttons(LEAD_NEXT.button(prompt.stamp, t("What do I do now?"))))
    for lead in due[:room]:
        parts += due_parts(prompt.stamp, lead)
    if len(due) > room:
        parts.append(buttons(FOLLOWUP_LIST.button(prompt.stamp, t("See the others"))))
    return tuple(parts)


def _let_go(prompt: Prompt, today: date) -> list[Text]:
    gone = [lead for lead in leads.due(prompt.tx, prompt.who, today) if lead.clock.reason is DueReason.GOODBYE]
    return [let_go(prompt.tx, prompt.who, lead, prompt.now) for lead in gone]
