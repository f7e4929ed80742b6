"""What a check of the operator's found: how it stands, what was seen, and how to mend it. Never a secret or a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.ui.text import Text


class Standing(IntEnum):
    """How a thing stands; the worst one is how the whole stands, and how the program ends."""

    OK = 0
    WARN = 1
    FAIL = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    """The word it is known by, such as "database"."""
    standing: Standing
    seen: Text
    mend: Text | None = None


def ok(check: str, seen: Text) -> Finding:
    """Say that a thing is as it should be."""
    return Finding(check, Standing.OK, seen)


def warn(check: str, seen: Text, mend: Text) -> Finding:
    """Say that a thing works, and should be mended soon."""
    return Finding(check, Standing.WARN, seen, mend)


def fail(check: str, seen: Text, mend: Text) -> Finding:
    """Say that a thing does not work."""
    return Finding(check, Standing.FAIL, seen, mend)


def worst(found: Iterable[Finding]) -> Standing:
    """Tell how a whole stands."""
    return max((each.standing for each in found), default=Standing.OK)
