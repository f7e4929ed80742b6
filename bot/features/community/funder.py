"""The page for a funder: a quarter of a community by month, in totals of at least five people, from frozen weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from bot.domain.digest import Disclosure
from bot.domain.privacy import FEWEST_PEOPLE
from bot.domain.quarter import Quarter
from bot.domain.report import ANYTHING, INTERVIEW, JOB, NAME, Amount, DoneTotal, GroupTotal, QuarterTotals, of_quarter
from bot.domain.snapshot import Snapshot
from bot.domain.week import Week
from bot.engine.call import Call
from bot.engine.errors import BotError, NotNow
from bot.engine.refs import NamedThing, Ref
from bot.features.people import amount_words
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

    def things(self, call: Call) -> Sequence[NamedThing]:
        """List the quarters by their months, the latest first."""
        with_figures = quarters(snapshots.between(call.tx, call.community.id, *snapshots.EVERY))
        return [NamedThing(quarter.iso, say(months_of(quarter), call.language)) for quarter in with_figures]

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


def funder_page(call: Call, frozen: Sequence[Snapshot], quarter: Quarter, language: str) -> tuple[Part | None, ...]:
    """Make the page and the table of a quarter, and tell its figures."""
    figures, before = (_figures(frozen, told) for told in (quarter, quarter.previous()))
    rows = [[label, *_row(quarter, figures[kind], before[kind], kind)] for kind, label in KINDS.items()]
    page = _page(call, frozen, quarter, rows, _picture(figures, before, language))
    name = f"{say(tc('name of a file', 'circle'), language)}-{quarter.iso.lower()}"
    table = [[say(title, language) for title in page.table.head], *(_cells(row, language) for row in page.table.rows)]
    return (
        Heading(t("The page for a funder: {quarter}", quarter=months_of(quarter))),
        Fields(tuple((label, _told(figures[kind].whole, kind)) for kind, label in KINDS.items())),
        Note(_AT_LEAST),
        Note(t("The page is nearly empty, because few people did something in this quarter."))
        if all(figure.whole is None for figure in figures.values())
        else None,
        File(f"{name}.html", "text/html", as_html([page], language)),
        File.of_bytes(f"{name}.xlsx", XLSX, as_xlsx([*table, [], *([say(n, language)] for n in page.notes)], call.now)),
        Note(t("Open the page in a browser. From there you can print it.")),
    )


def _figures(frozen: Sequence[Snapshot], quarter: Quarter) -> dict[str, QuarterTotals]:
    return {kind: of_quarter(_every_week(frozen, kind), quarter) for kind in KINDS}


def _every_week(frozen: Sequence[Snapshot], kind: str) -> list[tuple[Week, DoneTotal | None]]:
    """List each week from the first frozen one to the last; None for one without a snapshot."""
    by_week = {snapshot.week: snapshot.done.get(kind, DoneTotal()) for snapshot in frozen}
    first, last = frozen[0].week, frozen[-1].week
    return [(week, by_week.get(week)) for week in map(first.plus, range(last.minus(first) + 1))]


def _page(
    call: Call, frozen: Sequence[Snapshot], quarter: Quarter, rows: Sequence[Sequence[Value]], picture: Element | None
) -> PrintedPage:
    weeks = [snapshot.week for snapshot in frozen if Quarter.of(snapshot.week) == quarter]
    name = UserText(call.community.name)
    period = t("From {first} to {last}.", first=Day(weeks[0].monday), last=Day(weeks[-1].sunday))
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
            rows=rows,
            whole=len(quarter.months) + 1,
        ),
        pictures=((picture, t("Charts of these figures by month.")),) if picture is not None else (),
        explained=t("How this was counted"),
        notes=_how_counted(),
    )


def _how_counted() -> tuple[Text, ...]:
    return (
        _AT_LEAST,
        t("Figures of fewer people wait. They count in the month when there are {n} people.", n=Count(FEWEST_PEOPLE)),
        t("Members told what they did. Each week was counted once, when it was over."),
        t("A week counts in the month of its Thursday."),
        t("A member who is active in several months is one active member of the quarter."),
        t(
            "New members of a later week count when there are {n} of them. Until then I write: at least.",
            n=Count(FEWEST_PEOPLE),
        ),
        t("Who erased everything and came back counts as another member."),
        t("Interviews and jobs are those that members chose to share."),
    )


def _row(quarter: Quarter, figure: QuarterTotals, before: QuarterTotals, kind: str) -> list[Value]:
    months = [_told(figure.months[m], kind) if m in figure.months else NOTHING for m in quarter.months]
    return [*months, _told(figure.whole, kind), _told(before.whole, kind) if before.months else NOTHING]


def _told(figure: GroupTotal | None, kind: str) -> Value:
    """Say a figure as exactly as it may be told."""
    amount = _amount(figure, kind)
    return FEW if amount is None else amount_words(amount)


def _amount(figure: GroupTotal | None, kind: str) -> Amount | None:
    if figure is None:
        return None
    return figure.members if kind == ANYTHING else figure.deeds


def _cells(row: Sequence[Value], language: str) -> list[str | int]:
    """Write a row for a spreadsheet: exact totals are numbers."""
    return [value.number if isinstance(value, Count) else say(value, language) for value in row]


def _picture(figures: dict[str, QuarterTotals], before: dict[str, QuarterTotals], language: str) -> Element | None:
    """Draw the months of the quarter and of the one before; None where no picture can be drawn."""
    charts = [
        MonthlyFigure(
            say(SHORT[kind], language),
            FEWEST_PEOPLE,
            tuple(
                _bar(month, _amount(told, kind), now=of is figures)
                for of in (before, figures)
                for month, told in of[kind].months.items()
            ),
        )
        for kind in KINDS
    ]
    try:
        return draw_months(charts, language)
    except PictureError:
        return None


def _bar(month: date, amount: Amount | None, *, now: bool) -> MonthBar:
    if amount is None:
        return MonthBar(month, 0, Disclosure.NOTHING, now)
    return MonthBar(month, amount.number, Disclosure.EXACT if amount.exact else Disclosure.ABOUT, now)
