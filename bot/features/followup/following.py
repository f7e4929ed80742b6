"""What is due with a lead: its sentence, its buttons, and the kind goodbye after three unanswered messages."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.ids import Who
from bot.domain.lead import CloseReason, DueReason, Lead, Stage, closed, same_thing
from bot.engine.call import Stamp
from bot.features.people import call_off, due_sentence, from_whom
from bot.features.registry import refer_to
from bot.store import leads
from bot.store.database import Tx
from bot.ui.button import Button, Style
from bot.ui.reply import Paragraph, Part, buttons
from bot.ui.text import Text, t
from bot.ui.values import UserText

FOLLOWUP_DID = refer_to("followup did")
FOLLOWUP_LATER = refer_to("followup later")
FOLLOWUP_OFF = refer_to("followup off")
FOLLOWUP_THANKS = refer_to("followup thanks")

DONE = t("Done")
PUT_OFF_AT_MOST = timedelta(days=7)
"""How far a due day can be put off: from one Monday to the next."""


def due_parts(stamp: Stamp, lead: Lead) -> tuple[Part, ...]:
    """Say what is due with a lead and why, with the buttons to do it, put it off or stop the reminders."""
    later = FOLLOWUP_LATER.button(stamp, t("Remind me later"), Style.PLAIN, **_due_step(lead))
    stop = FOLLOWUP_OFF.button(stamp, t("Stop reminders"), lead=lead.id)
    return (Paragraph(due_sentence(lead)), buttons(*due_buttons(stamp, lead), later, stop))


def due_buttons(stamp: Stamp, lead: Lead, label: Text = DONE) -> list[Button]:
    """Make the button that logs the due step, and the one for a draft when a thank-you is due."""
    label = t("Close this person") if lead.clock.reason is DueReason.GOODBYE else label
    did = did_button(stamp, lead, label)
    if lead.clock.reason is DueReason.THANK_YOU:
        return [did, FOLLOWUP_THANKS.button(stamp, t("Draft a thank-you"), lead=lead.id)]
    return [did]


def did_button(stamp: Stamp, lead: Lead, label: Text) -> Button:
    """Make the button that logs that the due step was done; it changes nothing once something else is due."""
    return FOLLOWUP_DID.button(stamp, label, Style.MAIN, **_due_step(lead))


def _due_step(lead: Lead) -> dict[str, object]:
    """Return the values of a button that tell which step it is for; its day is not among them, as it may move."""
    return {"lead": lead.id, "reason": lead.clock.reason, "tries": lead.clock.tries}


def is_due(lead: Lead, reason: DueReason, tries: int, today: date) -> bool:
    """Tell whether the step that a button was made for is still the one that is due, whatever its day is now."""
    clock = lead.clock
    if clock.due is None or (same_thing(clock.reason), clock.tries) != (same_thing(reason), tries):
        return False
    # Of all steps only the monthly hello repeats. One that is due farther away than it can be put off is the next one.
    return reason is not DueReason.KEEP_IN_TOUCH or clock.due <= today + PUT_OFF_AT_MOST


def let_go(tx: Tx, who: Who, lead: Lead, now: datetime) -> Text:
    """Close a lead that did not answer three messages, and return the kind goodbye with the next name.

    Rule: after the third unanswered try the lead closes kindly.
    """
    after = replace(lead, clock=closed(lead.clock), closed=now, close_reason=CloseReason.NO_ANSWER)
    leads.save(tx, who, after, now)
    call_off(tx, who, lead.id)
    return t("{name} did not answer. {goodbye}", name=UserText(lead.name), goodbye=_goodbye(tx, who))


def _goodbye(tx: Tx, who: Who) -> Text:
    not_asked = [lead for lead in leads.choices(tx, who, open_only=True) if lead.stage is Stage.NEW]
    following = min(not_asked, key=lambda lead: (lead.added, lead.id), default=None)
    if following is None:
        return t("You did what you could. A new name is a good next step.")
    source = from_whom(tx, who, following)
    if source is None:
        return t("You did what you could. Your next name: {new}.", new=UserText(following.name))
    return t(
        "You did what you could. Your next name: {new}, from {source}.", new=UserText(following.name), source=source
    )
