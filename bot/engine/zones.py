"""A value that names a time zone, as people know it: by a city."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from bot.engine.call import Call
from bot.engine.cities import cities
from bot.engine.echo import echo
from bot.engine.errors import BadValue, BotError
from bot.engine.matching import LONGEST
from bot.engine.refs import OFFERED, Ref, Thing
from bot.engine.rule import Doubtful, Suggestion
from bot.letters import folded, letters_of
from bot.ui.text import t
from bot.ui.voice import zone_country

NEAR = 5
"""Cities that are offered for one that is not known."""
FIRST_LETTERS = 4
"""So many letters name the beginning of a city or a country."""
CLOSE = 70
"""How alike two spellings of one city are, of 100."""


@cache
def zone_names() -> frozenset[str]:
    """Name every time zone with a city."""
    every = (zone for zone in available_timezones() if "/" in zone)
    return frozenset(zone for zone in every if not zone.startswith(("Etc/", "SystemV/")))


@cache
def zones(language: str) -> tuple[Thing, ...]:
    """List every time zone by its cities, with its country in a language: the large ones, then the others."""
    large = [Thing(zone, city, zone_country(zone, language)) for zone, city in cities() if zone in zone_names()]
    others = [Thing(zone, _city(zone), zone_country(zone, language)) for zone in zone_names()]
    # Two names of one zone look alike; the longer one says more.
    others.sort(key=lambda each: (each.name, len(each.id), each.id))
    unlike = {each.label: each for each in others}
    return (*large, *(each for label, each in unlike.items() if label not in {thing.label for thing in large}))


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[1].replace("_", " ")


def _named(every: Sequence[Thing], words: str) -> list[Thing]:
    """Find the zones with this name: of a city, of a city with its country, or of the zone itself."""
    wanted = {folded(words).replace("_", " "), letters_of(words)}
    return _once(
        [
            each
            for each in every
            if not wanted.isdisjoint((folded(each.id).replace("_", " "), folded(each.name), folded(each.label)))
            or letters_of(each.name) in wanted
        ]
    )


def _in_country(every: Sequence[Thing], words: str) -> list[Thing]:
    """List the zones of a country whose name begins so, its large cities first."""
    wanted = folded(words)
    return _once([each for each in every if len(wanted) >= FIRST_LETTERS and folded(each.more).startswith(wanted)])


def _near(every: Sequence[Thing], words: str) -> list[Thing]:
    """List the cities that are spelled almost so; a part of another word is no city."""
    wanted, names = folded(words[:LONGEST]), [folded(each.name) for each in every]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a start need not wait for it

    close = process.extract(wanted, names, scorer=fuzz.ratio, limit=OFFERED, score_cutoff=CLOSE)
    begun = [each for each in every if len(wanted) >= FIRST_LETTERS and _begins(each.name, wanted)]
    return _once([*begun, *(every[i] for _, _, i in close)])


def _begins(name: str, wanted: str) -> bool:
    """Tell whether a name, or a word of it, begins so: "york" is New York."""
    return f" {wanted}" in f" {folded(name)}"


def _once(found: Sequence[Thing]) -> list[Thing]:
    """Name each zone by the first of its cities."""
    return list({each.id: each for each in reversed(found)}.values())[::-1]


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
        every = zones(call.language)
        # With what stands behind a comma or without it: "Halifax, Nova Scotia".
        for words in (raw, raw.partition(",")[0]):
            fit = _named(every, words)
            if len(fit) == 1:
                return fit[0].id
            if fit:
                raise self._doubtful(raw, fit)
        near = _in_country(every, raw) or _near(every, raw)
        if near:
            raise self._doubtful_city(raw, near[:NEAR])
        raise BadValue(
            t("I do not know the time zone {typed}.", typed=echo(raw)),
            t("Please type a large city near you, such as Toronto or Montreal."),
        )

    def suggest(self, call: Call, typed: str) -> tuple[Suggestion, ...]:
        """Offer the cities that fit best, each zone once."""
        every = zones(call.language)
        begun = [each for each in every if _begins(each.label, folded(typed))] if typed.strip() else every
        found = begun or _in_country(every, typed) or _near(every, typed)
        return tuple(Suggestion(each.label, each.id) for each in _once(found)[:OFFERED])

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
