"""Good news."""

from bot.features.registry import family
from bot.ui.text import t

family("win", t("Good news, shared only if you say so."), place=10, stands_alone=True)
