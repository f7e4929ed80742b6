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
    program_path, shell_command = program(), shutil.which(NAME)
    if not program_path.exists() or (
        shell_command is not None and Path(shell_command).resolve() == program_path.resolve()
    ):
        return NAME
    folder = Path.cwd()
    return str(program_path.relative_to(folder)) if program_path.is_relative_to(folder) else str(program_path)
