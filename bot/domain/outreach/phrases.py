"""The sentences of a draft in each language: plain words, none about a job, and none that needs an answer to bend.

Answers stand after a colon, so that any words of a member fit, in any grammar. These texts are read by outsiders, in
the language of the message and not of the member; so they stand here and not in the catalogs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.ask import Wording


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of one language."""

    hello: str
    eye: str
    share: str
    want: str
    ask: str
    easy_no: str
    name: str
    note: str
    no_name: str
    no_eye: str
    no_share: str
    no_want: str
    no_minutes: str
    no_talk: str
    talks: Mapping[Wording, str]


ENGLISH = Phrases(
    hello="Hello {name},",
    eye="One thing made me write to you: {eye}.",
    share="We also have something in common: {share}.",
    want="I would like to ask you about one thing: {want}.",
    ask="Would you have {minutes} minutes for {talk}?",
    easy_no="If not, that is completely fine.",
    name="[your name]",
    note=(
        "Hello {name}, one thing made me write to you: {eye}. We also have something in common: {share}. I would like "
        "to ask about: {want}. Would you have {minutes} minutes for {talk}? If not, that is fine. [your name]"
    ),
    no_name="[their name]",
    no_eye="[what you like about their work]",
    no_share="[what you have in common]",
    no_want="[what you want to understand]",
    no_minutes="[how many]",
    no_talk="[a call, a coffee]",
    talks={
        Wording.CHAT: "a casual chat",
        Wording.CALL: "a short call",
        Wording.COFFEE: "a coffee",
        Wording.MEETING: "a short meeting",
        Wording.DISCUSSION: "a discussion",
    },
)

FRENCH = Phrases(
    hello="Bonjour {name},",
    eye="Une chose m'a donné envie de vous écrire : {eye}.",
    share="Nous avons aussi un point commun : {share}.",
    want="J'aimerais vous parler d'une chose : {want}.",
    ask="Auriez-vous {minutes} minutes pour {talk} ?",
    easy_no="Sinon, ce n'est pas grave du tout.",
    name="[votre nom]",
    note=(
        "Bonjour {name}, une chose m'a donné envie de vous écrire : {eye}. Un point commun : {share}. "
        "J'aimerais parler de ceci : {want}. Auriez-vous {minutes} minutes pour {talk} ? Sinon, pas de souci. [votre nom]"
    ),
    no_name="[son nom]",
    no_eye="[ce qui vous a plu dans son travail]",
    no_share="[ce que vous avez en commun]",
    no_want="[ce que vous voulez savoir]",
    no_minutes="[combien]",
    no_talk="[un appel, un café]",
    talks={
        Wording.CHAT: "une petite conversation",
        Wording.CALL: "un court appel",
        Wording.COFFEE: "un café",
        Wording.MEETING: "une courte rencontre",
        Wording.DISCUSSION: "une discussion",
    },
)

PHRASES: Mapping[str, Phrases] = {"en": ENGLISH, "fr": FRENCH}
