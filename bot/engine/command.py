"""A command as declared: one typed function, and what every platform must know of it."""

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, Concatenate, Generic, ParamSpec, TypeAlias

from bot.engine.access import Access
from bot.engine.call import Call, Stamp
from bot.engine.invocation import Visibility
from bot.engine.params import BadDeclaration, Param, read_params
from bot.engine.rule import Kind, Rule
from bot.engine.tokens import code_of
from bot.ui.button import Button, Style
from bot.ui.reply import Reply
from bot.ui.text import Text, t

P = ParamSpec("P")
Handler: TypeAlias = Callable[Concatenate[Call, P], Reply]
Prefill: TypeAlias = Callable[[Call, Mapping[str, object]], Mapping[str, object]]
Hints: TypeAlias = Callable[[Call, Mapping[str, object]], Mapping[str, Text]]


class SecondPress(StrEnum):
    """What a second press of one button does, where the button does something at once and opens no form.

    What is said of a second press that comes right after the first holds always but for ALWAYS: the first answer.
    """

    NEVER = "never"
    """Nothing, and it says so; what may be done again has another button."""
    CHANGED = "changed"
    """What it says, once something else was done: it sets what its words say, or looks first if it is still true."""
    ALWAYS = "always"
    """It looks again."""


class AnswerPlace(StrEnum):
    """Where the answer to a pressed button is shown, on platforms that can change a message that only one person sees."""

    BELOW = "below"
    """In a message of its own."""
    MESSAGE = "message"
    """In the place of the message that the button stands in."""
    ROW = "row"
    """In the place of the row that the button stands in; the other rows of its message stay."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A way to a command's form from a platform's own menus, where it has such menus."""

    name: Text
    about: Text
    takes: str | None = None
    """The value that takes the text of the message it is used on; None where it belongs to no message."""


