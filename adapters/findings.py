"""The results of the operator's checks: how a thing stands, what was seen, how to mend it. Never a secret or a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.ui.text import Text


class Severity(IntEnum):
    """How a thing stands, in rising order; the worst one is the exit code of the program."""

    OK = 0
    WARN = 1
    FAIL = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    """The word it is known by, such as "database"."""
    standing: Severity
    seen: Text
    mend: Text | None = None


def ok(check: str, seen: Text) -> Finding:
    """Say that a thing is as it should be."""
    return Finding(check, Severity.OK, seen)


def warn(check: str, seen: Text, mend: Text) -> Finding:
    """Say that a thing works, and should be mended soon."""
    return Finding(check, Severity.WARN, seen, mend)


def fail(check: str, seen: Text, mend: Text) -> Finding:
    """Say that a thing does not work."""
    return Finding(check, Severity.FAIL, seen, mend)


def worst(findings: Iterable[Finding]) -> Severity:
    """Give the worst standing of some findings; OK when there are none."""
    return max((finding.standing for finding in findings), default=Severity.OK)
