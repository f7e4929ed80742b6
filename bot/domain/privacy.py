"""The floor under every figure about others: it is of at least five people, or it is not said."""

FEWEST_PEOPLE = 5
"""Rule: never a figure that could single out a person."""


def may_be_told(people: int) -> bool:
    """Tell whether a figure about this many people may be said."""
    return people >= FEWEST_PEOPLE
