"""The week that runs now."""

from bot.domain.week import Week
from bot.engine.call import Call


def this_week(call: Call) -> Week:
    """Name the running week, in the community's zone."""
    return Week.at(call.now, call.community.tz)
