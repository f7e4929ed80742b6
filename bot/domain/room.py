"""How much one member may keep."""

from enum import StrEnum

OPEN_PEOPLE = 2_000
PEOPLE = 20_000
TEXT_BYTES = 2_000_000


class Limit(StrEnum):
    """What there is no more room for."""

    OPEN_PEOPLE = "open-people"
    PEOPLE = "people"
    TEXT = "text"
