"""The buttons that go on with a person, the likeliest first."""

from bot.core.call import Call
from bot.core.links import link
from bot.domain.lead import Lead, Stage
from bot.ui.button import Button
from bot.ui.text import Text, t

STEPS: dict[Stage, list[tuple[str, Text]]] = {
    Stage.NEW: [("ask sent", t("I asked them"))],
    Stage.ASKED: [("ask replied", t("They answered")), ("ask sent", t("I asked again"))],
    Stage.REPLIED: [("meeting plan", t("Plan a meeting"))],
    Stage.MEETING: [
        ("meeting log", t("We met")),
        ("meeting prep", t("Prepare the talk")),
        ("meeting plan", t("Change the time")),
        ("meeting cancel", t("It is off")),
    ],
    Stage.MET: [("meeting log", t("We met again")), ("meeting plan", t("Plan a meeting"))],
    Stage.IN_TOUCH: [("meeting plan", t("Plan a meeting"))],
    Stage.CLOSED: [("lead reopen", t("Open again"))],
}


def next_buttons(call: Call, lead: Lead) -> list[Button]:
    """Make the buttons for a person's stage."""
    return [link(call.stamp, name, label, lead=lead.id) for name, label in STEPS[lead.stage]]
