"""The chain of names: who gave whose name, from one person back to the first."""

from collections.abc import Mapping
from itertools import pairwise

from bot.domain.ids import LeadId
from bot.domain.lead import Lead


def chain(lead: Lead, leads: Mapping[LeadId, Lead]) -> list[Lead]:
    """List a person, who gave their name, who gave that name, and so on; a circle is walked once."""
    found: dict[LeadId, Lead] = {}
    step: Lead | None = lead
    while step is not None and step.id not in found:
        found[step.id] = step
        step = leads.get(step.source) if step.source is not None else None
    return list(found.values())


def makes_circle(lead: LeadId, source: LeadId, leads: Mapping[LeadId, Lead]) -> bool:
    """Tell whether naming a source would make somebody give their own name in the end."""
    return source not in leads or any(each.id == lead for each in chain(leads[source], leads))


def passed_on(chained: list[Lead]) -> list[tuple[Lead, Lead]]:
    """Pair each person of a chain who gave a name with the one whose name they gave."""
    return [(giver, given) for given, giver in pairwise(chained)]
