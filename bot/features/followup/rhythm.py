"""How often a member wants to say hello to each person."""

from typing import Annotated

from bot.domain.ids import LeadId
from bot.domain.lead import HelloInterval, Stage, in_rhythm
from bot.engine.call import Call
from bot.engine.holidays import days_off
from bot.engine.rules import Choice
from bot.features.people import EVERY, LeadRef, due_fields, own_lead
from bot.features.registry import command, refer_to
from bot.store import leads
from bot.ui.reply import Note, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import UserText

LEAD_SHOW = refer_to("lead show")


@command("followup rhythm", form=t("Keep in touch"), example='/followup rhythm lead:"dana" rhythm:two-weeks')
def keep_rhythm(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("Person"))],
    rhythm: Annotated[HelloInterval, Choice(label=t("Say hello"), of=EVERY)],
) -> Reply:
    """Choose how often you want to say hello to a person."""
    after = in_rhythm(own_lead(call, lead), rhythm, call.today, days_off(call.community.holidays))
    leads.save(call.tx, call.who, after, call.now)
    met = after.stage in {Stage.MET, Stage.IN_TOUCH}
    return reply(
        t("Good. You say hello to {name} {every}.", name=UserText(after.name), every=EVERY[rhythm]),
        due_fields(after),
        None if met else Note(t("It begins when you have met.")),
        buttons(LEAD_SHOW.button(call.stamp, t("Show this person"), lead=lead)),
    )
