"""The member's list as a file: a workbook with real dates, and CSV."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.lead import Lead
from bot.engine.call import Call
from bot.features.people import STAGES, why_due
from bot.store import events, leads
from bot.ui.reply import File, Heading, Note, Part
from bot.ui.table import XLSX, Cell, Row, as_csv, as_xlsx
from bot.ui.text import Text, t, tc, tn
from bot.ui.voice import say

HEADS: tuple[Text, ...] = (
    t("Name"),
    t("Where they work"),
    t("Why"),
    t("Your words"),
    t("Stage"),
    t("Next step"),
    t("Due"),
    t("On your list since"),
    t("Last noted"),
    t("Name given by"),
    t("Notes"),
)


def as_files(call: Call, listed: Sequence[Lead], noted: Sequence[events.NotedEvent]) -> tuple[Part, ...]:
    """Write some leads as a table; `noted` is what the member noted, the latest last."""
    last_days = {entry.lead: _day(call, entry.at) for entry in noted}
    givers = {lead.id: lead for lead in leads.names(call.tx, call.who, open_only=False)}
    rows: list[Row] = [[say(head, call.language) for head in HEADS]]
    for lead in listed:
        giver = givers.get(lead.source) if lead.source is not None else None
        rows.append(
            [
                lead.name,
                lead.organisation,
                lead.why,
                ", ".join(lead.tags),
                say(STAGES[lead.stage], call.language),
                _next_step(call, lead),
                lead.clock.due,
                _day(call, lead.added),
                last_days.get(lead.id),
                giver.name if giver is not None else "",
                lead.notes,
            ]
        )
    name = say(tc("name of a file", "my-list"), call.language)
    return (
        Heading(tn("{n} person in your table", "{n} people in your table", len(listed))),
        File(f"{name}.csv", "text/csv", as_csv(rows)),
        File.of_bytes(f"{name}.xlsx", XLSX, as_xlsx(rows, call.now)),
        Note(t("It has other people's names. Show it with care.")),
    )


def _next_step(call: Call, lead: Lead) -> Cell:
    why = why_due(lead)
    return say(why, call.language) if why is not None else ""


def _day(call: Call, at: datetime) -> date:
    return at.astimezone(call.zone).date()
