"""The buttons for the next step with a lead, the likeliest first, and the reply to a button that is out of date."""

from bot.domain.lead import Lead, Stage
from bot.engine.call import Call
from bot.engine.registry import Reference
from bot.features.people.asking import due_fields
from bot.features.people.wording import STAGES
from bot.features.registry import refer_to
from bot.store import asks
from bot.ui.button import Button, Style
from bot.ui.reply import Note, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import UserText

LEAD_REOPEN = refer_to("lead reopen")
MEETING_CANCEL = refer_to("meeting cancel")
MEETING_LOG = refer_to("meeting log")
MEETING_PLAN = refer_to("meeting plan")
MEETING_PREP = refer_to("meeting prep")
ASK_ANSWERED = refer_to("ask answered")
ASK_TOLD = refer_to("ask told")

STEPS: dict[Stage, list[tuple[Reference, Text]]] = {
    Stage.REPLIED: [(MEETING_PLAN, t("Plan a meeting"))],
    Stage.MEETING: [
        (MEETING_LOG, t("We met")),
        (MEETING_PREP, t("Prepare the talk")),
        (MEETING_PLAN, t("Change the time")),
        (MEETING_CANCEL, t("Cancel the talk")),
    ],
    Stage.MET: [(MEETING_LOG, t("We met again")), (MEETING_PLAN, t("Plan a meeting"))],
    Stage.IN_TOUCH: [(MEETING_PLAN, t("Plan a meeting"))],
    Stage.CLOSED: [(LEAD_REOPEN, t("Open again"))],
}


def next_buttons(call: Call, lead: Lead) -> list[Button]:
    """Make the buttons for a lead's stage."""
    if lead.stage in {Stage.NEW, Stage.ASKED, Stage.REPLIED}:
        return _about_asks(call, lead)
    return _steps(call, lead)


def _steps(call: Call, lead: Lead) -> list[Button]:
    return [step.button(call.stamp, label, lead=lead.id) for step, label in STEPS[lead.stage]]


def _about_asks(call: Call, lead: Lead) -> list[Button]:
    """Make the buttons before a meeting is planned; "They answered" is shown while the last ask has no answer."""
    sent = asks.to_lead(call.tx, call.who, lead.id)
    answered = [answered_button(call, lead)] if sent and sent[-1].replied is None else []
    if lead.stage is Stage.REPLIED:
        return [*answered, *_steps(call, lead)]
    return [*answered, told_button(call, lead, t("I asked again") if sent else t("I asked them"), asked=len(sent))]


def told_button(
    call: Call, lead: Lead, label: Text, style: Style = Style.PLAIN, asked: int | None = None, **values: object
) -> Button:
    """Make the button that logs the next message to a lead; it changes nothing once that is logged or answered.

    `asked` says how many messages there were, where that is known.
    """
    if asked is None:
        asked = len(asks.to_lead(call.tx, call.who, lead.id))
    # The number and the stage let the handler see that the button was made for an earlier step.
    return ASK_TOLD.button(call.stamp, label, style, lead=lead.id, number=asked + 1, stage=lead.stage, **values)


def answered_button(call: Call, lead: Lead) -> Button:
    """Make the button that logs that a lead answered."""
    return ASK_ANSWERED.button(call.stamp, t("They answered"), lead=lead.id)


def as_it_is(call: Call, lead: Lead) -> Reply:
    """Say at which stage a lead is, for a press of a button that is out of date."""
    return reply(
        t("{name}: {stage}.", name=UserText(lead.name), stage=STAGES[lead.stage]),
        due_fields(lead),
        Note(t("This button was for an earlier step. Nothing changed now.")),
        buttons(*next_buttons(call, lead)),
    )
