"""Makes one person of two on one list, and two of them again for a day."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import LeadId, Who
from bot.domain.lead import Lead
from bot.domain.sameness import alike_pairs
from bot.store import drafts, joining, leads, moving, sheets, spellings
from bot.store.batch import Tx
from bot.store.ids import new_id
from bot.store.tables import asks, events, leads as lead_table, meetings, spellings as said_table
from bot.store.touched import touch

KEPT_AS = "merged people"
"""What it is noted under how two people were before they became one; a draft is kept for a day, and this is no command's."""


def alike(tx: Tx, who: Who, most: int) -> list[tuple[LeadId, LeadId]]:
    """List pairs of a member's people who may be one, but for those the member said are two."""
    people = leads.names(tx, who, open_only=False)
    entries = [(each.name, each.organisation) for each in people]
    found: list[tuple[LeadId, LeadId]] = []
    for one, other in alike_pairs(entries, entries):
        if one < other and not spellings.told_apart(tx, who, people[one], people[other]):
            found.append((people[one].id, people[other].id))
            if len(found) == most:
                break
    return found


def merge(tx: Tx, who: Who, kept: Lead, other: Lead, now: datetime) -> tuple[Lead, str]:
    """Make one person of two, under the id of the first; returns them, and the id of what is noted to undo it."""
    before, counted = _before(tx, who, kept.id, other.id), _counted(tx, who, [kept.id, other.id])
    before["at"] = now.isoformat()
    (made,) = joining.fuse(tx, who, {other.id: kept.id}, None)
    before["sheets"] = sheets.put_together(tx, who, kept.id)
    # One person counts once; only what that took from the week is given back.
    before["uncounted"] = sorted(counted - _counted(tx, who, [kept.id]))
    moving.put(tx, said_table, who, [row for row in _said(before, kept.id) if _is_new(tx, who, row)])
    for spelled in (kept, other):
        if leads.same(tx, who, spelled.name, spelled.organisation) is None:
            spellings.remember(tx, who, spelled.name, spelled.organisation, kept.id, same=True)
    leads.save(tx, who, made, now)
    return made, drafts.keep(tx, who, new_id(), KEPT_AS, json.dumps(before), now)


def _before(tx: Tx, who: Who, kept: LeadId, other: LeadId) -> dict[str, Any]:
    rows = {row["id"]: row for row in moving.some(tx, lead_table, who, "id", [kept, other])}
    about = {
        table.name: list(
            tx.execute(sa.select(table.c.id).where(*moving.owned(table, who), table.c.lead_id == other)).scalars()
        )
        for table in (asks, meetings, events)
    }
    named = sa.select(lead_table.c.id).where(*moving.owned(lead_table, who), lead_table.c.source_id == other)
    said = moving.rows(tx, said_table, who, said_table.c.lead_id == other)
    return {
        "kept": moving.written(lead_table, rows[kept]),
        "other": moving.written(lead_table, rows[other]),
        "about": about,
        "named": list(tx.execute(named).scalars()),
        "said": [[row["person_key"].hex(), bool(row["same"])] for row in said],
    }


def _counted(tx: Tx, who: Who, people: Sequence[LeadId]) -> set[int]:
    this = (*moving.owned(events, who), events.c.lead_id.in_(people), events.c.undone == sa.false())
    return set(tx.execute(sa.select(events.c.id).where(*this)).scalars())


def _said(before: dict[str, Any], lead: LeadId) -> Sequence[moving.Row]:
    return [{"person_key": bytes.fromhex(key), "lead_id": lead, "same": same} for key, same in before["said"]]


def _is_new(tx: Tx, who: Who, row: moving.Row) -> bool:
    this = (said_table.c.person_key == row["person_key"], said_table.c.lead_id == row["lead_id"])
    return not moving.rows(tx, said_table, who, *this)


def noted(tx: Tx, who: Who, undo: str) -> dict[str, Any] | None:
    """Read how two people were before they became one; None when it is not noted any more."""
    draft = drafts.find(tx, who, undo)
    return None if draft is None or draft.command != KEPT_AS else json.loads(draft.values)


def part(tx: Tx, who: Who, undo: str, before: dict[str, Any]) -> tuple[Lead, Lead] | None:
    """Make two people again, each with what was done about them; None when that is not possible any more.

    What was done since stays with the first.
    """
    kept, other = (moving.read(lead_table, before[each]) for each in ("kept", "other"))
    one, two, texts = LeadId(kept["id"]), LeadId(other["id"]), other["private"]
    today = leads.find(tx, who, one)
    if today is None or leads.find(tx, who, two) is not None:
        return None
    if today.touched is not None and today.touched.isoformat() == before["at"]:
        _write(tx, who, kept)
    elif {"name": today.name, "organisation": today.organisation} in (_names(kept), _names(other)):
        # Who was changed since keeps the changes; a name that came of the merge goes with it.
        (row,) = moving.some(tx, lead_table, who, "id", [one])
        _write(tx, who, {**row, "private": {**row["private"], **_names(kept)}})
    if leads.same(tx, who, texts["name"], texts["organisation"]) is not None:
        return None
    moving.put(tx, lead_table, who, [other])
    for table in (asks, meetings, events):
        moving.set_each(tx, table, who, "lead_id", [(row, two) for row in before["about"][table.name]])
    sheets.take_apart(tx, who, before.get("sheets", ()))
    moving.set_each(tx, events, who, "undone", [(row, False) for row in before["uncounted"]])
    moving.set_each(tx, lead_table, who, "source_id", [(row, two) for row in before["named"]])
    for row in (kept, other):
        spellings.forget(tx, who, row["private"]["name"], row["private"]["organisation"], one)
    moving.put(tx, said_table, who, _said(before, two))
    drafts.drop(tx, who, undo)
    touch(tx, who)
    first, second = leads.find(tx, who, one), leads.find(tx, who, two)
    return None if first is None or second is None else (first, second)


def _names(row: moving.Row) -> dict[str, str]:
    return {name: row["private"][name] for name in ("name", "organisation")}


def _write(tx: Tx, who: Who, row: moving.Row) -> None:
    this = (*moving.owned(lead_table, who), lead_table.c.id == row["id"])
    tx.execute(lead_table.update().where(*this).values(**moving.sealed(tx, lead_table, who, row)))
