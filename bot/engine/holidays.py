"""Public holidays of a country or a region; the library behind them is loaded when somebody first asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial

from bot.engine.call import Call
from bot.engine.refs import NamedThing, Ref
from bot.ui.text import t
from bot.ui.voice import countries, say

NONE = "none"
"""The stable word for no place."""


@lru_cache(maxsize=256)
def public_holidays(place: str, year: int) -> frozenset[date]:
    """List the public holidays of a year in a place, such as CA or CA-QC; none of a place that is not known."""
    # Few communities have holidays, and starting must not wait for the library.
    from holidays import country_holidays  # noqa: PLC0415

    country, _, region = place.partition("-")
    try:
        return frozenset(country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        # A place that an organiser chose may be gone from a later version of the library.
        return frozenset()


def is_holiday(place: str | None, day: date) -> bool:
    """Tell whether a day is a public holiday in a place; nowhere there is none."""
    return place is not None and day in public_holidays(place, day.year)


def days_off(place: str | None) -> Callable[[date], bool]:
    """Give what tells whether a day is a public holiday in a place."""
    return partial(is_holiday, place)


@cache
def places(language: str) -> tuple[NamedThing, ...]:
    """List every country, and every region with holidays of its own, by the names that people know."""
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415 - as above

    names = countries(language)
    things: list[NamedThing] = []
    for code in sorted(list_supported_countries(include_aliases=False), key=lambda code: names.get(code, code)):
        country, regions = names.get(code, code), dict[str, list[str]]()
        for name, region in country_holidays(code).subdivisions_aliases.items():
            if not name.isupper():  # another code, and no name
                regions.setdefault(region, []).append(name)
        things.append(NamedThing(code, country))
        things += [NamedThing(f"{code}-{region}", " / ".join(names[:2]), country) for region, names in regions.items()]
    return tuple(things)


def place_name(place: str, language: str) -> str:
    """Name a place as it is offered."""
    return next((thing.label for thing in places(language) if thing.id == place), place)


@dataclass(frozen=True, kw_only=True)
class HolidayPlace(Ref):
    """A country or a region with public holidays, or none."""

    what = t("public holidays of this place")

    def things(self, call: Call) -> Sequence[NamedThing]:
        """List every place, and none before them."""
        return (NamedThing(NONE, say(t("no public holidays"), call.language)), *places(call.language))
