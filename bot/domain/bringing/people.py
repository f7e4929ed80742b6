"""The people of a brought table: who can be kept, and which rows and columns cannot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.bringing.days_in import DayOrder, day_in, order_in
from bot.domain.bringing.grid import Grid
from bot.domain.bringing.headings import DropReason, KeptField, columns_of, heading_row
from bot.domain.bringing.stages import ToldStage, standing_of
from bot.domain.name_words import is_title
from bot.domain.sameness import is_organisation, same_person_key

MOST_PEOPLE = 2_000
NAME, WHY, NOTES = 80, 300, 1000
"""The most characters of each text."""
POSITIONS = (KeptField.NAME, KeptField.ORGANISATION, KeptField.WHY, KeptField.NOTES)
"""What rows without headings hold, where they were typed and not exported."""
_NAMES = frozenset({KeptField.NAME, KeptField.FIRST, KeptField.LAST})
_FAULTS = frozenset(["#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!"])
"""What a spreadsheet writes where a formula failed."""
_NOTHING = _FAULTS | frozenset(["n/a", "none", "null", "nan", "-", "--", "–", "—", "?", ".", "aucun", "aucune"])
"""What people and programs write into a cell that is empty."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to keep; a text that is not there is empty."""

    name: str
    organisation: str
    why: str
    notes: str = ""
    standing: ToldStage = field(default_factory=ToldStage)
    added: date | None = None
    contacted: date | None = None

    @property
    def key(self) -> str:
        """What two entries of one person have in common."""
        return same_person_key(self.name, self.organisation)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a table holds."""

    people: Sequence[Person]
    lacking: Sequence[int] = ()
    """The numbers of the rows without the name of a person, as a spreadsheet counts them."""
    twice: int = 0
    """Rows of somebody who is in the table before."""
    read_columns: Sequence[tuple[str, KeptField]] = ()
    """The headings that are kept, with what they hold."""
    unkept: Sequence[tuple[str, DropReason]] = ()
    shortened: int = 0
    """People with a text that is longer than fits."""
    unknown_stages: int = 0
    unusable_days: Sequence[str] = ()
    """Days that are not understood, or still to come."""
    doubtful_day: tuple[str, date] | None = None
    """A day that may be read in two ways, and how it is read."""


@dataclass(slots=True)
class _RowReader:
    columns: Sequence[KeptField | DropReason | None]
    headings: Sequence[str]
    orders: Mapping[KeptField, DayOrder]
    shortened: int = 0
    unknown_stages: int = 0
    unusable_days: list[str] = field(default_factory=list[str])

    def person(self, row: Sequence[str], today: date) -> Person | None:
        """Read one row; None when it has no name of a person."""
        cells = list(self._cells(row))
        text_of = {column: text for column, _, text in cells if column is not KeptField.NOTES}
        name = text_of.get(KeptField.NAME) or " ".join(
            filter(None, (text_of.get(KeptField.FIRST), text_of.get(KeptField.LAST)))
        )
        organisation = text_of.get(KeptField.ORGANISATION, "")
        if not any(map(str.isalpha, name)) or is_organisation(name, organisation) or is_title(name):
            return None
        standing = standing_of(text_of.get(KeptField.STAGE, ""))
        why = text_of.get(KeptField.WHY) or text_of.get(KeptField.POSITION, "")
        beside = {KeptField.SOURCE, KeptField.NOTES}
        beside |= {KeptField.POSITION} if text_of.get(KeptField.WHY) else set()
        beside |= {KeptField.STAGE} if standing is None else set()
        notes = [
            text if column is KeptField.NOTES else f"{self.headings[place].strip()}: {text}"
            for column, place, text in cells
            if column in beside and text
        ]
        texts = [_line(name), _line(organisation), why, "\n".join(notes)]
        limits = (NAME, NAME, WHY, NOTES)
        name, organisation, why, kept_notes = fitting = [
            _cut(text, most) for text, most in zip(texts, limits, strict=True)
        ]
        self.shortened += fitting != texts
        self.unknown_stages += standing is None
        days = {column: self._day(text_of, column, today) for column in (KeptField.ADDED, KeptField.CONTACTED)}
        return Person(
            name,
            organisation,
            why,
            kept_notes,
            standing or ToldStage(),
            days[KeptField.ADDED],
            days[KeptField.CONTACTED],
        )

    def _cells(self, row: Sequence[str]) -> Iterator[tuple[KeptField, int, str]]:
        for place, (column, cell) in enumerate(zip(self.columns, row, strict=False)):
            if isinstance(column, KeptField):
                yield column, place, _said(column, cell.strip())

    def _day(self, text_of: Mapping[KeptField, str], column: KeptField, today: date) -> date | None:
        cell = text_of.get(column, "")
        if not cell:
            return None
        day = day_in(cell, self.orders[column])
        if day is not None and day <= today:
            return day
        self.unusable_days.append(cell)
        return None


def people_in(grid: Grid, today: date, *, day_first: bool, typed: bool = False) -> Brought | None:
    """Read the people of a table; None when no row says which column holds the names.

    Args:
        grid: its rows.
        today: the member's date; nothing that is kept was done later.
        day_first: whether 3/4 is the third of April where nothing else tells it.
        typed: whether rows without headings are name, organisation, why and notes.
    """
    row_of_headings = heading_row(grid)
    if row_of_headings is None and not (typed and any(len(row) > 1 for row in grid)):
        return None
    start = row_of_headings[0] if row_of_headings else -1
    headings = grid[start] if row_of_headings else [""] * len(POSITIONS)
    columns = columns_of(headings) if row_of_headings else list(POSITIONS)
    rows = grid[start + 1 :]
    cells = {column: _column(rows, columns, column) for column in (KeptField.ADDED, KeptField.CONTACTED)}
    orders = _orders(cells, today, day_first=day_first)
    reader = _RowReader(columns, headings, orders)
    people: dict[str, Person] = {}
    lacking: list[int] = []
    twice = 0
    for number, row in enumerate(rows, start + 2):
        if not any(cell.strip() for cell in row):
            continue
        person = reader.person(row, today)
        if person is None:
            lacking.append(number)
        elif person.key in people:
            twice += 1
        else:
            people[person.key] = person
            if len(people) > MOST_PEOPLE:
                break
    named = [(heading.strip(), held) for heading, held in zip(headings, columns, strict=True) if heading.strip()]
    return Brought(
        tuple(people.values()),
        lacking,
        twice,
        [(heading, held) for heading, held in named if isinstance(held, KeptField)],
        [(heading, held) for heading, held in named if isinstance(held, DropReason)],
        reader.shortened,
        reader.unknown_stages,
        reader.unusable_days,
        _doubtful(cells, orders),
    )


def _column(rows: Grid, columns: Sequence[KeptField | DropReason | None], column: KeptField) -> list[str]:
    place = columns.index(column) if column in columns else None
    return [] if place is None else [row[place] for row in rows if len(row) > place and row[place].strip()]


def _orders(cells: Mapping[KeptField, Sequence[str]], today: date, *, day_first: bool) -> dict[KeptField, DayOrder]:
    """Tell the order of each column of days; what a column leaves open, all of the table tell."""
    whole = order_in([cell for column in cells.values() for cell in column], today, day_first=day_first)
    orders = {column: order_in(column_cells, today, day_first=day_first) for column, column_cells in cells.items()}
    return {column: order if order.sure else whole for column, order in orders.items()}


def _doubtful(
    cells: Mapping[KeptField, Sequence[str]], orders: Mapping[KeptField, DayOrder]
) -> tuple[str, date] | None:
    for column, order in orders.items():
        for cell in cells[column] if not order.sure else ():
            read, other = day_in(cell, order), day_in(cell, DayOrder(not order.day_first, sure=True))
            if read is not None and other not in {read, None}:
                return cell.strip(), read
    return None


def _said(column: KeptField, cell: str) -> str:
    """Give what a cell tells; a name can be a word that says "nothing" elsewhere."""
    return "" if cell.casefold() in (_FAULTS if column in _NAMES else _NOTHING) else cell


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
