"""Understands the names of commands and of values as people type them: in English or in the words of any catalog."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial

from bot.engine.registry import Registry
from bot.letters import folded
from bot.ui.languages import spoken
from bot.ui.names import said_command, said_value, said_value_elsewhere

COMMANDS = 512
"""More commands, and families of them, than any product has."""


def command_meant(words: Sequence[str], registry: Registry) -> list[str]:
    """Give the English words of the command or family that a line begins with, as far as its words are known."""
    names = tuple(command.name for command in registry.listed)
    path: tuple[str, ...] = ()
    for word in words:
        following = _words_below(path, names).get(_key(word))
        if following is None:
            break
        path = (*path, following)
    return list(path)


def said_commands(registry: Registry) -> dict[str, str]:
    """Give the English name of every listed command by each name it has, in every language."""
    return {said_command(command.name, language): command.name for language in spoken() for command in registry.listed}


def spellings_of(names: Iterable[str], command: str) -> Mapping[str, str]:
    """Give the English names of a command's values by each way to write them, with and without accents and hyphens."""
    return _spellings_of(tuple(names), command)


@lru_cache(maxsize=COMMANDS)
def _spellings_of(names: tuple[str, ...], command: str) -> Mapping[str, str]:
    return {way: name for name in names for spoken_name in _names_of(name, command) for way in _ways(spoken_name)}


def value_meant(typed: str, spellings: Mapping[str, str]) -> str | None:
    """Find the English name of a value that was typed."""
    return spellings.get(typed.lower()) or spellings.get(folded(typed))


@lru_cache(maxsize=COMMANDS)
def _words_below(path: tuple[str, ...], names: tuple[str, ...]) -> Mapping[str, str]:
    """Give the English words that may follow by each way to write them; there are as few of these as commands."""
    split = [tuple(name.split()) for name in names]
    following = dict.fromkeys(name[len(path)] for name in split if name[: len(path)] == path and len(name) > len(path))
    return {_key(word): own for own in following for word in _last_words([*path, own])}


def _last_words(path: Sequence[str]) -> list[str]:
    full_name = " ".join(path)
    return [path[-1], *(said_command(full_name, language).split()[-1] for language in spoken())]


def _names_of(name: str, command: str) -> list[str]:
    """List a value's name in English and in every language: its own in this command, and the one it has elsewhere."""
    ways = (said_value_elsewhere, partial(said_value, command=command))
    return [name, *(way(name, language) for way in ways for language in spoken())]


def _ways(name: str) -> set[str]:
    """List the spellings of a name: with and without accents, with hyphens, underscores or the apostrophe of a language.

    Discord takes no apostrophe in a name, so « jusqu’à » is "jusqu-à" there; people type it as they write it.
    """
    return {
        way
        for spelling in (name.lower(), folded(name))
        for way in (spelling.replace("_", "-"), *(spelling.replace("-", sign) for sign in ("-", "_", "'", "’")))
    }


def _key(word: str) -> str:
    return folded(word).replace("_", "-")
