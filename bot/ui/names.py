"""The names of commands and of their values, as a translator may write them: "/lead add" and "name:".

People read them in their language, and may type them in any. In the code a command has its one English name.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from bot.ui.languages import catalog

NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
"""Discord's rule for a name: letters and numbers of any script, with the marks of Hindi and Thai."""
_NAMES = re.compile(r'(?P<quoted>"[^"]*")|(?<=\s)(?P<value>[a-z_]+)(?=:)')
_COMMAND = re.compile(r"/[a-z]+( [a-z]+){0,2}")
_VALUE = re.compile(r"[a-z_]+:")


def command_name(path: str) -> str:
    """Write the name of a command, or of a family of commands, as the catalogs have it."""
    return f"/{path}"


def value_name(name: str) -> str:
    """Write the name of a value as the catalogs have it."""
    return f"{name}:"


def is_name(text: str) -> bool:
    """Tell an English name from a sentence."""
    return bool(_COMMAND.fullmatch(text) or _VALUE.fullmatch(text))


def said_command(path: str, language: str) -> str:
    """Name a command in a language, without the slash; as it is where no catalog has another name."""
    return catalog(language).gettext(command_name(path)).removeprefix("/")


def said_value(name: str, language: str, command: str) -> str:
    """Name a value of a command in a language, by its own meaning there when English has one word for two things."""
    english = value_name(name)
    own = catalog(language).pgettext(command_name(command), english)
    return own.removesuffix(":") if own != english else said_value_elsewhere(name, language)


def said_value_elsewhere(name: str, language: str) -> str:
    """Name a value in a language as most commands do, whatever it means in one of them."""
    return catalog(language).gettext(value_name(name)).removesuffix(":")


def said_line(line: str, language: str) -> str:
    """Translate a line that can be typed: whole where the catalog has it, else the names of its command and values."""
    translated = catalog(language).gettext(line)
    if translated != line:
        return translated
    words = line.removeprefix("/").split(" ")
    # The longest path first: "/lead add" has a name of its own beside that of its family "/lead".
    for size in range(len(words), 0, -1):
        path = " ".join(words[:size])
        own_path = said_command(path, language)
        if own_path != path:
            values = line.removeprefix(f"/{path}")
            return f"/{own_path}" + _NAMES.sub(partial(_translated_name, language=language, command=path), values)
    return line


def _translated_name(name: re.Match[str], language: str, command: str) -> str:
    return name["quoted"] or said_value(name["value"], language, command)


def name_problems(translations: Mapping[str, str]) -> Iterator[str]:
    """Yield what a platform would refuse in translated names; `translations` maps each English name to them."""
    taken: dict[str, str] = {}
    for name, own in translations.items():
        words = own.removeprefix("/").removesuffix(":").split(" ")
        if _shape(own) != _shape(name):
            yield f"{name!r} needs a name like it, not {own!r}"
        elif not all(NAME.fullmatch(word) and word == word.lower() for word in words):
            yield f"{own!r} may have only small letters, numbers and hyphens, at most 32 a word"
        parent = name.rpartition(" ")[0]
        if parent and not own.startswith(f"{translations.get(parent, parent)} "):
            yield f"{own!r} must begin with {translations.get(parent, parent)!r}, as {name!r} begins with {parent!r}"
        if taken.setdefault(own, name) != name:
            yield f"{own!r} stands for both {taken[own]!r} and {name!r}"


def _shape(name: str) -> tuple[bool, bool, int]:
    return name.startswith("/"), name.endswith(":"), len(name.split(" "))
