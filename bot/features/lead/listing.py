"""The command that lists the member's leads, in pages with the most urgent first, or as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from bot.domain.lead import Lead, Stage
from bot.engine.call import Call
from bot.engine.periods import DayOfPeriod, check_days
from bot.engine.rules import Choice, Number, YesNo
from bot.features.lead.commands import add, show
from bot.features.lead.table import as_files
from bot.features.lead.tags import TagRef, has
from bot.features.people import (
    ALL_CLOSED,
    STAGES,
    WHAT_THEN,
    after_all_closed,
    person,
)
from bot.features.registry import command, refer_to
from bot.store import events, leads
from bot.ui.button import Button, Style
from bot.ui.reply import Heading, Listing, Menu, Note, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import Day

LEAD_NEXT = refer_to("lead next")

EVER = datetime.min.replace(tzinfo=UTC)
PAGE = 10
"""People on one page of the list."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which leads are wanted; None is any."""

    stage: Stage | None
    tag: str | None
    first: date | None
    """The first day of a period in which something was noted about them."""
    last: date | None

    @property
    def by_day(self) -> bool:
        """Whether a period is wanted."""
        return self.first is not None or self.last is not None

    @property
    def values(self) -> dict[str, object]:
        """The values of a button that shows the same ones."""
        return {"stage": self.stage, "tag": self.tag, "from": self.first, "to": self.last}

    def noted_on(self, day: date) -> bool:
        """Tell whether a day is in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@command("lead list", example="/lead list stage:asked", own_names=("file",), reads=True)
def list_(
    call: Call,
    *,
    stage: Annotated[Stage | None, Choice(label=t("Stage"), of=STAGES)] = None,
    tag: Annotated[str | None, TagRef(label=t("One of your words"))] = None,
    from_: Annotated[date | None, DayOfPeriod(label=t("From which day"))] = None,
    to: Annotated[date | None, DayOfPeriod(label=t("To which day"), last=True)] = None,
    file: Annotated[bool, YesNo(label=t("As a file"))] = False,
    page: Annotated[int, Number(label=t("Page"), least=1, most=999, asked=False)] = 1,
) -> Reply:
    """See the people on your list, or get them as a file."""
    wanted = ListFilter(stage, tag, from_, to)
    check_days(from_, to)
    noted = events.log_of(call.tx, call.who, EVER) if file or wanted.by_day else []
    matching = _by_urgency(_matching(call, wanted, noted, closed_too=file))
    if not matching:
        return _empty_list(call, wanted)
    if file:
        return reply(*as_files(call, matching, noted), _period(wanted))
    start = (page - 1) * PAGE
    shown = matching[start : start + PAGE]
    more = (
        list_.button(call.stamp, t("Show more"), Style.PLAIN, **wanted.values, page=page + 1)
        if len(matching) > start + PAGE
        else None
    )
    as_file = list_.button(call.stamp, t("As a file"), Style.PLAIN, **wanted.values, file=True)
    return reply(
        Heading(tn("{n} person on your list", "{n} people on your list", len(matching))),
        _period(wanted),
        Listing(tuple(_line(lead) for lead in shown), numbered=True, first=start + 1)
        if shown
        else t("There is nobody on this page."),
        Menu(t("Show a person"), tuple(_open(call, lead) for lead in shown)) if shown else None,
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN), more, as_file),
    )


def _matching(call: Call, wanted: ListFilter, noted: Sequence[events.NotedEvent], *, closed_too: bool) -> list[Lead]:
    """Find the wanted leads; of a period, those that came onto the list in it or about whom something was noted."""
    closed_too = closed_too or wanted.stage is Stage.CLOSED
    days = [(entry.lead, entry.at.astimezone(call.zone).date()) for entry in noted]
    in_period = {lead for lead, day in days if wanted.noted_on(day)}
    return [
        lead
        for lead in leads.choices(call.tx, call.who, open_only=not closed_too)
        if (wanted.stage is None or lead.stage is wanted.stage)
        and (wanted.tag is None or has(lead, wanted.tag))
        and (not wanted.by_day or lead.id in in_period or wanted.noted_on(lead.added.astimezone(call.zone).date()))
    ]


def _period(wanted: ListFilter) -> Note | None:
    """Say which days the list is about; None when it is about all."""
    match wanted.first, wanted.last:
        case None, None:
            return None
        case date() as first, None:
            return Note(t("People with something noted from {first} on.", first=Day(first)))
        case None, date() as last:
            return Note(t("People with something noted until {last}.", last=Day(last)))
        case first, last:
            return Note(t("People with something noted from {first} to {last}.", first=Day(first), last=Day(last)))


def _open(call: Call, lead: Lead) -> Button:
    return show.button(call.stamp, person(lead), lead=lead.id)


def _by_urgency(unsorted: Sequence[Lead]) -> list[Lead]:
    """Sort leads by the day something is due; those with nothing due come last, in their order."""
    return sorted(unsorted, key=lambda lead: (lead.clock.due is None, lead.clock.due or date.max))


def _line(lead: Lead) -> Text:
    if lead.clock.due is None:
        return t("{person}: {stage}", person=person(lead), stage=STAGES[lead.stage])
    return t("{person}: {stage}, due {day}", person=person(lead), stage=STAGES[lead.stage], day=Day(lead.clock.due))


def _empty_list(call: Call, wanted: ListFilter) -> Reply:
    narrowed = wanted.tag is not None or wanted.by_day
    if wanted.stage is None and not narrowed and leads.some(call.tx, call.who):
        return reply(ALL_CLOSED, Note(WHAT_THEN), buttons(*after_all_closed(call)))
    if narrowed:
        return reply(t("Nobody on your list fits."), _period(wanted), buttons(list_.button(call.stamp, t("See all"))))
    nobody = t("Your list is empty.") if wanted.stage is None else t("Nobody on your list is at this stage.")
    return reply(
        nobody,
        Note(t("Think of one person whose work interests you.")),
        buttons(add.button(call.stamp, t("Add a person"), Style.MAIN)),
    )
