"""Gives back what a person typed, inside an answer: short, visible, and as a person's words."""

from bot.engine.clean import clean
from bot.ui.values import UserText

MOST = 60
"""Characters; enough to recognise one's own words."""


def echo(raw: str) -> UserText:
    """Give the beginning of what was typed, cleaned."""
    words = clean(raw[: MOST * 8])
    return UserText(words if len(words) <= MOST else words[: MOST - 1].rstrip() + "…")
