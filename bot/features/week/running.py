"""The week that runs now."""

from bot.domain.week import Week
from bot.engine.call import Call


def this_week(call: Call) -> Week:
    """Return the week that runs now in the community's zone, which may be another one than in the member's."""
    return Week.at(call.now, call.community.tz)
