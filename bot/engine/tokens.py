"""Signs what buttons and forms carry, so that they work after a restart and for nobody else.

A token is at most 100 characters (Discord's `custom_id`): code, audience, minute made and mark, values, signature.
The mark sets two messages of one minute apart, so that each of their buttons is a button of its own.
"""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from string import ascii_letters, digits

from bot.store.keyed import KeyedHash

LIMIT = 100
OVERHEAD = 4 + 9 + 6 + 13
"""Characters every token spends before its values: code, audience, minute with mark, and signature."""
MARKS = 2**11
"""How many marks there are; with the minutes until 2088 they fill six characters."""
_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_LETTERS = ascii_letters + digits + "_-"
_VALUE = re.compile(r"[A-Za-z0-9_.:/+-]*")
_SHAPE = re.compile(
    r"([A-Za-z0-9_-]{4})([me][A-Za-z0-9_-]{8})([0-9a-z]{5}|[A-Za-z0-9_-]{6})((?:~[A-Za-z0-9_.:/+-]*)*)\."
    r"([A-Za-z0-9_-]{12})"
)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a token is for: one member, or everyone of a community when `user` is None."""

    platform: str
    community: str
    user: str | None

    @property
    def identity(self) -> bytes:
        """Name the audience so that no two share a name."""
        return "\x1f".join((self.platform, self.community, self.user or "")).encode()


@dataclass(frozen=True, slots=True)
class Opened:
    """What a genuine token says."""

    code: str
    values: tuple[str, ...]
    signed_at: datetime


class Forged(ValueError):
    """The token was not made by this bot for this person."""


class Signer:
    """Makes and opens tokens; the first key signs, and every key of the ring opens."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._keys = tuple(map(KeyedHash, keys))

    def sign(self, code: str, values: tuple[str, ...], audience: Audience, now: datetime, mark: int = 0) -> str:
        """Make a token; `mark` is below `MARKS`, and the same for everything in one message.

        Raises:
            ValueError: a value has a character tokens cannot carry, or the token would pass the limit.
        """
        return self.sign_for(self.head(audience, now, mark), code, values)

    def head(self, audience: Audience, now: datetime, mark: int = 0) -> str:
        """Write whom tokens are for and when they are made, which is the same for all of one message."""
        minute = int((now - _EPOCH).total_seconds()) // 60
        kind = "e" if audience.user is None else "m"
        return f"{kind}{_tag(self._keys[0], audience)}{_digits(minute * MARKS + mark)}"

    def sign_for(self, head: str, code: str, values: tuple[str, ...]) -> str:
        """Make a token as `sign` does, with the head of its message.

        Raises:
            ValueError: as in `sign`.
        """
        if not can_carry("".join(values)):
            message = f"a token cannot carry {values!r}"
            raise ValueError(message)
        body = "~".join((f"{code}{head}", *values))
        token = f"{body}.{_short(self._keys[0], body.encode(), 9)}"
        if len(token) > LIMIT:
            message = f"a token of {len(token)} characters"
            raise ValueError(message)
        return token

    def open(self, token: str, audience: Audience) -> Opened:
        """Read a token pressed by a member.

        Raises:
            Forged: it is not ours, or it is for somebody else.
        """
        shape = _SHAPE.fullmatch(token)
        if shape is None:
            raise Forged
        code, tag, minute, values, signature = shape.groups()
        body = token[: -len(signature) - 1]
        # The body says only whether it is for everyone; who presses is named by the platform, never by the token.
        for_whom = Audience(audience.platform, audience.community, None if tag[0] == "e" else audience.user)
        for key in self._keys:
            # Compared in constant time, so that nobody finds a signature letter by letter.
            genuine = compare_digest(_short(key, body.encode(), 9), signature)
            if genuine and compare_digest(_tag(key, for_whom), tag[1:]):
                return Opened(code, tuple(values.split("~")[1:]), _EPOCH + timedelta(minutes=_minutes(minute)))
        raise Forged


def can_carry(value: str) -> bool:
    """Tell whether a value has only characters that a token can carry."""
    return _VALUE.fullmatch(value) is not None


def code_of(name: str) -> str:
    """Shorten a command's name to the four characters that tokens carry."""
    return urlsafe_b64encode(sha256(name.encode()).digest())[:4].decode()


@lru_cache(maxsize=4_096)
def _tag(key: KeyedHash, audience: Audience) -> str:
    """Name an audience in eight characters; a person has many buttons."""
    return _short(key, b"for" + audience.identity, 6)


def _short(key: KeyedHash, message: bytes, size: int) -> str:
    return urlsafe_b64encode(key.of(message)[:size]).decode()


def _digits(number: int) -> str:
    """Write the minute and the mark in the letters that tokens have."""
    return "".join(_LETTERS[number >> shift & 63] for shift in range(30, -1, -6))


def _minutes(written: str) -> int:
    """Read the minute; buttons of before there were marks have five characters."""
    if len(written) == 5:
        return int(written, 36)
    number = 0
    for letter in written:
        number = number << 6 | _LETTERS.index(letter)
    return number // MARKS
