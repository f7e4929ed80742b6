"""Replies as JSON, for the answers and posts that must be the same when they are sent again."""

from functools import cache

from pydantic import TypeAdapter

from bot.ui import values as v
from bot.ui.reply import Reply
from bot.ui.text import Text


@cache
def _adapter() -> TypeAdapter[Reply]:
    # The types of values name each other before both exist, so pydantic is told where the names are.
    made: TypeAdapter[Reply] = TypeAdapter(Reply)
    made.rebuild(_types_namespace={"Text": Text, "v": v, **vars(v)})
    return made


def encode(reply: Reply) -> str:
    """Write a reply as JSON."""
    return _adapter().dump_json(reply).decode()


def decode(text: str) -> Reply:
    """Read a reply back; it equals the one that was written."""
    return _adapter().validate_json(text)
