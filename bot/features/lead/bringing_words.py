"""What a member reads of a list they bring, before anything of it is kept."""

from collections.abc import Sequence

from bot.domain.bringing.headings import DropReason, KeptField
from bot.domain.bringing.people import Brought, Person
from bot.domain.lead import Stage
from bot.engine.call import Call
from bot.features.lead.brought import NOT_KNOWN
from bot.features.people import STAGES
from bot.features.registry import refer_to
from bot.ui.reply import Fields, Heading, Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import Day, Together, UserText

LEAD_LIST = refer_to("lead list")

SHOWN = 3
"""People who are shown as an example."""
LETTERS = 40
"""Letters of a day that is not understood."""
NUMBERS = 8
"""Rows without a name that are named by their number."""

COLUMNS: dict[KeptField, Text] = {
    KeptField.NAME: t("name"),
    KeptField.FIRST: t("first name"),
    KeptField.LAST: t("family name"),
    KeptField.ORGANISATION: t("where they work"),
    KeptField.WHY: t("why you want to talk with them"),
    KeptField.POSITION: t("their work, as your reason"),
    KeptField.NOTES: t("your notes"),
    KeptField.STAGE: t("stage"),
    KeptField.ADDED: t("the day they came on your list"),
    KeptField.CONTACTED: t("your last contact"),
    KeptField.SOURCE: t("who gave you the name, in your notes"),
}
REASONS: dict[DropReason, Text] = {
    DropReason.CONTACT: t("addresses and numbers of other people, which I never keep"),
    DropReason.PRIVATE: t("private things about other people, which I never keep"),
    DropReason.NO_PLACE: t("I have no place for this"),
}


def preview(contents: Brought, new: Sequence[Person], mended: int) -> list[Part]:
    """Show what was read of a list: who is new, which columns are kept and which are not, and what is missing."""
    there = len(contents.people) - len(new)
    return [
        Heading(t("Is this your list?")),
        Paragraph(tn("{n} person is new.", "{n} people are new.", len(new))),
        *(
            [
                Paragraph(
                    tn(
                        "{n} person is on your list already, and stays as they are.",
                        "{n} people are on your list already, and stay as they are.",
                        there,
                    )
                )
            ]
            if there
            else []
        ),
        Listing(tuple(_line(person) for person in new[:SHOWN])),
        *_columns(contents),
        *(Note(remark) for remark in _remarks(contents, new, mended)),
        Note(t("Nothing is on your list yet. Without your yes, I forget this list in a day.")),
    ]


def _line(person: Person) -> Text:
    return t(
        "{name}, {organisation}: {stage}",
        name=UserText(person.name),
        organisation=UserText(person.organisation),
        stage=STAGES[person.standing.stage],
    )


def _columns(contents: Brought) -> list[Part]:
    fields = tuple(
        (t("{heading}", heading=UserText(heading)), COLUMNS[column]) for heading, column in contents.read_columns
    )
    by_reason = {
        reason: tuple(UserText(heading) for heading, why in contents.unkept if why is reason) for reason in REASONS
    }
    left = tuple(
        t("{headings}: {reason}.", headings=Together(headings), reason=REASONS[reason])
        for reason, headings in by_reason.items()
        if headings
    )
    parts: list[Part] = [Paragraph(t("I keep these columns:")), Fields(fields)] if fields else []
    return [*parts, Paragraph(t("I do not keep these:")), Listing(left)] if left else parts


def _remarks(contents: Brought, new: Sequence[Person], mended: int) -> list[Text]:
    """Say what is missing, what was changed, and which day is read in one of two ways."""
    remarks = [text for number, text in (*_missing(contents, new), *_changed(contents, mended)) if number]
    if contents.doubtful_day is not None:
        written, day = contents.doubtful_day
        remarks.append(t("I read {written} as {day}.", written=UserText(written), day=Day(day)))
    if contents.unusable_days:
        remarks.append(
            tn(
                "I leave out {n} day, not clear or still to come: {written}.",
                "I leave out {n} days, not clear or still to come, such as {written}.",
                len(contents.unusable_days),
                written=UserText(contents.unusable_days[0][:LETTERS]),
            )
        )
    return remarks


def _missing(contents: Brought, new: Sequence[Person]) -> tuple[tuple[int, Text], ...]:
    lacking = contents.lacking
    planned = sum(person.standing.stage is Stage.MEETING for person in new)
    nowhere = sum(not person.organisation for person in contents.people)
    return (
        (
            len(lacking),
            tn(
                "{n} row has no name of a person: row {rows}.",
                "{n} rows have no name of a person: rows {rows}.",
                len(lacking),
                rows=_numbers(lacking),
            ),
        ),
        (contents.twice, tn("{n} row is there twice.", "{n} rows are there twice.", contents.twice)),
        (
            nowhere,
            tn(
                'For {n} person I write "{unknown}" as the organisation.',
                'For {n} people I write "{unknown}" as the organisation.',
                nowhere,
                unknown=NOT_KNOWN,
            ),
        ),
        (
            contents.unknown_stages,
            tn(
                "For {n} person I do not know the stage. They are new, and the word is in your notes.",
                "For {n} people I do not know the stage. They are new, and the word is in your notes.",
                contents.unknown_stages,
            ),
        ),
        (
            planned,
            tn(
                "For {n} person a talk is planned. I do not know when: tell me the day later.",
                "For {n} people a talk is planned. I do not know when: tell me the days later.",
                planned,
            ),
        ),
    )


def _changed(contents: Brought, mended: int) -> tuple[tuple[int, Text], ...]:
    return (
        (
            mended,
            tn(
                "I took an address or a number out of {n} text.",
                "I took an address or a number out of {n} texts.",
                mended,
            ),
        ),
        (
            contents.shortened,
            tn(
                "{n} person has a text that I make shorter.",
                "{n} people have a text that I make shorter.",
                contents.shortened,
            ),
        ),
    )


def _numbers(rows: Sequence[int]) -> Text:
    shown = Together(tuple(t("{row}", row=UserText(str(row))) for row in rows[:NUMBERS]))
    more = len(rows) - NUMBERS
    return (
        t("{numbers}", numbers=shown)
        if more <= 0
        else t("{numbers} and {n} more", numbers=shown, n=UserText(str(more)))
    )


def all_known(call: Call, people: int) -> Reply:
    """Say that a list brings nobody new."""
    return reply(
        t("Everybody of this list is on your list already. Nothing changed.")
        if people != 1
        else t("This person is on your list already. Nothing changed."),
        buttons(LEAD_LIST.button(call.stamp, t("See my list"))),
    )
