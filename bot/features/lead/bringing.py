"""Commands to bring a list: a file or pasted rows are read and shown, kept after a yes, and taken back for a week."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated

from bot.domain.bringing.grid import rows_of
from bot.domain.bringing.people import MOST_PEOPLE, Brought, Person, people_in
from bot.domain.bringing.vcards import is_cards, rows_of_cards
from bot.domain.lead import Stage
from bot.domain.room import OPEN_PEOPLE, PEOPLE, TEXT_BYTES
from bot.engine.call import Call
from bot.engine.clean import length
from bot.engine.errors import BadValue, NotNow, StaleButton, TooLong
from bot.engine.invocation import Table
from bot.engine.rule import Kind, Rule
from bot.engine.rules import RowId
from bot.engine.uploads import TableFile
from bot.features.lead import brought as people_brought
from bot.features.lead.bringing_words import all_known, preview
from bot.features.lead.mending import mended
from bot.features.lead.merging import alike
from bot.features.lead.opening import open_list
from bot.features.registry import action, command, refer_to
from bot.store import drafts, lists, room
from bot.store.ids import new_id
from bot.ui.button import Style
from bot.ui.reply import Note, Reply, buttons, reply
from bot.ui.text import t, tn
from bot.ui.values import CommandRef, Count

LEAD_NEXT = refer_to("lead next")
LEAD_LIST = refer_to("lead list")

WEEK = timedelta(days=7)
MOST_PASTED = 3000
"""Slack's and Discord's forms take as much."""
WAITING = RowId(label=t("List"))
_A_LINE = t("One person a line: name; organisation; why. Headings may stand above.")


@dataclass(frozen=True, kw_only=True)
class PastedRows(Rule[str]):
    """Rows as they were copied out of a table, with their tabs; each cell is cleaned where it is read."""

    most: int
    kind = Kind.LINES
    reads = str

    @property
    def limit(self) -> int | None:
        """The most characters a person may paste."""
        return self.most

    def read(self, call: Call, raw: str) -> str:
        """Take the rows.

        Raises:
            TooLong: there are more than a form takes.
        """
        if length(raw) > self.most:
            raise TooLong(
                t("These rows have {number} characters.", number=Count(length(raw))),
                t("I take {most} in one message. Please send a file, or fewer rows.", most=Count(self.most)),
            )
        return raw


def _nothing_yet(_: Call, __: Mapping[str, object]) -> dict[str, object]:
    """Open the form when nothing was given: a file or pasted rows, one of them is enough."""
    return {}


@command(
    "lead import",
    form=t("Bring your list"),
    prefill=_nothing_yet,
    example='/lead import rows:"Dana R.; Nordik; built the river sensor"',
)
def import_(
    call: Call,
    *,
    file: Annotated[
        Table | None,
        TableFile(
            label=t("Your file"),
            hint=t("CSV, TSV, XLSX or vCard, or the connections that LinkedIn sends you."),
            typing=t("Write the path of the file."),
            opened=open_list,
        ),
    ] = None,
    rows: Annotated[
        str | None,
        PastedRows(
            label=t("Or paste the rows here"),
            hint=_A_LINE,
            most=MOST_PASTED,
            no_contacts=True,
        ),
    ] = None,
) -> Reply:
    """Bring a list of people from a file or from another tool."""
    if file is None and rows is None:
        raise BadValue(t("There is no list yet."), t("Please choose a file, or paste rows."))
    if file is not None and rows is not None:
        raise BadValue(t("These are two lists: a file and rows."), t("Please bring one, then the other."))
    table = file if file is not None else _pasted(rows or "")
    contents = people_in(table.rows, call.today, day_first=call.language == "fr", typed=file is None)
    if contents is None:
        raise BadValue(
            t("I find no column with names of people."),
            t("Please write headings in the first line, such as: {headings}.", headings=_HEADINGS)
            if file is not None
            else _A_LINE,
        )
    if not contents.people:
        raise BadValue(t("I find no person in this list."), t("Please send another one."))
    return _show(call, contents, table.mended)


_HEADINGS = t("name, organisation, why")


def _pasted(rows: str) -> Table:
    return mended(rows_of_cards(rows) if is_cards(rows) else rows_of(rows), typed=True)


def _show(call: Call, contents: Brought, taken: int) -> Reply:
    """Show what was read, and keep the new people aside until the yes."""
    if len(contents.people) > MOST_PEOPLE:
        raise BadValue(
            t("This list has more than {most} people, which is the most at once.", most=Count(MOST_PEOPLE)),
            t("Please cut it into two files."),
        )
    people = [_whole(call, person) for person in contents.people]
    new = _new(call, people)
    if not new:
        return all_known(call, len(people))
    _check_room(call, new)
    draft = drafts.keep(call.tx, call.who, new_id(), import_.name, people_brought.written(new), call.now)
    return reply(
        *preview(contents, new, taken),
        buttons(
            bring.button(
                call.stamp,
                tn("Yes, add {n} person", "Yes, add {n} people", len(new)),
                Style.MAIN,
                waiting=draft,
            ),
            leave.button(call.stamp, t("No, forget this list"), waiting=draft),
        ),
    )


def _whole(call: Call, person: Person) -> Person:
    organisation, why = people_brought.with_words(call, (person.organisation, person.why))
    return replace(person, organisation=organisation, why=why)


def _new(call: Call, people: list[Person]) -> list[Person]:
    listed = lists.are_listed(call.tx, call.who, [(person.name, person.organisation) for person in people])
    return [person for person, there in zip(people, listed, strict=True) if not there]


def _check_room(call: Call, new: list[Person]) -> None:
    """Refuse a list that does not fit as a whole, before anything of it is taken."""
    amounts = room.amounts_of(call.tx, call.who)
    opened = sum(person.standing.stage is not Stage.CLOSED for person in new)
    if opened > (free := max(0, OPEN_PEOPLE - amounts.open_people)):
        raise BadValue(
            tn(
                "This list has {n} new open person. Your list has room for {room}.",
                "This list has {n} new open people. Your list has room for {room}.",
                opened,
                room=Count(free),
            ),
            t("Please bring fewer, or close some with {close}.", close=CommandRef("lead close")),
        )
    if len(new) > (free := max(0, PEOPLE - amounts.people)):
        raise BadValue(
            tn(
                "This list has {n} new person. Your list has room for {room}.",
                "This list has {n} new people. Your list has room for {room}.",
                len(new),
                room=Count(free),
            ),
            t("Please bring fewer."),
        )
    letters = sum(
        len(text.encode()) for person in new for text in (person.name, person.organisation, person.why, person.notes)
    )
    if letters > TEXT_BYTES - amounts.text_bytes:
        raise BadValue(
            t("This list has more text than I can keep for you."),
            t("Please bring fewer people, or make their notes shorter."),
        )


@action("lead bring", lasts=drafts.KEPT_FOR)
def bring(call: Call, *, waiting: Annotated[str, WAITING]) -> Reply:
    """Add the people of the list that was shown."""
    people = _new(call, _waiting(call, waiting))
    _check_room(call, people)
    brought = lists.add(call.tx, call.who, [people_brought.listed(call, person) for person in people], call.now)
    drafts.drop(call.tx, call.who, waiting)
    if not people:
        return all_known(call, 0)
    return reply(
        tn("{n} person is on your list now.", "{n} people are on your list now.", len(people)),
        t("They count in no week, because you found them before."),
        Note(t("You can take the whole list back for a week.")),
        buttons(
            LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN),
            LEAD_LIST.button(call.stamp, t("See my list")),
            take_back.button(call.stamp, t("Take the list back"), brought=brought),
            # Looking takes a second in a long list, so it is done where nobody waits for it.
            alike.button(call.stamp, t("See who may be twice")),
        ),
    )


def _waiting(call: Call, waiting: str) -> list[Person]:
    draft = drafts.find(call.tx, call.who, waiting)
    if draft is None or draft.command != import_.name:
        raise StaleButton(t("I did not keep this list any longer."), t("Please send it again."))
    return people_brought.read(draft.values)


@action("lead bring-not", lasts=drafts.KEPT_FOR)
def leave(call: Call, *, waiting: Annotated[str, WAITING]) -> Reply:
    """Forget the list that was shown."""
    _waiting(call, waiting)
    drafts.drop(call.tx, call.who, waiting)
    return reply(
        t("I forgot this list. Nothing changed."),
        Note(t("You can bring another one with {command}.", command=CommandRef("lead import"))),
    )


@action("lead bring-back", lasts=WEEK)
def take_back(call: Call, *, brought: Annotated[str, RowId(label=t("List"))]) -> Reply:
    """Take back the people who came with this list."""
    if not lists.count(call.tx, call.who, brought):
        raise NotNow(t("Nobody of this list is on your list any more."))
    result = lists.take_back(call.tx, call.who, brought)
    return reply(
        tn("{n} person is off your list again.", "{n} people are off your list again.", result.gone),
        tn(
            "{n} person stays, because you did something with them since.",
            "{n} people stay, because you did something with them since.",
            result.stay,
        )
        if result.stay
        else None,
        Note(t("You can bring the list again with {command}.", command=CommandRef("lead import"))),
    )
