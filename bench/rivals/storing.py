"""What the handlers of both do: one plain row inserted and committed, as durably as the bot does it."""

import sqlite3
import sys
import threading

TABLE = "create table if not exists leads (id integer primary key, member text, name text)"
INSERT = "insert into leads (member, name) values (?, ?)"


class Leads:
    """A file of one plain table; its one connection is used by one thread at a time."""

    def __init__(self, file: str) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(file, check_same_thread=False)
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=full")
        self._db.execute(TABLE)

    def add(self, member: str, name: str) -> None:
        """Insert a row and commit it."""
        with self._lock:
            self._db.execute(INSERT, (member, name))
            self._db.commit()


LEADS = Leads(sys.argv[1])
"""The file that is named first when a measurement is started."""
