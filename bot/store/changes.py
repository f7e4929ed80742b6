"""What a member changed, noted for a day so that it can be taken back: of each row, what changed and how it was before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from bot.domain.ids import LeadId, Who
from bot.store import drafts, leads, members, moving
from bot.store.batch import Tx
from bot.store.ids import new_id
from bot.store.tables import leads as lead_table, meetings, pauses, promises, wins
from bot.store.touched import touch

KEPT_AS = "changed rows"
"""What it is noted under; a draft is kept for a day, and this is no command's."""
_KEYS = {lead_table: "id", meetings: "id", wins: "id", promises: "week", pauses: "from_week"}
_TABLES = {table.name: table for table in _KEYS}
_MEMBER = "members"
_OF_A_MEMBER = (
    "language",
    "zone",
    "work",
    "number",
    "appearance",
    "nickname",
    "checkins",
    "reminders",
    "started",
    "paused_until",
)
_NO_LOSS = {"touched_at", "planned_at"}
"""When something was changed; it tells nothing that a member would miss."""
Values: TypeAlias = Mapping[str, Any]
Key: TypeAlias = str | int
Picture: TypeAlias = Mapping[tuple[str, Key], Values]
"""Rows by their table and key, with their values as JSON takes them."""


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """What a command may change."""

    people: Sequence[LeadId] = ()
    talks_with: Sequence[LeadId] = ()
    settings: bool = False
    plans: bool = False


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row before and after a change; None where there was no row. Where there are both, only the columns that differ."""

    table: str
    key: Key
    before: Values | None
    after: Values | None


@dataclass(frozen=True, slots=True)
class NotedChange:
    """What one command changed; no rows where the command has a way back of its own."""

    command: str
    rows: Sequence[ChangedRow]

    @property
    def people(self) -> list[LeadId]:
        """The leads that it changed, or whose talks it changed."""
        talks = (row.after or row.before or {} for row in self.rows if row.table == meetings.name)
        changed = [str(row.key) for row in self.rows if row.table == lead_table.name]
        return [LeadId(lead) for lead in (*changed, *(talk["lead_id"] for talk in talks if "lead_id" in talk))]


def look(tx: Tx, who: Who, watched: WatchedRow) -> Picture:
    """Read the rows that a command may change, as they are now."""
    return dict(_rows(tx, who, watched))


def _rows(tx: Tx, who: Who, watched: WatchedRow) -> Iterator[tuple[tuple[str, Key], Values]]:
    yield from _of(lead_table, moving.some(tx, lead_table, who, "id", watched.people))
    yield from _of(meetings, moving.some(tx, meetings, who, "lead_id", watched.talks_with))
    if watched.plans:
        yield from _of(promises, moving.rows(tx, promises, who))
    if watched.settings:
        yield (_MEMBER, ""), _settings(tx, who)
        for table in (pauses, wins):
            yield from _of(table, moving.rows(tx, table, who))


def _of(table: sa.Table, rows: Sequence[moving.Row]) -> Iterator[tuple[tuple[str, Key], Values]]:
    for row in rows:
        values: dict[str, Any] = json.loads(moving.written(table, row))
        texts: Mapping[str, str | None] = values.pop("private", None) or {}
        flat: dict[str, Any] = {
            **values,
            **{f"private.{name}": text for name, text in texts.items() if text is not None},
        }
        yield (table.name, flat[_KEYS[table]]), flat


def _settings(tx: Tx, who: Who) -> Values:
    member = members.get(tx, who)
    values = {name: getattr(member, name) for name in _OF_A_MEMBER}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def difference(before: Picture, after: Picture) -> list[ChangedRow]:
    """Tell what changed between two looks."""
    return [
        ChangedRow(*name, *_differing(before.get(name), after.get(name)))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]


def _differing(before: Values | None, after: Values | None) -> tuple[Values | None, Values | None]:
    if before is None or after is None:
        return before, after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name) or name == "lead_id"]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def note(tx: Tx, who: Who, change: NotedChange, now: datetime) -> str:
    """Keep for a day what a command changed; returns the id by which it is taken back."""
    rows = [[row.table, row.key, row.before, row.after] for row in change.rows]
    written = json.dumps({"command": change.command, "rows": rows}, ensure_ascii=False)
    return drafts.keep(tx, who, new_id(), KEPT_AS, written, now)


def noted(tx: Tx, who: Who, change: str) -> NotedChange | None:
    """Read what a command changed; None when it is not noted any more."""
    draft = drafts.find(tx, who, change)
    if draft is None or draft.command != KEPT_AS:
        return None
    values = json.loads(draft.values)
    return NotedChange(values["command"], [ChangedRow(*row) for row in values["rows"]])


def take_back(tx: Tx, who: Who, change: str, rows: Sequence[ChangedRow]) -> bool:
    """Put back what was before, where nothing else changed it since; returns whether that was so everywhere."""
    now = {name: values for table in _KEYS for name, values in _now(tx, who, table, rows)}
    whole = [_put_back(tx, who, row, now.get((row.table, row.key))) for row in rows]
    drafts.drop(tx, who, change)
    touch(tx, who)
    return all(whole)


def _now(tx: Tx, who: Who, table: sa.Table, rows: Sequence[ChangedRow]) -> Iterator[tuple[tuple[str, Key], Values]]:
    """Read the rows of a table that were changed, as they are now."""
    keys = [_key(table, row.key) for row in rows if row.table == table.name]
    yield from _of(table, moving.some(tx, table, who, _KEYS[table], keys))


def _key(table: sa.Table, key: Key) -> Any:
    column = _KEYS[table]
    return moving.read(table, json.dumps({column: key}))[column]


def _put_back(tx: Tx, who: Who, row: ChangedRow, now: Values | None) -> bool:
    if row.table == _MEMBER:
        return _put_settings_back(tx, who, row.before or {}, row.after or {})
    table = _TABLES[row.table]
    if now == row.after:
        _write(tx, who, table, row.key, row.before)
        return True
    if now is None or row.after is None:
        return False
    before, after = row.before or {}, row.after
    same = [name for name in after if now.get(name) == after[name]]
    # Of a row that was new, and that more came of, only the words go.
    names = [name for name in same if row.before is not None or name.startswith("private.")]
    back = {name: before.get(name) for name in names}
    if any(name.startswith("private.") for name in names):
        _write(tx, who, table, row.key, {**now, **back})
    elif back:
        same_row = (*moving.owned(table, who), table.c[_KEYS[table]] == _key(table, row.key))
        tx.execute(table.update().where(*same_row).values(**moving.read(table, json.dumps(back))))
    return {*after} - {*same} <= _NO_LOSS


def _write(tx: Tx, who: Who, table: sa.Table, key: Key, values: Values | None) -> None:
    """Write a row, in place of the one there is; None takes it away."""
    same_row = (*moving.owned(table, who), table.c[_KEYS[table]] == _key(table, key))
    if values is None:
        tx.execute(table.delete().where(*same_row))
        return
    texts = {name.removeprefix("private."): text for name, text in values.items() if name.startswith("private.")}
    plain = {name: value for name, value in values.items() if not name.startswith("private.")}
    private = {name: text for name, text in texts.items() if text is not None} or None
    row = moving.read(table, json.dumps({**plain, **({"private": private} if "private" in table.c else {})}))
    if tx.execute(table.update().where(*same_row).values(**moving.sealed(tx, table, who, row))).rowcount == 0:
        moving.put(tx, table, who, [row])


def _put_settings_back(tx: Tx, who: Who, before: Values, after: Values) -> bool:
    now = _settings(tx, who)
    values = {name: value for name, value in before.items() if now[name] == after[name]}
    if values.get("paused_until") is not None:
        values["paused_until"] = date.fromisoformat(values["paused_until"])
    if values:
        members.update(tx, who, **values)
    return values.keys() == before.keys()


def is_taken(tx: Tx, who: Who, rows: Sequence[ChangedRow]) -> bool:
    """Tell whether a name that would come back is another entry's by now."""
    return any(_name_is_taken(tx, who, row) for row in rows if row.table == lead_table.name)


def _name_is_taken(tx: Tx, who: Who, row: ChangedRow) -> bool:
    before = row.before or {}
    if not {"private.name", "private.organisation"} & before.keys():
        return False
    lead = leads.find(tx, who, LeadId(str(row.key)))
    if lead is None:
        return False
    name = before.get("private.name", lead.name)
    other = leads.same(tx, who, name, before.get("private.organisation", lead.organisation))
    return other is not None and other.id != lead.id
