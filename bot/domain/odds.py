"""The odds of an answer, smoothed so that one lucky or unlucky week does not jump."""

from dataclasses import dataclass
from fractions import Fraction

ADDED_ASKS, ADDED_REPLIES = 3, 1
"""Rule: before anything is known, one answer in three asks is expected."""
CHATS = 2


@dataclass(frozen=True, slots=True)
class Odds:
    """What a member may expect, in whole numbers."""

    sent: int
    replied: int

    @property
    def counted_sent(self) -> int:
        """The asks, with those that are added."""
        return self.sent + ADDED_ASKS

    @property
    def counted_replied(self) -> int:
        """The answers, with those that are added."""
        return self.replied + ADDED_REPLIES

    @property
    def one_in(self) -> int:
        """One answer is expected in about this many asks."""
        return _nearest(Fraction(self.counted_sent, self.counted_replied))

    @property
    def for_chats(self) -> int:
        """About this many asks are needed for two chats."""
        return max(CHATS, _nearest(CHATS * Fraction(self.counted_sent, self.counted_replied)))


def _nearest(number: Fraction) -> int:
    # A half goes up; `round` would go to the even number, and make 2 of 2.5 asks.
    return max(1, (2 * number.numerator + number.denominator) // (2 * number.denominator))
