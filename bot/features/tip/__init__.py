"""Short tips that worked for others."""

from bot.features.registry import family
from bot.features.tip.ref import first_letters as first_letters
from bot.features.tip.writing import check_tip as check_tip
from bot.ui.text import t

family("tip", t("Short tips that worked for others."), place=7, stands_alone=True)
