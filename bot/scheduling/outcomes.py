"""The outcome of a request to post or to look up: never an exception, and as fields for the log."""

from collections.abc import Awaitable

from bot.engine.messenger import Outcome, Posted, PutOff, Refused, Unknown

_WORDS: dict[type[Outcome], str] = {Posted: "posted", Refused: "refused", PutOff: "put off", Unknown: "unknown"}


async def attempt(action: str, asking: Awaitable[Outcome]) -> Outcome:
    """Await a request to a platform; an exception becomes `Unknown`, as nobody can tell what was done."""
    try:
        return await asking
    except Exception as error:  # noqa: BLE001 - whatever happened, nobody knows whether the post is there
        return Unknown(f"{action}: {type(error).__name__}")


def is_absent(outcome: Outcome) -> bool:
    """Tell whether a look found that a post is surely not there."""
    return isinstance(outcome, Refused) and outcome.reason == "absent"


def word(outcome: Outcome) -> str:
    """Name the outcome in a word for the log and the metrics."""
    return _WORDS[type(outcome)]


def log_fields(outcome: Outcome) -> dict[str, str | float]:
    """Give the outcome of a request as fields of a log record."""
    fields: dict[str, str | float] = {"outcome": word(outcome)}
    match outcome:
        case Posted():
            return fields
        case Refused():
            return {**fields, "reason": outcome.reason}
        case PutOff():
            return {**fields, "reason": outcome.why, "seconds": outcome.after.total_seconds()}
        case Unknown():
            return {**fields, "tried": outcome.tried}
