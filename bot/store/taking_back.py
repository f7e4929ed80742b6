"""Undoes the joining of two members: each has again what they had, with what happened to it since.

What was added since stays at the home. Who was erased since is not made again.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.domain.ids import LeadId, Who
from bot.store import leads, members, moving, sheets
from bot.store.batch import Tx
from bot.store.identities import IdentityLink
from bot.store.joining import BY_WEEK, SETTINGS, SHEETS, move_events
from bot.store.tables import asks, events, leads as lead_table, meetings, spellings, wins
from bot.store.tables.base import MOVED, tables_marked

NotedEvent = Mapping[str, Mapping[str, str] | None]


def give_back(tx: Tx, side: Who, home: Who, zone: ZoneInfo) -> None:
    """Give a side back all that came from it, and the home its own settings; counted again in the side's weeks."""
    # First, because both talks are at the home until each goes with its own lead.
    _sheets(tx, side, home)
    _leads(tx, side, home, zone)
    for table, key in BY_WEEK:
        _by_week(tx, side, home, table, key)
    _news(tx, side, home)
    for table in tables_marked(MOVED):
        own_rows = moving.some(tx, table, home, "id", list(moving.noted(tx, side, table.name)))
        moving.drop(tx, table, home, "id", [row["id"] for row in own_rows])
        moving.put(tx, table, side, own_rows)
    _settings(tx, side, home)


def can(tx: Tx, link: IdentityLink, now: datetime) -> bool:
    """Tell whether both sides of a link can be again as they were: it is not a day old, and what it moved is noted."""
    return now < link.taken_back_until and bool(moving.noted(tx, link.side, SETTINGS))


def _sheets(tx: Tx, side: Who, home: Who) -> None:
    noted = moving.noted(tx, side, SHEETS)
    undo = ({"prepared": talk, **texts, "taken": texts["taken"].split()} for talk, texts in noted.items() if texts)
    sheets.take_apart(tx, home, list(undo))


def _leads(tx: Tx, side: Who, home: Who, zone: ZoneInfo) -> None:
    noted = moving.noted(tx, side, "leads")
    unjoined = [lead for lead, both in noted.items() if both is None]
    own_rows = moving.some(tx, lead_table, home, "id", unjoined)
    told_apart = _apart(tx, home, noted)
    returning = {row["id"] for row in (*own_rows, *told_apart)}
    moving.put(tx, lead_table, side, (_by_source(row, returning) for row in (*own_rows, *told_apart)))
    _spellings(tx, side, returning)
    for table in (asks, meetings):
        about = moving.some(tx, table, home, "lead_id", [row["id"] for row in own_rows])
        moving.put(tx, table, side, about)
        _history(tx, side, home, table, {row["id"] for row in told_apart})
    _events(tx, side, home, zone, {row["id"] for row in own_rows}, {row["id"]: noted[row["id"]] for row in told_apart})
    # What was done about them went with them; the rest goes by foreign key.
    moving.drop(tx, lead_table, home, "id", [row["id"] for row in own_rows])


def _spellings(tx: Tx, side: Who, returning: set[str]) -> None:
    rows: list[moving.Row] = []
    for noted, texts in moving.noted(tx, side, "spellings").items():
        person, _, lead = noted.partition(":")
        if texts is not None and lead in returning:
            rows.append({"person_key": bytes.fromhex(person), "lead_id": lead, "same": texts["same"] == "1"})
    moving.put(tx, spellings, side, rows)


def _by_source(row: moving.Row, returning: set[str]) -> moving.Row:
    return row if row["source_id"] in returning else {**row, "source_id": None}


def _apart(tx: Tx, home: Who, noted: NotedEvent) -> list[moving.Row]:
    """Make two leads again of each one that was two; one that was changed since stays at the home as it is now."""
    rows: list[moving.Row] = []
    for both in noted.values():
        if both is None:
            continue
        theirs, ours = moving.read(lead_table, both["row"]), moving.read(lead_table, both["home"])
        now = leads.find(tx, home, LeadId(ours["id"]))
        if now is None:
            continue
        rows.append(theirs)
        if now.touched == max(theirs["touched_at"], ours["touched_at"]):
            values = moving.sealed(tx, lead_table, home, ours)
            one_row = (*moving.owned(lead_table, home), lead_table.c.id == now.id)
            tx.execute(lead_table.update().where(*one_row).values(**values))
    return rows


def _history(tx: Tx, side: Who, home: Who, table: sa.Table, told_apart: set[str]) -> None:
    """Give back what was done about those who were told apart, before they became one."""
    noted = {row_id: both["lead"] for row_id, both in moving.noted(tx, side, table.name).items() if both}
    rows = moving.some(tx, table, home, "id", list(noted))
    own_rows = [{**row, "lead_id": noted[row["id"]]} for row in rows if noted[row["id"]] in told_apart]
    moving.put(tx, table, side, own_rows)
    moving.drop(tx, table, home, "id", [row["id"] for row in own_rows])


def _events(
    tx: Tx,
    side: Who,
    home: Who,
    zone: ZoneInfo,
    own_leads: set[str],
    told_apart: Mapping[str, Mapping[str, str] | None],
) -> None:
    noted = moving.noted(tx, side, "events")
    apart = [(int(event), both["lead"]) for event, both in noted.items() if both and both["lead"] in told_apart]
    moving.set_each(tx, events, home, "lead_id", apart)
    twice = [(int(both["twice"]), False) for both in told_apart.values() if both and "twice" in both]
    moving.set_each(tx, events, home, "undone", twice)
    rows = tx.execute(sa.select(events.c.id, events.c.lead_id).where(*moving.owned(events, home))).all()
    theirs = own_leads | told_apart.keys()
    only = [row.id for row in rows if row.lead_id in theirs or (str(row.id) in noted and noted[str(row.id)] is None)]
    move_events(tx, home, side, zone, only=only)


def _by_week(tx: Tx, side: Who, home: Who, table: sa.Table, key: str) -> None:
    noted = moving.noted(tx, side, table.name)
    own_rows = [row for row in moving.rows(tx, table, home) if noted.get(str(row[key].key), {}) is None]
    moving.drop(tx, table, home, key, [row[key] for row in own_rows])
    moving.put(tx, table, side, (*own_rows, *(moving.read(table, both["row"]) for both in noted.values() if both)))


def _news(tx: Tx, side: Who, home: Who) -> None:
    noted = moving.noted(tx, side, "wins")
    now = moving.some(tx, wins, home, "id", list(noted))
    moving.drop(tx, wins, home, "id", [row["id"] for row in now])
    was = {row_id: moving.read(wins, both["row"]) for row_id, both in noted.items() if both}
    shown = ("appearance", "week", "shared_at")
    moving.put(tx, wins, side, ({**row, **{name: was[row["id"]][name] for name in shown}} for row in now))


def _settings(tx: Tx, side: Who, home: Who) -> None:
    """Put a setting of the home back, unless it was changed since."""
    texts = moving.noted(tx, side, SETTINGS).get("home")
    changes: dict[str, list[Any]] = json.loads(texts["changes"]) if texts else {}
    now = members.get(tx, home)
    for name, (before, after) in changes.items():
        value = getattr(now, name)
        if (value.isoformat() if isinstance(value, date) else value) == after:
            was = date.fromisoformat(before) if name == "paused_until" and before else before
            members.update(tx, home, **{name: was})
