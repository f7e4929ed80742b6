"""How this program is typed here: by its name where the shell finds it, else by its path."""

import shutil
import sys
from pathlib import Path

from bot.ui.values import UserText

NAME = "hello-circle"


def program() -> Path:
    """Name the file of this program."""
    begun = Path(sys.argv[0])
    return begun.absolute() if begun.name == NAME else Path(sys.executable).with_name(NAME)


def line(words: str) -> UserText:
    """Write a line with a sub-command of this program, so that it can be copied and typed in this folder."""
    return UserText(f"{_typed()} {words}")


def _typed() -> str:
    ours, found = program(), shutil.which(NAME)
    if not ours.exists() or (found is not None and Path(found).resolve() == ours.resolve()):
        return NAME
    here = Path.cwd()
    return str(ours.relative_to(here)) if ours.is_relative_to(here) else str(ours)
