"""The buttons that go on with a person, the likeliest first; and what is said when a button's reason has passed."""

from bot.core.asking import due_fields
from bot.core.call import Call
from bot.core.links import link
from bot.core.wording import STAGES
from bot.domain.lead import Lead, Stage
from bot.store import asks
from bot.ui.button import Button, Style
from bot.ui.reply import Note, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import UserText

STEPS: dict[Stage, list[tuple[str, Text]]] = {
    Stage.REPLIED: [("meeting plan", t("Plan a meeting"))],
    Stage.MEETING: [
        ("meeting log", t("We met")),
        ("meeting prep", t("Prepare the talk")),
        ("meeting plan", t("Change the time")),
        ("meeting cancel", t("Cancel the talk")),
    ],
    Stage.MET: [("meeting log", t("We met again")), ("meeting plan", t("Plan a meeting"))],
    Stage.IN_TOUCH: [("meeting plan", t("Plan a meeting"))],
    Stage.CLOSED: [("lead reopen", t("Open again"))],
}


def next_buttons(call: Call, lead: Lead) -> list[Button]:
    """Make the buttons for a person's stage."""
    if lead.stage in {Stage.NEW, Stage.ASKED, Stage.REPLIED}:
        return _about_asks(call, lead)
    return _steps(call, lead)


def _steps(call: Call, lead: Lead) -> list[Button]:
    return [link(call.stamp, name, label, lead=lead.id) for name, label in STEPS[lead.stage]]


def _about_asks(call: Call, lead: Lead) -> list[Button]:
    """Make the buttons while asks go to and fro; an answer can be told while the last ask has none."""
    known = asks.to_lead(call.tx, call.who, lead.id)
    answered = [answered_button(call, lead)] if known and known[-1].replied is None else []
    if lead.stage is Stage.REPLIED:
        return [*answered, *_steps(call, lead)]
    return [*answered, told_button(call, lead, t("I asked again") if known else t("I asked them"))]


def told_button(call: Call, lead: Lead, label: Text, style: Style = Style.PLAIN, **values: object) -> Button:
    """Make the button that tells of the next message to a person; it does nothing once that is told or they answered."""
    number = len(asks.to_lead(call.tx, call.who, lead.id)) + 1
    return link(call.stamp, "ask told", label, style, lead=lead.id, number=number, stage=lead.stage, **values)


def answered_button(call: Call, lead: Lead) -> Button:
    """Make the button that tells that a person answered."""
    return link(call.stamp, "ask answered", t("They answered"), lead=lead.id)


def as_it_is(call: Call, lead: Lead) -> Reply:
    """Say where a person stands, for a button whose reason has passed."""
    return reply(
        t("{name}: {stage}.", name=UserText(lead.name), stage=STAGES[lead.stage]),
        due_fields(lead),
        Note(t("This button was for an earlier step. Nothing changed now.")),
        buttons(*next_buttons(call, lead)),
    )
