"""One person on two platforms."""

from bot.features.link.words import settings_row as settings_row
