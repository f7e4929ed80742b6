"""What organisers set up and see."""

from bot.features.registry import family
from bot.ui.text import t

family("community", t("For organisers: the settings of this community."), place=12)
