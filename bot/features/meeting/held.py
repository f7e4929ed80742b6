"""A meeting that was held, for what is told of it afterwards."""

from bot.domain.ids import MeetingId
from bot.domain.meeting import Meeting, MeetingState
from bot.engine.call import Call
from bot.engine.errors import StaleButton
from bot.store import meetings
from bot.ui.text import t
from bot.ui.values import CommandRef


def held_meeting(call: Call, meeting: MeetingId) -> Meeting:
    """Read one of the member's own meetings that was held.

    Raises:
        StaleButton: it is not there, is not theirs, or was taken back.
    """
    found = meetings.find(call.tx, call.who, meeting)
    if found is None or found.state is not MeetingState.HELD:
        raise StaleButton(
            t("This meeting is not there any more."), t("Log it with {log}.", log=CommandRef("meeting log"))
        )
    return found
