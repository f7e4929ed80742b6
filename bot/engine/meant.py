"""Understands the names of commands and of values as people type them: in English or in the words of any catalog."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.engine.registry import Registry
from bot.letters import folded
from bot.ui.languages import spoken
from bot.ui.names import said_command, said_value


def command_meant(words: Sequence[str], registry: Registry) -> list[str]:
    """Give the English words of the command or family that a line begins with, as far as its words are known."""
    path: list[str] = []
    for word in words:
        spelled = {_key(said): own for own in _below(path, registry) for said in _last_words([*path, own])}
        if _key(word) not in spelled:
            break
        path.append(spelled[_key(word)])
    return path


def said_commands(registry: Registry) -> dict[str, str]:
    """Give the English name of every listed command by each name it has, in every language."""
    return {said_command(made.name, language): made.name for language in spoken() for made in registry.listed}


def spellings_of(names: Iterable[str]) -> dict[str, str]:
    """Give the English names of values by each way to write them, with and without accents and hyphens."""
    return {way: name for name in names for said in _said(name) for way in _ways(said)}


def value_meant(typed: str, spellings: Mapping[str, str]) -> str | None:
    """Find the English name of a value that was typed."""
    return spellings.get(typed.lower()) or spellings.get(folded(typed))


def _below(path: Sequence[str], registry: Registry) -> Iterator[str]:
    """List the words that may come next, each once."""
    names = (made.name.split() for made in registry.listed)
    return iter(dict.fromkeys(name[len(path)] for name in names if name[: len(path)] == path and len(name) > len(path)))


def _last_words(path: Sequence[str]) -> list[str]:
    whole = " ".join(path)
    return [path[-1], *(said_command(whole, language).split()[-1] for language in spoken())]


def _said(name: str) -> list[str]:
    return [name, *(said_value(name, language) for language in spoken())]


def _ways(said: str) -> set[str]:
    return {way for one in (said.lower(), folded(said)) for way in (one, one.replace("-", "_"), one.replace("_", "-"))}


def _key(word: str) -> str:
    return folded(word).replace("_", "-")
