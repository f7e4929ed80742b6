"""Messages to the people on a list."""

from bot.features.registry import family
from bot.ui.text import t

family("ask", t("Your messages to these people."), place=3)
