"""What a command may answer with: a closed union of parts, and no platform's markup.

Every renderer walks the union and ends in `assert_never`, so a new part cannot be forgotten anywhere.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from bot.ui.button import Button
from bot.ui.chart import Chart
from bot.ui.text import Text, Value
from bot.ui.values import BY_KIND

PlainTextDialect: TypeAlias = Value


@dataclass(frozen=True)
class Heading:
    """A short title."""

    text: PlainTextDialect
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: PlainTextDialect
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Fields:
    """Labels with what belongs to them."""

    rows: tuple[tuple[Text, PlainTextDialect], ...]
    kind: Literal["fields"] = "fields"


@dataclass(frozen=True)
class Listing:
    """One thing a line, numbered from `first` where it is numbered; platforms page long ones."""

    items: tuple[PlainTextDialect, ...]
    numbered: bool = False
    first: int = 1
    kind: Literal["list"] = "list"


@dataclass(frozen=True)
class BoardRow:
    """One line of a ranking; people with equal scores share a place."""

    place: int
    name: PlainTextDialect
    score: Text


@dataclass(frozen=True)
class Ranking:
    """The leaderboard, best first."""

    places: tuple[BoardRow, ...]
    language: str | None = None
    """The language of its lines, where one post has two."""
    kind: Literal["ranking"] = "ranking"


@dataclass(frozen=True)
class Image:
    """A chart as data, drawn where it is shown; the alt text stands alone when drawing fails."""

    chart: Chart
    alt: Text
    kind: Literal["image"] = "image"


@dataclass(frozen=True)
class Note:
    """A quiet remark: a hint, a credit, what to do next."""

    text: PlainTextDialect
    kind: Literal["note"] = "note"


@dataclass(frozen=True)
class Buttons:
    """Buttons in the order in which they are shown."""

    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True)
class Menu:
    """One of many to choose, at most 25; choosing one does what pressing its button would."""

    label: Text
    options: tuple[Button, ...]
    kind: Literal["menu"] = "menu"


@dataclass(frozen=True)
class Link:
    """A link of our own; the address never comes from a member."""

    label: Text
    url: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True)
class File:
    """A file to keep: words, or bytes held as base64, so that every reply can be written as JSON."""

    name: str
    media_type: str
    content: str
    binary: bool = False
    in_words: bool = False
    """Whether the words of the answer say the same; where no file fits in a message, they are enough."""
    kind: Literal["file"] = "file"

    @classmethod
    def of_bytes(cls, name: str, media_type: str, data: bytes) -> "File":
        """Make a file of bytes that are not words."""
        return cls(name, media_type, b64encode(data).decode(), binary=True)

    @property
    def data(self) -> bytes:
        """The bytes of the file, as they are sent."""
        return b64decode(self.content) if self.binary else self.content.encode()


Part: TypeAlias = Annotated[
    "Heading | Paragraph | Fields | Listing | Ranking | Image | Note | Buttons | Menu | Link | File", BY_KIND
]


@dataclass(frozen=True)
class Reply:
    """An answer: its parts in order, and the stable code of the error when it is one."""

    parts: tuple[Part, ...]
    error: str | None = None


def reply(*parts: "Part | Text | None") -> Reply:
    """Build a reply; a bare text is a paragraph, and None leaves a part out."""
    return Reply(tuple(Paragraph(p) if isinstance(p, Text) else p for p in parts if p is not None))


def buttons(*choices: Button | None) -> Buttons:
    """Put buttons in one row; None leaves one out."""
    return Buttons(tuple(b for b in choices if b is not None))
