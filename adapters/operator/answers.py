"""What set-up was told and no setting holds: kept beside the data, without a secret, so that nothing is asked twice."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from adapters.operator.private_file import write_private
from bot.store.address import Origin, home_of
from bot.store.keyring import KeyRing

FILE = "hello-circle-setup.json"
CIRCLE, EVERYBODY = "circle", "everybody"
WHO = "for"
"""The name of the answer that says for whom the bot is."""
KEPT = TypeAdapter(dict[str, str])


@dataclass
class SetUpAnswers:
    """The answers so far."""

    file: Path
    answers: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def beside(cls, database: Origin) -> "SetUpAnswers":
        """Read what is kept beside a database; nothing when there is nothing that can be read."""
        file = home_of(database) / FILE
        try:
            return cls(file, KEPT.validate_json(file.read_bytes()))
        except (OSError, ValueError):
            return cls(file)

    def known(self, name: str) -> str | None:
        """Give an answer; None when it was not given."""
        return self.answers.get(name)

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
