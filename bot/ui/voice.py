"""Says a text in a language: the one place where placeholders are filled and people's words are escaped."""

import re
from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.ui import values as v
from bot.ui.languages import catalog, locale, right_to_left
from bot.ui.names import said_command, said_line, said_value
from bot.ui.places import typed_on
from bot.ui.text import Text, Value, t

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What moves a cursor or rings a bell; a new line is kept."""
PLACEHOLDER = re.compile(r"\{(\w+)\}")
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
SQUARES = 10
RIGHT_TO_LEFT_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class Dialect:
    """How one platform writes what stands in a text; this base writes plain text."""

    def literal(self, text: str) -> str:
        """Write our own words, which hold no markup."""
        return text

    def user(self, text: str) -> str:
        """Write a person's words so that they can never format, link, mention or ping."""
        return CONTROL.sub(" ", text)

    def command(self, name: str, language: str) -> str:
        """Write a command as a person of this language types it."""
        return f"/{said_command(name, language)}"

    def example(self, line: str) -> str:
        """Write a whole line as a person types it; it has the words of their language already."""
        return self.user(line)

    def channel(self, channel: str) -> str:
        """Write a channel."""
        return f"#{channel.removeprefix('#')}"

    def moment(self, moment: v.Moment, words: str) -> str:
        """Write an instant; `words` is the instant in words."""
        return words


PLAIN = Dialect()
_OWN_CITY: dict[str, Value] = {"America/Montreal": t("Montreal")}
"""CLDR takes this zone for another name of Toronto; who lives there reads their own city."""


def say(words: Value, language: str, dialect: Dialect = PLAIN) -> str:  # noqa: C901, PLR0911 - one way out for each kind
    """Write a text or a value in a language and a platform's dialect."""
    match words:
        case Text():
            return _fill(words, language, dialect)
        case v.UserText():
            return isolate(dialect.user(words.text), language)
        case v.Count():
            return _number(words.number, language)
        case v.CommandRef() | v.SubCommand() | v.ValueRef() | v.Example():
            return _typed(words, language, dialect)
        case v.ChannelRef():
            return dialect.channel(words.id)
        case v.Together():
            style = "or" if words.any_of else "standard"
            items = [say(item, language, dialect) for item in words.items]
            return format_list(items, style, locale(language))
        case v.InLanguage():
            return say(words.text, words.language, dialect)
        case v.Bar():
            return bar(words.part, words.whole)
        case v.LanguageName():
            return locale(words.code).get_display_name(words.code) or words.code
        case _:
            return _time(words, language, dialect)


def _typed(words: v.CommandRef | v.SubCommand | v.ValueRef | v.Example, language: str, dialect: Dialect) -> str:
    """Write what a person can type, in the words of their language."""
    match words:
        case v.CommandRef():
            return dialect.command(words.name, language)
        case v.SubCommand():
            return dialect.user(said_command(words.name, language).partition(" ")[2])
        case v.ValueRef():
            return dialect.user(said_value(words.name, language, words.command))
        case v.Example():
            line = said_line(words.line, language)
            return dialect.example(line) if words.on is None else dialect.user(typed_on(words.on, line))
        case _:
            assert_never(words)


def _time(
    words: v.Moment | v.Day | v.WeekOf | v.MonthName | v.Clock24 | v.ZoneName, language: str, dialect: Dialect
) -> str:
    match words:
        case v.Moment():
            return dialect.moment(words, _moment(words, language))
        case v.Day():
            return _date(words.date, "EEEE {d} MMMM y", language)
        case v.WeekOf():
            return _date(words.monday, "{d} MMMM y", language)
        case v.MonthName():
            return format_date(words.first, "LLLL y" if words.with_year else "LLLL", locale(language))
        case v.Clock24():
            return _clock(time(words.hour, words.minute), language)
        case v.ZoneName():
            return zone_name(words.zone, language)
        case _:
            assert_never(words)


@lru_cache(maxsize=1024)
def _number(number: int, language: str) -> str:
    # Most counts are small, and the same ones are written many times.
    return format_decimal(number, locale=locale(language))


@lru_cache(maxsize=1024)
def _date(day: date, pattern: str, language: str) -> str:
    # A long list says few days many times.
    # CLDR has no word for the first of the month, which is "1er" in French.
    number = "d'er'" if day.day == 1 and language == "fr" else "d"
    return format_date(day, pattern.format(d=number), locale(language))


@lru_cache(maxsize=1024)
def _clock(at: time, language: str) -> str:
    # CLDR puts a narrow no-break space before PM, which many phones draw as a box.
    return format_time(at, "short", locale=locale(language)).replace("\u202f", " ")


def _moment(moment: v.Moment, language: str) -> str:
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    words = t(
        "{day} at {time}, {zone}",
        day=v.Day(local.date()),
        time=v.Clock24(local.hour, local.minute),
        zone=v.ZoneName(moment.zone),
    )
    return say(words, language)


def bar(part: int, whole: int) -> str:
    """Draw a part of a whole as ten squares; one is full only when all of it is there."""
    full = min(SQUARES, part * SQUARES // max(whole, 1))
    return "■" * full + "□" * (SQUARES - full)


def zone_name(zone: str, language: str) -> str:
    """Write a time zone by its city, such as "Toronto time"."""
    city = _OWN_CITY.get(zone)
    if city is None:
        # Cities of Argentina come with their country before them.
        location = get_timezone_location(zone, locale=locale(language), return_city=True)
        city = v.UserText(location.rsplit("/", 1)[-1])
    return say(t("{city} time", city=city), language)


def zone_country(zone: str, language: str) -> str:
    """Write the country of a time zone, or nothing when it has none."""
    territory = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone), "")
    return countries(language).get(territory, "")


def countries(language: str) -> Mapping[str, str]:
    """Name the countries in a language, by their codes."""
    return getattr(locale(language), "territories", {})


def isolate(name: str, language: str) -> str:
    """Fence a name off when its direction could disturb the sentence around it."""
    if right_to_left(language) or RIGHT_TO_LEFT_LETTER.search(name):
        return f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}"
    return name


@lru_cache(maxsize=4_096)
def _pieces(sentence: str, dialect: Dialect) -> tuple[str, ...]:
    """Cut a sentence of the catalogs at its placeholders: every second piece is a name, the others are written."""
    pieces = PLACEHOLDER.split(sentence)
    pieces[::2] = map(dialect.literal, pieces[::2])
    return tuple(pieces)


def _fill(text: Text, language: str, dialect: Dialect) -> str:
    messages = catalog(language)
    if text.plural:
        sentence = messages.ngettext(text.message, text.plural, text.number)
    elif text.context:
        sentence = messages.pgettext(text.context, text.message)
    else:
        sentence = messages.gettext(text.message)
    pieces = list(_pieces(sentence, dialect))
    if len(pieces) == 1:
        return pieces[0]
    values = dict(text.values)
    # A name without a value is shown as it stands, so a slip is seen.
    pieces[1::2] = [say(values[name], language, dialect) if name in values else f"{{{name}}}" for name in pieces[1::2]]
    for i in range(1, len(pieces), 2):
        # A name such as "Dana R." ends the sentence by itself.
        if pieces[i].rstrip(POP_ISOLATE).endswith(".") and pieces[i + 1].startswith("."):
            pieces[i + 1] = pieces[i + 1][1:]
    return "".join(pieces)
