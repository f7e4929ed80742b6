"""Every morning: one private message at most, with everything that is due to a person on the member's list."""

from datetime import date, timedelta

from bot.core.agenda import FOLLOWUPS, plan_followups, zone_of
from bot.core.links import link
from bot.core.wording import due_sentence
from bot.domain.lead import Lead
from bot.domain.week import Week
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.store import leads, members
from bot.ui.button import Style
from bot.ui.reply import Buttons, Heading, Note, Paragraph, Part, Reply, buttons
from bot.ui.text import t, tn
from bot.ui.values import CommandRef

MOST = 5
"""Leads shown with buttons in one message; the rest are counted."""


def _today(prompt: Prompt) -> date:
    return prompt.now.astimezone(zone_of(prompt.community, prompt.member)).date()


def compose(prompt: Prompt) -> Reply | None:
    """Bundle what is due today, saying why, and put the next day on the agenda."""
    today = _today(prompt)
    due = leads.due(prompt.tx, prompt.who, today)
    tomorrow = today + timedelta(days=1)
    later = leads.earliest_due(prompt.tx, prompt.who, after=today)
    following = tomorrow if len(due) > MOST else later
    plan_followups(prompt.tx, prompt.community, prompt.member, following)
    if not due or not prompt.member.reminders or members.is_paused(prompt.tx, prompt.who, _week(prompt)):
        return None
    parts: list[Part] = [Heading(tn("{n} thing for today", "{n} things for today", len(due)))]
    for lead in due[:MOST]:
        parts += [Paragraph(due_sentence(lead)), _row(prompt, lead)]
    if len(due) > MOST:
        parts.append(Note(t("See the others with {command}.", command=CommandRef("lead list"))))
    return Reply(tuple(parts))


def _row(prompt: Prompt, lead: Lead) -> Buttons:
    return buttons(
        link(prompt.stamp, "followup did", t("Done"), Style.MAIN, lead=lead.id),
        link(prompt.stamp, "followup later", t("Later"), lead=lead.id),
        link(prompt.stamp, "followup stop", t("Stop reminders"), lead=lead.id),
    )


def _week(prompt: Prompt) -> Week:
    return Week.at(prompt.now, prompt.community.tz)


SCHEDULE = MemberSchedule(FOLLOWUPS, compose, lambda prompt: _today(prompt).isoformat(), timedelta(days=400))
