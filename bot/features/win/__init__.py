"""Good news."""

from bot.features.registry import family
from bot.features.win.telling import news_due as news_due, news_told as news_told
from bot.ui.text import t

family("win", t("Good news, shared only if you say so."), place=10, stands_alone=True)
