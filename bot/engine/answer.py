"""What comes back from one use of the bot."""

from dataclasses import dataclass, field
from typing import Any

from bot.domain.ids import Who
from bot.engine.command import AnswerPlace, Command
from bot.engine.errors import BotError
from bot.engine.finding import Parsed
from bot.engine.form import Form
from bot.engine.invocation import Request, Visibility
from bot.ui.reply import Reply


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply with the language and visibility to show it in, and the form to open or to show again."""

    reply: Reply
    language: str
    visibility: Visibility = Visibility.PRIVATE
    command: str = ""
    form: Form | None = None
    again: str | None = None
    """The token of a button that opens the form again with what was typed, after values were refused."""
    spot: AnswerPlace = AnswerPlace.BELOW
    """Where it is shown when a button was pressed."""
    by: Who | None = field(default=None, compare=False)
    """The member whose command was carried out; None where nothing was done."""

    @property
    def asks(self) -> bool:
        """Whether it is a form, and not a reply that may offer one again."""
        return self.form is not None and not self.reply.parts

    @property
    def outcome(self) -> str:
        """The error's code, else "form" or "done": one word for logs and counters."""
        return self.reply.error or ("form" if self.form is not None else "done")


@dataclass(frozen=True, slots=True)
class Plan:
    """What an adapter may know before the store is asked: whether a form opens, and who sees the answer."""

    opens_form: bool
    visibility: Visibility = Visibility.PRIVATE
    needs_organiser: bool = False
    """Whether the adapter must ask the platform afresh if the sender is an organiser."""
    request: Request | None = field(default=None, repr=False)
    """The request that this plan was made for."""
    meant: Parsed | BotError | None = field(default=None, repr=False)
    """The parsed command, or the error that parsing raised; kept so that the request is parsed once."""

    @property
    def spot(self) -> AnswerPlace:
        """Where the answer is shown when a button was pressed, unless it is an error."""
        return self.meant.command.spot if isinstance(self.meant, Parsed) else AnswerPlace.BELOW


def answer_of(
    command: Command[Any],
    reply: Reply,
    language: str,
    *,
    form: Form | None = None,
    again: str | None = None,
    by: Who | None = None,
) -> Answer:
    """Give what a command answered, to be shown as the command declares."""
    return Answer(reply, language, command.visibility, command.name, form, again, command.spot, by)
