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

_MENTION = re.compile(r"<@!?([A-Za-z0-9_.-]{1,40})(?:\|([^<>]*))?>[.,;:!?]*")


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

    here: bool = False
    """Whether it must be somebody who can use the bot there: no bot, and nobody who left or is elsewhere."""

    kind = Kind.PERSON
    reads = NamedPerson

    def read(self, call: "Call", raw: str) -> NamedPerson:
        """Take the platform's id of the person.

        Raises:
            BadValue: nobody here has this name, or they cannot use the bot.
            Doubtful: several have it.
        """
        match = _MENTION.fullmatch(raw.strip())
        if match is not None:
            return self._meant(call, NamedPerson(match[1], clean(match[2] or "")))
        wanted = folded(clean(raw).removeprefix("@"))
        fitting = _called(members.everyone(call.tx, call.own.community), wanted) if wanted else []
        if len(fitting) == 1:
            return self._meant(call, NamedPerson(fitting[0].platform_user, fitting[0].name))
        if fitting:
            raise Doubtful(
                t("{typed} fits more than one.", typed=echo(raw)),
                t("Which one do you mean?"),
                options=tuple(
                    (mention(member.platform_user, member.name), t("{name}", name=UserText(member.name)))
                    for member in fitting
                ),
            )
        raise BadValue(
            t("I know nobody here with the name {typed}. Nothing changed.", typed=echo(raw, named=True)),
            t("Please write @ and choose the person from the list."),
        )

    def _meant(self, call: "Call", person: NamedPerson) -> NamedPerson:
        if self.here and not call.place.is_here(person.user):
            raise BadValue(
                t("{name} cannot use me here. Nothing changed.", name=UserText(person.name))
                if person.name
                else t("This person cannot use me here. Nothing changed."),
                t("Please choose a member who is here now. A bot cannot be chosen."),
            )
        return person

    def write(self, value: NamedPerson) -> str:
        """Write the person as the platform does."""
        return mention(value.user, value.name)


def _called(everyone: Sequence[Member], wanted: str) -> list[Member]:
    """Find who has this name or handle, else whose first name it is; nicknames are nobody's business."""
    by_full_name = [member for member in everyone if wanted in (folded(member.name), folded(member.platform_user))]
    return by_full_name or [member for member in everyone if folded(member.name).split(" ")[0] == wanted]
