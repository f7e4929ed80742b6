"""Replies as JSON, for the answers and posts that must be the same when they are sent again."""

from functools import cache

from pydantic import TypeAdapter

from bot.ui import values as v
from bot.ui.reply import Reply
from bot.ui.text import Text


@cache
def _adapter() -> TypeAdapter[Reply]:
    # The types of values name each other before both exist, so pydantic is told where the names are.
    adapter: TypeAdapter[Reply] = TypeAdapter(Reply)
    adapter.rebuild(_types_namespace={"Text": Text, "v": v, **vars(v)})
    return adapter


def encode(reply: Reply) -> str:
    """Write a reply as JSON."""
    return _adapter().dump_json(reply).decode()


def decode(text: str) -> Reply:
    """Read a reply from JSON; it equals the one that was encoded."""
    return _adapter().validate_json(text)
