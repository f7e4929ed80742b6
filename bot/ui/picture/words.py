"""The chart's few words, in the language it is drawn in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from bot.domain.digest import STEP, Disclosure
from bot.ui.languages import best, locale, right_to_left
from bot.ui.text import t
from bot.ui.values import Count, WeekOf
from bot.ui.voice import say

COMPACT_FROM = 10_000


@dataclass(frozen=True, slots=True)
class ChartWords:
    """Everything the chart says beside names, and the direction in which it is read."""

    language: str
    right_to_left: bool
    leads: str
    asks: str
    meetings: str
    most_leads: str
    goal: str
    week: Callable[[date], str]
    month: Callable[[date], str]
    number: Callable[[int], str]
    place: Callable[[int], str]
    more: Callable[[int], str]

    def amount(self, number: int, told: Disclosure) -> str:
        """Say a number of a week, or from which number on or up to which it is; nothing where nothing is told."""
        match told:
            case Disclosure.EXACT:
                return self.number(number)
            case Disclosure.ABOUT:
                return f"{self.number(number)}+" if number else f"{self.number(0)}–{self.number(STEP)}"
            case Disclosure.NOTHING:
                return ""


def words_in(language: str) -> ChartWords:
    """Say the chart's words in a language, or in English when it is not spoken here."""
    language = best(language)
    return ChartWords(
        language=language,
        right_to_left=right_to_left(language),
        leads=say(t("Leads"), language),
        asks=say(t("Asks"), language),
        meetings=say(t("Meetings"), language),
        most_leads=say(t("Most leads"), language),
        goal=say(t("Our goal"), language),
        week=lambda monday: say(t("Week of {week}", week=WeekOf(monday)), language),
        month=lambda day: format_date(day, "LLL", locale(language)),
        number=lambda number: _number(number, language),
        place=lambda place: say(t("Place {n}", n=Count(place)), language),
        more=lambda number: say(t("and {n} more", n=Count(number)), language),
    )


def _number(number: int, language: str) -> str:
    if abs(number) < COMPACT_FROM:
        return format_decimal(number, locale=locale(language))
    return format_compact_decimal(number, locale=locale(language))
