"""The words Slack knows the bot by: its commands, and how a command is typed there."""

from bot.engine.registry import Registry
from bot.ui.places import learn

PLATFORM = "slack"
UMBRELLA = "hello"
"""`/hello …` reaches every command, because the names of slash commands are shared between apps."""

_alone: set[str] = {UMBRELLA}


def learn_families(registry: Registry) -> None:
    """Learn which families of a product have a slash command of their own; the manifest gives it to them."""
    _alone.clear()
    _alone.update((UMBRELLA, *(family.name for family in registry.families if family.stands_alone)))


def stands_alone(family: str) -> bool:
    """Tell whether a family has a slash command of its own."""
    return family in _alone


def typed(name: str) -> str:
    """Write a command, by its full name, as it is typed in Slack: `/lead add`, but `/hello ask sent`."""
    family = name.split(maxsplit=1)[0] if name else ""
    return f"/{name}" if stands_alone(family) else f"/{UMBRELLA} {name}".rstrip()


def typed_line(line: str) -> str:
    """Write a whole line, such as `/me link code:X`, as it is typed in Slack."""
    return typed(line.removeprefix("/"))


learn(PLATFORM, typed_line)
