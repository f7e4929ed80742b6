"""The product: one folder for each family of commands; features are added here."""

import importlib
import pkgutil
from functools import cache

from bot.engine.registry import Registry


@cache
def everything() -> Registry:
    """Import every family, and return the registry with all that they declare, checked as a whole.

    Raises:
        LookupError: a button leads to a command that nobody declared.
    """
    from bot.features.registry import REGISTRY  # noqa: PLC0415 - the features import this package first

    # Importing a module declares its commands and schedules: the decorators add them to the registry.
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        importlib.import_module(module.name)
    REGISTRY.check()
    return REGISTRY
