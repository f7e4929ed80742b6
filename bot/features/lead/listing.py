"""The command that lists the member's leads in pages, the most urgent first."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from bot.domain.lead import Lead, Stage
from bot.engine.call import Call
from bot.engine.rules import Choice, Number
from bot.features.lead.commands import add, show
from bot.features.people import (
    ALL_CLOSED,
    STAGES,
    WHAT_THEN,
    after_all_closed,
    person,
)
from bot.features.registry import command, refer_to
from bot.store import leads
from bot.ui.button import Button, Style
from bot.ui.reply import Heading, Listing, Menu, Note, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import Day

LEAD_NEXT = refer_to("lead next")

PAGE = 10
"""People on one page of the list."""


@command("lead list", example="/lead list stage:asked", reads=True)
def list_(
    call: Call,
    *,
    stage: Annotated[Stage | None, Choice(label=t("Stage"), of=STAGES)] = None,
    page: Annotated[int, Number(label=t("Page"), least=1, most=999, asked=False)] = 1,
) -> Reply:
    """See the people on your list."""
    choices = leads.choices(call.tx, call.who, open_only=stage is not Stage.CLOSED)
    matching = _by_urgency([lead for lead in choices if stage is None or lead.stage is stage])
    if not matching:
        return _empty_list(call, stage)
    start = (page - 1) * PAGE
    shown = matching[start : start + PAGE]
    more = (
        list_.button(call.stamp, t("Show more"), stage=stage, page=page + 1) if len(matching) > start + PAGE else None
    )
    return reply(
        Heading(tn("{n} person on your list", "{n} people on your list", len(matching))),
        Listing(tuple(_line(lead) for lead in shown), numbered=True, first=start + 1)
        if shown
        else t("There is nobody on this page."),
        Menu(t("Show a person"), tuple(_open(call, lead) for lead in shown)) if shown else None,
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN), more),
    )


def _open(call: Call, lead: Lead) -> Button:
    return show.button(call.stamp, person(lead), lead=lead.id)


def _by_urgency(unsorted: Sequence[Lead]) -> list[Lead]:
    """Sort leads by the day something is due; those with nothing due come last, in their order."""
    return sorted(unsorted, key=lambda lead: (lead.clock.due is None, lead.clock.due or date.max))


def _line(lead: Lead) -> Text:
    if lead.clock.due is None:
        return t("{person}: {stage}", person=person(lead), stage=STAGES[lead.stage])
    return t("{person}: {stage}, due {day}", person=person(lead), stage=STAGES[lead.stage], day=Day(lead.clock.due))


def _empty_list(call: Call, stage: Stage | None) -> Reply:
    if stage is None and leads.some(call.tx, call.who):
        return reply(ALL_CLOSED, Note(WHAT_THEN), buttons(*after_all_closed(call)))
    nobody = t("Your list is empty.") if stage is None else t("Nobody on your list is at this stage.")
    return reply(
        nobody,
        Note(t("Think of one person whose work interests you.")),
        buttons(add.button(call.stamp, t("Add a person"), Style.MAIN)),
    )
