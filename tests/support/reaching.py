"""Watches the works on a server: no statement may name a community whose lock its transaction has not.

Nor may a work of the program lock everything, unless it is one of the few that do.
"""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import psycopg
import pytest

from bot.store.batch import Job, Tx
from bot.store.postgres import locks, worker
from bot.store.postgres.pipeline import QueuedStatement, StatementPipeline
from bot.store.postgres.raw import driver
from bot.store.reach import place_of

EVERYTHING = ("take_in", "noted", "rewrap", "_return_to")
"""The works of the program that are about everything: a new version, a mended clock, a new key, a restore."""
_OURS = ("bot.", "adapters.")
_ID = re.compile(r"[0-9a-zA-Z_-]{22}")
_PLACE = b"SELECT platform, platform_id FROM communities WHERE id = %s"
_execute = psycopg.Cursor.execute


@dataclass
class Reached:
    """What is seen of the transactions of all connections."""

    holds: WeakKeyDictionary[psycopg.Connection, locks.HeldLocks] = field(default_factory=WeakKeyDictionary)
    roaming: WeakSet[locks.HeldLocks] = field(default_factory=WeakSet)
    """Those of works that go row by row."""
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def begun(self, raw: psycopg.Connection, held: locks.HeldLocks) -> None:
        """Note that a transaction has begun."""
        self.holds[raw] = held
        if not held._locks:
            self.roaming.add(held)

    def see(self, raw: psycopg.Connection, query: Any, params: Any) -> None:
        """Look at a statement before it is run."""
        text = query.decode() if isinstance(query, bytes) else str(query)
        if text.startswith(("COMMIT", "ROLLBACK")):
            self.holds.pop(raw, None)
        held = self.holds.get(raw)
        if held is None or held._everything or text == locks._PLACES or not params:
            return
        # What goes row by row may look at rows that others change, as a claim does at the languages of a member.
        if held in self.roaming and text.startswith("SELECT"):
            return
        for value in params.values() if isinstance(params, dict) else params:
            place = self._place(raw, value) if isinstance(value, str) and _ID.fullmatch(value) else None
            if place is not None and locks._number(place) not in held._locks:
                self.wrong.append(f"{place}: {text}")

    def _place(self, raw: psycopg.Connection, value: str) -> str | None:
        key = (raw.info.dbname, value)
        if key not in self.places:
            row = _execute(raw.cursor(), _PLACE, (value,)).fetchone()
            if row is None:
                return None
            self.places[key] = place_of(*row)
        return self.places[key]


@contextmanager
def watched_reach() -> Generator[list[str]]:
    """Note each statement that names a community which is not locked."""
    reached, begin, put, places_of_job = Reached(), worker.begin, StatementPipeline._later, worker.places_of

    def asked(job: Job) -> frozenset[str] | None:
        places = places_of_job(job)
        if places is None and job.work.__module__.startswith(_OURS) and job.work.__name__ not in EVERYTHING:
            reached.wrong.append(f"everything: {job.work.__module__}.{job.work.__qualname__}")
        return places

    def begun(tx: Tx, held: locks.HeldLocks) -> QueuedStatement:
        reached.holds.pop(driver(tx), None)
        number = begin(tx, held)
        reached.begun(driver(tx), held)
        return number

    def executed(self: psycopg.Cursor, query: Any, params: Any = None, **more: Any) -> psycopg.Cursor:
        reached.see(self.connection, query, params)
        return _execute(self, query, params, **more)

    def queued(self: StatementPipeline, sql: str, values: Sequence[Any]) -> QueuedStatement:
        reached.see(self.raw, sql, values)
        return put(self, sql, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "places_of", asked)
        patch.setattr(worker, "begin", begun)
        patch.setattr(psycopg.Cursor, "execute", executed)
        patch.setattr(StatementPipeline, "_later", queued)
        yield reached.wrong
