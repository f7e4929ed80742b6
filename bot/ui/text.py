"""Translatable text: an English message, its typed values, and nothing formatted yet."""

from functools import cache

from bot.ui.values import Count, Text, Value

__all__ = ["Text", "Value", "t", "tc", "tn"]


def t(message: str, /, **values: Value) -> Text:
    """Say a message of the catalogs; `message` is the English source."""
    return Text(message, tuple(values.items())) if values else _constant(message)


@cache
def _constant(message: str) -> Text:
    return Text(message)


def tc(context: str, message: str, /, **values: Value) -> Text:
    """Say a message that means several things in English; `context` tells translators which one."""
    return Text(message, tuple(values.items()), context=context)


def tn(singular: str, plural: str, number: int, /, **values: Value) -> Text:
    """Say a message that depends on a number, which stands in `{n}`."""
    return Text(singular, (("n", Count(number)), *values.items()), plural, number)
