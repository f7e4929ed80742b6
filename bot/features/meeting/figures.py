"""A member's own figures about their meetings, as counts and never as percentages."""

from bot.domain.meeting import Meeting, WorkKnown
from bot.domain.preparing import TalkFigures, talk_figures
from bot.engine.call import Call
from bot.features.registry import refer_to
from bot.store import leads, meetings
from bot.ui.reply import Note, Paragraph, Part, buttons
from bot.ui.text import Text, t
from bot.ui.values import Count

MEETING_KNOWS = refer_to("meeting knows")

KNOWN_BUTTONS: dict[WorkKnown, Text] = {
    WorkKnown.YES: t("They know"),
    WorkKnown.NOT_SURE: t("I am not sure"),
    WorkKnown.NO: t("They do not know"),
}


def do_they_know(call: Call, meeting: Meeting) -> tuple[Part, ...]:
    """Ask whether the lead knows which work the member wants; once that is answered, show the member's figures."""
    if meeting.knows is None:
        answers = (
            MEETING_KNOWS.button(call.stamp, label, meeting=meeting.id, answer=answer)
            for answer, label in KNOWN_BUTTONS.items()
        )
        return (Paragraph(t("Do they now know which work you want?")), buttons(*answers))
    figures = own_figures(call)
    clear, listened = clarity(figures), listening(figures)
    return (*((Note(clear),) if clear else ()), *((listened,) if listened else ()))


def own_figures(call: Call) -> TalkFigures:
    """Count what came of the member's own meetings."""
    return talk_figures(meetings.of_member(call.tx, call.who), leads.in_touch(call.tx, call.who))


def clarity(figures: TalkFigures) -> Text | None:
    """Say after how many meetings the lead knew which work the member wants; None when that was never answered."""
    if not figures.answered:
        return None
    return t(
        "After {clear} of {answered} talks, they knew which work you want.",
        clear=Count(figures.clear),
        answered=Count(figures.answered),
    )


def listening(figures: TalkFigures) -> Note | None:
    """Say how many leads who talked more stayed in touch; None while there is nothing to compare."""
    if not figures.compares:
        return None
    return Note(
        t(
            "When they talked more, {stayed} of {all} stayed in touch. These are small numbers.",
            stayed=Count(figures.they_talked_in_touch),
            all=Count(figures.they_talked),
        )
    )