@dataclass(frozen=True)
class Command(Generic[P]):
    """A command: its name, its handler, and how it is shown."""

    name: str
    handler: Handler[P] = field(repr=False)
    form: Text | None = None
    """The title of the form that asks for what is missing; None when there is no form."""
    prefill: Prefill | None = field(default=None, repr=False)
    """What the form shows at first; with it, the form opens whenever nothing asked was given."""
    stays: bool = False
    """Whether a value that was left out stays as its form shows it; only an emptied field of the form takes it away."""
    hints: Hints | None = field(default=None, repr=False)
    """What the form reminds the member of, beside a question; at most 100 characters each."""
    example: str = ""
    access: Access = Access.MEMBER
    visibility: Visibility = Visibility.PRIVATE
    reads: bool = False
    """Whether it only reads, so that no delivery need be recorded."""
    slow: bool = False
    """Whether it may take seconds, so that only one such answer is made at a time and all others go on beside it."""
    listed: bool = True
    """Whether people can type it; an action of a button is not listed."""
    before_set_up: bool = False
    """Whether it works before an organiser has set the community up."""
    lasts: timedelta = timedelta(days=30)
    """How long its buttons work."""
    again: SecondPress = SecondPress.NEVER
    """What a second press of one of its buttons does."""
    once: bool = False
    """Whether it counts or posts anew each time, so that the same line is asked about when it is typed twice at once."""
    takes_back: bool = False
    """Whether it takes back what was told, so that the same line may be typed again at once."""
    shortcut: Shortcut | None = None
    own_names: Collection[str] = ()
    """Values whose English name means another thing elsewhere, so that the catalogs name them for this command alone."""
    spot: AnswerPlace = AnswerPlace.BELOW
    """Where the answer to one of its buttons is shown, so that buttons that were used do not pile up."""

    def __call__(self, call: Call, *args: P.args, **kwargs: P.kwargs) -> Reply:
        """Run the handler as plain Python."""
        return self.handler(call, *args, **kwargs)

    @cached_property
    def params(self) -> tuple[Param, ...]:
        """The parameters, the required ones first."""
        return read_params(self.handler)

    @cached_property
    def rules(self) -> Mapping[str, Rule[Any]]:
        """The rule of each parameter, by its name."""
        return {param.name: param.rule for param in self.params}

    @cached_property
    def named(self) -> tuple[Param, ...]:
        """The parameters that a person can give by name; an id is nobody's to know."""
        return tuple(param for param in self.params if param.rule.kind is not Kind.ID)

    @cached_property
    def asked(self) -> tuple[Param, ...]:
        """The parameters a form asks for."""
        return tuple(param for param in self.params if param.rule.asked)

    @cached_property
    def carried(self) -> tuple[Param, ...]:
        """The parameters a token can carry."""
        return tuple(param for param in self.params if param.rule.carried and param.rule.width is not None)

    @cached_property
    def _can_carry(self) -> frozenset[str]:
        return frozenset(param.name for param in self.carried)

    @cached_property
    def subject(self) -> Param | None:
        """The parameter that says which thing the command is about, when it is the first one."""
        return next((param for param in self.params[:1] if param.rule.subject), None)

    @cached_property
    def which(self) -> Param | None:
        """The parameter that names the only one its form asks for, where the command is a page of settings."""
        return next((param for param in self.params if param.rule.narrows), None)

    def narrowed(self, raw: Mapping[str, str]) -> Param | None:
        """Find the only parameter that the form asks for; None when it asks for all."""
        name = self.which.rule.narrows_to(raw[self.which.name]) if self.which and self.which.name in raw else None
        return next((param for param in self.params if param.name == name), None)

    @cached_property
    def code(self) -> str:
        """The four characters that name it in tokens."""
        return code_of(self.name)

    @cached_property
    def description(self) -> Text:
        """What it does, in one sentence: the first line of the handler's docstring."""
        lines = (inspect.getdoc(self.handler) or "").splitlines()
        if not lines:
            message = f"/{self.name} has no docstring, which is its description"
            raise BadDeclaration(message)
        return t(lines[0])

    @property
    def family(self) -> str:
        """The first word of its name."""
        return self.name.split()[0]

    def button(self, stamp: Stamp, label: Text, style: Style = Style.PLAIN, **values: object) -> Button:
        """Make a button that does this with these values, or opens the form for what is missing.

        Raises:
            ValueError: a value is unknown, or a token cannot carry it.
        """
        return Button(label, self.token(stamp, self.write(values)), style)

    def write(self, values: Mapping[str, object]) -> dict[str, str]:
        """Write typed values raw, so that reading gives them back; None is left out.

        Raises:
            ValueError: the command has no such value.
        """
        strange = values.keys() - self.rules.keys()
        if strange:
            message = f"/{self.name} has no {', '.join(sorted(strange))}; it has {', '.join(self.rules)}"
            raise ValueError(message)
        return {name: self.rules[name].write(value) for name, value in values.items() if value is not None}

    def token(self, stamp: Stamp, raw: Mapping[str, str]) -> str:
        """Sign what a button or form of this command carries."""
        if not raw:
            return stamp.sign(self.code, ())
        carried = [raw.get(param.name, "") for param in self.carried]
        unable = raw.keys() - self._can_carry
        if unable:
            message = f"/{self.name}: a token cannot carry {', '.join(sorted(unable))}"
            raise ValueError(message)
        while carried and not carried[-1]:
            carried.pop()
        return stamp.sign(self.code, tuple(carried))


AnyCommand: TypeAlias = Command[...]


def own_action(name: str, *, spot: AnswerPlace = AnswerPlace.BELOW) -> Callable[[Handler[P]], Command[P]]:
    """Declare an action of the engine itself, which every product has; it only reads."""

    def declare(handler: Handler[P]) -> Command[P]:
        return Command(name, handler, reads=True, listed=False, before_set_up=True, spot=spot)

    return declare
