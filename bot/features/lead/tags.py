"""A member's own words for the people on their list, up to three for each, to find them by."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated

from bot.domain.ids import LeadId
from bot.domain.lead import MOST_TAGS, Lead
from bot.engine.call import Call
from bot.engine.errors import BadValue, NotFound
from bot.engine.reading import Refusal
from bot.engine.refs import NamedThing, Ref
from bot.engine.rules import Line
from bot.features.people import LeadRef, own_lead, person
from bot.features.registry import command, refer_to
from bot.letters import folded
from bot.store import leads
from bot.ui.languages import spoken
from bot.ui.reply import Reply, buttons, reply
from bot.ui.text import Text, t, tc
from bot.ui.values import CommandRef, Count, Together, UserText
from bot.ui.voice import say

LEAD_LIST = refer_to("lead list")
LEAD_SHOW = refer_to("lead show")

NAMED = 12
"""Words that are named where another one was looked for."""
LONGEST = 24
"""Letters of one word."""
NONE = tc("no words of mine", "none")
_BETWEEN = re.compile(r"[,;\n،、]")


@dataclass(frozen=True, kw_only=True)
class TagRef(Ref):
    """One of the words that a member gave to people."""

    what = t("this word on your list")
    _width = 8

    def things(self, call: Call) -> Sequence[NamedThing]:
        """List the member's own words, by the alphabet."""
        return [NamedThing(key_of(tag), tag) for tag in words_of(leads.choices(call.tx, call.who, open_only=False))]

    def read(self, call: Call, raw: str) -> str:
        """Find a word.

        Raises:
            NotFound: nobody has this word; it names those that there are.
        """
        try:
            return super().read(call, raw)
        except NotFound as problem:
            words = [UserText(thing.label) for thing in self.things(call)[:NAMED]]
            if not words:
                raise replace(
                    problem, advice=t("Give a person a word with {tag}.", tag=CommandRef("lead tag"))
                ) from None
            raise replace(problem, advice=t("Your words are {words}.", words=Together(tuple(words)))) from None


def words_of(listed: Iterable[Lead]) -> list[str]:
    """List the words that some leads have, each once, by the alphabet."""
    by_key = {key_of(tag): tag for lead in listed for tag in lead.tags}
    return sorted(by_key.values(), key=folded)


def key_of(tag: str) -> str:
    """Give a word its key, which a button can carry whatever its letters are; other spellings of it share it."""
    return sha256(folded(tag).encode()).hexdigest()[:8]


def has(lead: Lead, key: str) -> bool:
    """Tell whether a lead has a word."""
    return any(key_of(tag) == key for tag in lead.tags)


def _stored_words(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    return {"words": ", ".join(own_lead(call, LeadId(str(values.get("lead", "")))).tags) or None}


@command(
    "lead tag", form=t("Your own words"), prefill=_stored_words, example='/lead tag lead:"dana" words:"river, french"'
)
def tag(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("Person"), open_only=False)],
    words: Annotated[
        str,
        Line(
            label=t("Up to 3 words"),
            hint=t("Put a comma between two. Write none to take them away."),
            most=90,
            no_contacts=True,
        ),
    ],
) -> Reply:
    """Give a person up to three words of your own, to find them by."""
    before = own_lead(call, lead)
    after = replace(before, tags=_read(call, words))
    leads.save(call.tx, call.who, after, call.now)
    if not after.tags:
        return reply(t("{person} has no words of yours now.", person=person(after)))
    shown = Together(tuple(UserText(word) for word in after.tags))
    return reply(
        t("{person}: {words}.", person=person(after), words=shown),
        buttons(
            LEAD_SHOW.button(call.stamp, t("Show this person"), lead=lead),
            *(
                LEAD_LIST.button(call.stamp, t("All with {word}", word=UserText(word)), tag=key_of(word))
                for word in after.tags
            ),
        ),
    )


def _read(call: Call, typed: str) -> tuple[str, ...]:
    """Read the words, each once; one that is on the list already keeps its spelling.

    Raises:
        Refusal: there are too many, or one is too long.
    """
    if folded(typed) in {folded(say(NONE, language)) for language in spoken()}:
        return ()
    own_words = {key_of(word): word for word in words_of(leads.choices(call.tx, call.who, open_only=False))}
    pieces = [" ".join(piece.strip().lstrip("#").split()) for piece in _BETWEEN.split(typed)]
    words: dict[str, str] = {}
    for piece in pieces:
        if piece:
            words.setdefault(key_of(piece), own_words.get(key_of(piece), piece))
    if len(words) > MOST_TAGS:
        raise _refused(t("You can give up to {most} words. This is {n}.", most=Count(MOST_TAGS), n=Count(len(words))))
    if any(len(word) > LONGEST for word in words.values()):
        raise _refused(t("A word has at most {most} letters.", most=Count(LONGEST)))
    if not words:
        raise _refused(t("I found no word in it."))
    return tuple(words.values())


def _refused(why: Text) -> Refusal:
    return Refusal({"words": BadValue(why, t("Please put a comma between two words."))})
