"""Words about a planned meeting, said by several command families."""

from bot.domain.meeting import Meeting
from bot.ui.text import Text, Value, t
from bot.ui.values import Moment, UserText


def when_and_where(meeting: Meeting, zone: str) -> tuple[tuple[Text, Value], ...]:
    """Make the rows "When" and "Place" of a meeting; what it does not have yet is left out."""
    place = meeting.notes.place
    when = ((t("When"), Moment(meeting.planned_for, zone)),) if meeting.planned_for is not None else ()
    return (*when, *(((t("Place"), UserText(place)),) if place else ()))
