"""The report of totals for organisers, each of at least five members; every look is recorded for members to see."""

from collections.abc import Sequence
from typing import Annotated

from bot.domain.privacy import FEWEST_PEOPLE, may_be_told
from bot.domain.quarter import Quarter
from bot.domain.report import ANYTHING, DoneTotal, of_the_last
from bot.domain.snapshot import Snapshot
from bot.engine.access import Access
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.refs import IN_LANGUAGE, SpokenLanguage
from bot.features.board import next_figures
from bot.features.community.funder import QuarterRef, funder_page, months_of, quarters
from bot.features.people import amount_words
from bot.features.registry import command
from bot.store import events, reports, snapshots
from bot.ui.button import Button
from bot.ui.languages import spoken
from bot.ui.reply import Buttons, Fields, Heading, Note, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Count, Day

WEEKS = 4
OFFERED = 2
"""Quarters that have a button; the others can be typed."""
KINDS: dict[str, Text] = {
    ANYTHING: t("Members who did something"),
    events.LEAD: t("New names"),
    events.ASK: t("Asks"),
    events.REPLY: t("Answers"),
    events.MEETING: t("Meetings"),
}


@command(
    "community report",
    access=Access.ORGANISER,
    example='/community report quarter:"2026 Q1" language:fr',
    again=SecondPress.ALWAYS,
)
def report(
    call: Call,
    *,
    quarter: Annotated[str | None, QuarterRef(label=t("Quarter, for a page"))] = None,
    language: Annotated[str | None, SpokenLanguage(label=t("Language of the page"))] = None,
) -> Reply:
    """See totals of the last four weeks, or a page for a funder."""
    reports.note_look(call.tx, call.who, "report", call.now)
    frozen = snapshots.between(call.tx, call.community.id, *snapshots.EVERY)
    looks_note = Note(t("Members see with {export} that an organiser looked.", export=CommandRef("me export")))
    if quarter is not None:
        pages = funder_page(call, frozen, Quarter.from_iso(quarter), language or call.language)
        return reply(*pages, looks_note, _in_other_languages(call, quarter, language or call.language))
    if not frozen:
        return reply(t("There are no totals yet."), next_figures(call.tx, call.community), looks_note)
    last = frozen[-1].week
    return reply(
        Heading(t("Four weeks together")),
        t("From {first} to {last}.", first=Day(last.plus(1 - WEEKS).monday), last=Day(last.sunday)),
        Fields((*((label, _total(frozen, kind)) for kind, label in KINDS.items()), _buddies(frozen[-1]))),
        Note(t("A total is shown when it is of at least {n} people.", n=Count(FEWEST_PEOPLE))),
        Note(t("I show a smaller figure later, when more people do the same.")),
        next_figures(call.tx, call.community),
        looks_note,
        buttons(*(_page_button(call, quarter) for quarter in quarters(frozen)[:OFFERED])),
    )


def _page_button(call: Call, quarter: Quarter) -> Button:
    return report.button(call.stamp, t("Page for a funder: {quarter}", quarter=months_of(quarter)), quarter=quarter.iso)


def _in_other_languages(call: Call, quarter: str, language: str) -> Buttons:
    others = [code for code in spoken() if code != language]
    return buttons(*(report.button(call.stamp, IN_LANGUAGE[code], quarter=quarter, language=code) for code in others))


def _total(frozen: Sequence[Snapshot], kind: str) -> Count | Text:
    """Say the total of a kind over the last weeks, as exactly as it may be told."""
    by_week = {snapshot.week: snapshot.done.get(kind, DoneTotal()) for snapshot in frozen}
    first, last = frozen[0].week, frozen[-1].week
    # A week without a snapshot counts as one in which nothing was done.
    weeks = map(first.plus, range(last.minus(first) + 1))
    total = of_the_last([by_week.get(week, DoneTotal()) for week in weeks], WEEKS)
    if total is None:
        return _fewer()
    return amount_words(total.members if kind == ANYTHING else total.deeds)


def _buddies(frozen: Snapshot) -> tuple[Text, Count | Text]:
    number = Count(frozen.buddies) if may_be_told(frozen.buddies) else _fewer()
    return t("Members with a buddy"), number


def _fewer() -> Text:
    return t("fewer than {n} people", n=Count(FEWEST_PEOPLE))
