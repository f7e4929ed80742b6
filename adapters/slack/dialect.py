"""How Slack writes what stands in a text: people's words can never format, link, mention or ping."""

import re

from adapters.slack.words import typed, typed_line
from bot.ui import values as v
from bot.ui.names import said_command
from bot.ui.voice import Dialect

WORD_JOINER = "\u2060"
"""Invisible; a mark between two of them formats nothing."""
_MARKS = re.compile(r"[*_~`]|:(?=[a-z0-9_+'-]+:)|:(?=//)|(?<=mailto):|^(?:&gt;|•)", re.MULTILINE | re.IGNORECASE)
"""What would format, become a picture, link or quote."""
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{2,}")


def is_channel(words: str) -> bool:
    """Tell whether this is Slack's id of a channel."""
    return _CHANNEL_ID.fullmatch(words) is not None


def escape(text: str) -> str:
    """Write the three characters with which Slack begins links, mentions and pings as themselves."""
    # `&` first, or it would escape the other two again.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class PlainTextDialect(Dialect):
    """Plain text objects: nothing in them is ever read as markup."""

    def command(self, name: str, language: str) -> str:
        """Write a command as it is typed in Slack: in other languages behind /hello, as Slack's menu is English."""
        return typed(said_command(name, language))

    def example(self, line: str) -> str:
        """Write a line as it is typed in Slack."""
        return self.user(typed_line(line))

    def channel(self, channel: str) -> str:
        """Write a channel; an id means nothing to people, so it is left to the words around it."""
        return f"#{channel.removeprefix('#')}"


class FallbackDialect(PlainTextDialect):
    """The text of a message for notifications and screen readers: words only, and still escaped."""

    def literal(self, text: str) -> str:
        """Write our own words."""
        return escape(text)

    def user(self, text: str) -> str:
        """Write a person's words so that nothing in them works."""
        return _MARKS.sub(lambda mark: f"{WORD_JOINER}{mark[0]}{WORD_JOINER}", escape(super().user(text)))

    def channel(self, channel: str) -> str:
        """Write a channel as Slack links it, by its id."""
        if is_channel(channel):
            return f"<#{channel}>"
        return escape(super().channel(channel))


class MarkupDialect(FallbackDialect):
    """Slack's own markup, for blocks."""

    def command(self, name: str, language: str) -> str:
        """Set a command apart."""
        return f"`{escape(super().command(name, language))}`"

    def moment(self, moment: v.Moment, words: str) -> str:
        """Write an instant in the reader's own zone; `words` stand there where Slack cannot."""
        safe = re.sub(r"[<>|^]", " ", words)
        return f"<!date^{int(moment.at.timestamp())}^{{date_long}}, {{time}}|{safe}>"


WORDS, FALLBACK, MARKED = PlainTextDialect(), FallbackDialect(), MarkupDialect()
