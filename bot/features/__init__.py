"""The product: one folder for each family of commands; features are added here."""

import importlib
import pkgutil
from functools import cache

from bot.engine.registry import Registry


@cache
def everything() -> Registry:
    """Declare everything of the product, and check it as a whole.

    Raises:
        LookupError: a button leads to a command that nobody declared.
    """
    from bot.features.registry import REGISTRY  # noqa: PLC0415 - the features import this package first

    for found in pkgutil.walk_packages(__path__, f"{__name__}."):
        importlib.import_module(found.name)
    REGISTRY.check()
    return REGISTRY
