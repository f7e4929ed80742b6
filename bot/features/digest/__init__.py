"""The weekly post of a community."""

from bot.features.digest.example import example as example
from bot.features.digest.schedule import upcoming as upcoming
