"""Two days that begin and end a period."""

from datetime import date

from bot.engine.errors import BadValue
from bot.engine.reading import Refusal
from bot.ui.text import t


def check_days(first: date | None, last: date | None) -> None:
    """Check the days of the values `from` and `to`; either may be missing.

    Raises:
        Refusal: the last day is before the first.
    """
    if first is not None and last is not None and first > last:
        raise Refusal({"to": BadValue(t("The last day is before the first one."), t("Please choose a later day."))})
