"""One or two others who share the week."""

from bot.features.buddy.buddying import changed as changed, walk_away as walk_away
from bot.features.buddy.matching import weekly_promises as weekly_promises
from bot.features.registry import family
from bot.ui.text import t

family("buddy", t("One or two others who share the week with you."), place=9)
