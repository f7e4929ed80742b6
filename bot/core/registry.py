"""Every command by its name; a declaration that some platform could not show fails at import."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from types import ModuleType
from typing import TypeAlias

from bot.core import limits
from bot.core.access import Access
from bot.core.command import Again, Command, Handler, Hints, P, Prefill
from bot.core.invocation import Visibility
from bot.ui.text import Text

AnyCommand: TypeAlias = Command[...]


class Registry:
    """The declared commands and actions."""

    def __init__(self) -> None:
        self._by_name: dict[str, AnyCommand] = {}
        self._by_code: dict[str, AnyCommand] = {}

    def add(self, made: AnyCommand) -> None:
        """Add a command after checking it against every platform's limits.

        Raises:
            BadDeclaration: a platform could not show it.
            ValueError: its name or code is taken.
        """
        limits.check(made)
        if made.name in self._by_name or made.code in self._by_code:
            message = f"two commands named {made.name}, or of one code"
            raise ValueError(message)
        self._by_name[made.name] = made
        self._by_code[made.code] = made

    def get(self, name: str) -> AnyCommand | None:
        """Find a command by its full name."""
        return self._by_name.get(name)

    def by_code(self, code: str) -> AnyCommand | None:
        """Find a command by the code its tokens carry."""
        return self._by_code.get(code)

    def __iter__(self) -> Iterator[AnyCommand]:
        """Go through everything declared, by name."""
        return iter(sorted(self._by_name.values(), key=lambda made: made.name))

    @property
    def listed(self) -> tuple[AnyCommand, ...]:
        """The commands that people can type."""
        return tuple(made for made in self if made.listed)

    def under(self, words: str) -> tuple[AnyCommand, ...]:
        """The listed commands whose names begin with these words, and go on."""
        return tuple(made for made in self.listed if words and made.name.startswith(f"{words} "))

    def family(self, name: str) -> tuple[AnyCommand, ...]:
        """The listed commands whose first word is `name`."""
        return tuple(made for made in self.listed if made.family == name)


REGISTRY = Registry()


def command(
    name: str,
    *,
    form: Text | None = None,
    prefill: Prefill | None = None,
    hints: Hints | None = None,
    example: str = "",
    access: Access = Access.MEMBER,
    visibility: Visibility = Visibility.PRIVATE,
    reads: bool = False,
    before_set_up: bool = False,
    again: Again = Again.NEVER,
    once: bool = False,
    takes_back: bool = False,
) -> Callable[[Handler[P]], Command[P]]:
    """Declare a command that people type."""

    def declare(handler: Handler[P]) -> Command[P]:
        made = Command(
            name,
            handler,
            form=form,
            prefill=prefill,
            hints=hints,
            example=example or f"/{name}",
            access=access,
            visibility=visibility,
            reads=reads,
            before_set_up=before_set_up,
            again=again,
            once=once,
            takes_back=takes_back,
        )
        REGISTRY.add(made)
        return made

    return declare


def action(
    name: str,
    *,
    form: Text | None = None,
    prefill: Prefill | None = None,
    hints: Hints | None = None,
    access: Access = Access.MEMBER,
    reads: bool = False,
    before_set_up: bool = False,
    lasts: timedelta = timedelta(days=30),
    again: Again = Again.NEVER,
    takes_back: bool = False,
) -> Callable[[Handler[P]], Command[P]]:
    """Declare what a button does and no person types."""

    def declare(handler: Handler[P]) -> Command[P]:
        made = Command(
            name,
            handler,
            form=form,
            prefill=prefill,
            hints=hints,
            access=access,
            reads=reads,
            listed=False,
            before_set_up=before_set_up,
            lasts=lasts,
            again=again,
            takes_back=takes_back,
        )
        REGISTRY.add(made)
        return made

    return declare


def load(package: ModuleType) -> None:
    """Import every module of a package, so that its commands declare themselves."""
    for name in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{name}")


@cache
def everything() -> Registry:
    """Return the registry with every command of the bot declared."""
    import bot.commands  # noqa: PLC0415 - the commands import this module

    load(bot.commands)
    return REGISTRY
