"""The first steps of a member."""

from bot.features.registry import family
from bot.ui.text import t

family("start", t("Answer five short questions to begin."), place=1)
