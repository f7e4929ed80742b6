"""Until when something is put off: one of the usual days, or any other day to come."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.workdays import next_monday
from bot.engine.call import Call
from bot.engine.dates import YearlessDay
from bot.engine.echo import echo
from bot.engine.errors import BadValue, BotError
from bot.engine.matching import pick, rank
from bot.engine.rule import Kind, Suggestion
from bot.engine.when import DayOf
from bot.ui.languages import spoken
from bot.ui.text import Text, t
from bot.ui.values import Day
from bot.ui.voice import say


class Postponement(StrEnum):
    """How long a follow-up is put off."""

    TOMORROW = "tomorrow"
    THREE_DAYS = "three-days"
    MONDAY = "monday"
    TWO_WEEKS = "two-weeks"
    MONTH = "month"
    THREE_MONTHS = "three-months"

    def day(self, today: date) -> date:
        """Tell which day that is."""
        days = {
            Postponement.TOMORROW: 1,
            Postponement.THREE_DAYS: 3,
            Postponement.MONDAY: (next_monday(today) - today).days,
            Postponement.TWO_WEEKS: 14,
            Postponement.MONTH: 30,
            Postponement.THREE_MONTHS: 91,
        }
        return today + timedelta(days=days[self])


LATER: dict[Postponement, Text] = {
    Postponement.TOMORROW: t("Tomorrow"),
    Postponement.THREE_DAYS: t("In 3 days"),
    Postponement.MONDAY: t("Next Monday"),
    Postponement.TWO_WEEKS: t("In 2 weeks"),
    Postponement.MONTH: t("In a month"),
    Postponement.THREE_MONTHS: t("In 3 months"),
}
A_DAY = t("Such as: tomorrow, monday, 12 april")
_WORDS = {later: (later.value, words) for later, words in LATER.items()}


@dataclass(frozen=True, kw_only=True)
class FutureDay(DayOf):
    """A day to come; the usual ones are offered, and any other can be typed."""

    prefer: YearlessDay = YearlessDay.FUTURE
    typing: Text | None = A_DAY
    kind = Kind.REF
    _width = 12

    def read(self, call: Call, raw: str) -> date:
        """Understand a day to come.

        Raises:
            BadValue: it is not surely a day, or it is not to come.
        """
        later = pick(raw, _WORDS, call.language)
        day = later.day(call.today) if later is not None else super().read(call, raw)
        if day <= call.today:
            raise BadValue(
                t("{typed} is not a day to come.", typed=echo(raw)), t("Please choose a day from tomorrow on.")
            )
        return day

    def recognises(self, words: str) -> bool:
        """Tell a day, or the name of a usual one in any language, from other words."""
        usual = (pick(words, _WORDS, language, whole=True) for language in spoken())
        return any(later is not None for later in usual) or super().recognises(words)

    def offers(self, call: Call) -> tuple[Suggestion, ...]:
        """Offer the usual days."""
        return tuple(
            Suggestion(_label(call, later.day(call.today), words), later.value) for later, words in LATER.items()
        )

    def suggest(self, call: Call, typed: str) -> tuple[Suggestion, ...]:
        """Offer the day that was typed, or the usual ones that fit best."""
        usual = self.offers(call)
        fitting = [usual[i] for i in rank(typed, [day.label for day in usual])]
        day = self.stands(call, typed) if typed.strip() else None
        return tuple(fitting) if day is None or fitting else (day,)

    def stands(self, call: Call, raw: str) -> Suggestion | None:
        """Name the day that was typed."""
        try:
            day = self.read(call, raw)
        except BotError:
            return None
        later = pick(raw, _WORDS, call.language, whole=True)
        return Suggestion(_label(call, day, LATER.get(later) if later else None), later or day.isoformat())


def _label(call: Call, day: date, words: Text | None) -> str:
    written = say(Day(day), call.language)
    return f"{say(words, call.language)} · {written}" if words is not None else written
