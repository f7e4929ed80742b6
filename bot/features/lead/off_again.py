"""The command that takes a person off the list who was just added, without losing what was typed."""

from datetime import timedelta
from typing import Annotated

from bot.domain.ids import LeadId
from bot.domain.lead import Lead
from bot.engine.call import Call
from bot.engine.drafts import again
from bot.engine.errors import NotNow
from bot.engine.rules import RowId
from bot.features.people import own_lead, person
from bot.features.registry import action, refer_to
from bot.features.week import stays_note
from bot.store import events, leads
from bot.ui.reply import Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, UserText

LEAD_ADD = refer_to("lead add")

UNDO_WITHIN = timedelta(days=1)
"""How long somebody who was added can be taken off again."""


@action("lead take-back", lasts=UNDO_WITHIN, takes_back=True)
def take_back(call: Call, *, lead: Annotated[LeadId, RowId(label=t("Person"))]) -> Reply:
    """Take a person off the list who was just added, within a day."""
    added = own_lead(call, lead)
    # Notes can only have been written since.
    if call.now - added.added > UNDO_WITHIN or added.notes or not leads.drop(call.tx, call.who, lead):
        raise NotNow(
            t("{name} stays on your list, because you did more with them since.", name=UserText(added.name)),
            t("You can stop with {close}.", close=CommandRef("lead close")),
        )
    event = events.undo_lead(call.tx, call.who, lead)
    return reply(
        t("{person} is off your list again.", person=person(added)),
        stays_note(call, event.week, event.at) if event is not None else None,
        buttons(
            again(call, LEAD_ADD.command, t("Add them again"), _typed(added)),
            LEAD_ADD.button(call.stamp, t("Add a person")),
        ),
    )


def _typed(lead: Lead) -> dict[str, object]:
    """Give what was typed of a lead, so that nothing of it is lost."""
    source: dict[str, object] = {"source": lead.source} if lead.source is not None else {}
    return {
        "name": lead.name,
        "organisation": lead.organisation,
        "why": lead.why,
        "knows_term": lead.knows_term,
        **source,
    }
