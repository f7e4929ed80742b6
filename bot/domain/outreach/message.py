"""A message as it is understood: its sentences, whom each is about, and the one that asks for the talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.outreach.language import EntryKind
from bot.domain.outreach.refusals import grants_no, releases
from bot.domain.outreach.sentences import Sentence, sentences_of
from bot.domain.outreach.signs import signs
from bot.domain.outreach.telling import tells_apart

_NO_STATEMENT = (EntryKind.ASK, EntryKind.CONDITION, EntryKind.FILE)
"""What is asked, said under a condition, or said of a file, is no news of the reader."""


@dataclass(frozen=True, slots=True)
class MessageRecipient:
    """What is known of the person a message is for."""

    knows_term: bool = False
    about: str = ""
    """Why the member wants to talk with them, in the member's words."""


@dataclass(frozen=True)
class Message:
    """A message and the person it is for, with all that is read out of it."""

    text: str
    reader: MessageRecipient

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """All of it, sentence by sentence."""
        return sentences_of(self.text)

    @cached_property
    def body(self) -> Sequence[Sentence]:
        """The sentences that say something: no greeting, thanks or name."""
        return [sentence for sentence in self.sentences if not sentence.is_frame]

    @cached_property
    def words(self) -> int:
        """How many words it has, as people count."""
        return sum(any(c.isalnum() for c in word) for word in self.text.split())

    @cached_property
    def to_one(self) -> bool:
        """Whether it is for one person; "Dear Sir or Madam" is for anybody."""
        return not self.has(EntryKind.TO_NOBODY)

    def has(self, kind: EntryKind) -> bool:
        """Tell whether a sentence has a sign of a kind."""
        return any(sentence.has(kind) for sentence in self.sentences)

    @cached_property
    def reasoned(self) -> bool:
        """Tell whether something is true of this reader only; nothing is where anybody may be the reader."""
        return self.to_one and any(self._is_reason(s) for s in self.sentences if not _offers(s))

    def _is_reason(self, sentence: Sentence) -> bool:
        """Tell whether a sentence has a sign of a reason, or says of the reader what is said of nobody else."""
        return sentence.has(EntryKind.REASON) or (_states(sentence) and tells_apart(sentence, self.body))

    def points_back(self, sentence: Sentence) -> bool:
        """Tell whether "about that" takes up what was said of this reader before."""
        before = self.sentences[: self.sentences.index(sentence)]
        return self.to_one and sentence.has(EntryKind.BACK) and any(self._is_reason(s) for s in before)

    @cached_property
    def of_you(self) -> Sequence[Sentence]:
        """The sentences about the reader: named as often as the writer, given a reason, or told what both share."""
        no_job = [s for s in self.body if not (s.mine and seeks_job(s))]
        reasoned = [s for s in no_job if s.has(EntryKind.COMMON) or self._is_reason(s)] if self.to_one else []
        return [s for s in no_job if (s.yours and s.yours >= s.mine) or s in reasoned]

    @cached_property
    def of_me(self) -> Sequence[Sentence]:
        """The sentences more about the writer; one that asks for a talk, or grants a no, is about neither."""
        neither = [s for s in self.body if s is self.request or grants_no([s])]
        neither += [s for s in self.body if s.has(EntryKind.ASK) and not seeks_job(s)]
        neither += [s for s in self.after_request if releases([s])]
        return [s for s in self.body if s.mine > s.yours and s not in self.of_you and s not in neither]

    @cached_property
    def asking(self) -> Sequence[Sentence]:
        """The sentences that are questions."""
        return [s for s in self.sentences if s.is_question]

    @cached_property
    def request(self) -> Sentence | None:
        """The sentence that most surely asks for the talk; None where none asks."""
        no_job = [s for s in self.body if not s.is_pleasantry and not seeks_job(s)]
        with_ask = [s for s in no_job if signs(EntryKind.ASK).found_in(signs(EntryKind.NO_ASK).sub("x", s.plain))]
        candidates = [*with_ask, *(s for s in self.asking if s not in with_ask)]
        # `max` takes the first of equals: reversed, that is the last one in the message.
        return max(reversed(candidates), key=lambda s: _asks_for_talk(s, soft=s in with_ask), default=None)

    @property
    def after_request(self) -> Sequence[Sentence]:
        """The sentences that follow the one that asks for the talk."""
        body = list(self.body)
        return body[body.index(self.request) + 1 :] if self.request in body else []

    @property
    def last(self) -> str:
        """The last sentence that says something, to show it."""
        return self.body[-1].quote if self.body else self.sentences[-1].quote


def seeks_job(sentence: Sentence) -> bool:
    """Tell whether a sentence asks for a job."""
    return signs(EntryKind.JOB).found_in(signs(EntryKind.NO_JOB).sub("x", sentence.plain))


def _states(sentence: Sentence) -> bool:
    """Tell whether a sentence only says how things are: it asks for nothing, and lets nobody say no."""
    asks_or_offers = sentence.is_question or any(map(sentence.has, _NO_STATEMENT))
    return not asks_or_offers and not grants_no([sentence])


def _asks_for_talk(sentence: Sentence, *, soft: bool) -> tuple[bool, bool, bool, bool]:
    """Tell how surely a sentence asks for the talk: it asks, names a talk, and says how long."""
    timed = sentence.has(EntryKind.DURATION)
    names = sentence.has(EntryKind.TALK)
    return (soft and names and timed, soft and (names or timed), timed, sentence.is_question)


def _offers(sentence: Sentence) -> bool:
    """Tell whether a sentence names the reader only to ask them for a job, as in "work in your hotel"."""
    return seeks_job(sentence) and sentence.yours <= sentence.mine
