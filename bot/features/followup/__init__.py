"""Who hears from the member next, and when."""

from bot.features.followup.due import due_today as due_today
from bot.features.followup.following import due_buttons as due_buttons
from bot.features.registry import family
from bot.ui.text import t

family("followup", t("Who hears from you next, and when."), place=5)
