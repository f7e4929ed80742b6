"""Short tips that worked for others."""

from bot.features.registry import family
from bot.ui.text import t

family("tip", t("Short tips that worked for others."), place=7, stands_alone=True)
