"""Two days that begin and end a period."""

from dataclasses import dataclass
from datetime import date

from bot.engine.call import Call
from bot.engine.dates import Prefer
from bot.engine.errors import BadValue
from bot.engine.reading import Refusal
from bot.engine.rule import Doubtful
from bot.engine.when import DayOf
from bot.ui.text import t


@dataclass(frozen=True, kw_only=True)
class DayOfPeriod(DayOf):
    """The first or the last day of a period that is looked back on; its last day may be still to come."""

    def read(self, call: Call, raw: str) -> date:
        """Understand a day, rather one that is over.

        Raises:
            BadValue: it is not surely a day; Doubtful when it could be several.
        """
        try:
            return super().read(call, raw)
        except Doubtful:
            raise
        except BadValue as problem:
            try:
                return DayOf(label=self.label, prefer=Prefer.FUTURE).read(call, raw)
            except BadValue:
                raise problem from None


def check_days(first: date | None, last: date | None) -> None:
    """Check the days of the values `from` and `to`; either may be missing.

    Raises:
        Refusal: the last day is before the first.
    """
    if first is not None and last is not None and first > last:
        raise Refusal({"to": BadValue(t("The last day is before the first one."), t("Please choose a later day."))})
