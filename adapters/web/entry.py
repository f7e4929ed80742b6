"""What stands in a channel: an answer or a post, as the bot wrote it, before any platform draws it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from adapters.console.screen import ScreenEntry
from adapters.web.pictures import Picture, Pictures
from bot.engine.invocation import Invocation, Visibility
from bot.ui.chart import Chart
from bot.ui.reply import File, Reply


class Room(StrEnum):
    """Where something stands."""

    GENERAL = "general"
    DIGEST = "digest"
    BOT = "bot"
    """The private messages of one person with the bot."""
    HOME = "home"
    """The person's own page, which Slack has."""


@dataclass(slots=True)
class ChatEntry:
    """One message of the bot."""

    number: int
    at: datetime
    room: Room
    to: str | None
    """The only one who sees it; None when all do."""
    reply: Reply
    language: str
    asked: str = ""
    """What was typed or pressed to get it, in words; nothing for a post."""
    by: str = ""
    """Who asked."""
    is_own: bool = False
    """Whether a member said it, and not the bot."""
    in_window: bool = False
    """Whether Slack shows it in a window, and not in the channel."""
    invocation: Invocation | None = None
    """What asked for it; a long answer is kept in pages for this person."""
    rows: list[tuple[str, Reply]] = field(default_factory=list[tuple[str, Reply]])
    """Replies that stand in the place of a row of it, each with the token of the button that was pressed there."""
    paged: dict[str, Reply] = field(default_factory=dict[str, Reply])
    """The first page of it on each platform where it is too long for one message."""

    pictures: Pictures = field(default_factory=dict[tuple[Chart, str], Picture])
    """Its pictures, once they were drawn."""

    @property
    def visibility(self) -> Visibility:
        """Who sees it."""
        return Visibility.SHARED if self.to is None else Visibility.PRIVATE

    @property
    def bytes_of_files(self) -> int:
        """How much its files take in memory."""
        return sum(len(part.content) for part in self.reply.parts if isinstance(part, File))

    def is_seen_by(self, handle: str) -> bool:
        """Tell whether a person can see it."""
        return self.to is None or self.to == handle

    def put(self, reply: Reply, language: str) -> None:
        """Put another reply in its place."""
        self.reply, self.language = reply, language
        self.rows.clear()
        self.paged.clear()
        self.pictures.clear()

    def put_in_row(self, pressed: str, reply: Reply) -> None:
        """Put a reply in the place of the row of a button."""
        self.rows.append((pressed, reply))


def posted(seen: ScreenEntry, number: int) -> ChatEntry:
    """Give a post of the bot as an entry: in the channel of the digest, or to one member."""
    in_channel = seen.to.startswith("#")
    room = Room.DIGEST if in_channel else Room.BOT
    return ChatEntry(
        number, seen.at, room, None if in_channel else seen.to.removeprefix("@"), seen.reply, seen.language
    )


def is_post(seen: ScreenEntry) -> bool:
    """Tell whether the bot wrote something unasked."""
    return not seen.command and bool(seen.reply.parts)
