"""Cuts a reply that is too long for one Discord message into pages, between its parts or inside a long one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from adapters.discord import limits
from adapters.discord.render import MessageBuilder, Rendered, counted, weight
from bot.ui import reply as parts
from bot.ui.reply import Reply
from bot.ui.text import t
from bot.ui.values import Count, UserText

T = TypeVar("T")
CHARACTERS = limits.CHARACTERS - 500
COMPONENTS = limits.COMPONENTS - 8
"""Limits for the parts of a page; what is left is for the frame, the page buttons and the footer."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """What some parts take of a message."""

    characters: int = 0
    components: int = 0
    files: int = 0

    def __add__(self, other: "PageSize") -> "PageSize":
        """Add the sizes of two groups of parts."""
        return PageSize(
            self.characters + other.characters, self.components + other.components, self.files + other.files
        )

    @property
    def fits(self) -> bool:
        """Whether one message has room for it."""
        return self.characters <= CHARACTERS and self.components <= COMPONENTS and self.files <= limits.FILES


def is_short(message: Rendered) -> bool:
    """Tell whether a message is surely one page, so that its parts need not be weighed one by one; nearly all are."""
    components = [component for frame in message.components for component in frame["components"]]
    characters = sum(counted(component.get("content", "")) for component in components)
    number = sum(1 + len(component.get("components", ())) for component in components)
    return PageSize(characters, number, len(message.files)).fits


def pages(reply: Reply, reader: MessageBuilder) -> list[Reply]:
    """Cut a reply into pages that each fit; a short one is its own only page."""
    page_parts: list[list[parts.Part]] = [[]]
    room = PageSize()
    for part, part_size in _small(reply.parts, reader):
        if page_parts[-1] and not (room + part_size).fits:
            page_parts.append([])
            room = PageSize()
        page_parts[-1].append(part)
        room += part_size
    return [Reply(tuple(page), reply.error) for page in page_parts]


def _small(whole: Sequence[parts.Part], reader: MessageBuilder) -> Iterator[tuple[parts.Part, PageSize]]:
    """Halve parts until each fits a page; gives each with the room it takes."""
    for part in whole:
        room = PageSize(*weight(part, reader), int(isinstance(part, parts.Image | parts.File)))
        halves = () if room.fits else _halves(part)
        if halves:
            yield from _small(halves, reader)
        else:
            yield part, room


def _halves(part: parts.Part) -> tuple[parts.Part, ...]:
    """Cut a part in two; an empty tuple when it has no place to cut."""
    match part:
        case parts.Listing(items=items) if len(items) > 1:
            if part.numbered:
                # A second list would count from one again.
                items = tuple(t("{place}. {words}", place=Count(n), words=item) for n, item in enumerate(items, 1))
            return tuple(parts.Listing(half) for half in _in_two(items))
        case parts.Fields(rows=rows) if len(rows) > 1:
            return tuple(parts.Fields(half) for half in _in_two(rows))
        case parts.Ranking(places=places) if len(places) > 1:
            return tuple(replace(part, places=half) for half in _in_two(places))
        case parts.Buttons(buttons=buttons) if len(buttons) > 1:
            return tuple(parts.Buttons(half) for half in _in_two(buttons))
        case parts.Paragraph(text=UserText(text=words)) | parts.Note(text=UserText(text=words)) if len(words) > 1:
            at = words.rfind(" ", 1, len(words) // 2 + 1)
            middle = at if at > 0 else len(words) // 2
            return tuple(replace(part, text=UserText(half.strip())) for half in (words[:middle], words[middle:]))
        case _:
            return ()


def _in_two(items: tuple[T, ...]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    middle = len(items) // 2
    return items[:middle], items[middle:]
