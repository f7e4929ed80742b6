"""One tree of errors; each carries its stable code and the words that explain it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.ui.button import Button
from bot.ui.text import Text, t


@dataclass
class BotError(Exception):
    """Something a person can do something about; becomes an answer in one place, the dispatcher."""

    message: Text
    advice: Text | None = None
    buttons: tuple[Button, ...] = ()
    for_organisers: "BotError | None" = None
    """What an organiser is told instead, because it speaks of what only they may do."""
    code: ClassVar[str] = "bot-error"
    loses_words: ClassVar[bool] = False
    """Whether nothing was kept of what was typed, although nothing was wrong with it."""


class UnknownCommand(BotError):
    """No command has this name."""

    code = "unknown-command"


class MissingValue(BotError):
    """A value the command needs was not given."""

    code = "missing-value"


class BadValue(BotError):
    """A value could not be understood, or is not possible."""

    code = "bad-value"


class TooLong(BotError):
    """A text is longer than its limit."""

    code = "too-long"


class NotFound(BotError):
    """There is no such thing, or it is not this person's; the two are never told apart."""

    code = "not-found"


class NotAllowed(BotError):
    """Only an organiser may do this."""

    code = "not-allowed"


class NotSetUp(BotError):
    """The community has not been set up yet."""

    code = "not-set-up"


class StaleButton(BotError):
    """A button or form is too old, was made for somebody else, or was not made by this bot."""

    code = "stale-button"


class NotNow(BotError):
    """The rules do not allow this at this moment."""

    code = "not-now"


class ChangeNotSaved(BotError):
    """The store could not keep the change; nothing was changed."""

    code = "not-saved"
    loses_words = True


class TooFast(BotError):
    """Somebody, or their whole community, does more than fits; a little later it goes on."""

    code = "too-fast"
    loses_words = True


class ListFull(BotError):
    """A list is as long as it may be; room must be made first."""

    code = "full"
    loses_words = True


class RecordDamaged(BotError):
    """What was asked for is damaged in the database; trying again does not help."""

    code = "damaged"


class Internal(BotError):
    """A fault of the bot itself; the incident number finds its record in the operator's log."""

    code = "internal"
    loses_words = True


def not_found(what: Text) -> NotFound:
    """Say that a thing is not there; the same for missing and for somebody else's."""
    return NotFound(t("I could not find {what}.", what=what))
