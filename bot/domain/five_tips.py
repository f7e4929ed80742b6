"""The five tips every community starts with, in our own words; the ideas are Elaine Ruijuan Li's."""

from dataclasses import dataclass

from bot.domain.tip import Topic


def mark(text: str) -> str:
    """Mark a text for the catalogs; it is translated where it is said."""
    return text


@dataclass(frozen=True, slots=True)
class SeededTip:
    """One of the five; `key` never changes, and `text` is the English source of the catalogs."""

    key: str
    topic: Topic
    text: str


FIVE = (
    SeededTip(
        "why-you",
        Topic.ASKING,
        mark(
            "Say why you chose this person, out of all people. Name one thing in their work that you like. "
            "Say what you want to talk about and how long. Then make it easy to say no."
        ),
    ),
    SeededTip(
        "goal",
        Topic.PREPARING,
        mark(
            "Before you meet, decide what you want to know at the end. Then let them talk freely. "
            "Make sure they learn which work you want, and why you will do it well."
        ),
    ),
    SeededTip(
        "plain-words",
        Topic.WORDS,
        mark(
            "Ask for a short chat or a coffee. Special terms from career courses can worry people. "
            "Use such a term only when you are sure that they know it."
        ),
    ),
    SeededTip(
        "let-them-talk",
        Topic.TALKING,
        mark(
            "Bring a few questions, not twenty. Let them talk more than you. "
            "Learn one thing about the person, not only about the job. A relaxed talk is remembered."
        ),
    ),
    SeededTip(
        "go-on",
        Topic.GOING_ON,
        mark(
            "Some people will not answer, and that is normal. Thank them in your mind and write to the next person. "
            "Each talk shows you better what you want. With more names, you have more chances."
        ),
    ),
)
CREDIT = "Elaine Ruijuan Li"
