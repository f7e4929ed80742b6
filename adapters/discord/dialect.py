"""How Discord writes what stands in a text: people's words never format, link, mention or ping."""

import re
from collections.abc import Mapping

from bot.ui import values as v
from bot.ui.names import said_command
from bot.ui.voice import Dialect

_ANYWHERE = re.compile(r"[\\*_~`|<>@\[\]:.](?:(?<![:.])|(?<=\w:)(?=//)|(?<=discord\.)(?=gg\b|com\b))", re.IGNORECASE)
"""Marks, and what stands in an address; the sign comes first, because Python looks for one of a few signs fast."""
_STARTS_A_LINE = re.compile(r"^([ ]*\d*)(?=[#+-]|(?<=\d)[.)])", re.MULTILINE)
_ID = re.compile(r"\d{1,20}")


def _escape(text: str) -> str:
    return _ANYWHERE.sub(r"\\\g<0>", text)


def unlisted(line: str) -> str:
    """Keep a number at the start of a line as it is: Discord's lists count by themselves, and know no shared places."""
    return _STARTS_A_LINE.sub(r"\1\\", line)


class DiscordDialect(Dialect):
    """Discord's markdown."""

    def __init__(self) -> None:
        self._ids: Mapping[str, str] = {}

    def learn(self, ids: Mapping[str, str]) -> None:
        """Learn the id of each command that is on Discord, so that people can press its name."""
        self._ids = ids

    def literal(self, text: str) -> str:
        """Write our own words, which hold no markup."""
        return _escape(text)

    def user(self, text: str) -> str:
        """Write a person's words as they are."""
        return unlisted(_escape(super().user(text)))

    def command(self, name: str, language: str) -> str:
        """Write a command so that it can be pressed, once Discord knows it.

        What can be pressed has its English name, so in other languages it is written as the reader's menu shows it.
        """
        shown, command_id = said_command(name, language), self._ids.get(name)
        return f"</{name}:{command_id}>" if command_id and shown == name else f"/{shown}"

    def channel(self, channel: str) -> str:
        """Write a channel so that it can be pressed."""
        return f"<#{channel}>" if _ID.fullmatch(channel) else _escape(super().channel(channel))

    def moment(self, moment: v.Moment, words: str) -> str:
        """Write an instant in words, with how far away it is for this reader."""
        return f"{words} (<t:{int(moment.at.timestamp())}:R>)"
