"""An interaction as an `Invocation`: who, where, in which language, and what was asked; nothing is decided here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from adapters.discord.api import components_of
from adapters.discord.commands import GROUP, SUB_COMMAND, USER
from adapters.discord.form import values_of
from adapters.discord.render import TEXT, Component
from bot.engine.invocation import (
    CalledCommand,
    Fetch,
    Invocation,
    OrganiserLook,
    Place,
    PressedButton,
    Request,
    Sender,
    SubmittedForm,
    no_file,
    nothing_lacks,
)
from bot.engine.someone import mention

PLATFORM = "discord"
SERVER_LINK = "https://discord.com/channels/"
_LINKED = re.compile(re.escape(SERVER_LINK) + r"(\d{1,20})\b")
_MANAGES = discord.Permissions(administrator=True, manage_guild=True).value
"""Who has one of these is an organiser, whatever was named here."""

Option = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Typing:
    """What a person has typed so far into one value of a command."""

    command: str
    param: str
    text: str


def invocation(
    interaction: discord.Interaction[Any], look: OrganiserLook = nothing_lacks, fetch: Fetch = no_file
) -> Invocation:
    """Turn an interaction into an invocation."""
    server = server_of(interaction)
    name = interaction.guild.name if interaction.guild is not None else ""
    data = _data(interaction)
    organises, strangers = _organising(data).__contains__, _strangers(data)
    place = Place(
        PLATFORM,
        str(server or ""),
        name,
        look,
        fetch=fetch,
        organises=organises,
        is_here=lambda user: user not in strangers,
    )
    return Invocation(str(interaction.id), place, _sender(interaction), _request(interaction))


def as_organiser(invocation: Invocation, *, organiser: bool | None) -> Invocation:
    """Say of the sender what Discord said when it was asked."""
    return replace(invocation, sender=replace(invocation.sender, organiser=organiser))


def server_of(interaction: discord.Interaction[Any]) -> int | None:
    """Tell which server an interaction is about; a private message of ours carries a link to it."""
    if interaction.guild_id is not None:
        return interaction.guild_id
    for text in texts_of(components_of(interaction.message)):
        linked = _LINKED.search(text)
        if linked:
            return int(linked[1])
    return None


def typing(interaction: discord.Interaction[Any]) -> Typing:
    """Read what a person is typing."""
    command, options = called(_data(interaction))
    focused = next((option for option in options if option.get("focused")), {"name": "", "value": ""})
    return Typing(command, str(focused["name"]), str(focused.get("value") or ""))


def called(data: Mapping[str, Any]) -> tuple[str, Sequence[Option]]:
    """Read the full name of a command, and the options given with it."""
    words = [str(data["name"])]
    options: list[Option] = list(data.get("options") or ())
    while options and options[0]["type"] in {SUB_COMMAND, GROUP}:
        words.append(str(options[0]["name"]))
        options = list(options[0].get("options") or ())
    return " ".join(words), options


def _data(interaction: discord.Interaction[Any]) -> dict[str, Any]:
    return dict(interaction.data or {})


def _sender(interaction: discord.Interaction[Any]) -> Sender:
    # A private message knows no nickname; the store keeps the name it has.
    name = interaction.user.display_name if interaction.guild_id is not None else ""
    # Discord's library knows no Arabic, but keeps what it was told.
    language = str(interaction.locale.value)
    return Sender(str(interaction.user.id), name, organiser=interaction.permissions.manage_guild, language=language)


def _request(interaction: discord.Interaction[Any]) -> Request:
    data = _data(interaction)
    match interaction.type:
        case discord.InteractionType.component:
            chosen = data.get("values")
            return PressedButton(str(chosen[0] if chosen else data["custom_id"]))
        case discord.InteractionType.modal_submit:
            return SubmittedForm(str(data["custom_id"]), values_of(data.get("components") or (), _people(data)))
        case _:
            command, options = called(data)
            people = _people(data)
            return CalledCommand(command, {str(option["name"]): _raw(option, people) for option in options})


def attached(interaction: discord.Interaction[Any]) -> Mapping[str, Mapping[str, Any]]:
    """Give the files that came with an interaction, by their ids."""
    return _told(_data(interaction), "attachments")


def _people(data: Mapping[str, Any]) -> dict[str, str]:
    """Name the people that Discord tells of beside the values, by their ids."""
    users, members = _told(data, "users"), _told(data, "members")
    return {
        id_: str((members.get(id_) or {}).get("nick") or user.get("global_name") or user.get("username") or "")
        for id_, user in users.items()
    }


def _told(data: Mapping[str, Any], kind: str) -> Mapping[str, Mapping[str, Any]]:
    """Give the objects of a kind that Discord resolved beside the ids, by their ids."""
    told: Mapping[str, Any] = data.get("resolved") or {}
    return told.get(kind) or {}


def _organising(data: Mapping[str, Any]) -> frozenset[str]:
    """Name the people beside the values who may manage the server themselves."""
    bits = {id_: int(rights.get("permissions") or 0) for id_, rights in _told(data, "members").items()}
    return frozenset(id_ for id_, rights in bits.items() if rights & _MANAGES)


def _strangers(data: Mapping[str, Any]) -> frozenset[str]:
    """Name the people beside the values who cannot use the bot on this server: bots, and who is not a member there."""
    users, members = _told(data, "users"), _told(data, "members")
    return frozenset(id_ for id_, user in users.items() if user.get("bot") or id_ not in members)


def _raw(option: Option, people: Mapping[str, str]) -> str:
    value = option.get("value")
    if option["type"] == USER:
        return mention(str(value), people.get(str(value), ""))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def texts_of(components: Sequence[Component]) -> Iterator[str]:
    """Give every text of a message, those inside other components too."""
    for component in components:
        if component.get("type") == TEXT:
            yield str(component.get("content", ""))
        yield from texts_of(component.get("components") or ())
