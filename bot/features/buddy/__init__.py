"""One or two others who share the week."""

from bot.features.buddy.buddying import changed as changed, go_alone as go_alone
from bot.features.buddy.matching import weekly_promises as weekly_promises
from bot.features.registry import family
from bot.ui.text import t

family("buddy", t("One or two others who share the week with you."), place=9)
