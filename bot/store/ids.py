"""Ids: 128 random bits, so that nobody can guess another's; and numbers that grow, for rows whose order counts."""

import random
import secrets
from datetime import UTC, datetime
from itertools import count

_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_TIME, _COUNT, _CHANCE = 41, 11, 11
"""Bits of a number: the milliseconds, a count that begins anywhere, and chance, so that two processes do not meet.

Nobody may guess an id, but a number is no secret.
"""
_counter = count(secrets.randbelow(2**_COUNT))


def new_id() -> str:
    """Make an id of 22 characters."""
    return secrets.token_urlsafe(16)


def new_number(at: datetime) -> int:
    """Make a number of 63 bits for a row; one that is made later, or at a later instant, is larger."""
    milliseconds = min(max(0, int((at - _FIRST).total_seconds() * 1000)), 2**_TIME - 1)
    place = next(_counter) % 2**_COUNT
    return (milliseconds << _COUNT | place) << _CHANCE | random.getrandbits(_CHANCE)
