"""Writes a reply as Discord's Components V2: pure, and people's words are escaped by the dialect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, assert_never

from adapters.discord import limits
from adapters.discord.dialect import DiscordDialect, unlisted
from bot.ui import reply as parts
from bot.ui.button import Button, Style
from bot.ui.plain import labelled, marked, ranked
from bot.ui.reply import Reply
from bot.ui.text import Text
from bot.ui.voice import say

Component: TypeAlias = dict[str, Any]
Drawn: TypeAlias = Mapping[parts.Image, bytes]
"""The pictures of a reply; one that could not be drawn is missing, and its words stand alone."""

ROW, BUTTON, SELECT, TEXT, GALLERY, FILE, CONTAINER = 1, 2, 3, 10, 12, 13, 17
_STYLES = {Style.PLAIN: 2, Style.MAIN: 1, Style.DANGER: 4}
_LINK = 5
TEAL, AMBER = 0x2F7F86, 0xB4632D
"""The bar beside an answer, and beside one that says what went wrong; words say it too."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a message."""

    name: str
    content: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: its components, and the files they show."""

    components: list[Component]
    files: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class MessageBuilder:
    """Writes words for one reader, in their language and in Discord's markdown."""

    language: str
    dialect: DiscordDialect
    _texts: dict[parts.PlainTextDialect, str] = field(
        default_factory=dict[parts.PlainTextDialect, str], repr=False, compare=False
    )
    """Caches what was written: a message is weighed before it is rendered, and its words are the same both times."""

    def say(self, words: parts.PlainTextDialect) -> str:
        """Write words for this reader."""
        text = self._texts.get(words)
        if text is None:
            text = self._texts[words] = say(words, self.language, self.dialect)
        return text

    def plain(self, words: parts.PlainTextDialect) -> str:
        """Write words where Discord reads no markdown: on buttons, in forms, in descriptions of pictures."""
        return say(words, self.language)


def render(reply: Reply, reader: MessageBuilder, drawn: Drawn, footer: Sequence[str] = ()) -> Rendered:
    """Write a reply as one message; `footer` is markdown of the adapter's own, one small line each."""
    shown: list[Component] = []
    files: list[Attached] = []
    custom_ids: set[str] = set()
    for part in reply.parts:
        components, file = _part(part, reader, drawn, custom_ids, len(files))
        shown += components
        files += [file] if file else []
    shown += [_text(f"-# {line}") for line in footer]
    colour = AMBER if reply.error else TEAL
    return Rendered([{"type": CONTAINER, "accent_color": colour, "components": shown}], tuple(files))


def _part(
    part: parts.Part, reader: MessageBuilder, drawn: Drawn, custom_ids: set[str], number: int
) -> tuple[list[Component], Attached | None]:
    match part:
        case parts.Buttons():
            return _rows([_button(button, reader) for button in _new(part.buttons, custom_ids)]), None
        case parts.Menu():
            return [_menu(part, reader, len(custom_ids), custom_ids)], None
        case parts.Link():
            link = {"type": BUTTON, "style": _LINK, "label": _cut(reader.plain(part.label), limits.BUTTON)}
            return [{"type": ROW, "components": [{**link, "url": part.url}]}], None
        case parts.Image():
            return _image(part, reader, drawn, number)
        case parts.File():
            file = Attached(part.name, part.data)
            return [{"type": FILE, "file": {"url": f"attachment://{part.name}"}}], file
        case _:
            written = words_of(part, reader)
            return [_text(written)] if written else [], None


def in_row(stands: Sequence[Component], pressed: str, message: Rendered) -> Rendered | None:
    """Replace the row of a pressed button by a message; None when the two do not fit into one message."""
    inner = [dict(component) for frame in stands for component in frame.get("components", ())]
    rows = (
        at
        for at, row in enumerate(inner)
        if pressed in (component.get("custom_id") for component in row.get("components", ()))
    )
    at = next(rows, None)
    fresh = message.components[0]["components"]
    # A footer that both have is shown once.
    fresh = [component for component in fresh if component not in inner]
    if (
        at is None
        or len(stands) != 1
        or message.files
        or any(component["type"] in {GALLERY, FILE} for component in inner)
    ):
        return None
    merged = [*inner[:at], *fresh, *inner[at + 1 :]]
    ids = [
        component["custom_id"] for row in merged for component in row.get("components", ()) if "custom_id" in component
    ]
    size = len(merged) + sum(len(row.get("components", ())) for row in merged) + 1
    characters = sum(counted(component.get("content", "")) for component in merged)
    if len(set(ids)) < len(ids) or size > limits.COMPONENTS or characters > limits.CHARACTERS:
        return None
    return Rendered([{**stands[0], "components": merged}], ())


