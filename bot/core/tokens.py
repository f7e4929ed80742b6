"""Signs what buttons and forms carry, so that they work after a restart and for nobody else.

A token is at most 100 characters (Discord's `custom_id`): code, audience, minute made, values, signature.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

LIMIT = 100
OVERHEAD = 4 + 9 + 5 + 13
"""Characters every token spends before its values: code, audience, minute and signature."""
_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_VALUE = re.compile(r"[A-Za-z0-9_.:/+-]*")
_SHAPE = re.compile(
    r"([A-Za-z0-9_-]{4})([me][A-Za-z0-9_-]{8})([0-9a-z]{5})((?:~[A-Za-z0-9_.:/+-]*)*)\.([A-Za-z0-9_-]{12})"
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
    made: datetime


class Forged(ValueError):
    """The token was not made by this bot for this person."""


class Signer:
    """Makes and opens tokens; the first key signs, and every key of the ring opens."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._keys = keys

    def sign(self, code: str, values: tuple[str, ...], audience: Audience, now: datetime) -> str:
        """Make a token.

        Raises:
            ValueError: a value has a character tokens cannot carry, or the token would pass the limit.
        """
        if not all(map(can_carry, values)):
            message = f"a token cannot carry {values!r}"
            raise ValueError(message)
        minute = _base36(int((now - _EPOCH) / timedelta(minutes=1)))
        kind = "e" if audience.user is None else "m"
        body = f"{code}{kind}{_short(self._keys[0], b'for' + audience.identity, 6)}{minute}"
        body += "".join(f"~{value}" for value in values)
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
        for_whom = Audience(audience.platform, audience.community, None if tag[0] == "e" else audience.user)
        for key in self._keys:
            genuine = hmac.compare_digest(_short(key, body.encode(), 9), signature)
            if genuine and hmac.compare_digest(_short(key, b"for" + for_whom.identity, 6), tag[1:]):
                return Opened(code, tuple(values.split("~")[1:]), _EPOCH + timedelta(minutes=int(minute, 36)))
        raise Forged


def can_carry(value: str) -> bool:
    """Tell whether a value has only characters that a token can carry."""
    return _VALUE.fullmatch(value) is not None


def code_of(name: str) -> str:
    """Shorten a command's name to the four characters that tokens carry."""
    return urlsafe_b64encode(sha256(name.encode()).digest())[:4].decode()


def _short(key: bytes, message: bytes, size: int) -> str:
    return urlsafe_b64encode(hmac.digest(key, message, "sha256")[:size]).decode()


def _base36(number: int) -> str:
    digits = ""
    for _ in range(5):
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
