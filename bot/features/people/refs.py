"""A value that names a person on the member's list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.ids import LeadId
from bot.domain.lead import Lead
from bot.engine.call import Call
from bot.engine.errors import BotError, NotFound, NotNow, not_found
from bot.engine.refs import Ref, Thing
from bot.features.people.reopening import ALL_CLOSED, WHAT_THEN, after_all_closed, still_open
from bot.features.registry import refer_to
from bot.store import leads
from bot.ui.button import Style
from bot.ui.text import t

LEAD_ADD = refer_to("lead add")
LEAD_LIST = refer_to("lead list")


@dataclass(frozen=True, kw_only=True)
class LeadRef(Ref):
    """One of the member's own leads."""

    open_only: bool = True
    subject = True
    what = t("this person on your list")

    def things(self, call: Call) -> Sequence[Thing]:
        """List the member's own leads."""
        found = leads.names(call.tx, call.who, open_only=self.open_only)
        return [Thing(lead.id, lead.name, lead.organisation) for lead in found]

    def nothing(self, call: Call) -> BotError | None:
        """Say that the list is empty, or that nobody on it is open."""
        if not leads.some(call.tx, call.who):
            return NotNow(
                t("Your list is empty."),
                t("First add the person you want to talk with."),
                (LEAD_ADD.button(call.stamp, t("Add a person"), Style.MAIN),),
            )
        return None if self.things(call) else NotNow(ALL_CLOSED, WHAT_THEN, after_all_closed(call))

    def read(self, call: Call, raw: str) -> str:
        """Find the lead by its id or its name, and say so when it is closed.

        Raises:
            NotFound: nothing fits.
            NotNow: the lead that is named is closed.
            Doubtful: several leads fit.
        """
        found = leads.find(call.tx, call.who, LeadId(raw))
        if found is None:
            found = own_lead(call, LeadId(self._named(call, raw)))
        return (still_open(call, found) if self.open_only else found).id

    def words(self, call: Call, raw: str) -> str:
        """Give the name of a lead that a button named, such as one who was closed since."""
        found = leads.find(call.tx, call.who, LeadId(raw))
        return raw if found is None else found.name

    def _named(self, call: Call, raw: str) -> str:
        """Find the lead by what was typed: among those that can be meant, else among all, so that it can be said."""
        try:
            return Ref.read(self, call, raw)
        except NotFound:
            if not self.open_only:
                raise
            return Ref.read(replace(self, open_only=False), call, raw)


def own_lead(call: Call, lead: LeadId) -> Lead:
    """Read one of the member's own leads.

    Raises:
        NotFound: it is not there, or is not theirs.
    """
    found = leads.find(call.tx, call.who, lead)
    if found is None:
        raise not_found(LeadRef.what)
    return found
