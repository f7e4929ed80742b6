"""Every morning: one private message at most, with everything that is due to a person on the member's list."""

from dataclasses import replace
from datetime import date, timedelta

from bot.core.agenda import FOLLOWUPS, plan_followups, zone_of
from bot.core.links import link
from bot.core.wording import due_sentence
from bot.domain.lead import CloseReason, DueReason, Lead, Stage, closed
from bot.domain.week import Week
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.store import leads, members
from bot.ui.button import Style
from bot.ui.reply import Buttons, Heading, Note, Paragraph, Part, Reply, buttons
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, UserText

MOST = 5
"""Leads shown with buttons in one message; the rest are counted."""


def _today(prompt: Prompt) -> date:
    return prompt.now.astimezone(zone_of(prompt.community, prompt.member)).date()


def compose(prompt: Prompt) -> Reply | None:
    """Bundle what is due today, saying why; leads that never answered are let go first, kindly."""
    today = _today(prompt)
    if members.is_paused(prompt.tx, prompt.who, Week.of(today)):
        plan_followups(prompt.tx, prompt.community, prompt.member, prompt.now)
        return None
    gone = _let_go(prompt, today)
    due = leads.due(prompt.tx, prompt.who, today)
    plan_followups(prompt.tx, prompt.community, prompt.member, prompt.now)
    if not (due or gone) or not prompt.member.reminders:
        return None
    parts: list[Part] = [Heading(tn("{n} thing for today", "{n} things for today", len(due) + len(gone)))]
    parts += [Paragraph(_goodbye(prompt, lead)) for lead in gone]
    for lead in due[:MOST]:
        parts += [Paragraph(due_sentence(lead)), _row(prompt, lead)]
    if len(due) > MOST:
        parts.append(Note(t("See the others with {command}.", command=CommandRef("lead list"))))
    return Reply(tuple(parts))


def _let_go(prompt: Prompt, today: date) -> list[Lead]:
    """Close the leads that did not answer three tries.

    Rule: after the third unanswered try the lead closes kindly.
    """
    gone = [lead for lead in leads.due(prompt.tx, prompt.who, today) if lead.clock.reason is DueReason.GOODBYE]
    for lead in gone:
        done = replace(lead, clock=closed(lead.clock), closed=prompt.now, close_reason=CloseReason.NO_ANSWER)
        leads.save(prompt.tx, prompt.who, done, prompt.now)
    return gone


def _goodbye(prompt: Prompt, lead: Lead) -> Text:
    """Say goodbye to a lead, and name the next one with who gave it."""
    waiting = leads.choices(prompt.tx, prompt.who, open_only=True)
    following = next((other for other in waiting if other.stage is Stage.NEW), None)
    if following is None:
        return t(
            "{name} did not answer three times. Hello, goodbye. Add a new name with {add}.",
            name=UserText(lead.name),
            add=CommandRef("lead add"),
        )
    source = leads.find(prompt.tx, prompt.who, following.source) if following.source else None
    if source is None:
        return t(
            "{name}: hello, goodbye. Your next name: {new}.", name=UserText(lead.name), new=UserText(following.name)
        )
    return t(
        "{name}: hello, goodbye. Your next name: {new}, from {source}.",
        name=UserText(lead.name),
        new=UserText(following.name),
        source=UserText(source.name),
    )


def _row(prompt: Prompt, lead: Lead) -> Buttons:
    return buttons(
        link(prompt.stamp, "followup did", t("Done"), Style.MAIN, lead=lead.id),
        link(prompt.stamp, "followup later", t("Later"), lead=lead.id),
        link(prompt.stamp, "followup stop", t("Stop reminders"), lead=lead.id),
    )


SCHEDULE = MemberSchedule(FOLLOWUPS, compose, lambda prompt: _today(prompt).isoformat(), timedelta(days=400))
