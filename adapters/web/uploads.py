"""The files that visitors bring: in memory alone, for the one answer that needs them, and so many bytes in all.

A file has a name that nobody can guess, and only who brought it can name it. No path ever leads to one.
"""

from collections.abc import Hashable
from secrets import token_urlsafe

from bot.engine.invocation import Upload

ALL_TOGETHER = 16_000_000
"""Bytes of the files that are kept; past it the oldest ones go."""


class Uploads:
    """The files that were brought and not used yet; each person has one at most."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[str, Upload]] = {}

    def put(self, owner: Hashable, upload: Upload) -> str:
        """Keep a file, in the place of the one before; returns the name by which a form names it."""
        self.forget(owner)
        name = token_urlsafe(12)
        self._kept[owner] = (name, upload)
        while len(self._kept) > 1 and sum(len(waiting.data) for _, waiting in self._kept.values()) > ALL_TOGETHER:
            del self._kept[next(iter(self._kept))]
        return name

    def find(self, owner: Hashable, name: str) -> Upload:
        """Give a file to who brought it.

        Raises:
            FileNotFoundError: they brought none of that name.
        """
        brought, upload = self._kept.get(owner, (None, None))
        if upload is None or brought != name:
            raise FileNotFoundError(name)
        return upload

    def forget(self, owner: Hashable) -> None:
        """Let the file of a person go."""
        self._kept.pop(owner, None)
