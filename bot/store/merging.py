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
    entries = [(person.name, person.organisation) for person in people]
    pairs: list[tuple[LeadId, LeadId]] = []
    for first, second in alike_pairs(entries, entries):
        if first < second and not spellings.told_apart(tx, who, people[first], people[second]):
            pairs.append((people[first].id, people[second].id))
            if len(pairs) == most:
                break
    return pairs


def merge(tx: Tx, who: Who, first: Lead, second: Lead, now: datetime) -> tuple[Lead, str]:
    """Make one person of two, under the id of the first; returns them, and the id of what is noted to undo it."""
    before, counted = _before(tx, who, first.id, second.id), _counted(tx, who, [first.id, second.id])
    before["at"] = now.isoformat()
    (merged,) = joining.fuse(tx, who, {second.id: first.id}, None)
    before["sheets"] = sheets.put_together(tx, who, first.id)
    # One person counts once; only what that took from the week is given back.
    before["uncounted"] = sorted(counted - _counted(tx, who, [first.id]))
    moving.put(tx, said_table, who, [row for row in _said(before, first.id) if _is_new(tx, who, row)])
    for person in (first, second):
        if leads.same(tx, who, person.name, person.organisation) is None:
            spellings.remember(tx, who, person.name, person.organisation, first.id, same=True)
    leads.save(tx, who, merged, now)
    return merged, drafts.keep(tx, who, new_id(), KEPT_AS, json.dumps(before), now)


def _before(tx: Tx, who: Who, first: LeadId, second: LeadId) -> dict[str, Any]:
    rows = {row["id"]: row for row in moving.some(tx, lead_table, who, "id", [first, second])}
    about = {
        table.name: list(
            tx.execute(sa.select(table.c.id).where(*moving.owned(table, who), table.c.lead_id == second)).scalars()
        )
        for table in (asks, meetings, events)
    }
    named = sa.select(lead_table.c.id).where(*moving.owned(lead_table, who), lead_table.c.source_id == second)
    spelled = moving.rows(tx, said_table, who, said_table.c.lead_id == second)
    return {
        "kept": moving.written(lead_table, rows[first]),
        "other": moving.written(lead_table, rows[second]),
        "about": about,
        "named": list(tx.execute(named).scalars()),
        "said": [[row["person_key"].hex(), bool(row["same"])] for row in spelled],
    }


def _counted(tx: Tx, who: Who, people: Sequence[LeadId]) -> set[int]:
    conditions = (*moving.owned(events, who), events.c.lead_id.in_(people), events.c.undone == sa.false())
    return set(tx.execute(sa.select(events.c.id).where(*conditions)).scalars())


def _said(before: dict[str, Any], lead: LeadId) -> Sequence[moving.Row]:
    return [{"person_key": bytes.fromhex(key), "lead_id": lead, "same": same} for key, same in before["said"]]


def _is_new(tx: Tx, who: Who, row: moving.Row) -> bool:
    same_row = (said_table.c.person_key == row["person_key"], said_table.c.lead_id == row["lead_id"])
    return not moving.rows(tx, said_table, who, *same_row)


def noted(tx: Tx, who: Who, undo: str) -> dict[str, Any] | None:
    """Read how two people were before they became one; None when it is not noted any more."""
    draft = drafts.find(tx, who, undo)
    return None if draft is None or draft.command != KEPT_AS else json.loads(draft.values)


def part(tx: Tx, who: Who, undo: str, before: dict[str, Any]) -> tuple[Lead, Lead] | None:
    """Make two people again, each with what was done about them; None when that is not possible any more.

    What was done since stays with the first.
    """
    first_row, second_row = (moving.read(lead_table, before[key]) for key in ("kept", "other"))
    first_id, second_id, texts = LeadId(first_row["id"]), LeadId(second_row["id"]), second_row["private"]
    today = leads.find(tx, who, first_id)
    if today is None or leads.find(tx, who, second_id) is not None:
        return None
    if today.touched is not None and today.touched.isoformat() == before["at"]:
        _write(tx, who, first_row)
    elif {"name": today.name, "organisation": today.organisation} in (_names(first_row), _names(second_row)):
        # Who was changed since keeps the changes; a name that came of the merge goes with it.
        (row,) = moving.some(tx, lead_table, who, "id", [first_id])
        _write(tx, who, {**row, "private": {**row["private"], **_names(first_row)}})
    if leads.same(tx, who, texts["name"], texts["organisation"]) is not None:
        return None
    moving.put(tx, lead_table, who, [second_row])
    for table in (asks, meetings, events):
        moving.set_each(tx, table, who, "lead_id", [(row, second_id) for row in before["about"][table.name]])
    sheets.take_apart(tx, who, before.get("sheets", ()))
    moving.set_each(tx, events, who, "undone", [(row, False) for row in before["uncounted"]])
    moving.set_each(tx, lead_table, who, "source_id", [(row, second_id) for row in before["named"]])
    for row in (first_row, second_row):
        spellings.forget(tx, who, row["private"]["name"], row["private"]["organisation"], first_id)
    moving.put(tx, said_table, who, _said(before, second_id))
    drafts.drop(tx, who, undo)
    touch(tx, who)
    first, second = leads.find(tx, who, first_id), leads.find(tx, who, second_id)
    return None if first is None or second is None else (first, second)


def _names(row: moving.Row) -> dict[str, str]:
    return {name: row["private"][name] for name in ("name", "organisation")}


def _write(tx: Tx, who: Who, row: moving.Row) -> None:
    same_row = (*moving.owned(lead_table, who), lead_table.c.id == row["id"])
    tx.execute(lead_table.update().where(*same_row).values(**moving.sealed(tx, lead_table, who, row)))
