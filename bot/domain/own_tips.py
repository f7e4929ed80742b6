"""The tips every community starts with, in our own words: five, and what is inside each; the ideas are Elaine Ruijuan Li's.

They are so many that a digest always has one, though none comes again within eight weeks.
"""

from dataclasses import dataclass

from bot.domain.tip import Topic


def mark(text: str) -> str:
    """Mark a text for the catalogs; it is translated where it is said."""
    return text


@dataclass(frozen=True, slots=True)
class OwnTip:
    """One tip of ours; `key` never changes, and `text` is the English source of the catalogs."""

    key: str
    topic: Topic
    text: str


FIVE = (
    OwnTip(
        "why-you",
        Topic.ASKING,
        mark(
            "Say why you chose this person, out of all people. Name one thing in their work that you like. "
            "Say what you want to talk about and how long. Then make it easy to say no."
        ),
    ),
    OwnTip(
        "goal",
        Topic.PREPARING,
        mark(
            "Before you meet, decide what you want to know at the end. Then let them talk freely. "
            "Make sure they learn which work you want, and why you will do it well."
        ),
    ),
    OwnTip(
        "plain-words",
        Topic.WORDS,
        mark(
            "Ask for a short chat or a coffee. Special terms from career courses can worry people. "
            "Use such a term only when you are sure that they know it."
        ),
    ),
    OwnTip(
        "let-them-talk",
        Topic.TALKING,
        mark(
            "Bring a few questions, not twenty. Let them talk more than you. "
            "Learn one thing about the person, not only about the job. A relaxed talk is remembered."
        ),
    ),
    OwnTip(
        "go-on",
        Topic.GOING_ON,
        mark(
            "Some people will not answer, and that is normal. Thank them in your mind and write to the next person. "
            "Each talk shows you better what you want. With more names, you have more chances."
        ),
    ),
)
INSIDE = (
    OwnTip(
        "one-reason",
        Topic.ASKING,
        mark(
            "Read your message again before you send it. Could you send the same words to ten people? "
            "Then look for a reason that fits only this person."
        ),
    ),
    OwnTip(
        "in-common",
        Topic.ASKING,
        mark(
            "Look for what you two have in common. It can be a city, a school, a language or a change of work. "
            "Write it in one sentence."
        ),
    ),
    OwnTip(
        "easy-no",
        Topic.ASKING,
        mark(
            "Ask for fifteen minutes, and name one topic. Then write that a no is fine. "
            "People say yes more often when they may say no."
        ),
    ),
    OwnTip(
        "good-hour",
        Topic.PREPARING,
        mark(
            "Perhaps a talk brings no job and no new name. Decide before what would still make the talk good. "
            "To know one more person in your field is a good result."
        ),
    ),
    OwnTip(
        "one-sentence",
        Topic.PREPARING,
        mark(
            "Write one sentence about the work you want, and why you will do it well. Say it aloud before you meet. "
            "Then the other person can tell it to others."
        ),
    ),
    OwnTip(
        "two-kinds",
        Topic.WORDS,
        mark(
            "Some people know the special term, and help at once. Others never heard it, and do not answer. "
            "When you do not know, ask for a talk about their work."
        ),
    ),
    OwnTip(
        "a-story",
        Topic.TALKING,
        mark(
            "Begin with a question about the person. For example: how did you begin this work? "
            "Listen, and ask more about what they tell you."
        ),
    ),
    OwnTip(
        "no-push",
        Topic.TALKING,
        mark(
            "A person who gives you time already wants to help. You do not need to push. "
            "Make the talk pleasant for them. They may think of things you never asked for."
        ),
    ),
    OwnTip(
        "beside-work",
        Topic.TALKING,
        mark(
            "After a talk, write down one thing about the person that is not work. "
            "Use it when you thank them. They will see that you listened."
        ),
    ),
    OwnTip(
        "next-name",
        Topic.GOING_ON,
        mark(
            "Keep the next name ready on your list. When one person does not answer, you go on the same day. "
            "It is easier with many names than with one."
        ),
    ),
    OwnTip(
        "what-i-want",
        Topic.GOING_ON,
        mark(
            "After each talk, write down what you want now. Write down too what you no longer want. "
            "After some talks you know your work much better."
        ),
    ),
    OwnTip(
        "it-is-a-skill",
        Topic.GOING_ON,
        mark(
            "You find people, write to them and stay in touch with them. That is a skill, and many jobs need it. "
            "Put it in your résumé."
        ),
    ),
)
OWN = (*FIVE, *INSIDE)
CREDIT = "Elaine Ruijuan Li"
