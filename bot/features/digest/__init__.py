"""The weekly post of a community."""

from bot.features.digest.example import example as example
from bot.features.digest.facts import gather_facts as gather_facts
from bot.features.digest.post import write_digest as write_digest
from bot.features.digest.schedule import upcoming as upcoming
