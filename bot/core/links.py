"""Buttons to commands of another family, by name, because command files do not know each other."""

from collections.abc import Sequence

from bot.core.call import Call, Stamp
from bot.core.registry import everything
from bot.ui.button import Button, Style
from bot.ui.reply import Part
from bot.ui.text import Text


def link(stamp: Stamp, name: str, label: Text, style: Style = Style.PLAIN, **values: object) -> Button:
    """Make a button for the command of this name.

    Raises:
        LookupError: no such command is declared.
    """
    made = everything().get(name)
    if made is None:
        message = f"no command is named {name}"
        raise LookupError(message)
    return made.button(stamp, label, style, **values)


def shown_by(call: Call, name: str) -> Sequence[Part]:
    """Give what the command of this name would show, to stand inside another reply.

    Raises:
        LookupError: no such command is declared, or it does more than read.
    """
    made = everything().get(name)
    if made is None or not made.reads:
        message = f"no command that only reads is named {name}"
        raise LookupError(message)
    return made.handler(call).parts