def words_of(part: parts.Part, reader: MessageBuilder) -> str:
    """Write the words of a part in Discord's markdown; a part without words gives none."""
    return "\n".join(_lines(part, reader))


def _lines(part: parts.Part, reader: MessageBuilder) -> list[str]:
    lines: list[str]
    match part:
        case parts.Heading():
            lines = [f"### {reader.say(part.text)}"]
        case parts.Paragraph():
            lines = [reader.say(part.text)]
        case parts.Note() | parts.Image():
            text = reader.say(part.text if isinstance(part, parts.Note) else part.alt)
            lines = [f"-# {line}" for line in text.splitlines() if line]
        case parts.Fields():
            lines = [_row(label, words, reader) for label, words in part.rows]
        case parts.Listing():
            lines = [f"{mark} {reader.say(item)}" for mark, item in marked(part, "-")]
        case parts.Ranking():
            lines = [unlisted(reader.say(line)) for line in ranked(part)]
        case parts.Link() | parts.Buttons() | parts.Menu() | parts.File():
            lines = []
        case _:
            assert_never(part)
    return lines


def _row(label: Text, words: parts.PlainTextDialect, reader: MessageBuilder) -> str:
    """Write a label in bold before its words, where the language puts it first."""
    line, bold = reader.say(labelled(label, words)), reader.say(label)
    return f"**{bold}**{line[len(bold) :]}" if line.startswith(bold) else line


def _image(
    image: parts.Image, reader: MessageBuilder, drawn: Drawn, number: int
) -> tuple[list[Component], Attached | None]:
    picture = drawn.get(image)
    if picture is None:
        return [_text(words_of(image, reader))], None
    alt = _cut(reader.plain(image.alt), limits.ALT)
    name = f"chart-{number}.png"
    item = {"media": {"url": f"attachment://{name}"}, "description": alt}
    return [{"type": GALLERY, "items": [item]}], Attached(name, picture, alt)


def _text(words: str) -> Component:
    # Room is left for the footer: the limit is for all texts of a message together.
    return {"type": TEXT, "content": _cut(words, limits.CHARACTERS - 200)}


def _button(button: Button, reader: MessageBuilder) -> Component:
    label = _cut(reader.plain(button.label), limits.BUTTON)
    return {"type": BUTTON, "style": _STYLES[button.style], "label": label, "custom_id": button.token}


def _menu(menu: parts.Menu, reader: MessageBuilder, number: int, custom_ids: set[str]) -> Component:
    """Write a menu; what a choice does is in its value, and the id only tells menus apart."""
    select = {
        "type": SELECT,
        "custom_id": f"menu-{number}",
        "placeholder": _cut(reader.plain(menu.label), limits.PLACEHOLDER),
    }
    custom_ids.add(f"menu-{number}")
    options = [
        {"label": _cut(reader.plain(option.label), limits.OPTION), "value": option.token}
        for option in menu.options[: limits.OPTIONS]
    ]
    return {"type": ROW, "components": [{**select, "options": options}]}


def _new(buttons: Sequence[Button], custom_ids: set[str]) -> list[Button]:
    """Leave out buttons that do what another one of this message does; Discord refuses two with one id."""
    fresh = [button for button in dict.fromkeys(buttons) if button.token not in custom_ids]
    custom_ids.update(button.token for button in fresh)
    return fresh


def _rows(buttons: Sequence[Component]) -> list[Component]:
    rows = [buttons[at : at + limits.ROW] for at in range(0, len(buttons), limits.ROW)]
    return [{"type": ROW, "components": list(row)} for row in rows]


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def weight(part: parts.Part, reader: MessageBuilder) -> tuple[int, int]:
    """Tell what a part takes of a message: characters, and components."""
    match part:
        case parts.Buttons():
            number = len(part.buttons)
            return 0, number + -(-number // limits.ROW)
        case parts.Link() | parts.Menu():
            return 0, 2
        case _:
            return counted(words_of(part, reader)), 1


def counted(words: str) -> int:
    """Count the characters of words as Discord may: in UTF-16."""
    return len(words) if words.isascii() else len(words.encode("utf-16-le")) // 2
