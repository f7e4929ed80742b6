"""What a bot of ours may register as commands, exactly; see `schema`."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from tests.support.discord.schema import ChannelTypes, Strict

LOCALES: TypeAlias = Literal[
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
]  # fmt: skip
Name: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=32, pattern=r"^[-_'\w]{1,32}$")]
Described: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Whole: TypeAlias = Annotated[int, Field(ge=-(2**53), le=2**53)]


class Named(Strict):
    name: Name
    name_localizations: dict[LOCALES, Name] | None = None
    description: Described
    description_localizations: dict[LOCALES, Described] | None = None


class ChoiceOf(Strict):
    name: Described
    name_localizations: dict[LOCALES, Described] | None = None
    value: Described


class Given(Named):
    """A value of a command."""

    required: bool = False


class Words(Given):
    type: Literal[3]
    autocomplete: bool = False
    choices: Annotated[list[ChoiceOf], Field(min_length=1, max_length=25)] | None = None
    min_length: Annotated[int, Field(ge=0, le=6000)] | None = None
    max_length: Annotated[int, Field(ge=1, le=6000)] | None = None


class Number(Given):
    type: Literal[4]
    min_value: Whole | None = None
    max_value: Whole | None = None


class YesNo(Given):
    type: Literal[5]


class Somebody(Given):
    type: Literal[6]


class Channel(Given):
    type: Literal[7]
    channel_types: ChannelTypes


class Attached(Given):
    type: Literal[11]


Value: TypeAlias = Annotated[Words | Number | YesNo | Somebody | Channel | Attached, Field(discriminator="type")]


class SubCommand(Named):
    type: Literal[1]
    options: Annotated[list[Value], Field(max_length=25)] = Field(default_factory=list)


class Group(Named):
    type: Literal[2]
    options: Annotated[list[SubCommand], Field(min_length=1, max_length=25)]


class Command(Named):
    type: Literal[1]
    options: Annotated[
        list[Annotated[SubCommand | Group | Words | Number | YesNo | Somebody | Channel, Field(discriminator="type")]],
        Field(max_length=25),
    ] = Field(default_factory=list)
    contexts: list[Literal[0]]
    integration_types: list[Literal[0]]
    default_member_permissions: Annotated[int, Field(ge=0)] | None = None


Commands: TypeAlias = Annotated[list[Command], Field(max_length=100)]
"""PUT /applications/{application}/commands."""
