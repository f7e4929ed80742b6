"""Joins what two members have when they are one person: the home gets all of it, and what went there is noted."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.domain.ids import LeadId, Who
from bot.domain.joining import one_of, settings_of_one
from bot.domain.lead import Lead
from bot.domain.member import Appearance
from bot.domain.sameness import same_person_key
from bot.domain.week import Week
from bot.store import leads, members, moving, sheets
from bot.store.batch import Tx
from bot.store.events import LEAD
from bot.store.ids import new_id
from bot.store.reach import under_lock
from bot.store.tables import (
    asks,
    checkins,
    events,
    leads as lead_table,
    link_moves,
    links,
    meetings,
    pauses,
    promises,
    snapshots,
    spellings,
    wins,
)
from bot.store.tables.base import MOVED, tables_marked

BY_WEEK = ((promises, "week"), (checkins, "week"), (pauses, "from_week"))
"""Tables with one row a week; where both members have one, the home's stays."""
SHEETS = "sheets"
"""The name under which it is noted which talk went into which other one, with what of its sheet."""
SETTINGS = "members"
"""The name under which the home's old settings are noted."""


def move_leads(tx: Tx, side: Who, home: Who, zone: ZoneInfo) -> int:
    """Give the home every lead of a side, with all that was done about it; returns how many.

    Who is on both lists is there twice then, until `fuse` makes them one.
    """
    theirs = moving.rows(tx, lead_table, side)
    known_people = {same_person_key(lead.name, lead.organisation) for lead in leads.choices(tx, home, open_only=False)}
    moving.put(tx, lead_table, home, (_beside(row, known_people) for row in theirs))
    for table in (asks, meetings):
        moving.put(tx, table, home, moving.rows(tx, table, side))
    moved = {row["id"] for row in theirs}
    orphans = move_events(tx, side, home, zone, lead_ids=moved)
    _note_spellings(tx, side)
    moving.drop(tx, lead_table, side)
    moving.note(tx, side, "leads", ((lead, None) for lead in moved))
    moving.note(tx, side, "events", ((str(event), None) for event in orphans))
    return len(moved)


def _note_spellings(tx: Tx, side: Who) -> None:
    """Note the answers on spellings by their keyed hash, which cannot be computed anew in the home's community."""
    rows = tx.execute(sa.select(spellings).where(*moving.owned(spellings, side)))
    noted = ((f"{row.person_key.hex()}:{row.lead_id}", {"same": str(int(row.same))}) for row in rows)
    moving.note(tx, side, "spellings", noted)


def _beside(row: moving.Row, known_people: set[str]) -> moving.Row:
    """Give a person who is on both lists a random key until `fuse`, because two rows of a member may not share one."""
    name, organisation = (moving.text_of(row["private"], field) for field in ("name", "organisation"))
    return {**row, "person_key": new_id().encode()} if same_person_key(name, organisation) in known_people else row


def move_events(
    tx: Tx,
    source: Who,
    target: Who,
    zone: ZoneInfo,
    *,
    lead_ids: set[str] | None = None,
    only: Iterable[int] | None = None,
) -> list[int]:
    """Move events to another member, each into its week in their zone; returns the ids of those about no lead moved."""
    rows = tx.execute(sa.select(events.c.id, events.c.at, events.c.lead_id).where(*moving.owned(events, source))).all()
    wanted = None if only is None else set(only)
    by_week: defaultdict[Week, list[int]] = defaultdict(list)
    for row in rows:
        if wanted is None or row.id in wanted:
            by_week[Week.at(row.at, zone)].append(row.id)
    for week, ids in by_week.items():
        for batch in moving.batches(ids):
            owner = {"community_id": target.community, "member_id": target.member}
            tx.execute(
                events.update().where(*moving.owned(events, source), events.c.id.in_(batch)).values(week=week, **owner)
            )
    return [row.id for row in rows if row.lead_id not in (lead_ids or ())]


