"""The sheet of a talk that is prepared and has no day goes to the one that has a day, where two entries become one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.ids import LeadId, MeetingId, Who
from bot.domain.meeting import SHEET, Meeting, MeetingState, notes_beside
from bot.store import meetings
from bot.store.batch import Tx


def put_together(tx: Tx, who: Who, lead: LeadId) -> list[dict[str, Any]]:
    """Let talks that are only prepared go into another one of the person, where no word is lost; returns what undoes it."""
    first, *others = meetings.all_planned(tx, who, lead) or (None,)
    undo: list[dict[str, Any]] = []
    for prepared in others:
        notes = None if first is None or prepared.planned_for is not None else notes_beside(first, prepared)
        if first is not None and notes is not None:
            undo.append({"into": first.id, "prepared": prepared.id, "taken": _taken(first, prepared)})
            first = replace(first, notes=notes)
            meetings.save(tx, who, first)
            meetings.save(tx, who, replace(prepared, state=MeetingState.UNDONE))
    return undo


def take_apart(tx: Tx, who: Who, undo: Sequence[dict[str, Any]]) -> None:
    """Give each talk its own sheet again; what was written since stays."""
    for joined in undo:
        into, prepared = (meetings.find(tx, who, MeetingId(joined[name])) for name in ("into", "prepared"))
        if prepared is not None and prepared.state is MeetingState.UNDONE:
            meetings.save(tx, who, replace(prepared, state=MeetingState.PLANNED))
        if prepared is not None and into is not None and into.state is MeetingState.PLANNED:
            unchanged = [name for name in joined["taken"] if getattr(into.notes, name) == getattr(prepared.notes, name)]
            meetings.save(tx, who, replace(into, notes=replace(into.notes, **dict.fromkeys(unchanged))))


def _taken(into: Meeting, prepared: Meeting) -> list[str]:
    return [name for name in SHEET if getattr(into.notes, name) is None and getattr(prepared.notes, name) is not None]
