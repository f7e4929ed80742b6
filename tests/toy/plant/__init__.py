"""The garden that members share."""

from bot.ui.text import t
from tests.toy.registry import family

family("plant", t("Your plants in the garden."), place=11)
