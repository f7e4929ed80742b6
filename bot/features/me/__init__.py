"""A member's settings, messages and data."""

from bot.features.registry import family
from bot.ui.text import t

family("me", t("Your settings, your messages, your data."), place=11)
