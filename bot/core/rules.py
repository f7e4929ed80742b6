"""The kinds of values a command can ask for: each reads what was typed and writes it back."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from bot.core.clean import clean, length, looks_like_secret
from bot.core.contacts import has_contact
from bot.core.echo import echo
from bot.core.errors import BadValue, TooLong
from bot.core.matching import pick
from bot.core.numbers import read_number, read_yes_no
from bot.core.tokens import can_carry
from bot.ui.text import Text, t
from bot.ui.values import Count, Together

if TYPE_CHECKING:
    from bot.core.call import Call

T = TypeVar("T")


class Kind(StrEnum):
    """How a platform asks for a value."""

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    MOMENT = "moment"
    REF = "ref"
    CHANNEL = "channel"


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
    asked: bool = True
    """Whether a form asks for it; at most five of a command's parameters are asked."""

    kind: ClassVar[Kind]
    reads: ClassVar[type]
    subject: ClassVar[bool] = False
    """Whether it says which thing a form is about, so that giving it answers nothing yet."""
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

    @property
    def limit(self) -> int | None:
        """The most characters a person may type, where there is a limit."""
        return None

    @property
    def width(self) -> int | None:
        """The most characters its value takes in a token; None when a token cannot carry it."""
        return self._width

    def fits(self, value: T) -> bool:
        """Tell whether a token can carry this value."""
        written = self.write(value)
        return self.width is not None and len(written) <= self.width and can_carry(written)


@dataclass(frozen=True, kw_only=True)
class Line(Rule[str]):
    """One line of a person's own words, of at most `most` characters."""

    most: int = 80
    no_contacts: bool = False
    """Whether e-mail addresses and telephone numbers are refused, because they are an outsider's."""
    kind = Kind.LINE
    reads = str
    _lines: ClassVar[bool] = False

    def read(self, call: "Call", raw: str) -> str:
        """Clean the words.

        Raises:
            TooLong: there are more than `most` characters.
            BadValue: nothing is left, or it holds what is never kept.
        """
        if length(raw) > self.most * 8:
            raise self._too_long(length(raw))
        words = clean(raw, lines=self._lines)
        if not words:
            raise BadValue(t("{label}: please write something.", label=self.label))
        if length(words) > self.most:
            raise self._too_long(length(words))
        if looks_like_secret(words):
            raise BadValue(t("This looks like a secret key. I did not keep it."), t("Please make a new key now."))
        contact = has_contact(words) if self.no_contacts else None
        if contact is not None:
            raise BadValue(
                t("I do not keep e-mail addresses or phone numbers: {contact}.", contact=echo(contact)),
                t("Please take it out and send again. Keep it in your own phone."),
            )
        return words

    def _too_long(self, number: int) -> TooLong:
        return TooLong(
            t("{label}: this has {number} characters.", label=self.label, number=Count(number)),
            t("The limit is {most}. Please make it shorter.", most=Count(self.most)),
        )

    @property
    def limit(self) -> int | None:
        """The most characters a person may type."""
        return self.most


@dataclass(frozen=True, kw_only=True)
class Lines(Line):
    """Several lines of a person's own words."""

    most: int = 300
    kind = Kind.LINES
    _lines: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Number(Rule[int]):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 99
    kind = Kind.NUMBER
    reads = int
    _width = 6

    def read(self, call: "Call", raw: str) -> int:
        """Read a number in digits or as a small word.

        Raises:
            BadValue: it is not a whole number, or it is out of range.
        """
        number = read_number(raw, call.language)
        if number is None or not self.least <= number <= self.most:
            raise BadValue(
                t(
                    "{label}: please give a whole number from {least} to {most}.",
                    label=self.label,
                    least=Count(self.least),
                    most=Count(self.most),
                )
            )
        return number


@dataclass(frozen=True, kw_only=True)
class YesNo(Rule[bool]):
    """Yes or no."""

    kind = Kind.CHOICE
    reads = bool
    _width = 3

    def read(self, call: "Call", raw: str) -> bool:
        """Read yes or no in English or French.

        Raises:
            BadValue: it is neither.
        """
        answer = read_yes_no(raw)
        if answer is None:
            raise BadValue(t("{label}: please answer yes or no.", label=self.label))
        return answer

    def write(self, value: bool) -> str:  # noqa: FBT001 - the value itself is the yes or no
        """Write yes or no."""
        return "yes" if value else "no"

    def choices(self) -> tuple[tuple[str, Text], ...]:
        """Offer the two answers."""
        return (("yes", t("yes")), ("no", t("no")))


@dataclass(frozen=True, kw_only=True)
class RowId(Rule[str]):
    """The random id of something kept; only buttons carry it."""

    asked: bool = False
    kind = Kind.REF
    reads = str
    _width = 22

    def read(self, call: "Call", raw: str) -> str:
        """Take the id as it is; the store decides whether it is there and whose it is."""
        return raw


@dataclass(frozen=True, kw_only=True)
class WeekId(RowId):
    """A week by its ISO name, such as 2026-W12; only buttons carry it."""

    _width = 8


E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Choice(Rule[E]):
    """One of a few fixed things; `of` says what each is called."""

    of: Mapping[E, Text]
    kind = Kind.CHOICE
    reads = StrEnum

    @property
    def width(self) -> int | None:
        """The longest stable word among the choices."""
        return max(map(len, self.of), default=0)

    def read(self, call: "Call", raw: str) -> E:
        """Find the thing by its stable word, or by its name in the reader's language or in English.

        Raises:
            BadValue: it is none of them.
        """
        found = pick(raw, {value: (value.value, text) for value, text in self.of.items()}, call.language)
        if found is None:
            names = Together(tuple(self.of.values()))
            raise BadValue(
                t("{label}: I do not know {typed}.", label=self.label, typed=echo(raw)),
                t("Please choose one of these: {names}.", names=names),
            )
        return found

    def choices(self) -> tuple[tuple[str, Text], ...]:
        """Offer each thing by its name."""
        return tuple((value.value, text) for value, text in self.of.items())
