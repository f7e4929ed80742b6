"""After a meeting: whether they know which work the member wants, and what the member's own figures say."""

from typing import Annotated

from bot.core.call import Call
from bot.core.errors import StaleButton
from bot.core.figures import clarity, listening, own_figures
from bot.core.links import link
from bot.core.registry import action
from bot.core.rules import Choice, RowId
from bot.core.wording import KNOWS
from bot.domain.ids import MeetingId
from bot.domain.meeting import Knows, MeetingState
from bot.store import meetings
from bot.ui.button import Style
from bot.ui.reply import Note, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, UserText


@action("meeting knows")
def knows(
    call: Call,
    *,
    meeting: Annotated[MeetingId, RowId(label=t("Meeting"))],
    answer: Annotated[Knows, Choice(label=t("Do they know which work you want?"), of=KNOWS)],
) -> Reply:
    """Say if they now know which work you want."""
    found = meetings.find(call.tx, call.who, meeting)
    if found is None or found.state is not MeetingState.HELD:
        raise StaleButton(
            t("This meeting is not there any more."), t("Log it with {log}.", log=CommandRef("meeting log"))
        )
    meetings.answer_knows(call.tx, call.who, meeting, answer)
    figures = own_figures(call)
    work = call.member.work
    return reply(
        t("Well done. That is what a talk is for.")
        if answer is Knows.YES
        else t("Good to know. Next time, say it early."),
        Note(t("Your sentence: {work}", work=UserText(work))) if work and answer is not Knows.YES else None,
        clarity(figures),
        listening(figures),
        buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)),
    )
