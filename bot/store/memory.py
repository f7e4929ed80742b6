"""Remembers who sent something and where, and who else they are, between units of work, until anything of it is written.

Triggers on the writer's connection tell of every write to the rows it is made of, whatever statement wrote them, and no
other process can write the file. Nothing is remembered from a transaction that is not committed, or that began before
the last change was.
"""

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member

MEMORY, VERSION = "memory", "version of the memory"
"""The names in a connection's `info` for what is remembered, and for what it was when the transaction began."""
WATCHED = ("communities", "members", "links")
MOST = 4_000
K = TypeVar("K")
V = TypeVar("V")

Address = tuple[str, str, str]
"""A platform, its id of the community, and its id of the person."""


@dataclass(frozen=True, slots=True)
class KnownSender:
    """Who sends from a place: the community, the member there, and as whom they act, if as another one."""

    community: Community
    member: Member
    acts_as: Who | None


class SenderMemory:
    """The senders of one database; used from the threads of all its connections."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[Address, KnownSender] = {}
        self._others: dict[Who, Sequence[Who]] = {}
        self._version = 0
        self._changing = False

    def version(self) -> int | None:
        """Name what a transaction that begins now may remember; None while a change is not committed."""
        with self._lock:
            return None if self._changing else self._version

    def get(self, address: Address) -> KnownSender | None:
        """Give a sender that is remembered."""
        return self._known.get(address)

    def put(self, address: Address, sender: KnownSender, version: int | None) -> None:
        """Remember a sender, unless something changed since the transaction that read it began."""
        self._put(self._known, address, sender, version)

    def others(self, who: Who) -> Sequence[Who] | None:
        """Give the members who act as this one, where they are remembered."""
        return self._others.get(who)

    def put_others(self, who: Who, others: Sequence[Who], version: int | None) -> None:
        """Remember the members who act as this one, as `put` does."""
        self._put(self._others, who, others, version)

    def _put(self, memory: dict[K, V], key: K, value: V, version: int | None) -> None:
        with self._lock:
            if self._changing or version != self._version:
                return
            if len(memory) >= MOST:
                memory.clear()
            memory[key] = value

    def watch(self, raw: sqlite3.Connection) -> None:
        """Let every write to the watched tables empty the memory; call on the only connection that writes."""
        raw.create_function("sender_changed", 0, self._begin_change)
        for table in WATCHED:
            for deed in ("insert", "update", "delete"):
                raw.execute(
                    f"CREATE TEMP TRIGGER watch_{table}_{deed} AFTER {deed} ON main.{table} "
                    "BEGIN SELECT sender_changed(); END"
                )

    def settle(self) -> None:
        """Remember again after a transaction that changed something was committed or rolled back."""
        if self._changing:
            with self._lock:
                self._forget()
                self._changing = False

    def _begin_change(self) -> None:
        with self._lock:
            self._forget()
            self._changing = True

    def _forget(self) -> None:
        self._known.clear()
        self._others.clear()
        self._version += 1
