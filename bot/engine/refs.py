"""Values that name something kept: a language, a channel, and what a product keeps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.engine.call import Call
from bot.engine.echo import echo
from bot.engine.errors import BadValue, BotError, not_found
from bot.engine.matching import rank
from bot.engine.rule import Doubtful, Kind, Rule, Suggestion
from bot.letters import folded, letters_of
from bot.ui.languages import spoken
from bot.ui.text import Text, t
from bot.ui.values import LanguageName, Together, UserText
from bot.ui.voice import say

FIRST_WORDS = 60
_PICKED = re.compile(r"<#([^<>|]*)(?:\|[^<>]*)?>")
OFFERED = 25
"""Discord shows at most 25 suggestions."""


@dataclass(frozen=True, slots=True)
class NamedThing:
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

    def things(self, call: Call) -> Sequence[NamedThing]:
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

    def _doubtful(self, raw: str, fit: Sequence[NamedThing]) -> Doubtful:
        return Doubtful(
            t("{typed} fits more than one.", typed=echo(raw)),
            t("Which one do you mean?"),
            options=tuple((thing.id, t("{name}", name=UserText(thing.label[:70]))) for thing in fit),
        )

    def offers(self, call: Call) -> tuple[Suggestion, ...]:
        """Offer all of them, when they are so few that a list shows them all."""
        things = self.things(call)
        return tuple(Suggestion(thing.label, thing.id) for thing in things) if len(things) <= OFFERED else ()

    def stands(self, call: Call, raw: str) -> Suggestion | None:
        """Find the one thing, as the list shows it."""
        try:
            thing_id = self.read(call, raw)
        except BotError:
            return None
        return next((Suggestion(thing.label, thing.id) for thing in self.things(call) if thing.id == thing_id), None)

    def suggest(self, call: Call, typed: str) -> tuple[Suggestion, ...]:
        """Offer the things that fit best."""
        things = self.things(call)
        ranked = rank(typed, [f"{thing.name} {thing.more}" for thing in things], OFFERED)
        return tuple(Suggestion(things[i].label, things[i].id) for i in ranked)


@dataclass(frozen=True, kw_only=True)
class SpokenLanguage(Rule[str]):
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
            names = {code, say(LanguageName(code), code), *(say(LANGUAGES[code], language) for language in spoken())}
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
IN_LANGUAGE = {"en": t("In English"), "fr": t("In French")}
"""What a button says that shows the same in another language, in the words of who reads it."""


@dataclass(frozen=True, kw_only=True)
class Channel(Rule[str]):
    """A channel of the community, by the platform's own id; of several, none is meant."""

    kind = Kind.CHANNEL
    reads = str
    _width = 20

    def read(self, call: Call, raw: str) -> str:
        """Take the channel's id or name, without the number sign.

        Raises:
            BadValue: it is not a channel, or the bot may not post there.
        """
        channel = channel_in(raw)
        written = len(channel) <= 80 and channel.replace("-", "").replace("_", "").isalnum()
        if not written or not call.place.is_channel(channel):
            raise BadValue(
                t("{typed} is not a channel.", typed=echo(raw, named=True)),
                t("Please choose a channel, such as {example}.", example=t("#digest")),
            )
        lack = call.place.lacks.get(channel)
        if lack is not None and lack.refuses:
            raise BadValue(lack.why, lack.mend)
        return channel


def channel_in(raw: str) -> str:
    """Take a channel's id or name out of what was typed or picked, without the marks around it."""
    picked = _PICKED.fullmatch(raw.strip())
    return picked[1] if picked is not None else raw.strip().removeprefix("#")