def fuse(tx: Tx, home: Who, pairs: Mapping[LeadId, LeadId], side: Who | None) -> list[Lead]:
    """Make one lead of two of a member, for each pair of one that goes and one that is kept; returns who is kept.

    What was taken together can be told apart again while it is noted for a side.
    """
    all_leads = leads.choices(tx, home, open_only=False)
    by_id = {lead.id: replace(lead, source=lead.source and pairs.get(lead.source, lead.source)) for lead in all_leads}
    pairs = {going: staying for going, staying in pairs.items() if {going, staying} <= by_id.keys()}
    about = {table: _about(tx, table, home, pairs) for table in (asks, meetings, events)}
    twice = _counted_twice(tx, home, pairs)
    if side is not None:
        _note_both(tx, home, side, pairs, twice)
        for table, deeds in about.items():
            moving.note(tx, side, table.name, ((str(row), {"lead": going}) for row, going in deeds))
    for table, deeds in about.items():
        moving.set_each(tx, table, home, "lead_id", [(row, pairs[going]) for row, going in deeds])
    moving.set_each(tx, events, home, "undone", [(event, True) for event in twice.values()])
    named = [(lead.id, by_id[lead.id].source) for lead in all_leads if lead.source in pairs and lead.id not in pairs]
    moving.set_each(tx, lead_table, home, "source_id", named)
    # Last, because the cascade would delete the asks and meetings that were about them.
    moving.drop(tx, lead_table, home, "id", list(pairs))
    return [_save_joined(tx, home, by_id[staying], by_id[going]) for going, staying in pairs.items()]


def join_same(tx: Tx, home: Who, pairs: Mapping[LeadId, LeadId], side: Who | None) -> list[Lead]:
    """Make one lead of two for each pair, and let what is only prepared go to the talk that is planned with them."""
    joined = fuse(tx, home, pairs, side)
    for lead in joined:
        undo = sheets.put_together(tx, home, lead.id)
        if side is not None:
            texts = ((sheet["prepared"], {"into": sheet["into"], "taken": " ".join(sheet["taken"])}) for sheet in undo)
            moving.note(tx, side, SHEETS, texts)
    return joined


def _save_joined(tx: Tx, home: Who, first: Lead, second: Lead) -> Lead:
    """Save as one lead what two leads say together."""
    joined = one_of(first, second)
    if not leads.save(tx, home, joined, joined.touched or joined.added):
        # A third person of the list is written like the earlier of the two.
        joined = replace(joined, name=first.name, organisation=first.organisation)
        leads.save(tx, home, joined, joined.touched or joined.added)
    moving.set_each(tx, lead_table, home, "added_at", [(joined.id, joined.added)])
    return joined


def _about(tx: Tx, table: sa.Table, home: Who, pairs: Mapping[LeadId, LeadId]) -> list[tuple[Any, LeadId]]:
    """List the row ids of a table that are about leads that go, each with its lead."""
    rows = tx.execute(sa.select(table.c.id, table.c.lead_id).where(*moving.owned(table, home)))
    return [(row.id, row.lead_id) for row in rows if row.lead_id in pairs]


def _counted_twice(tx: Tx, home: Who, pairs: Mapping[LeadId, LeadId]) -> dict[LeadId, int]:
    """Find the events by which one person was counted a second time, by who goes."""
    began = (*moving.owned(events, home), events.c.kind == LEAD, events.c.undone == sa.false())
    rows = tx.execute(sa.select(events.c.id, events.c.lead_id).where(*began).order_by(events.c.at, events.c.id))
    by_lead = {row.lead_id: (place, row.id) for place, row in enumerate(rows)}
    both = {going: (by_lead.get(going), by_lead.get(staying)) for going, staying in pairs.items()}
    return {
        going: max(first, second)[1]
        for going, (first, second) in both.items()
        if first is not None and second is not None
    }


