"""Every morning: one private message at most, with everything that is due to a person on the member's list."""

from datetime import date, timedelta

from bot.core.agenda import FOLLOWUPS, zone_of
from bot.core.following import due_parts, let_go
from bot.domain.lead import DueReason
from bot.domain.week import Week
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.store import leads, members
from bot.ui.reply import Heading, Note, Paragraph, Part, Reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef

MOST = 5
"""Leads shown with buttons in one message; the rest are counted."""


def _today(prompt: Prompt) -> date:
    return prompt.now.astimezone(zone_of(prompt.community, prompt.member)).date()


def compose(prompt: Prompt) -> Reply | None:
    """Bundle what is due today, saying why; leads that never answered are let go first, kindly."""
    today = _today(prompt)
    if members.is_paused(prompt.tx, prompt.who, Week.of(today)):
        return None
    gone = _let_go(prompt, today)
    due = leads.due(prompt.tx, prompt.who, today)
    if not (due or gone) or not prompt.member.reminders:
        return None
    parts: list[Part] = [Heading(tn("{n} thing for today", "{n} things for today", len(due) + len(gone)))]
    parts += map(Paragraph, gone)
    for lead in due[:MOST]:
        parts += due_parts(prompt.stamp, lead)
    if len(due) > MOST:
        parts.append(Note(t("See the others with {command}.", command=CommandRef("followup list"))))
    return Reply(tuple(parts))


def _let_go(prompt: Prompt, today: date) -> list[Text]:
    """Say goodbye to who did not answer three tries; not to members who are told nothing, who see it in their list."""
    if not prompt.member.reminders:
        return []
    gone = [lead for lead in leads.due(prompt.tx, prompt.who, today) if lead.clock.reason is DueReason.GOODBYE]
    return [let_go(prompt.tx, prompt.who, lead, prompt.now) for lead in gone]


SCHEDULE = MemberSchedule(FOLLOWUPS, compose, lambda prompt: _today(prompt).isoformat(), timedelta(days=400))
