"""What is due to people on a member's list: its sentence, its buttons, and the kind goodbye after three tries."""

from dataclasses import replace
from datetime import datetime

from bot.core.call import Stamp
from bot.core.calling_off import call_off
from bot.core.links import link
from bot.core.naming import from_whom
from bot.core.wording import due_sentence
from bot.domain.ids import Who
from bot.domain.lead import CloseReason, DueReason, Lead, Stage, closed
from bot.store import leads
from bot.store.database import Tx
from bot.ui.button import Button, Style
from bot.ui.reply import Paragraph, Part, buttons
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, UserText

DONE = t("Done")


def due_parts(stamp: Stamp, lead: Lead) -> tuple[Part, ...]:
    """Say what is due to a person and why, with its buttons."""
    later = link(stamp, "followup snooze", t("Later"), lead=lead.id)
    stop = link(stamp, "followup off", t("Stop reminders"), lead=lead.id)
    return (Paragraph(due_sentence(lead)), buttons(*due_buttons(stamp, lead), later, stop))


def due_buttons(stamp: Stamp, lead: Lead, label: Text = DONE) -> list[Button]:
    """Make the button that says it is done, and a draft where there is one."""
    label = t("Let them go") if lead.clock.reason is DueReason.GOODBYE else label
    done = link(stamp, "followup done", label, Style.MAIN, lead=lead.id)
    if lead.clock.reason is DueReason.THANK_YOU:
        return [done, link(stamp, "followup thanks", t("Draft a thank-you"), lead=lead.id)]
    return [done]


def let_go(tx: Tx, who: Who, lead: Lead, now: datetime) -> Text:
    """Close a person who did not answer three times, and say the kind goodbye with the next name.

    Rule: after the third unanswered try the lead closes kindly.
    """
    done = replace(lead, clock=closed(lead.clock), closed=now, close_reason=CloseReason.NO_ANSWER)
    leads.save(tx, who, done, now)
    call_off(tx, who, lead.id)
    return t("{name} did not answer. {goodbye}", name=UserText(lead.name), goodbye=_goodbye(tx, who))


def _goodbye(tx: Tx, who: Who) -> Text:
    fresh = [lead for lead in leads.choices(tx, who, open_only=True) if lead.stage is Stage.NEW]
    following = min(fresh, key=lambda lead: (lead.added, lead.id), default=None)
    if following is None:
        return t("Hello, goodbye. Add a new name with {add}.", add=CommandRef("lead add"))
    source = from_whom(tx, who, following)
    if source is None:
        return t("Hello, goodbye. Your next name: {new}.", new=UserText(following.name))
    return t("Hello, goodbye. Your next name: {new}, from {source}.", new=UserText(following.name), source=source)
