"""The kinds of values a command can ask for: each reads what was typed and writes it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, TypeVar

from bot.engine.clean import clean, length, looks_like_secret
from bot.engine.contacts import has_contact
from bot.engine.echo import echo
from bot.engine.errors import BadValue, TooLong
from bot.engine.matching import pick
from bot.engine.numbers import read_number, read_yes_no
from bot.engine.rule import Kind, Rule
from bot.ui.languages import spoken
from bot.ui.text import Text, t
from bot.ui.values import Count, Together

if TYPE_CHECKING:
    from bot.engine.call import Call


@dataclass(frozen=True, kw_only=True)
class Line(Rule[str]):
    """One line of a person's own words, of at most `most` characters."""

    most: int = 80
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
            raise BadValue(t('"{label}": please write something.', label=self.label))
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
            t('"{label}": this has {number} characters.', label=self.label, number=Count(number)),
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

    def read(self, call: "Call", raw: str) -> int:
        """Read a number in digits or as a small word.

        Raises:
            BadValue: it is not a whole number, or it is out of range.
        """
        number = read_number(raw, call.language)
        if number is None or not self.least <= number <= self.most:
            raise BadValue(
                t(
                    '"{label}": please give a whole number from {least} to {most}.',
                    label=self.label,
                    least=Count(self.least),
                    most=Count(self.most),
                )
            )
        return number

    def recognises(self, words: str) -> bool:
        """Tell a number from other words."""
        return read_number(words, "en") is not None

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest number."""
        return self.least, self.most

    @property
    def width(self) -> int:
        """The digits of the longest number, with its sign."""
        return max(len(str(number)) for number in self.bounds)


@dataclass(frozen=True, kw_only=True)
class YesNo(Rule[bool]):
    """Yes or no."""

    kind = Kind.YES_NO
    reads = bool
    _width = 3

    def read(self, call: "Call", raw: str) -> bool:
        """Read yes or no in English or French.

        Raises:
            BadValue: it is neither.
        """
        answer = read_yes_no(raw)
        if answer is None:
            raise BadValue(t('"{label}": please answer yes or no.', label=self.label))
        return answer

    def recognises(self, words: str) -> bool:
        """Tell yes or no from other words."""
        return read_yes_no(words) is not None

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
    kind = Kind.ID
    reads = str
    _width = 22

    def read(self, call: "Call", raw: str) -> str:
        """Take the id as it is; the store decides whether it is there and whose it is."""
        return raw


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
        """Find the thing by its stable word, or by its name: first in the reader's language and English.

        Raises:
            BadValue: it is none of them.
        """
        choice = pick(raw, {value: (value.value, text) for value, text in self.of.items()}, call.language)
        choice = self._named(raw) if choice is None else choice
        if choice is None:
            names = Together(tuple(self.of.values()))
            raise BadValue(
                t('"{label}": I do not know {typed}.', label=self.label, typed=echo(raw)),
                t("Please choose one of these: {names}.", names=names),
            )
        return choice

    def recognises(self, words: str) -> bool:
        """Tell the name of a choice, in any language, from other words."""
        return self._named(words) is not None

    def _named(self, words: str) -> E | None:
        named = {value: (value.value, text) for value, text in self.of.items()}
        picks = (pick(words, named, language, whole=True) for language in spoken())
        return next((choice for choice in picks if choice is not None), None)

    def choices(self) -> tuple[tuple[str, Text], ...]:
        """Offer each thing by its name."""
        return tuple((value.value, text) for value, text in self.of.items())


@dataclass(frozen=True, kw_only=True)
class WhichSetting(Choice[E]):
    """Which one setting to change: its value is the name of the parameter that the form then asks for."""

    asked: bool = False
    narrows = True

    def narrows_to(self, raw: str) -> str | None:
        """Name the parameter, from its stable word or from its name in any language."""
        return self._named(raw)
