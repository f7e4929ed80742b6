"""Values that name something kept: a lead, a tip, a language, a time zone, a channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar
from zoneinfo import available_timezones

from bot.core.call import Call
from bot.core.echo import echo
from bot.core.errors import BadValue, NotNow, StaleButton, not_found
from bot.core.matching import rank
from bot.core.rules import Doubtful, Kind, Rule, Suggestion
from bot.domain.ids import LeadId, MeetingId
from bot.domain.lead import Lead
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.names import folded, letters_of
from bot.domain.tip import Tip, helpful_first
from bot.store import leads, meetings, tips
from bot.ui.languages import spoken
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, LanguageName, Together, UserText
from bot.ui.voice import say

FIRST_WORDS = 60
OFFERED = 25
"""Discord shows at most 25 suggestions."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be named: its id, and the words people know it by."""

    id: str
    name: str
    more: str = ""

    @property
    def label(self) -> str:
        """The words it is shown with, at most 100 characters."""
        return " · ".join(part for part in (self.name, self.more) if part)[:100]


@dataclass(frozen=True, kw_only=True)
class Ref(Rule[str]):
    """Something the member may name by a part of its name; only what is theirs is ever found."""

    kind = Kind.REF
    reads = str
    _width = 22
    what: ClassVar[Text]

    def things(self, call: Call) -> Sequence[Thing]:
        """List what can be named, the likeliest first."""
        raise NotImplementedError

    def read(self, call: Call, raw: str) -> str:
        """Find the thing by its id or by what was typed.

        Raises:
            NotFound: nothing fits.
            Doubtful: several things fit.
        """
        things = self.things(call)
        wanted, letters = folded(raw), letters_of(raw)
        for fit in (
            [thing for thing in things if thing.id == raw],
            [thing for thing in things if letters in (letters_of(thing.name), letters_of(thing.label))],
            [thing for thing in things if wanted in (folded(thing.name), folded(thing.label))],
            [thing for thing in things if wanted and wanted in folded(thing.label)],
        ):
            if len(fit) == 1:
                return fit[0].id
            if fit:
                raise self._doubtful(raw, fit)
        raise not_found(self.what)

    def _doubtful(self, raw: str, fit: Sequence[Thing]) -> Doubtful:
        return Doubtful(
            t("{typed} fits more than one.", typed=echo(raw)),
            t("Which one do you mean?"),
            options=tuple((thing.id, t("{name}", name=UserText(thing.label[:70]))) for thing in fit),
        )

    def offers(self, call: Call) -> tuple[Suggestion, ...]:
        """Offer all of them, when they are so few that a list shows them all."""
        things = self.things(call)
        return tuple(Suggestion(each.label, each.id) for each in things) if len(things) <= OFFERED else ()

    def suggest(self, call: Call, typed: str) -> tuple[Suggestion, ...]:
        """Offer the things that fit best."""
        things = self.things(call)
        found = rank(typed, [f"{thing.name} {thing.more}" for thing in things], OFFERED)
        return tuple(Suggestion(things[i].label, things[i].id) for i in found)


@dataclass(frozen=True, kw_only=True)
class LeadRef(Ref):
    """One of the member's own leads."""

    open_only: bool = True
    subject = True
    what = t("this person on your list")

    def things(self, call: Call) -> Sequence[Thing]:
        """List the member's own leads."""
        found = leads.names(call.tx, call.who, open_only=self.open_only)
        return [Thing(lead.id, lead.name, lead.organisation) for lead in found]

    def read(self, call: Call, raw: str) -> str:
        """Find the lead by its id or its name, and say so when it is closed.

        Raises:
            NotFound: nothing fits.
            NotNow: the lead that a button or a suggestion names is closed.
            Doubtful: several leads fit.
        """
        found = leads.find(call.tx, call.who, LeadId(raw))
        if found is None:
            return Ref.read(self, call, raw)
        if self.open_only and not found.is_open:
            raise NotNow(
                t("{name} is closed.", name=UserText(found.name)),
                t("To go on, open them again with {show}.", show=CommandRef("lead show")),
            )
        return found.id


def own_lead(call: Call, lead: LeadId) -> Lead:
    """Read one of the member's own leads.

    Raises:
        NotFound: it is not there, or is not theirs.
    """
    found = leads.find(call.tx, call.who, lead)
    if found is None:
        raise not_found(LeadRef.what)
    return found


