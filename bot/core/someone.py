"""A value that names another person of the community, by the platform's own id."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.echo import echo
from bot.core.errors import BadValue
from bot.core.rules import Kind, Rule
from bot.ui.text import t

if TYPE_CHECKING:
    from bot.core.call import Call

_MENTION = re.compile(r"<@!?([A-Za-z0-9_]{1,40})(?:\|[^<>]*)?>|@?([A-Za-z0-9_.-]{1,40})")


@dataclass(frozen=True, kw_only=True)
class Someone(Rule[str]):
    """A person of the community, named as the platform names people, such as @ann."""

    asked: bool = False
    kind = Kind.LINE
    reads = str

    def read(self, call: "Call", raw: str) -> str:
        """Take the platform's id of the person.

        Raises:
            BadValue: it names nobody.
        """
        found = _MENTION.fullmatch(raw.strip())
        if found is None:
            raise BadValue(
                t("{typed} is not a person here.", typed=echo(raw)),
                t("Please write the name with an @ in front."),
            )
        return found[1] or found[2]
