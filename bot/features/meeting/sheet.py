"""The sheet for one meeting, on one screen: goal, work, questions, ways to begin, and what the member knows."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.ids import Who
from bot.domain.lead import Lead
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.preparing import read_questions
from bot.store import leads, meetings
from bot.store.database import Tx
from bot.ui.reply import Fields, Heading, Listing, Paragraph, Part
from bot.ui.text import Text, Value, t
from bot.ui.values import Day, Moment, UserText

OPENERS = (
    t("How did your week begin?"),
    t("How did you begin this work?"),
    t("What do you like about this city?"),
    t("What was good today?"),
)
MOST_OPENERS = 3
LETTERS = 90
"""How many letters of a long note are on the sheet."""


@dataclass(frozen=True, slots=True)
class SheetReader:
    """The member who reads a sheet: their id, the work they want, and the name of their time zone."""

    who: Who
    work: str | None
    zone: str


def sheet(tx: Tx, reader: SheetReader, meeting: Meeting, lead: Lead) -> tuple[Part, ...]:
    """Write the sheet for a meeting; fields that the member left empty are not shown."""
    # The latest first, so `earlier[0]` is the last talk.
    earlier = [m for m in meetings.of_member(tx, reader.who) if m.lead == lead.id and m.state is MeetingState.HELD]
    humans = [m.notes.human for m in earlier if m.notes.human]
    source = leads.find(tx, reader.who, lead.source) if lead.source else None
    questions = tuple(UserText(question) for question in read_questions(meeting.notes.questions or ""))
    return (
        Heading(t("Your talk with {name}", name=UserText(lead.name))),
        Fields(_rows(reader, meeting)),
        *((Paragraph(t("Your questions")), Listing(questions, numbered=True)) if questions else ()),
        Paragraph(t("To begin")),
        Listing(_openers(lead, source, humans)),
        Paragraph(t("What you know")),
        Listing(_facts(reader, lead, source, earlier, humans)),
    )


def _rows(reader: SheetReader, meeting: Meeting) -> tuple[tuple[Text, Value], ...]:
    notes = meeting.notes
    rows: list[tuple[Text, Value | None]] = [
        (t("When"), Moment(meeting.planned_for, reader.zone) if meeting.planned_for else t("not planned yet")),
        (t("Place"), UserText(notes.place) if notes.place else None),
        (t("Your goal"), UserText(notes.goal) if notes.goal else t("not said yet")),
        (t("What else is a good result"), UserText(notes.fallback) if notes.fallback else None),
        (t("Tell them"), UserText(reader.work) if reader.work else None),
    ]
    return tuple((label, words) for label, words in rows if words is not None)


def _openers(lead: Lead, source: Lead | None, humans: list[str]) -> tuple[Value, ...]:
    """Offer ways to begin the talk: first what the two have in common, then questions that anybody can answer."""
    own: list[Value] = []
    if source is not None:
        own.append(t("Say that {name} gave you the name.", name=UserText(source.name)))
    if humans:
        own.append(t("Ask about what they told you: {human}", human=_short(humans[0])))
    # Which general questions come first depends on the name alone, so that a sheet that is opened again is the same.
    turn = sum(lead.name.encode()) % len(OPENERS)
    return (*own, *OPENERS[turn:], *OPENERS[:turn])[:MOST_OPENERS]


def _facts(
    reader: SheetReader, lead: Lead, source: Lead | None, earlier: list[Meeting], humans: list[str]
) -> tuple[Value, ...]:
    facts: list[Value] = [
        t("They work at {organisation}.", organisation=UserText(lead.organisation)),
        t("Why you chose them: {why}", why=_short(lead.why)),
    ]
    if source is not None:
        facts.append(t("Name given by {name}", name=UserText(source.name)))
    if earlier and earlier[0].held_at is not None:
        facts.append(t("You met on {day}.", day=Day(earlier[0].held_at.astimezone(ZoneInfo(reader.zone)).date())))
    facts += [t("Outside work: {human}", human=_short(human)) for human in humans[:2]]
    if lead.notes:
        facts.append(t("Your notes: {notes}", notes=_short(lead.notes)))
    return tuple(facts)


def _short(words: str) -> UserText:
    line = " ".join(words.split())
    return UserText(line if len(line) <= LETTERS else line[: LETTERS - 1].rstrip() + "…")
