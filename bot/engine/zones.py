"""A value that names a time zone, as people know it: by a city."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from bot.engine.call import Call
from bot.engine.echo import echo
from bot.engine.errors import BadValue, BotError
from bot.engine.matching import rank
from bot.engine.refs import Ref, Thing
from bot.engine.rule import Doubtful, Suggestion
from bot.letters import folded
from bot.ui.text import t
from bot.ui.voice import zone_country


@cache
def zone_names() -> frozenset[str]:
    """Name every time zone with a city."""
    every = (zone for zone in available_timezones() if "/" in zone)
    return frozenset(zone for zone in every if not zone.startswith(("Etc/", "SystemV/")))


@cache
def zones(language: str) -> tuple[Thing, ...]:
    """List every time zone with a city, by the city, with its country in a language."""
    things = (Thing(zone, _city(zone), zone_country(zone, language)) for zone in zone_names())
    # Two names of one zone look alike; the longer one says more.
    return tuple(
        {each.label: each for each in sorted(things, key=lambda each: (each.name, len(each.id), each.id))}.values()
    )


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[1].replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class Zone(Ref):
    """A time zone, named by its city."""

    _width = 32
    what = t("this time zone")

    def things(self, call: Call) -> Sequence[Thing]:
        """List every time zone."""
        return zones(call.language)

    def read(self, call: Call, raw: str) -> str:
        """Find the zone by its city, its city with the country, or its full name.

        Raises:
            BadValue: no city fits.
            Doubtful: several fit.
        """
        if raw in zone_names():
            return raw
        wanted = folded(raw).replace("_", " ")
        every = zones(call.language)
        fit = [
            zone
            for zone in every
            if wanted in (folded(zone.id).replace("_", " "), folded(zone.name), folded(zone.label))
        ]
        if len(fit) == 1:
            return fit[0].id
        if fit:
            raise self._doubtful(raw, fit)
        near = [every[i] for i in rank(raw, [zone.name for zone in every], 5)]
        if near:
            raise self._doubtful_city(raw, near)
        raise BadValue(
            t("I do not know the time zone {typed}.", typed=echo(raw)),
            t("Please type a large city near you, such as Toronto or Montreal."),
        )

    def stands(self, call: Call, raw: str) -> Suggestion | None:
        """Find the zone, as the list shows it."""
        try:
            found = self.read(call, raw)
        except BotError:
            return None
        return Suggestion(Thing(found, _city(found), zone_country(found, call.language)).label, found)

    def _doubtful_city(self, raw: str, near: Sequence[Thing]) -> Doubtful:
        doubt = self._doubtful(raw, near)
        doubt.message = t("I do not know the city {typed}.", typed=echo(raw))
        doubt.advice = t("Is it near one of these? If not, type a large city near you.")
        return doubt
