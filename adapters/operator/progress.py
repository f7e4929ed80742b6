"""What set-up was told and no setting holds: kept beside the data, without a secret, so that nothing is asked twice."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from adapters.operator.private_file import write_private
from bot.store.keyring import KeyRing

FILE = "hello-circle-setup.json"


@dataclass
class Progress:
    """The answers so far."""

    file: Path
    answers: dict[str, Any] = field(default_factory=dict[str, Any])

    @classmethod
    def beside(cls, database: Path) -> "Progress":
        """Read what is kept beside a database; nothing when there is nothing that can be read."""
        file = database.with_name(FILE)
        try:
            found: object = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = None
        return cls(file, cast("dict[str, Any]", found) if isinstance(found, dict) else {})

    def known(self, name: str) -> str | None:
        """Give an answer; None when it was not given."""
        found = self.answers.get(name)
        return found if isinstance(found, str) else None

    def note(self, name: str, answer: str) -> None:
        """Keep an answer.

        Raises:
            OSError: it cannot be written.
        """
        self.answers[name] = answer
        write_private(self.file, json.dumps(self.answers, indent=2) + "\n")

    def has_copy(self, ring: KeyRing) -> str | None:
        """Tell since which day somebody says that there is a copy of the current key; None when nobody did."""
        return self.known(_copy_of(ring))

    def note_copy(self, ring: KeyRing, day: str) -> None:
        """Keep that there is a copy of the current key.

        Raises:
            OSError: it cannot be written.
        """
        self.note(_copy_of(ring), day)


def _copy_of(ring: KeyRing) -> str:
    """Name a key by its proof, so that another key of the same name is another key."""
    return f"copy-of-{ring.current}-{ring.proof(ring.current).hex()[:12]}"
