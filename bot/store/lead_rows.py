"""How a lead is kept in its row: what is plain, and what is sealed."""

from typing import Any

from bot.domain.ids import Who
from bot.domain.lead import CloseReason, DueReason, FollowUpClock, HelloInterval, KnowsTerm, Lead, Stage
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.types import Sealed

BETWEEN_TAGS = ", "
"""Between two words of a member for a lead; none of them has a comma in it."""


def sealed(tx: Tx, who: Who, lead: Lead) -> Sealed:
    """Seal the texts of a lead."""
    texts = {
        "name": lead.name,
        "organisation": lead.organisation,
        "why": lead.why,
        "notes": lead.notes or None,
        "before": lead.before,
        "tags": BETWEEN_TAGS.join(lead.tags) or None,
    }
    return seal(tx, "leads", who.community, lead.id, texts)


def read(tx: Tx, row: Any) -> Lead:
    """Read a lead from its row."""
    texts = unseal(tx, row.private, row.community_id, row.id)
    return Lead(
        id=row.id,
        name=texts["name"],
        organisation=texts["organisation"],
        why=texts["why"],
        clock=FollowUpClock(Stage(row.stage), row.tries, row.due_on, row.due_reason and DueReason(row.due_reason)),
        added=row.added_at,
        knows_term=KnowsTerm(row.knows_term),
        source=row.source_id,
        notes=texts.get("notes", ""),
        closed=row.closed_at,
        close_reason=row.close_reason and CloseReason(row.close_reason),
        touched=row.touched_at,
        before=texts.get("before"),
        every=HelloInterval(row.every or HelloInterval.MONTH),
        tags=tuple(texts["tags"].split(BETWEEN_TAGS)) if "tags" in texts else (),
    )
