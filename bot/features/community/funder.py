"""The page for a funder: a quarter of a community by month, in totals of at least five people, from frozen weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from bot.domain.digest import Told, step_below
from bot.domain.privacy import FEWEST_PEOPLE
from bot.domain.quarter import Quarter
from bot.domain.report import ANYTHING, INTERVIEW, JOB, NAME, Done, OfQuarter, of_quarter
from bot.domain.snapshot import Snapshot
from bot.domain.week import Week
from bot.engine.call import Call
from bot.engine.errors import BotError, NotNow
from bot.engine.refs import Ref, Thing
from bot.features.people import about
from bot.store import events, snapshots
from bot.ui.chart import MonthBar, MonthlyFigure, PictureError
from bot.ui.drawing import draw_months
from bot.ui.printed import PrintedPage, PrintedTable, as_html
from bot.ui.reply import Fields, File, Heading, Note, Part
from bot.ui.table import XLSX, as_xlsx
from bot.ui.text import Text, Value, t, tc
from bot.ui.values import CommandRef, Count, Day, MonthName, UserText
from bot.ui.voice import say

KINDS: dict[str, Text] = {
    ANYTHING: t("Active members"),
    events.ASK: t("Asks sent"),
    events.MEETING: t("Talks held"),
    NAME: t("Names passed on"),
    INTERVIEW: t("Interviews, shared as good news"),
    JOB: t("Jobs, shared as good news"),
}
SHORT: dict[str, Text] = KINDS | {INTERVIEW: t("Interviews"), JOB: t("Jobs")}
NOTHING = t("–")
_AT_LEAST = t("Each figure is a total of at least {n} people. Nothing is about one person.", n=Count(FEWEST_PEOPLE))
FEW = t("fewer than {n}", n=Count(FEWEST_PEOPLE))


@dataclass(frozen=True, kw_only=True)
class QuarterRef(Ref):
    """A quarter of which there are figures."""

    what = t("this quarter")

    def things(self, call: Call) -> Sequence[Thing]:
        """List the quarters by their months, the latest first."""
        with_figures = quarters(snapshots.between(call.tx, call.community.id, *snapshots.EVERY))
        return [Thing(quarter.iso, say(months_of(quarter), call.language)) for quarter in with_figures]

    def read(self, call: Call, raw: str) -> str:
        """Find a quarter by its number, such as 2026-Q1, or by its months.

        Raises:
            NotNow: there are no figures of it.
            NotFound: it is no quarter.
        """
        wanted = Quarter.typed(raw, call.today.year)
        if wanted is None:
            return super().read(call, raw)
        if wanted.iso not in {thing.id for thing in self.things(call)}:
            raise NotNow(
                t("There are no figures of {quarter}.", quarter=months_of(wanted)),
                t("See which quarters there are with {report}.", report=CommandRef("community report")),
            )
        return wanted.iso

    def nothing(self, call: Call) -> BotError | None:
        """Say that no week was counted yet."""
        if snapshots.latest(call.tx, call.community.id) is not None:
            return None
        return NotNow(t("There are no totals yet."), t("They come with the first digest."))


def quarters(frozen: Sequence[Snapshot]) -> list[Quarter]:
    """List the quarters with a frozen week, the latest first."""
    return sorted({Quarter.of(snapshot.week) for snapshot in frozen}, reverse=True)


def months_of(quarter: Quarter) -> Text:
    """Name a quarter by its months."""
    first, *_, last = quarter.months
    return t("{first} to {last}", first=MonthName(first, with_year=False), last=MonthName(last))


def funder_page(call: Call, frozen: Sequence[Snapshot], quarter: Quarter, language: str) -> tuple[Part, ...]:
    """Make the page and the table of a quarter, and tell its figures."""
    figures = {kind: of_quarter(_every_week(frozen, kind), quarter) for kind in KINDS}
    page = _page(call, frozen, quarter, figures, language)
    name = f"{say(tc('name of a file', 'circle'), language)}-{quarter.iso.lower()}"
    rows = [[say(title, language) for title in page.table.head], *_cells(quarter, figures, language)]
    return (
        Heading(t("The page for a funder: {quarter}", quarter=months_of(quarter))),
        Fields(tuple((label, _told(figures[kind].whole, kind)) for kind, label in KINDS.items())),
        Note(_AT_LEAST),
        File(f"{name}.html", "text/html", as_html([page], language)),
        File.of_bytes(f"{name}.xlsx", XLSX, as_xlsx([*rows, [], *([say(n, language)] for n in page.notes)], call.now)),
        Note(t("Open the page in a browser. From there you can print it.")),
    )


def _every_week(frozen: Sequence[Snapshot], kind: str) -> list[tuple[Week, Done]]:
    """List each week from the first frozen one to the last; one without a snapshot counts as empty."""
    by_week = {snapshot.week: snapshot.done.get(kind, Done()) for snapshot in frozen}
    first, last = frozen[0].week, frozen[-1].week
    weeks = map(first.plus, range(last.minus(first) + 1))
    return [(week, by_week.get(week, Done())) for week in weeks]


def _page(
    call: Call, frozen: Sequence[Snapshot], quarter: Quarter, figures: dict[str, OfQuarter], language: str
) -> PrintedPage:
    weeks = [snapshot.week for snapshot in frozen if Quarter.of(snapshot.week) == quarter]
    name = UserText(call.community.name)
    period = t("From {first} to {last}.", first=Day(weeks[0].monday), last=Day(weeks[-1].sunday))
    picture = _picture(frozen, quarter, figures, language)
    return PrintedPage(
        title=t("{community}: {quarter}", community=name, quarter=months_of(quarter))
        if call.community.name
        else months_of(quarter),
        below=(t("A circle of newcomers who look for work and help each other."), period),
        table=PrintedTable(
            head=(
                t("What"),
                *(MonthName(month, with_year=False) for month in quarter.months),
                t("The quarter"),
                t("The quarter before"),
            ),
            rows=[[label, *_row(quarter, figures[kind], kind)] for kind, label in KINDS.items()],
            whole=len(quarter.months) + 1,
        ),
        pictures=((picture, t("Charts of these figures by month.")),) if picture is not None else (),
        explained=t("How this was counted"),
        notes=_how_counted(),
    )


def _how_counted() -> tuple[Text, ...]:
    return (
        _AT_LEAST,
        t("What fewer people did waits, and counts in the month in which they are {n}.", n=Count(FEWEST_PEOPLE)),
        t("Members told what they did. Each week was counted once, when it was over."),
        t("A week counts in the month of its Thursday."),
        t("A member who is active in several months is one active member of the quarter."),
        t("Interviews and jobs are those that members chose to share."),
    )


def _row(quarter: Quarter, figure: OfQuarter, kind: str) -> list[Value]:
    months = [_told(figure.months[m], kind) if m in figure.months else NOTHING for m in quarter.months]
    return [*months, _told(figure.whole, kind), _told(figure.before, kind)]


def _told(deeds: Done | None, kind: str) -> Value:
    """Say a figure as exactly as it may be told."""
    number = _number(deeds, kind)
    if deeds is None or number is None:
        return FEW
    return Count(number) if deeds.exact else about(number)


def _number(deeds: Done | None, kind: str) -> int | None:
    if deeds is None:
        return None
    return len(deeds.people) if kind == ANYTHING else deeds.number


def _cells(quarter: Quarter, figures: dict[str, OfQuarter], language: str) -> list[list[str | int]]:
    """Write the rows for a spreadsheet: exact totals are numbers."""
    rows: list[list[str | int]] = []
    for kind, label in KINDS.items():
        values = _row(quarter, figures[kind], kind)
        rows.append([say(label, language), *(v.number if isinstance(v, Count) else say(v, language) for v in values)])
    return rows


def _picture(
    frozen: Sequence[Snapshot], quarter: Quarter, figures: dict[str, OfQuarter], language: str
) -> Element | None:
    """Draw the months of the quarter and of the one before; None where no picture can be drawn."""
    earlier = {kind: of_quarter(_every_week(frozen, kind), quarter.previous()) for kind in KINDS}
    charts = [
        MonthlyFigure(
            say(SHORT[kind], language),
            FEWEST_PEOPLE,
            tuple(
                _bar(month, told, kind, now=figure is figures[kind])
                for figure in (earlier[kind], figures[kind])
                for month, told in figure.months.items()
            ),
        )
        for kind in KINDS
    ]
    try:
        return draw_months(charts, language)
    except PictureError:
        return None


def _bar(month: date, deeds: Done | None, kind: str, *, now: bool) -> MonthBar:
    number = _number(deeds, kind)
    if deeds is None or number is None:
        return MonthBar(month, 0, Told.NOTHING, now)
    return (
        MonthBar(month, number, Told.EXACT, now)
        if deeds.exact
        else MonthBar(month, step_below(number), Told.ABOUT, now)
    )
