"""Buttons of a message that was made for one place of a person, made again for the place where they read it."""

from dataclasses import replace

from bot.engine.access import Access
from bot.engine.call import Stamp
from bot.engine.registry import Registry
from bot.engine.tokens import Audience, Forged, Signer
from bot.ui.button import Button
from bot.ui.reply import Buttons, Part


def readdressed(part: Part, made_for: Audience, to: Stamp, registry: Registry) -> Part:
    """Make the buttons of a part work for another place; those of organisers work only at their own."""
    if not isinstance(part, Buttons) or made_for == to.audience:
        return part
    return Buttons(
        tuple(fresh for button in part.buttons if (fresh := _made_again(button, made_for, to, registry)) is not None)
    )


def _made_again(button: Button, made_for: Audience, to: Stamp, registry: Registry) -> Button | None:
    signer: Signer = to.signer
    try:
        opened = signer.open(button.token, made_for)
    except Forged:
        return None
    command = registry.by_code(opened.code)
    if command is None or command.access is Access.ORGANISER:
        return None
    return replace(button, token=signer.sign(opened.code, opened.values, to.audience, opened.signed_at))
