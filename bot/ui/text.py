"""Translatable text: an English message, its typed values, and nothing formatted yet."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.ui import values as v


@dataclass(frozen=True, slots=True)
class Text:
    """A message of the catalogs with what stands in its `{placeholders}`."""

    message: str
    values: tuple[tuple[str, "Value"], ...] = ()
    plural: str = ""
    number: int = 0
    context: str = ""
    """Tells two meanings of one English message apart, for whoever translates it."""
    kind: Literal["text"] = "text"


Value: TypeAlias = (
    Text
    | v.UserText
    | v.Count
    | v.Moment
    | v.Day
    | v.WeekOf
    | v.Clock24
    | v.ZoneName
    | v.LanguageName
    | v.CommandRef
    | v.SubCommand
    | v.ValueRef
    | v.Example
    | v.ChannelRef
    | v.Together
    | v.InLanguage
)


def t(message: str, /, **values: "Value") -> Text:
    """Say a message of the catalogs; `message` is the English source."""
    return Text(message, tuple(values.items()))


def tc(context: str, message: str, /, **values: "Value") -> Text:
    """Say a message that English uses for several things; `context` names the one that is meant."""
    return Text(message, tuple(values.items()), context=context)


def tn(one: str, many: str, number: int, /, **values: "Value") -> Text:
    """Say a message that depends on a number, which stands in `{n}`."""
    return Text(one, (("n", v.Count(number)), *values.items()), many, number)
