"""What the engine and the platforms look for among the commands of a product."""

from enum import StrEnum


class Role(StrEnum):
    """What the engine and the platforms need one command of a product for."""

    HELP = "help"
    """It shows what can be typed; it takes a value named `command`."""
    SET_UP = "set up"
    """It sets a community up; where there is none, nothing need be set up. It may take a `channel`, a `zone` and a `language`."""
    HOME = "home"
    """Its answer is the member's page, where a platform has one."""
    INBOX = "inbox"
    """It shows the messages that could not be delivered."""
