"""The leaderboard."""

from bot.features.board.goal import goal_words as goal_words, settled_goal as settled_goal
from bot.features.board.posted import (
    StillNamed as StillNamed,
    board_button as board_button,
    next_figures as next_figures,
)
from bot.features.board.standing import leave_board as leave_board, standing as standing
from bot.features.registry import family
from bot.ui.text import t

family("board", t("The leaderboard. You choose if you are on it."), place=8, stands_alone=True)
