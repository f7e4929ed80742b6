"""A member's own figures in words: counts, never percentages, and small numbers are called small."""

from bot.domain.meeting import Knows, Meeting
from bot.domain.preparing import TalkFigures, talk_figures
from bot.engine.call import Call
from bot.features.registry import refer_to
from bot.store import leads, meetings
from bot.ui.reply import Note, Paragraph, Part, buttons
from bot.ui.text import Text, t
from bot.ui.values import Count

MEETING_KNOWS = refer_to("meeting knows")

KNOWN_BUTTONS: dict[Knows, Text] = {
    Knows.YES: t("They know"),
    Knows.NOT_SURE: t("I am not sure"),
    Knows.NO: t("They do not know"),
}


def do_they_know(call: Call, meeting: Meeting) -> tuple[Part, ...]:
    """Ask whether they know which work the member wants, unless it was said; then give the member's own figures."""
    if meeting.knows is None:
        asked = (
            MEETING_KNOWS.button(call.stamp, label, meeting=meeting.id, answer=answer)
            for answer, label in KNOWN_BUTTONS.items()
        )
        return (Paragraph(t("Do they now know which work you want?")), buttons(*asked))
    figures = own_figures(call)
    said, heard = clarity(figures), listening(figures)
    return (*((Note(said),) if said else ()), *((heard,) if heard else ()))


def own_figures(call: Call) -> TalkFigures:
    """Count what came of the member's own meetings."""
    return talk_figures(meetings.of_member(call.tx, call.who), leads.in_touch(call.tx, call.who))


def clarity(figures: TalkFigures) -> Text | None:
    """Say after how many talks the other person knew which work the member wants."""
    if not figures.answered:
        return None
    return t(
        "After {clear} of {answered} talks, they knew which work you want.",
        clear=Count(figures.clear),
        answered=Count(figures.answered),
    )


def listening(figures: TalkFigures) -> Note | None:
    """Say what came of the talks in which the other person talked more."""
    if not figures.compares:
        return None
    return Note(
        t(
            "When they talked more, {stayed} of {all} stayed in touch. These are small numbers.",
            stayed=Count(figures.they_talked_in_touch),
            all=Count(figures.they_talked),
        )
    )
