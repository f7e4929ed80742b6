"""Cuts a reply that is too long for one message of Slack into pages, between its parts."""

from dataclasses import dataclass, field
from typing import Any

from adapters.slack.dialect import FALLBACK
from adapters.slack.render import CHARACTERS, MESSAGE_BLOCKS, TEXT, Block, blocks_of, characters, cut_marked, numbered
from bot.ui import reply as parts
from bot.ui.plain import plain
from bot.ui.reply import Reply


@dataclass(slots=True)
class RenderedPage:
    """What fits into one message."""

    blocks: list[Block] = field(default_factory=list[Block])
    holds: list[parts.Part] = field(default_factory=list[parts.Part])
    characters: int = 0

    def message(self, language: str) -> dict[str, Any]:
        """Give the payload of a message; no link in it unfolds."""
        return {
            "text": cut_marked(plain(Reply(tuple(self.holds)), language, FALLBACK), TEXT) or "…",
            "blocks": self.blocks,
            "unfurl_links": False,
            "unfurl_media": False,
        }


def pages(reply: Reply, language: str, picture: str | None = None, *, turned: bool = False) -> list[RenderedPage]:
    """Write a reply as one message, or as more when it passes a limit of Slack.

    Args:
        reply: what to write.
        language: the reader's language.
        picture: the id of the file on Slack that is the reply's picture; without it the words stand alone.
        turned: whether room is left in each for its number, and for the buttons that turn pages.
    """
    most, longest = (MESSAGE_BLOCKS - 2, CHARACTERS - 200) if turned else (MESSAGE_BLOCKS, CHARACTERS)
    rendered = [RenderedPage()]
    for part in reply.parts:
        blocks = numbered(blocks_of(part, language, picture), len(rendered[-1].blocks))
        size = sum(map(characters, blocks))
        full = rendered[-1].characters + size > longest or len(rendered[-1].blocks) + len(blocks) > most
        if full and rendered[-1].blocks:
            rendered.append(RenderedPage())
        rendered[-1].blocks += blocks
        rendered[-1].holds.append(part)
        rendered[-1].characters += size
    return rendered
