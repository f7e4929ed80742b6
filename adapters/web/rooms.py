"""The rooms of a circle: which messages stand in them, and which of them a person has not seen yet."""

from collections.abc import Collection
from datetime import datetime

from adapters.console.screen import Screen
from adapters.web.entry import ChatEntry, Room, is_post, posted
from bot.engine.answer import Answer
from bot.engine.invocation import Invocation, Visibility
from bot.ui.reply import Paragraph, Reply
from bot.ui.values import UserText

MOST, BYTES = 150, 500_000
"""Messages that stay in the rooms of one circle, and bytes of their files; the newest one always stays."""


class Rooms:
    """The messages of one circle, oldest first."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._numbers = 0
        self._lived = 0
        self._unread: dict[tuple[str, Room], int] = {}
        self._entries: list[ChatEntry] = []
        # What was posted before the visit is no news.
        self.take("", Room.GENERAL)
        self._lived = len(screen.seen)
        self._unread.clear()

    def add(self, at: datetime, room: Room, invocation: Invocation, answer: Answer, reply: Reply) -> ChatEntry:
        """Add the answer to a request."""
        who = invocation.sender.user
        to = None if answer.visibility is Visibility.SHARED else who
        entry = ChatEntry(self._next(), at, room, to, reply, answer.language, by=who, invocation=invocation)
        self._keep([entry])
        return entry

    def say(self, at: datetime, room: Room, who: str, line: str, language: str) -> ChatEntry:
        """Add what a member says in a channel."""
        words = Reply((Paragraph(UserText(line)),))
        entry = ChatEntry(self._next(), at, room, None, words, language, by=who, is_own=True)
        self._keep([entry])
        return entry

    def find(self, number: int | None, who: str) -> ChatEntry | None:
        """Find a message that a person can see."""
        fitting = (entry for entry in self._entries if entry.number == number and entry.is_seen_by(who))
        return next(fitting, None)

    def seen_by(self, who: str) -> list[ChatEntry]:
        """List every message that a person can see."""
        return [entry for entry in self._entries if entry.is_seen_by(who)]

    def take(self, me: str, room: Room) -> list[ChatEntry]:
        """Take up what the bot wrote unasked since the last time; who looks at its room has seen it."""
        new = self._screen.seen[self._lived :]
        # It stands in the rooms now; kept here too, it would be more with every day that passes.
        del self._screen.seen[self._lived :]
        posts = [posted(seen, self._next()) for seen in new if is_post(seen)]
        self._keep(posts)
        for post in posts:
            for who in self._screen.profiles:
                if post.is_seen_by(who) and (who, post.room) != (me, room):
                    self._unread[who, post.room] = self._unread.get((who, post.room), 0) + 1
        return posts

    def unread(self, who: str, room: Room) -> int:
        """Count what a person has not seen in a room."""
        return self._unread.get((who, room), 0)

    def look(self, who: str, room: Room) -> None:
        """Note that a person looks at a room."""
        self._unread.pop((who, room), None)

    def _next(self) -> int:
        self._numbers += 1
        return self._numbers

    def _keep(self, entries: Collection[ChatEntry]) -> None:
        self._entries += entries
        del self._entries[:-MOST]
        while len(self._entries) > 1 and sum(entry.bytes_of_files for entry in self._entries) > BYTES:
            del self._entries[0]
