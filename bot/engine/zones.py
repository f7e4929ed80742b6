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
from bot.engine.refs import OFFERED, NamedThing, Ref
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
    names = (zone for zone in available_timezones() if "/" in zone)
    return frozenset(zone for zone in names if not zone.startswith(("Etc/", "SystemV/")))


@cache
def zones(language: str) -> tuple[NamedThing, ...]:
    """List every time zone by its cities, with its country in a language: the large ones, then the others."""
    large = [NamedThing(zone, city, zone_country(zone, language)) for zone, city in cities() if zone in zone_names()]
    others = [NamedThing(zone, _city(zone), zone_country(zone, language)) for zone in zone_names()]
    # Two names of one zone look alike; the longer one says more.
    others.sort(key=lambda place: (place.name, len(place.id), place.id))
    unlike = {place.label: place for place in others}
    return (*large, *(place for label, place in unlike.items() if label not in {thing.label for thing in large}))


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[1].replace("_", " ")


def _named(places: Sequence[NamedThing], words: str) -> list[NamedThing]:
    """Find the zones with this name: of a city, of a city with its country, or of the zone itself."""
    wanted = {folded(words).replace("_", " "), letters_of(words)}
    return _once(
        [
            place
            for place in places
            if not wanted.isdisjoint((folded(place.id).replace("_", " "), folded(place.name), folded(place.label)))
            or letters_of(place.name) in wanted
        ]
    )


def _in_country(places: Sequence[NamedThing], words: str) -> list[NamedThing]:
    """List the zones of a country whose name begins so, its large cities first."""
    wanted = folded(words)
    return _once([place for place in places if len(wanted) >= FIRST_LETTERS and folded(place.more).startswith(wanted)])


def _near(places: Sequence[NamedThing], words: str) -> list[NamedThing]:
    """List the cities that are spelled almost so; a part of another word is no city."""
    wanted, names = folded(words[:LONGEST]), [folded(place.name) for place in places]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a start need not wait for it

    close = process.extract(wanted, names, scorer=fuzz.ratio, limit=OFFERED, score_cutoff=CLOSE)
    begun = [place for place in places if len(wanted) >= FIRST_LETTERS and _begins(place.name, wanted)]
    return _once([*begun, *(places[i] for _, _, i in close)])


def _begins(name: str, wanted: str) -> bool:
    """Tell whether a name, or a word of it, begins so: "york" is New York."""
    return f" {wanted}" in f" {folded(name)}"


def _once(places: Sequence[NamedThing]) -> list[NamedThing]:
    """Keep one place for each zone: the first."""
    # A dict keeps the last of equal keys, so it is filled backwards and turned round.
    return list({place.id: place for place in reversed(places)}.values())[::-1]


@dataclass(frozen=True, kw_only=True)
class Zone(Ref):
    """A time zone, named by its city."""

    _width = 32
    what = t("this time zone")

    def things(self, call: Call) -> Sequence[NamedThing]:
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
        places = zones(call.language)
        # With what stands behind a comma or without it: "Halifax, Nova Scotia".
        for words in (raw, raw.partition(",")[0]):
            fit = _named(places, words)
            if len(fit) == 1:
                return fit[0].id
            if fit:
                raise self._doubtful(raw, fit)
        near = _in_country(places, raw) or _near(places, raw)
        if near:
            raise self._doubtful_city(raw, near[:NEAR])
        raise BadValue(
            t("I do not know the time zone {typed}.", typed=echo(raw)),
            t("Please type a large city near you, such as Toronto or Montreal."),
        )

    def suggest(self, call: Call, typed: str) -> tuple[Suggestion, ...]:
        """Offer the cities that fit best, each zone once."""
        places = zones(call.language)
        begun = [place for place in places if _begins(place.label, folded(typed))] if typed.strip() else places
        fitting = begun or _in_country(places, typed) or _near(places, typed)
        return tuple(Suggestion(place.label, place.id) for place in _once(fitting)[:OFFERED])

    def stands(self, call: Call, raw: str) -> Suggestion | None:
        """Find the zone, as the list shows it."""
        try:
            zone = self.read(call, raw)
        except BotError:
            return None
        return Suggestion(NamedThing(zone, _city(zone), zone_country(zone, call.language)).label, zone)

    def _doubtful_city(self, raw: str, near: Sequence[NamedThing]) -> Doubtful:
        doubt = self._doubtful(raw, near)
        doubt.message = t("I do not know the city {typed}.", typed=echo(raw))
        doubt.advice = t("Is it near one of these? If not, type a large city near you.")
        return doubt
