"""Gives back what a person typed, inside an answer: short, visible, and as a person's words."""

import re

from bot.engine.clean import clean
from bot.ui.values import UserText

MOST = 60
"""Characters; enough to recognise one's own words."""
_MARKED = re.compile(r"<([@#])!?(?:[^<>|]*\|)?([^<>|]+)>")


def echo(raw: str, *, named: bool = False) -> UserText:
    """Give the beginning of what was typed, cleaned; with `named`, people and channels without the platform's marks."""
    words = clean(_MARKED.sub(r"\1\2", raw[: MOST * 8]) if named else raw[: MOST * 8])
    return UserText(words if len(words) <= MOST else words[: MOST - 1].rstrip() + "…")
