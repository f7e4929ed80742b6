"""How fast a round goes; a test that cannot wait makes it quicker."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Tempo:
    """The times of a round."""

    round_every: float = 20.0
    """Seconds between two looks at the agenda."""
    lease: timedelta = timedelta(seconds=120)
    """How long a post or a message is its owner's: twice as long as a platform is waited for, see `leaves_within`."""

    @property
    def leaves_within(self) -> timedelta:
        """How long after its mark a request may leave; the other half is for its answer to come."""
        return self.lease / 2
