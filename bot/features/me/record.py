"""The dated record of a search for work: a page a month to print, and the same as tables, for the office that pays a benefit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Annotated

from bot.domain.ask import AnswerKind
from bot.domain.meeting import GoalReached, Meeting, MeetingState
from bot.domain.week import local_to_utc
from bot.engine.call import Call
from bot.engine.periods import DayOfPeriod, check_days
from bot.engine.refs import IN_LANGUAGE, SpokenLanguage
from bot.features.registry import command
from bot.store import asks, events, leads, meetings
from bot.store.asks import Ask
from bot.ui.button import Style
from bot.ui.languages import spoken
from bot.ui.printed import PrintedPage, PrintedTable, as_html
from bot.ui.reply import Buttons, File, Heading, Note, Reply, buttons, reply
from bot.ui.table import XLSX, Row, as_csv, as_xlsx
from bot.ui.text import Text, t, tc, tn
from bot.ui.values import CommandRef, Day, MonthName, UserText
from bot.ui.voice import say

NO_ADVICE = t("This is your own record. It is no legal advice.")
ANSWERED: dict[AnswerKind, Text] = {
    AnswerKind.YES: t("they said yes"),
    AnswerKind.LATER: t("they said later"),
    AnswerKind.NO: t("they said no"),
}
REACHED: dict[GoalReached, Text] = {
    GoalReached.YES: t("I reached my goal"),
    GoalReached.PARTLY: t("I reached a part of my goal"),
    GoalReached.NO: t("I did not reach my goal yet"),
}
FOUND, ON_MY_LIST, ANSWER = t("Found a person"), t("on my list"), t("Got an answer")
TALK, TALKED = t("Had a talk"), t("we talked")
SENT, ONCE_MORE, NO_ANSWER = t("Sent a message"), t("Wrote once more"), t("no answer yet")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of the record: the member's day, whom it was about, what was done, and what came of it."""

    day: date
    noted: date
    name: str
    organisation: str
    deed: Text
    result: Text


@command("me record", reads=True, slow=True, example="/me record from:2026-01-05 to:yesterday")
def record(
    call: Call,
    *,
    from_: Annotated[date | None, DayOfPeriod(label=t("From which day"))] = None,
    to: Annotated[date | None, DayOfPeriod(label=t("To which day"), last=True)] = None,
    language: Annotated[str | None, SpokenLanguage(label=t("Language of the office"))] = None,
) -> Reply:
    """Get the dated record of your search, to print or as a table."""
    entries = _entries(call, from_, to)
    if not entries:
        return _nothing(call, whole=from_ is None and to is None)
    written = language or call.language
    name = say(tc("name of a file", "my-record"), written)
    rows = _rows(entries, written)
    return reply(
        Heading(tn("{n} entry in your record", "{n} entries in your record", len(entries))),
        _period(entries),
        NO_ADVICE,
        Note(t("The page to print has one sheet for each month. Open it in a browser.")),
        Note(t("Ask your advisor which record they need.")),
        File(f"{name}.html", "text/html", as_html(_pages(call, entries), written)),
        File(f"{name}.csv", "text/csv", as_csv(rows)),
        File.of_bytes(f"{name}.xlsx", XLSX, as_xlsx(rows, call.now)),
        Note(t("It has other people's names. Show it with care.")),
        _in_other_languages(call, from_, to, written),
    )


def _period(entries: Sequence[RecordLine]) -> Text:
    first, last = entries[0].day, entries[-1].day
    return (
        t("All of it is from {day}.", day=Day(first))
        if first == last
        else t("From {first} to {last}.", first=Day(first), last=Day(last))
    )


def _nothing(call: Call, *, whole: bool) -> Reply:
    if not whole and events.log_of(call.tx, call.who, _begin(call, None)):
        return reply(t("There is nothing in your record for these days."))
    return reply(
        t("There is nothing in your record yet."),
        Note(t("Tell me of a message with {sent}.", sent=CommandRef("ask sent"))),
    )


def _in_other_languages(call: Call, first: date | None, last: date | None, written: str) -> Buttons:
    days = {"from": first, "to": last}
    others = [code for code in spoken() if code != written]
    return buttons(
        *(record.button(call.stamp, IN_LANGUAGE[code], Style.PLAIN, **days, language=code) for code in others)
    )


