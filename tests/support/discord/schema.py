"""What a bot of ours may send in messages and answers, exactly: a key that is not here is refused.

Written by hand from the public documentation, because no package that can be pinned here carries it, and the
published OpenAPI lets unknown keys pass; docs/decisions tells how the two are held against each other.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Strict(BaseModel):
    """An object without anything unknown in it, and nothing turned from one type into another."""

    model_config = ConfigDict(extra="forbid", strict=True)


Snowflake: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,19})$")]
CustomId: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Label: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Url: TypeAlias = Annotated[str, StringConstraints(max_length=512, pattern=r"^(https?|discord)://\S+$")]
Attachment: TypeAlias = Annotated[str, StringConstraints(max_length=2048, pattern=r"^attachment://\S+$")]
ChannelTypes: TypeAlias = Annotated[list[Literal[0, 5]], Field(min_length=1)]


class Button(Strict):
    type: Literal[2]
    style: Literal[1, 2, 3, 4, 5]
    label: Label
    custom_id: CustomId | None = None
    url: Url | None = None
    disabled: bool = False


class MenuOption(Strict):
    label: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Menu(Strict):
    """A select in a message; one alone fills its row."""

    type: Literal[3]
    custom_id: CustomId
    placeholder: Annotated[str, StringConstraints(min_length=1, max_length=150)] | None = None
    options: Annotated[list[MenuOption], Field(min_length=1, max_length=25)]


class Row(Strict):
    type: Literal[1]
    components: (
        Annotated[list[Button], Field(min_length=1, max_length=5)]
        | Annotated[list[Menu], Field(min_length=1, max_length=1)]
    )


class TextDisplay(Strict):
    type: Literal[10]
    content: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Media(Strict):
    url: Attachment


class GalleryItem(Strict):
    media: Media
    description: Annotated[str, StringConstraints(min_length=1, max_length=1024)]
    """Discord lets it be left out; a picture of ours is always told in words."""


class Gallery(Strict):
    type: Literal[12]
    items: Annotated[list[GalleryItem], Field(min_length=1, max_length=10)]


class File(Strict):
    type: Literal[13]
    file: Media


Inner: TypeAlias = Annotated[Row | TextDisplay | Gallery | File, Field(discriminator="type")]


class Container(Strict):
    type: Literal[17]
    accent_color: Annotated[int, Field(ge=1, le=0xFFFFFF)] | None = None
    """Black is sent as nothing by the library."""
    components: Annotated[list[Inner], Field(min_length=1, max_length=40)]


Outer: TypeAlias = Annotated[Row | TextDisplay | Gallery | File | Container, Field(discriminator="type")]


class AttachmentOf(Strict):
    id: Snowflake
    filename: Annotated[str, StringConstraints(min_length=1, max_length=1024)]
    description: Annotated[str, StringConstraints(min_length=1, max_length=1024)] | None = None


class Mentions(Strict):
    parse: Annotated[list[str], Field(max_length=0)]
    """Nobody is ever pinged, so nothing may stand here."""


class Body(Strict):
    """A message, in whatever way it comes; words stand in its components and nowhere else."""

    components: Annotated[list[Outer], Field(min_length=1, max_length=40)]
    flags: int
    allowed_mentions: Mentions
    attachments: Annotated[list[AttachmentOf], Field(max_length=10)]


class Post(Body):
    """POST /channels/{channel}/messages."""

    nonce: Annotated[str, StringConstraints(min_length=1, max_length=25)]
    enforce_nonce: Literal[True]


class Edit(Body):
    """PATCH /webhooks/{application}/{token}/messages/@original."""


class Flags(Strict):
    flags: Literal[0, 64]


class Option(Strict):
    label: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    description: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    default: bool = False


class TextInput(Strict):
    type: Literal[4]
    custom_id: CustomId
    style: Literal[1, 2]
    required: bool = True
    value: Annotated[str, StringConstraints(min_length=0, max_length=4000)] | None = None
    placeholder: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    min_length: Annotated[int, Field(ge=0, le=4000)] | None = None
    max_length: Annotated[int, Field(ge=1, le=4000)] | None = None


class Select(Strict):
    type: Literal[3]
    custom_id: CustomId
    required: bool = True
    placeholder: Annotated[str, StringConstraints(min_length=1, max_length=150)] | None = None
    min_values: Annotated[int, Field(ge=0, le=25)] = 1
    max_values: Annotated[int, Field(ge=1, le=25)] = 1
    options: Annotated[list[Option], Field(min_length=1, max_length=25)]


class UserDefault(Strict):
    id: Snowflake
    type: Literal["user"]


class UserSelect(Strict):
    type: Literal[5]
    custom_id: CustomId
    required: bool = True
    min_values: Annotated[int, Field(ge=0, le=25)] = 1
    default_values: Annotated[list[UserDefault], Field(max_length=1)] | None = None


class ChannelDefault(Strict):
    id: Snowflake
    type: Literal["channel"]


class ChannelSelect(Strict):
    type: Literal[8]
    custom_id: CustomId
    required: bool = True
    channel_types: ChannelTypes
    min_values: Annotated[int, Field(ge=0, le=25)] = 1
    default_values: Annotated[list[ChannelDefault], Field(max_length=1)] | None = None


class Radio(Strict):
    type: Literal[21]
    custom_id: CustomId
    required: bool = True
    options: Annotated[list[Option], Field(min_length=2, max_length=10)]


class FileUpload(Strict):
    type: Literal[19]
    custom_id: CustomId
    required: bool = True
    min_values: Annotated[int, Field(ge=0, le=10)] = 1
    max_values: Annotated[int, Field(ge=1, le=10)] = 1


class Labelled(Strict):
    type: Literal[18]
    label: Annotated[str, StringConstraints(min_length=1, max_length=45)]
    description: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    component: Annotated[
        TextInput | Select | UserSelect | ChannelSelect | FileUpload | Radio, Field(discriminator="type")
    ]


class Modal(Strict):
    custom_id: CustomId
    title: Annotated[str, StringConstraints(min_length=1, max_length=45)]
    components: Annotated[list[Labelled], Field(min_length=1, max_length=5)]


class Choice(Strict):
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    value: Annotated[str, StringConstraints(min_length=0, max_length=100)]


class Choices(Strict):
    choices: Annotated[list[Choice], Field(max_length=25)]


class Message4(Strict):
    type: Literal[4]
    data: Body


class Defer5(Strict):
    type: Literal[5]
    data: Flags


class Nothing(Strict):
    pass


class DeferUpdate6(Strict):
    type: Literal[6]
    data: Nothing


class Update7(Strict):
    type: Literal[7]
    data: Body


class Suggest8(Strict):
    type: Literal[8]
    data: Choices


class Modal9(Strict):
    type: Literal[9]
    data: Modal


Callback: TypeAlias = Annotated[
    Message4 | Defer5 | DeferUpdate6 | Update7 | Suggest8 | Modal9, Field(discriminator="type")
]
"""POST /interactions/{id}/{token}/callback."""


class PrivateChannel(Strict):
    """POST /users/@me/channels."""

    recipient_id: Snowflake
