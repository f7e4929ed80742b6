"""The master keys from the settings: they wrap the key of each community, and the bot's own secrets.

They are kept nowhere else.
"""

import base64
import hashlib
import hmac
import os
import re
import time

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.errors import Corrupt, WrongKey

KEY_BYTES = 32
NONCE_BYTES = 12
FEWEST_DIFFERENT = 8
"""Different bytes in a key; a random one has fewer once in 10 to the 37th times."""
COMMUNITY_KEYS = "community_keys"
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class KeyRing:
    """Named master keys; the first wraps what is new, the others still open what is old."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        self._keys = keys
        self.current = next(iter(keys))

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read `id:base64,id:base64`; the first is the current key.

        Raises:
            WrongKey: the text is not a key ring; the message never shows a part of it.
        """
        keys: dict[str, bytes] = {}
        if not text.strip():
            raise WrongKey("ENCRYPTION_KEYS is empty; give at least one key as name:base64.")
        for number, entry in enumerate(text.split(","), start=1):
            name, _, encoded = entry.strip().partition(":")
            if not _ID.fullmatch(name) or name in keys:
                raise WrongKey(
                    "Key number {number} of ENCRYPTION_KEYS needs a name of its own, as in name:base64.", number=number
                )
            try:
                # The URL-safe alphabet is taken too.
                key = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
            except ValueError:
                key = b""
            if len(key) != KEY_BYTES:
                raise WrongKey("Key number {number} of ENCRYPTION_KEYS is not 32 bytes in base64.", number=number)
            if len(set(key)) < FEWEST_DIFFERENT:
                raise WrongKey(
                    "Key number {number} of ENCRYPTION_KEYS is no secret: its bytes are nearly all the same. "
                    "Make one with: hello-circle keys new",
                    number=number,
                )
            keys[name] = key
        return cls(keys)

    @staticmethod
    def new(name: str | None = None) -> str:
        """Make the settings text of a fresh ring with one random key; its name is its own, unless one is given."""
        return f"{name or _new_name()}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the keys, the current one first."""
        return tuple(self._keys)

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self._keys)})"

    def __contains__(self, name: str) -> bool:
        return name in self._keys

    def derived(self, purpose: str) -> tuple[bytes, ...]:
        """Give a key for another purpose from each master key, the current one first."""
        return tuple(
            hmac.digest(key, b"hello-circle:" + purpose.encode(), hashlib.sha256) for key in self._keys.values()
        )

    def proof(self, name: str) -> bytes:
        """Give what shows that a key is the same as before, without showing the key."""
        return hmac.digest(self._keys[name], b"hello-circle key proof:" + name.encode(), hashlib.sha256)

    def fits(self, name: str, proof: bytes) -> bool:
        """Tell whether the ring has the key that gave this proof."""
        return name in self._keys and hmac.compare_digest(self.proof(name), proof)

    def wrap(self, row: str, secret: bytes, table: str = COMMUNITY_KEYS) -> bytes:
        """Encrypt a secret with the current master key, such as the key of a community; it is bound to its row."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self._keys[self.current]).encrypt(nonce, secret, _bound(table, row))

    def unwrap(self, row: str, name: str, wrapped: bytes, table: str = COMMUNITY_KEYS) -> bytes:
        """Decrypt the secret of a row.

        Raises:
            WrongKey: the ring lacks the key.
            Corrupt: the wrapped secret was changed, or belongs to another row.
        """
        if name not in self._keys:
            raise WrongKey("ENCRYPTION_KEYS lacks the key {name}, which this database needs. Put it back.", name=name)
        nonce, box = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return AESGCM(self._keys[name]).decrypt(nonce, box, _bound(table, row))
        except (InvalidTag, ValueError):
            # Each key of the ring was proved at the start, so it is not the ring that is wrong.
            what = "The key of a community" if table == COMMUNITY_KEYS else "A secret of the bot"
            raise Corrupt(f"{what} was changed, or is not where it was written.") from None


def is_name(name: str) -> bool:
    """Tell whether a key can be called so."""
    return _ID.fullmatch(name) is not None


def without(text: str, name: str) -> str:
    """Write the settings text of a ring without one of its keys."""
    return ",".join(entry.strip() for entry in text.split(",") if entry.strip().partition(":")[0] != name)


def _new_name() -> str:
    """Name a key by its day, with a few letters, so that no two keys of an operator are called the same."""
    return f"k{time.strftime('%Y%m%d', time.gmtime())}-{os.urandom(2).hex()}"


def _bound(table: str, row: str) -> bytes:
    return f"{table}:{row}".encode()