def _note_both(tx: Tx, home: Who, side: Who, pairs: Mapping[LeadId, LeadId], twice: Mapping[LeadId, int]) -> None:
    """Note how two leads were before they become one."""
    moved = moving.noted(tx, side, "leads")
    pairs = {going: staying for going, staying in pairs.items() if going in moved}
    rows = {row["id"]: row for row in moving.some(tx, lead_table, home, "id", [*pairs, *pairs.values()])}
    moving.drop(tx, link_moves, side, "id", list(pairs))
    moving.note(
        tx,
        side,
        "leads",
        (
            (
                going,
                {
                    "row": moving.written(lead_table, rows[going]),
                    "home": moving.written(lead_table, rows[staying]),
                    **({"twice": str(twice[going])} if going in twice else {}),
                },
            )
            for going, staying in pairs.items()
        ),
    )


def move_weeks(tx: Tx, side: Who, home: Who, running: Week) -> bool:
    """Give the home the plans, reports and pauses of a side; returns whether its plan of this week gave way."""
    gave_way = False
    for table, key in BY_WEEK:
        taken = {row[key] for row in moving.rows(tx, table, home)}
        theirs = moving.rows(tx, table, side)
        moving.put(tx, table, home, (row for row in theirs if row[key] not in taken))
        noted = {
            str(row[key].key): {"row": moving.written(table, row)} if row[key] in taken else None for row in theirs
        }
        moving.note(tx, side, table.name, noted.items())
        moving.drop(tx, table, side)
        gave_way |= table is promises and running in taken and str(running.key) in noted
    return gave_way


def move_news(tx: Tx, side: Who, home: Who) -> int:
    """Give the home the good news of a side, for the member alone; returns how much of it was still to be shown."""
    theirs = moving.rows(tx, wins, side)
    posted = set(
        tx.execute(sa.select(snapshots.c.week).where(snapshots.c.community_id == side.community)).scalars().all()
    )
    moving.put(tx, wins, home, ({**row, "appearance": Appearance.HIDDEN} for row in theirs))
    moving.note(tx, side, "wins", ((row["id"], {"row": moving.written(wins, row)}) for row in theirs))
    moving.drop(tx, wins, side)
    return sum(row["appearance"] != Appearance.HIDDEN and row["week"] not in posted for row in theirs)


def move_whole(tx: Tx, side: Who, home: Who) -> None:
    """Give the home what goes with its member as it is, such as what was typed and waits to be used again."""
    for table in tables_marked(MOVED):
        theirs = moving.rows(tx, table, side)
        moving.put(tx, table, home, theirs)
        moving.note(tx, side, table.name, ((row["id"], None) for row in theirs))
        moving.drop(tx, table, side)


def move_settings(tx: Tx, side: Who, home: Who) -> Mapping[str, object]:
    """Give the home what was chosen only at the side; returns what changed."""
    before, theirs = members.get(tx, home), members.get(tx, side)
    changes = settings_of_one(before, theirs)
    members.update(tx, home, **changes)
    differences = {name: [getattr(before, name), value] for name, value in changes.items()}
    moving.note(tx, side, SETTINGS, [("home", {"changes": json.dumps(differences, default=str)})])
    return changes


def forget_notes(tx: Tx, made_by: datetime) -> None:
    """Drop what was noted of links that were made by an instant; they cannot be taken back any more."""
    noted = sa.exists().where(
        link_moves.c.community_id == links.c.community_id, link_moves.c.member_id == links.c.member_id
    )
    old = sa.select(links.c.community_id, links.c.member_id).where(links.c.linked_at <= made_by, noted)
    # Whoever ends a link at this moment reads its notes from first to last.
    for community, member in under_lock(
        tx, lambda: tx.execute(old).all(), lambda rows: [row.community_id for row in rows]
    ):
        moving.drop(tx, link_moves, Who(community, member))