def _begin(call: Call, day: date | None) -> datetime:
    """Tell when a day of the member begins; without one, the beginning of all days."""
    return local_to_utc(day, time(0), call.zone) if day is not None else datetime.min.replace(tzinfo=call.now.tzinfo)


def _entries(call: Call, first: date | None, last: date | None) -> list[RecordLine]:
    """List what was noted of some days, both included."""
    check_days(first, last)
    end = _begin(call, last + timedelta(days=1)) if last is not None else None
    noted = [entry for entry in events.log_of(call.tx, call.who, _begin(call, first)) if end is None or entry.at < end]
    sent = asks.all_of(call.tx, call.who)
    teller = _RecordTeller(
        {str(lead.id): lead for lead in leads.names(call.tx, call.who, open_only=False)},
        {ask.id: ask for ask in sent},
        # The last of equal keys stays, so the first message to each person is put in last.
        frozenset({ask.lead: ask.id for ask in reversed(sent)}.values()),
        {str(m.id): m for m in meetings.of_member(call.tx, call.who) if m.state is MeetingState.HELD},
    )
    return [teller.entry(call, entry) for entry in noted]


@dataclass(frozen=True, slots=True)
class _RecordTeller:
    """Everything that tells what was done and what came of it."""

    leads: Mapping[str, leads.LeadName]
    asks: Mapping[str, Ask]
    firsts: frozenset[str]
    """The first message to each person."""
    meetings: Mapping[str, Meeting]

    def entry(self, call: Call, noted: events.NotedEvent) -> RecordLine:
        """Tell of one thing."""
        lead = self.leads.get(noted.lead or "")
        return RecordLine(
            noted.at.astimezone(call.zone).date(),
            noted.noted.astimezone(call.zone).date(),
            lead.name if lead else "",
            lead.organisation if lead else "",
            self._deed(noted),
            self._result(noted),
        )

    def _deed(self, noted: events.NotedEvent) -> Text:
        match noted.kind:
            case events.LEAD:
                return FOUND
            case events.REPLY:
                return ANSWER
            case events.MEETING:
                return TALK
            case _:
                return SENT if noted.thing in self.firsts else ONCE_MORE

    def _result(self, noted: events.NotedEvent) -> Text:
        thing = noted.thing or ""
        match noted.kind:
            case events.LEAD:
                return ON_MY_LIST
            case events.MEETING:
                reached = self.meetings[thing].reached if thing in self.meetings else None
                return REACHED[reached] if reached is not None else TALKED
            case _:
                answer = self.asks[thing].answer if thing in self.asks else None
                return ANSWERED[answer] if answer is not None else NO_ANSWER


def _pages(call: Call, entries: Sequence[RecordLine]) -> list[PrintedPage]:
    """Write one page for each month."""
    return [_page(call, month, list(of_month)) for month, of_month in groupby(entries, _month)]


def _month(entry: RecordLine) -> date:
    return entry.day.replace(day=1)


def _page(call: Call, month: date, entries: Sequence[RecordLine]) -> PrintedPage:
    name = UserText(call.member.name) if call.member.name else None
    return PrintedPage(
        title=t("My search for work: {month}", month=MonthName(month)),
        fields=((t("Name"), name), (t("My number at the office"), None)),
        table=PrintedTable(
            head=(t("Day"), t("Person and organisation"), t("What was done"), t("Result")),
            rows=[[Day(entry.day), _whom(entry), entry.deed, entry.result] for entry in entries],
            in_words=True,
        ),
        notes=(t("I noted each line myself."),),
        signed=(t("Signature"), t("Date")),
    )


def _whom(entry: RecordLine) -> Text:
    if not entry.name:
        return t("–")
    return t("{name}, {organisation}", name=UserText(entry.name), organisation=UserText(entry.organisation))


def _rows(entries: Sequence[RecordLine], language: str) -> list[Row]:
    heads = (t("Day"), t("Person"), t("Where they work"), t("What was done"), t("Result"), t("Noted on"))
    # Of the few things that are done, each is said once, however long the record is.
    spoken_words = {words: say(words, language) for words in {e.deed for e in entries} | {e.result for e in entries}}
    return [
        [say(head, language) for head in heads],
        *((e.day, e.name, e.organisation, spoken_words[e.deed], spoken_words[e.result], e.noted) for e in entries),
        [],
        [say(NO_ADVICE, language)],
    ]
