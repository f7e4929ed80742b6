"""Reads a meeting that was held, for the buttons that ask about it."""

from bot.domain.ids import MeetingId
from bot.domain.meeting import Meeting, MeetingState
from bot.engine.call import Call
from bot.engine.errors import StaleButton
from bot.store import meetings
from bot.ui.text import t
from bot.ui.values import CommandRef


def held_meeting(call: Call, meeting_id: MeetingId) -> Meeting:
    """Read one of the member's own meetings that was held.

    Raises:
        StaleButton: it is not there, is not theirs, or was taken back.
    """
    meeting = meetings.find(call.tx, call.who, meeting_id)
    if meeting is None or meeting.state is not MeetingState.HELD:
        raise StaleButton(
            t("This meeting is not there any more."), t("Log it with {log}.", log=CommandRef("meeting log"))
        )
    return meeting
