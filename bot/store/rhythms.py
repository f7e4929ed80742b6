"""The weekly times of a community, as its settings keep them."""

from datetime import time
from typing import Any

from bot.domain.community import Rhythm

TIMES = ("digest_at", "checkin_at", "reminder_at", "followups_at", "evening_at", "buddies_at", "buddy_at")
DAYS = ("digest_day", "checkin_day", "reminder_day", "buddies_day", "buddy_day")
_DEFAULT = Rhythm()


def rhythm_of(settings: dict[str, Any]) -> Rhythm:
    """Read the weekly times, where they differ from the defaults."""
    times = {name: time.fromisoformat(settings[name]) for name in TIMES if name in settings}
    days = {name: settings[name] for name in DAYS if name in settings}
    avoids = settings.get("holidays") if settings.get("holidays_move") else None
    return Rhythm(**times, **days, digest_avoids=avoids or None) if times or days or avoids else _DEFAULT
