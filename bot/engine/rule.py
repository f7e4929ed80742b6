"""What every kind of value has: what it is, how it is read, written, offered and carried."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from bot.engine.errors import BadValue, BotError
from bot.engine.tokens import can_carry
from bot.ui.text import Text

if TYPE_CHECKING:
    from bot.engine.call import Call

T = TypeVar("T")


class Kind(StrEnum):
    """What a value is, and so how a platform asks for it; adapters look at nothing else of a rule."""

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    YES_NO = "yes-no"
    CHOICE = "choice"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    REF = "ref"
    CHANNEL = "channel"
    PERSON = "person"
    FILE = "file"
    """A file that the person brings; the value is the platform's own name for it, and what is in it comes beside."""
    ID = "id"
    """A stored row by its random id: only buttons carry it, and no form asks for it."""

    @property
    def is_named(self) -> bool:
        """Whether the platform names it by an id of its own, as it does people and channels."""
        return self in {Kind.CHANNEL, Kind.PERSON}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One value a person may pick: what is shown, and what is sent."""

    label: str
    value: str


@dataclass
class Doubtful(BadValue):
    """A value that could mean several things; `options` are the raw values with what each means."""

    options: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule(ABC, Generic[T]):
    """How one parameter is asked for, read and written."""

    label: Text
    hint: Text | None = None
    typing: Text | None = None
    """How to write it, for where it is typed and not picked."""
    no_contacts: bool = False
    """Whether e-mail addresses and telephone numbers are not kept, because they are an outsider's."""
    asked: bool = True
    """Whether a form asks for it by itself; at most five of a command's parameters are asked."""

    carried: bool = True
    """Whether a button may carry it, where a token has room for only so much; without it, a form keeps it aside."""

    kind: ClassVar[Kind]
    reads: ClassVar[type]
    subject: ClassVar[bool] = False
    """Whether it names the row a form is about, so that its value alone still opens the form."""
    narrows: ClassVar[bool] = False
    """Whether its value may name the one parameter that the form asks for."""
    _width: ClassVar[int | None] = None

    @abstractmethod
    def read(self, call: "Call", raw: str) -> T:
        """Understand what was typed, or raise an error that says what to type instead."""

    def write(self, value: T) -> str:
        """Write a value so that `read` gives it back."""
        return str(value)

    def choices(self) -> tuple[tuple[str, Text], ...]:
        """List what can be chosen, when it is a short fixed list."""
        return ()

    def offers(self, call: "Call") -> tuple[Suggestion, ...]:
        """List everything a form can offer this person to choose from; nothing when it is too much for a list."""
        return ()

    def suggest(self, call: "Call", typed: str) -> tuple[Suggestion, ...]:
        """Offer values that fit what has been typed so far, at most 25."""
        return ()

    def stands(self, call: "Call", raw: str) -> Suggestion | None:
        """Give the list entry that a value names; None when the value is shown as it was typed."""
        return None

    def words(self, call: "Call", raw: str) -> str:
        """Give a refused value as text that a person can read and edit; never an id."""
        return raw

    def nothing(self, call: "Call") -> BotError | None:
        """Say what to do first, when this person has nothing to choose from."""
        return None

    def narrows_to(self, raw: str) -> str | None:
        """Name the one parameter that the form asks for; None when it asks for all."""
        return None

    def recognises(self, words: str) -> bool:
        """Tell whether words that were given without a name certainly are such a value; words before them then are not."""
        return False

    @property
    def limit(self) -> int | None:
        """The most characters a person may type, where there is a limit."""
        return None

    @property
    def bounds(self) -> tuple[int, int] | None:
        """The least and the greatest number, where it is one."""
        return None

    @property
    def width(self) -> int | None:
        """The most characters its value takes in a token; None when a token cannot carry it."""
        return self._width

    def fits(self, value: T) -> bool:
        """Tell whether a token can carry this value."""
        written = self.write(value)
        return self.width is not None and len(written) <= self.width and can_carry(written)
