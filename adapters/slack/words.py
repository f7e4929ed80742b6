"""The words Slack knows the bot by: its commands, its shortcuts, and how a command is typed there."""

from dataclasses import dataclass

from bot.ui.places import learn

PLATFORM = "slack"
UMBRELLA = "hello"
"""`/hello …` reaches every command, because the names of slash commands are shared between apps."""
ALONE = ("lead", "tip", "meeting", "week", "board", "win")
"""The families that also stand alone."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Something people start from Slack's own menus: which command's form it opens, and what is written in it."""

    callback: str
    name: str
    description: str
    command: str
    takes: str | None = None
    """The value that takes the text of the message; None for a shortcut that belongs to no message."""


SHORTCUTS = (
    Shortcut("share-as-a-tip", "Share as a tip", "Share this message as a tip", "tip share", takes="text"),
    Shortcut("log-a-lead", "Log a lead", "Add a person you would like to talk with", "lead add"),
)


def typed(name: str) -> str:
    """Write a command, by its full name, as it is typed in Slack: `/lead add`, but `/hello ask sent`."""
    family = name.split(maxsplit=1)[0] if name else ""
    return f"/{name}" if family in (*ALONE, UMBRELLA) else f"/{UMBRELLA} {name}".rstrip()


def typed_line(line: str) -> str:
    """Write a whole line, such as `/me link code:X`, as it is typed in Slack."""
    return typed(line.removeprefix("/"))


learn(PLATFORM, typed_line)
