"""What can be typed."""

from bot.features.registry import family
from bot.ui.text import t

family("help", t("This page."), place=13)
