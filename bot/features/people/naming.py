"""Names of people on a member's list, with who gave them."""

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
    """List a person of the member's, who gave their name, and so on back."""
    return chain(lead, lambda giver: leads.find(tx, who, giver))


def from_whom(tx: Tx, who: Who, lead: Lead) -> Text | None:
    """Say who gave a name, and who gave that one, such as "Daniel, from Rosa"; nothing when nobody did."""
    givers = chain_of(tx, who, lead)[1:] if lead.source is not None else []
    said: Text | None = None
    for giver in reversed(givers):
        name = UserText(giver.name)
        said = t("{name}", name=name) if said is None else t("{name}, from {source}", name=name, source=said)
    return said
