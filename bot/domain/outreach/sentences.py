"""Sentences of a message: where each begins and ends, and whose it is."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.domain.outreach.letters import mended, words_of

QUOTED = 90
"""Letters of a member's own sentence that are shown back to them."""

_END = re.compile(r"(?<=[.!?…])[\"»”')\]]*\s+|\n+")
_NO_END = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|mme|mlle|prof|m|e\.g|i\.e|etc)|(?:^|\s)[A-Z])\.$", re.IGNORECASE)
_GREETING = re.compile(
    r"^(hello|hi|hey|dear|good (day|morning|afternoon|evening)|bonjour|bonsoir|salut|allo|cher|chere|coucou"
    r"|madame|monsieur)\b"
)
_THANKS = re.compile(r"^(thank|thanks|merci|many thanks|best|kind|warm|regards|cordialement|bien a|yours|sincerely)\b")
_PLEASANTRY = re.compile(
    r"\b(how are you|how do you do|hope (that )?(you|this|all)|espere que (vous|tu|ce|tout)"
    r"|comment (allez vous|vas tu|ca va|vous allez)|ca va)\b"
)
_ME = {"i", "me", "my", "mine", "myself", "je", "j", "m", "mon", "ma", "mes", "moi", "miennes", "mienne", "mien"}
_YOU = {"you", "your", "yours", "yourself", "vous", "votre", "vos", "tu", "te", "ton", "ta", "tes", "toi", "votres"}

_NOT = {
    "don",
    "won",
    "can",
    "isn",
    "aren",
    "doesn",
    "didn",
    "couldn",
    "wouldn",
    "shouldn",
    "wasn",
    "haven",
    "hasn",
    "y",
}
"""What stands before the t of "don't"; another t is "you" in French."""


@dataclass(frozen=True)
class Sentence:
    """One sentence as it was written."""

    text: str

    @cached_property
    def plain(self) -> str:
        """Its folded words with single spaces, and typing errors in deciding words put right."""
        return " ".join(mended(words_of(self.text)))

    @cached_property
    def is_question(self) -> bool:
        """Whether it ends as a question, and is not only a greeting such as "How are you?"."""
        return "?" in self.text and not self.is_pleasantry

    @cached_property
    def is_pleasantry(self) -> bool:
        """Whether it is only polite."""
        return len(self.plain.split()) <= 12 and _PLEASANTRY.search(self.plain) is not None

    @cached_property
    def is_frame(self) -> bool:
        """Whether it only greets, thanks or signs."""
        words = self.plain.split()
        greets = len(words) <= 4 and (_GREETING.match(self.plain) or self.text.rstrip().endswith(","))
        return bool(greets) or bool(len(words) <= 9 and _THANKS.match(self.plain)) or self.is_pleasantry

    @cached_property
    def greets(self) -> bool:
        """Whether it begins by greeting somebody."""
        return _GREETING.match(self.plain) is not None

    @cached_property
    def mine(self) -> int:
        """How often it names the writer."""
        words = self.plain.split()
        return sum(word in _ME and not (word == "m" and before == "i") for before, word in pairwise(["", *words]))

    @cached_property
    def yours(self) -> int:
        """How often it names the reader."""
        words = ["", *self.plain.split()]
        return sum(word in _YOU or (word == "t" and before not in _NOT) for before, word in pairwise(words))

    @property
    def quote(self) -> str:
        """Give its beginning, to show it back."""
        text = " ".join(self.text.split())
        return text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"


def sentences_of(text: str) -> list[Sentence]:
    """Take a message apart; a title such as "Mr." or an initial ends no sentence."""
    found: list[str] = []
    for piece in _END.split(text.replace("’", "'")):
        if found and _NO_END.search(found[-1]):
            found[-1] += f" {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return [Sentence(piece) for piece in found]
