"""Remembers the names on the lists of members, so that who is added is compared with all of them at once.

What is remembered of a list has every name that is on it; it may have more, because whoever is found by it is looked for
in the database. So an addition is noted, be it kept or not, and only what takes names away needs care: a list that was
read after that, in the same transaction, is not remembered, because the names come back if it is rolled back.

Triggers tell of every change, whatever statement made it. Only the connection that writes uses this.
"""

import sqlite3
from collections.abc import Iterable, Mapping

LISTED = "listed"
"""The name in a connection's `info` for what is remembered; a connection that only reads has none."""
MOST_LETTERS = 4_000_000
"""Letters of all lists together, from which on everything is forgotten."""
_TOLD = {
    "INSERT": "SELECT name_added(new.community_id, new.member_id, new.person_key)",
    "UPDATE OF community_id, member_id, person_key": (
        "SELECT names_changed(old.community_id, old.member_id); SELECT names_changed(new.community_id, new.member_id)"
    ),
    "DELETE": "SELECT names_changed(old.community_id, old.member_id)",
}


class ListedNames:
    """The bare names on lists, each list as one text; `names` tells the bare name behind the key of a person."""

    def __init__(self, names: Mapping[bytes, str]) -> None:
        self._names = names
        self._lists: dict[tuple[str, str], str] = {}
        self._changing: set[tuple[str, str]] = set()
        self._letters = 0

    def get(self, community: str, member: str) -> str | None:
        """Give the names on a list, between line ends, where they are remembered."""
        return self._lists.get((community, member))

    def put(self, community: str, member: str, names: str) -> None:
        """Remember the names on a list as they were just read, unless something of it was changed before."""
        if (community, member) not in self._changing:
            self._keep(community, member, names)

    def watch(self, raw: sqlite3.Connection) -> None:
        """Note every change of a list; call on the only connection that writes."""
        raw.create_function("name_added", 3, self._add)
        raw.create_function("names_changed", 2, self._change)
        for deed, telling in _TOLD.items():
            raw.execute(f"CREATE TEMP TRIGGER listed_{deed.split()[0]} AFTER {deed} ON main.leads BEGIN {telling}; END")

    def settle(self) -> None:
        """Remember every list again, after a transaction was committed or rolled back."""
        self._changing.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._lists.clear()
        self._letters = 0

    def _add(self, community: str, member: str, person: bytes) -> None:
        names, name = self.get(community, member), self._names.get(person)
        if names is not None:
            self._keep(community, member, None if name is None else as_text((name,), after=names))

    def _change(self, community: str, member: str) -> None:
        self._keep(community, member, None)
        self._changing.add((community, member))

    def _keep(self, community: str, member: str, names: str | None) -> None:
        """Keep a list in the place of what is kept of it; nothing when it is None."""
        self._letters -= len(self._lists.pop((community, member), ""))
        if names is None:
            return
        if self._letters + len(names) > MOST_LETTERS:
            self.clear()
        self._lists[community, member] = names
        self._letters += len(names)


def as_text(names: Iterable[str], after: str = "\n") -> str:
    """Write names as one text, each between line ends."""
    return after + "".join(f"{name}\n" for name in names)
