"""Commands that prepare a meeting: a goal, a sentence about the member's work, at most five questions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from bot.domain.ids import LeadId, MeetingId
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.preparing import MOST_QUESTIONS, read_questions, write_questions
from bot.engine.call import Call
from bot.engine.command import AnswerPlace
from bot.engine.errors import StaleButton
from bot.engine.rules import Line, Lines, Number, RowId
from bot.features.meeting.evening import evening_before
from bot.features.meeting.sheet import SheetReader, sheet
from bot.features.people import LeadRef, own_lead
from bot.features.registry import action, command, refer_to
from bot.store import meetings, members
from bot.ui.button import Button, Style
from bot.ui.reply import Buttons, Heading, Listing, Note, Part, Reply, buttons, reply
from bot.ui.text import t, tn
from bot.ui.values import CommandRef, Count, UserText

MEETING_CALENDAR = refer_to("meeting calendar")
MEETING_LOG = refer_to("meeting log")
MEETING_PLAN = refer_to("meeting plan")

A_ROW = 5
"""Buttons in one row; Discord takes no more."""
MEETING = RowId(label=t("Meeting"))


def _prepared_so_far(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    lead_id = values.get("lead")
    notes = meetings.at_hand(call.tx, call.who, LeadId(str(lead_id))).notes if lead_id else None
    return {
        "goal": notes and notes.goal,
        "fallback": notes and notes.fallback,
        "work": call.member.work,
        "questions": notes and notes.questions,
    }


@command(
    "meeting prep",
    form=t("Prepare a talk"),
    prefill=_prepared_so_far,
    stays=True,
    example='/meeting prep lead:"dana" goal:"how they find new people" questions:"What is a good day for you?"',
)
def prep(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("Person"))],
    goal: Annotated[str, Line(label=t("What do you want to know at the end?"), most=200, no_contacts=True)],
    fallback: Annotated[
        str | None,
        Line(
            label=t("What else would make the talk good?"),
            hint=t("If you get no job and no new name."),
            most=200,
            no_contacts=True,
        ),
    ] = None,
    work: Annotated[
        str | None,
        Line(label=t("The work I want, and why I do it well"), hint=t("One sentence. I keep it."), most=200),
    ] = None,
    questions: Annotated[
        str | None,
        Lines(label=t("Your questions, one a line"), hint=t("At most five."), most=500, no_contacts=True),
    ] = None,
) -> Reply:
    """Get ready for a talk: your goal, your sentence, your questions."""
    meeting, lines = meetings.at_hand(call.tx, call.who, lead), read_questions(questions or "")
    notes = replace(meeting.notes, goal=goal, fallback=fallback, questions=write_questions(lines))
    meeting = replace(meeting, notes=notes)
    meetings.keep(call.tx, call.who, meeting, call.now)
    if work is not None:
        members.update(call.tx, call.who, work=work)
    if len(lines) > MOST_QUESTIONS:
        return _too_many_questions(call, meeting, lines)
    return _sheet(call, meeting, lead)


def _too_many_questions(call: Call, meeting: Meeting, questions: list[str]) -> Reply:
    """Say kindly that these are many questions, and let the member choose which to leave out; all are saved."""
    count = len(questions)
    drops = [
        drop.button(call.stamp, t("Leave out question {n}", n=Count(n)), meeting=meeting.id, number=n, of=count)
        for n in range(1, count + 1)
    ]
    return reply(
        Heading(tn("That is {n} question.", "That is {n} questions.", count)),
        t(
            "The author of our tips once brought twenty questions. She never got an answer after. Which question can you leave out?"
        ),
        Listing(tuple(UserText(question) for question in questions), numbered=True),
        # Discord shows five rows of buttons, so at most four rows for questions leave room for the last button.
        *_rows([*drops[: 4 * A_ROW], keep.button(call.stamp, t("Keep them all"), meeting=meeting.id)]),
    )


def _rows(row_buttons: list[Button]) -> tuple[Buttons, ...]:
    return tuple(buttons(*row_buttons[i : i + A_ROW]) for i in range(0, len(row_buttons), A_ROW))


@action("meeting drop-question", spot=AnswerPlace.MESSAGE)
def drop(
    call: Call,
    *,
    meeting: Annotated[MeetingId, MEETING],
    number: Annotated[int, Number(label=t("Number"), least=1)],
    of: Annotated[int, Number(label=t("Number"))] = 0,
) -> Reply:
    """Leave one question out."""
    planned = _planned_meeting(call, meeting)
    questions = read_questions(planned.notes.questions or "")
    # A question was left out since the button was made, so its number is another question's now.
    is_stale = of not in {0, len(questions)}
    if not is_stale:
        questions = [question for n, question in enumerate(questions, start=1) if n != number]
        planned = replace(planned, notes=replace(planned.notes, questions=write_questions(questions)))
        meetings.save(call.tx, call.who, planned)
    if len(questions) > MOST_QUESTIONS:
        return _too_many_questions(call, planned, questions)
    return _sheet(call, planned, planned.lead)


@action("meeting keep-questions", reads=True, spot=AnswerPlace.MESSAGE)
def keep(call: Call, *, meeting: Annotated[MeetingId, MEETING]) -> Reply:
    """Keep all questions, although there are many."""
    planned = _planned_meeting(call, meeting)
    return _sheet(call, planned, planned.lead)


def _planned_meeting(call: Call, meeting_id: MeetingId) -> Meeting:
    meeting = meetings.find(call.tx, call.who, meeting_id)
    if meeting is None or meeting.state is not MeetingState.PLANNED:
        raise StaleButton(
            t("This meeting is not there any more."), t("Prepare it with {prep}.", prep=CommandRef("meeting prep"))
        )
    return meeting


def _sheet(call: Call, meeting: Meeting, lead_id: LeadId) -> Reply:
    # Read again: the handler may just have saved the member's sentence about their work.
    member, lead, start = members.get(call.tx, call.who), own_lead(call, lead_id), meeting.planned_for
    parts: list[Part | None] = [*sheet(call.tx, SheetReader(call.who, member.work, call.zone_name), meeting, lead)]
    if start is None and member.reminders:
        parts.append(Note(t("When you know the day, I make a calendar file and remind you.")))
    elif start is None:
        parts.append(Note(t("When you know the day, I make a calendar file.")))
    elif member.reminders and evening_before(call.community, member, start.astimezone(call.zone).date()) > call.now:
        parts.append(Note(t("I send you this sheet again the evening before.")))
    return reply(
        *parts,
        buttons(
            MEETING_PLAN.button(call.stamp, t("Plan a meeting"), Style.MAIN, lead=lead.id) if start is None else None,
            prep.button(call.stamp, t("Change the sheet"), lead=lead.id),
            MEETING_LOG.button(call.stamp, t("We met"), lead=lead.id),
            MEETING_CALENDAR.button(call.stamp, t("Get the calendar file"), meeting=meeting.id) if start else None,
        ),
    )
