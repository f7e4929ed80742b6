"""Whether the weekly round goes on: a round that hangs looks, from outside, like one with nothing to do."""

from time import monotonic

STILL = 120.0
"""Seconds without a sign of life after which the round is taken for stuck; longer than any call to a platform waits."""


class Pulse:
    """Notes each round that was done, and each post or message within one."""

    def __init__(self) -> None:
        self._last = monotonic()
        self.trouble = ""
        """What is wrong with the last round, if something is."""

    def beat(self) -> None:
        """Note a sign of life."""
        self._last = monotonic()

    @property
    def age(self) -> float:
        """Seconds since the last sign of life."""
        return monotonic() - self._last

    @property
    def is_steady(self) -> bool:
        """Whether rounds come, and nothing is wrong with them."""
        return not self.trouble and self.age < STILL
