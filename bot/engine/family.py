"""A family of commands, as it is listed."""

from dataclasses import dataclass

from bot.ui.text import Text


@dataclass(frozen=True, slots=True)
class Family:
    """Commands that share their first word."""

    name: str
    about: Text
    """What it is for, in one sentence."""
    place: int
    """Where it stands among the others where they are listed, the lowest first."""
    stands_alone: bool = False
    """Whether its first word is a command of its own where commands share one word, as on Slack."""
