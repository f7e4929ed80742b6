"""Backups for whoever runs the bot: made each night and when asked for, tried each week, put back, deleted in time."""

from adapters.operator.backups.drills import Drill, last_drill
from bot.store.backups.folder import Backup, newest

__all__ = ["Backup", "Drill", "last_drill", "newest"]
