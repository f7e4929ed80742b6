"""The rule for a value that names a lead: by its id, or by what the member types."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.ids import LeadId
from bot.domain.lead import Lead
from bot.engine.call import Call
from bot.engine.errors import BotError, NotFound, NotNow, not_found
from bot.engine.refs import NamedThing, Ref
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

    def things(self, call: Call) -> Sequence[NamedThing]:
        """List the member's own leads."""
        named_leads = leads.names(call.tx, call.who, open_only=self.open_only)
        return [NamedThing(lead.id, lead.name, lead.organisation) for lead in named_leads]

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
        # Buttons carry the id, people type a name.
        lead = leads.find(call.tx, call.who, LeadId(raw))
        if lead is None:
            lead = own_lead(call, LeadId(self._id_of_typed(call, raw)))
        return (still_open(call, lead) if self.open_only else lead).id

    def words(self, call: Call, raw: str) -> str:
        """Return the name of the lead with this id; what is no id is returned as it is."""
        lead = leads.find(call.tx, call.who, LeadId(raw))
        return raw if lead is None else lead.name

    def _id_of_typed(self, call: Call, raw: str) -> str:
        """Find the id of the lead that was typed.

        Closed leads are searched last: the caller can then say that the lead is closed, and not that there is none.
        """
        try:
            return Ref.read(self, call, raw)
        except NotFound:
            if not self.open_only:
                raise
            return Ref.read(replace(self, open_only=False), call, raw)


def own_lead(call: Call, lead_id: LeadId) -> Lead:
    """Read one of the member's own leads.

    Raises:
        NotFound: it is not there, or is not theirs.
    """
    lead = leads.find(call.tx, call.who, lead_id)
    if lead is None:
        raise not_found(LeadRef.what)
    return lead
