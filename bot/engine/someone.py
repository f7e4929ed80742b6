"""A value that names another person of the community: by the platform's own id, or by a name that fits one member."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.member import Member
from bot.engine.clean import clean
from bot.engine.echo import echo
from bot.engine.errors import BadValue
from bot.engine.rule import Doubtful, Kind, Rule
from bot.letters import folded
from bot.store import members
from bot.ui.text import t
from bot.ui.values import UserText

if TYPE_CHECKING:
    from bot.engine.call import Call

_MENTION = re.compile(r"<@!?([A-Za-z0-9_.-]{1,40})(?:\|([^<>]*))?>")


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person, by the platform's id and by the name they were named with; they may never have used the bot."""

    user: str
    name: str = ""


def mention(user: str, name: str = "") -> str:
    """Write a person whom the platform itself named, so that `Someone` reads the id back."""
    return f"<@{user}|{re.sub('[<>|]', '', name)}>" if name else f"<@{user}>"


@dataclass(frozen=True, kw_only=True)
class Someone(Rule[NamedPerson]):
    """A person of the community.

    The platform's own id may name anybody; words that were typed must fit one member whom the bot knows.
    """

    kind = Kind.PERSON
    reads = NamedPerson

    def read(self, call: "Call", raw: str) -> NamedPerson:
        """Take the platform's id of the person.

        Raises:
            BadValue: nobody here has this name.
            Doubtful: several have it.
        """
        given = _MENTION.fullmatch(raw.strip())
        if given is not None:
            return NamedPerson(given[1], clean(given[2] or ""))
        wanted = folded(clean(raw).removeprefix("@"))
        found = _called(members.everyone(call.tx, call.own.community), wanted) if wanted else []
        if len(found) == 1:
            return NamedPerson(found[0].platform_user, found[0].name)
        if found:
            raise Doubtful(
                t("{typed} fits more than one.", typed=echo(raw)),
                t("Which one do you mean?"),
                options=tuple(
                    (mention(each.platform_user, each.name), t("{name}", name=UserText(each.name))) for each in found
                ),
            )
        raise BadValue(
            t("I know nobody here with the name {typed}. Nothing changed.", typed=echo(raw)),
            t("Please write @ and choose the person from the list."),
        )

    def write(self, value: NamedPerson) -> str:
        """Write the person as the platform does."""
        return mention(value.user, value.name)


def _called(everyone: Sequence[Member], wanted: str) -> list[Member]:
    """Find who has this name or handle, else whose first name it is; nicknames are nobody's business."""
    whole = [each for each in everyone if wanted in (folded(each.name), folded(each.platform_user))]
    return whole or [each for each in everyone if folded(each.name).split(" ")[0] == wanted]
