"""What became of a try to post or to look: named for the log, and never without a try."""

from collections.abc import Awaitable
from datetime import timedelta

from bot.engine.messenger import Outcome, Posted, PutOff, Refused, Unknown

LEASE = timedelta(seconds=120)
"""Longer than any platform's time-out, so that a post still under way is not taken for lost."""

_WORDS: dict[type[Outcome], str] = {Posted: "posted", Refused: "refused", PutOff: "put off", Unknown: "unknown"}


async def tried(what: str, asking: Awaitable[Outcome]) -> Outcome:
    """Ask a platform for something; when that fails in any way, nobody can tell what was done."""
    try:
        return await asking
    except Exception as error:  # noqa: BLE001 - whatever happened, nobody knows whether the post is there
        return Unknown(f"{what}: {type(error).__name__}")


def is_absent(outcome: Outcome) -> bool:
    """Tell whether a look found that a post is surely not there."""
    return isinstance(outcome, Refused) and outcome.reason == "absent"


def word(outcome: Outcome) -> str:
    """Say in a word what came of a try."""
    return _WORDS[type(outcome)]


def named(outcome: Outcome) -> dict[str, str | float]:
    """Say for the log what came of a try, and what was tried."""
    told: dict[str, str | float] = {"outcome": word(outcome)}
    match outcome:
        case Posted():
            return told
        case Refused():
            return {**told, "reason": outcome.reason}
        case PutOff():
            return {**told, "reason": outcome.why, "seconds": outcome.after.total_seconds()}
        case Unknown():
            return {**told, "tried": outcome.tried}
