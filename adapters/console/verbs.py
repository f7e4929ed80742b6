"""The words of the prompt itself: shown in the reader's language, and understood in every language."""

from functools import cache

from bot.letters import folded
from bot.ui.languages import spoken
from bot.ui.text import Text, tc
from bot.ui.voice import say

BE = tc("typed at the prompt", "as omar")
SPEAK = tc("typed at the prompt", "speaks fr")
MOVE = tc("typed at the prompt", "at 2026-03-16T12:30")
MONDAY = tc("typed at the prompt", "monday")
CHANNEL = tc("typed at the prompt", "channel")
HELP = tc("typed at the prompt", "help")
QUIT = tc("typed at the prompt", "quit")
VERBS = (BE, MOVE, MONDAY, CHANNEL, SPEAK, HELP, QUIT)
"""Each with what may stand behind it; its first word is the verb."""
_LEAVING = {"exit", "sortir"}


def word(verb: Text, language: str) -> str:
    """Give a verb as it is typed in a language."""
    return say(verb, language).split()[0]


def meant(typed: str) -> Text | None:
    """Find the verb that a word is, in whatever language it is typed."""
    return _verbs_by_word().get(folded(typed))


def leaves(line: str) -> bool:
    """Tell whether a line ends the prompt, or closes the form that is open."""
    return meant(line.strip().removeprefix("/")) is QUIT


@cache
def _verbs_by_word() -> dict[str, Text]:
    by_word = {folded(word(verb, language)): verb for language in spoken() for verb in VERBS}
    return by_word | {folded(leaving): QUIT for leaving in _LEAVING}
