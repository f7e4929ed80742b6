"""The people a member would like to talk with."""

from bot.features.registry import family
from bot.ui.text import t

family("lead", t("People you would like to talk with."), place=2, stands_alone=True)
