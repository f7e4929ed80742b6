"""Platforms by name, and how a line is typed on each of them, for a reader who is on another one."""

from collections.abc import Callable

from bot.ui.values import UserText

_typed: dict[str, Callable[[str], str]] = {}


def learn(platform: str, typed: Callable[[str], str]) -> None:
    """Learn how a line is typed on a platform, where that is not as it is written."""
    _typed[platform] = typed


def typed_on(platform: str, line: str) -> str:
    """Write a line, such as `/me link`, as it is typed on a platform."""
    return _typed[platform](line) if platform in _typed else line


def platform_name(platform: str) -> UserText:
    """Name a platform as people do."""
    return UserText(platform.capitalize())
