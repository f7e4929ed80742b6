"""The values that name a lead in forms, and who gave which name."""

from bot.domain.chain import chain
from bot.domain.ids import Who
from bot.domain.lead import Lead
from bot.engine.rules import Line, Lines
from bot.store import leads
from bot.store.database import Tx
from bot.ui.text import Text, t
from bot.ui.values import UserText

NAME = Line(label=t("Name or initials"), most=80, no_contacts=True)
ORGANISATION = Line(label=t("Where they work"), most=80, no_contacts=True)
WHY = Lines(label=t("Why you want to talk with them"), most=300, no_contacts=True)


def chain_of(tx: Tx, who: Who, lead: Lead) -> list[Lead]:
    """List a lead, the lead who gave its name, and so on back to the first one."""
    return chain(lead, lambda giver: leads.find(tx, who, giver))


def from_whom(tx: Tx, who: Who, lead: Lead) -> Text | None:
    """Name the givers of a lead's name, the nearest first, such as "Daniel, from Rosa"; None when nobody gave it."""
    givers = chain_of(tx, who, lead)[1:] if lead.source is not None else []
    source: Text | None = None
    for giver in reversed(givers):
        name = UserText(giver.name)
        source = t("{name}", name=name) if source is None else t("{name}, from {source}", name=name, source=source)
    return source
