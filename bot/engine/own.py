"""The engine's own actions, which every product has: values to correct, and the pages of a long answer."""

from bot.engine import drafts, pages, twice
from bot.engine.registry import Registry


def new_registry() -> Registry:
    """Begin a product."""
    return Registry(drafts.choose, drafts.edit, drafts.fill, pages.show, twice.once_more, twice.once)