def held_meeting(call: Call, meeting: MeetingId) -> Meeting:
    """Read one of the member's own meetings that was held.

    Raises:
        StaleButton: it is not there, is not theirs, or was taken back.
    """
    found = meetings.find(call.tx, call.who, meeting)
    if found is None or found.state is not MeetingState.HELD:
        raise StaleButton(
            t("This meeting is not there any more."), t("Log it with {log}.", log=CommandRef("meeting log"))
        )
    return found


@dataclass(frozen=True, kw_only=True)
class TipRef(Ref):
    """A published tip of the community."""

    what = t("this tip")

    def things(self, call: Call) -> Sequence[Thing]:
        """List the published tips by their first words."""
        found = helpful_first(tips.published(call.tx, call.community.id))
        return [Thing(tip.id, first_words(tip, call.language)) for tip in found]


def first_words(tip: Tip, language: str) -> str:
    """Give the beginning of a tip, by which people know it."""
    words = say(t(tip.text), language) if tip.seeded else tip.text
    return words if len(words) <= FIRST_WORDS else words[: FIRST_WORDS - 1].rstrip() + "…"


@dataclass(frozen=True, kw_only=True)
class Language(Rule[str]):
    """A language Hello Circle speaks."""

    kind = Kind.CHOICE
    reads = str
    _width = 3

    def read(self, call: Call, raw: str) -> str:
        """Find the language by its code or its name.

        Raises:
            BadValue: it is not spoken.
        """
        wanted = folded(raw)
        for code in spoken():
            names = {code, say(LanguageName(code), code), *(say(LANGUAGES[code], each) for each in spoken())}
            if wanted in {folded(name) for name in names}:
                return code
        names = Together(tuple(UserText(say(LanguageName(code), code)) for code in spoken()))
        raise BadValue(
            t("I do not speak {typed} yet.", typed=echo(raw)),
            t("Please choose one of these: {names}.", names=names),
        )

    def choices(self) -> tuple[tuple[str, Text], ...]:
        """Offer each language by its own name."""
        return tuple((code, t("{language}", language=LanguageName(code))) for code in spoken())


LANGUAGES = {"en": t("English"), "fr": t("French")}


@cache
def zones() -> tuple[Thing, ...]:
    """List every time zone with a city, by the city."""
    names = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return tuple(Thing(zone, zone.rsplit("/", 1)[1].replace("_", " "), zone) for zone in names)


@dataclass(frozen=True, kw_only=True)
class Zone(Ref):
    """A time zone, named by its city."""

    _width = 32
    what = t("this time zone")

    def things(self, call: Call) -> Sequence[Thing]:
        """List every time zone."""
        return zones()

    def read(self, call: Call, raw: str) -> str:
        """Find the zone by its city or its full name.

        Raises:
            BadValue: no city fits.
            Doubtful: several fit.
        """
        wanted = folded(raw).replace("_", " ")
        fit = [zone for zone in zones() if wanted in (folded(zone.id).replace("_", " "), folded(zone.name))]
        if len(fit) == 1:
            return fit[0].id
        if fit:
            raise self._doubtful(raw, fit)
        near = [zones()[i] for i in rank(raw, [zone.name for zone in zones()], 5)]
        if near:
            raise self._doubtful_city(raw, near)
        raise BadValue(
            t("I do not know the time zone {typed}.", typed=echo(raw)),
            t("Please type a large city near you, such as Toronto or Montreal."),
        )

    def _doubtful_city(self, raw: str, near: Sequence[Thing]) -> Doubtful:
        doubt = self._doubtful(raw, near)
        doubt.message = t("I do not know the city {typed}.", typed=echo(raw))
        doubt.advice = t("Is it near one of these? If not, type a large city near you.")
        return doubt


@dataclass(frozen=True, kw_only=True)
class Channel(Rule[str]):
    """A channel of the community, by the platform's own id."""

    kind = Kind.CHANNEL
    reads = str
    _width = 20

    def read(self, call: Call, raw: str) -> str:
        """Take the channel's id or name, without the number sign.

        Raises:
            BadValue: it is not a channel, or the bot may not post there.
        """
        channel = channel_in(raw)
        if not channel or len(channel) > 80 or not channel.replace("-", "").replace("_", "").isalnum():
            raise BadValue(
                t("{typed} is not a channel.", typed=echo(raw)),
                t("Please choose a channel, such as {example}.", example=UserText("#digest")),
            )
        lack = call.place.lacks.get(channel)
        if lack is not None and lack.refuses:
            raise BadValue(lack.why, lack.mend)
        return channel


def channel_in(raw: str) -> str:
    """Take a channel's id or name out of what was typed or picked, without the marks around it."""
    return raw.strip().strip("<>").removeprefix("#").split("|")[0]
