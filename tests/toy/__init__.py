"""A product of its own on the engine, a community garden: the family of `docs/adding-a-command.md`, and what a product needs.

It knows the engine, the scheduling, the store's seam and the UI, and nothing of Hello Circle.
"""

import importlib
import pkgutil
from functools import cache

from bot.engine.registry import Registry


@cache
def garden() -> Registry:
    """Declare everything of the garden."""
    from tests.toy.registry import REGISTRY  # noqa: PLC0415 - the modules import this package first

    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        if ".test_" not in module.name:
            importlib.import_module(module.name)
    REGISTRY.check()
    return REGISTRY
