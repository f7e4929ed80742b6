"""Platforms by name, and how a line is typed on each of them, for a reader who is on another one."""

from collections.abc import Callable

from bot.ui.values import UserText

_typed: dict[str, Callable[[str], str]] = {}


def learn(platform: str, spelling: Callable[[str], str]) -> None:
    """Register how a command line is typed on a platform that has a spelling of its own."""
    _typed[platform] = spelling


def typed_on(platform: str, line: str) -> str:
    """Write a line, such as `/me link`, as it is typed on a platform."""
    return _typed[platform](line) if platform in _typed else line


def platform_name(platform: str) -> UserText:
    """Name a platform as people do."""
    return UserText(platform.capitalize())
