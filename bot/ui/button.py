"""A button: a label and the token of the action it does."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.ui.text import Text


class Style(StrEnum):
    """How much a button stands out."""

    PLAIN = "plain"
    MAIN = "main"
    DANGER = "danger"


@dataclass(frozen=True)
class Button:
    """One thing a person can press; made by `Command.button` and by nobody else."""

    label: Text
    token: str
    style: Style = Style.PLAIN
    kind: Literal["button"] = "button"
