"""The chain of names: who gave whose name, from one person back to the first."""

from collections.abc import Callable
from itertools import pairwise

from bot.domain.ids import LeadId
from bot.domain.lead import Lead

Find = Callable[[LeadId], Lead | None]
"""Looks one person up; so a chain costs as much as it is long, however long the list."""
LONGEST = 1_000
"""Steps after which a chain is not followed any farther."""


def chain(lead: Lead, find: Find) -> list[Lead]:
    """List a person, who gave their name, who gave that name, and so on; a circle is walked once."""
    walked: dict[LeadId, Lead] = {}
    step: Lead | None = lead
    while step is not None and step.id not in walked and len(walked) < LONGEST:
        walked[step.id] = step
        step = find(step.source) if step.source is not None else None
    return list(walked.values())


def makes_circle(lead: LeadId, source: LeadId, find: Find) -> bool:
    """Tell whether naming a source would make somebody give their own name in the end."""
    giver = find(source)
    return giver is None or any(person.id == lead for person in chain(giver, find))


def passed_on(chained: list[Lead]) -> list[tuple[Lead, Lead]]:
    """Pair each person of a chain who gave a name with the one whose name they gave."""
    # A chain goes back in time, so who gave a name stands behind the one they named.
    return [(giver, named) for named, giver in pairwise(chained)]
