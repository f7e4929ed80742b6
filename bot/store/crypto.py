"""Personal texts are sealed here: AES-256-GCM with a key per community, bound to the row they were written for.

A community's key is random, wrapped by the key ring, and never leaves the process. Dropping its row makes every
personal text of the community unreadable; a backup of before keeps it wrapped until the backup is deleted.
"""

import json
import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring as quoted
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.store.batch import Tx
from bot.store.errors import Corrupt, WrongKey
from bot.store.keyed import KeyedHash
from bot.store.keyring import KEY_BYTES, NONCE_BYTES, KeyRing
from bot.store.listed import ListedNames
from bot.store.memory import SenderMemory
from bot.store.tables import community_keys, installations, keys
from bot.store.types import Sealed

FORMAT = b"\x01"
EQUALITY_BYTES = 16
_HEAD = len(FORMAT) + NONCE_BYTES
MOST_CACHED = 4_000
MOST_NAMES = 50_000
VAULT = "vault"
"""The name in `tx.info` under which a connection carries its vault."""

_key_row = sa.select(community_keys.c.key_id, community_keys.c.wrapped).where(
    community_keys.c.community_id == sa.bindparam("community")
)


@dataclass(frozen=True, slots=True)
class DataKeys:
    """What is derived from the key of one community: one key to seal with, one to compare with."""

    cipher: AESGCM
    equality: KeyedHash


class SmallCache(dict[Any, Any]):
    """A small cache; it is emptied when it is full."""

    def __init__(self, most: int = MOST_CACHED) -> None:
        super().__init__()
        self._most = most

    def put(self, key: Any, value: Any) -> None:
        """Cache a value."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value


class Vault:
    """The key ring and the caches of what it decrypted; shared by the connections of one database."""

    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring
        self.recent = SmallCache()
        self.names = SmallCache(MOST_NAMES)
        """Names of long lists, by row and sealed bytes: to open thousands takes a fifth of a second."""
        self.bare_names = SmallCache(MOST_NAMES)
        """The bare letters of names by the key of their person, which stands for the same letters as long as it is there."""
        self.listed = ListedNames(self.bare_names)
        self.homes = SmallCache()
        """Communities by platform and the platform's id, as they were found last; whoever uses one looks whether it is so."""
        self._opened = SmallCache()
        self.senders = SenderMemory()

    def keys(self, tx: Tx, community: str) -> DataKeys:
        """Give the keys of a community.

        Raises:
            Corrupt: the community has no key, or a damaged one; its personal texts are gone for good.
            WrongKey: the ring lacks the key.
        """
        data_keys: DataKeys | None = self._opened.get(community)
        if data_keys is None:
            row = tx.execute(_key_row, {"community": community}).first()
            if row is None:
                raise Corrupt("This community has no key any more.")
            data_keys = self.put(community, self.ring.unwrap(community, row.key_id, row.wrapped))
        return data_keys

    def home_of(self, platform: str, platform_id: str) -> str | None:
        """Give the community that was last found at a place, when its key is at hand; it may be gone since."""
        community: str | None = self.homes.get((platform, platform_id))
        return community if community in self._opened else None

    def put(self, community: str, data_key: bytes) -> DataKeys:
        """Remember a community's key in memory."""
        cipher = AESGCM(_derived(data_key, b"hello-circle seal"))
        data_keys = DataKeys(cipher, KeyedHash(_derived(data_key, b"hello-circle equality")))
        self._opened.put(community, data_keys)
        return data_keys

    def forget(self) -> None:
        """Empty every cache of keys and decrypted texts."""
        self.homes.clear()
        self._opened.clear()
        self.recent.clear()
        self.names.clear()
        self.bare_names.clear()
        self.listed.clear()


def vault_of(tx: Tx) -> Vault:
    """Give the vault that a connection carries."""
    return tx.info[VAULT]


def new_key(tx: Tx, community: str) -> None:
    """Make the key of a new community; its row must be there."""
    vault = vault_of(tx)
    data_key = os.urandom(KEY_BYTES)
    wrapped = vault.ring.wrap(community, data_key)
    row = {"community_id": community, "key_id": vault.ring.current, "wrapped": wrapped}
    tx.execute(community_keys.insert(), row)
    vault.put(community, data_key)


def seal(tx: Tx, table: str, community: str, row: str, texts: Mapping[str, str | None]) -> Sealed:
    """Encrypt the personal texts of one row; they can be opened only as this row of this table."""
    # What `json.dumps` would write of it, which makes an encoder anew for each text.
    plain = ",".join(f"{quoted(name)}:{quoted(text)}" for name, text in texts.items() if text is not None)
    # A random nonce is safe for some 2**32 texts under one key; no community writes so many.
    nonce = os.urandom(NONCE_BYTES)
    cipher = vault_of(tx).keys(tx, community).cipher
    return Sealed(table, FORMAT + nonce + cipher.encrypt(nonce, f"{{{plain}}}".encode(), _bound(table, row)))


def unseal(tx: Tx, sealed: Sealed, community: str, row: str) -> dict[str, str]:
    """Decrypt the personal texts of one row; a field that was left empty is not there.

    Raises:
        Corrupt: they were changed, or written for another row, table or community.
    """
    return opener(tx, sealed.table, community)(row, sealed.box)


def opener(tx: Tx, table: str, community: str) -> Callable[[str, bytes], dict[str, str]]:
    """Give what decrypts many rows of one table and community, by id and bytes, in less time for each than `unseal`."""
    decrypt, begin = vault_of(tx).keys(tx, community).cipher.decrypt, f"{table}:"

    def opened(row: str, box: bytes) -> dict[str, str]:
        try:
            if box[:1] != FORMAT:
                raise Corrupt("A sealed text has an unknown format.")
            return json.loads(decrypt(box[1:_HEAD], box[_HEAD:], (begin + row).encode()).decode())
        except (InvalidTag, ValueError):
            raise Corrupt("A sealed text was changed, or is not where it was written.") from None

    return opened


def person_key(tx: Tx, community: str, person: str) -> bytes:
    """Give what two mentions of the same person share, and nobody can read without the community's key."""
    return _equal(tx, community, b"person", person)


def user_key(tx: Tx, community: str, platform_user: str) -> bytes:
    """Give what finds a member by the platform's id, unreadable without the community's key."""
    return _equal(tx, community, b"user", platform_user)


def id_key(tx: Tx, community: str, row: str) -> bytes:
    """Give what recognises a member or a community by its random id after it is gone, and tells nothing of a person."""
    return _equal(tx, community, b"id", row)


def rewrap(tx: Tx) -> int:
    """Wrap every community's key, and the bot's own secrets, with the ring's current key.

    Returns how many communities' keys were wrapped by an older one.
    """
    ring = vault_of(tx).ring
    old = tx.execute(sa.select(community_keys).where(community_keys.c.key_id != ring.current)).all()
    for row in old:
        data_key = ring.unwrap(row.community_id, row.key_id, row.wrapped)
        fresh = {"key_id": ring.current, "wrapped": ring.wrap(row.community_id, data_key)}
        tx.execute(community_keys.update().where(community_keys.c.community_id == row.community_id), fresh)
    _reseal_installations(tx, ring)
    tx.execute(keys.delete().where(keys.c.key_id != ring.current))
    return len(old)


def _reseal_installations(tx: Tx, ring: KeyRing) -> None:
    """Seal what lets the bot into places with the ring's current key."""
    older = sa.select(installations).where(installations.c.key_id != ring.current)
    for row in tx.execute(older.with_for_update()).all():  # one may be renewed at this moment
        secret = ring.unwrap(row.place, row.key_id, row.sealed, installations.name)
        fresh = {"key_id": ring.current, "sealed": ring.wrap(row.place, secret, installations.name)}
        tx.execute(installations.update().where(installations.c.place == row.place), fresh)


def wrapped_by(tx: Tx) -> dict[str, int]:
    """Count the communities that each master key wraps; a key of which only the proof is left wraps none."""
    names = dict.fromkeys(tx.execute(sa.select(keys.c.key_id)).scalars(), 0)
    query = sa.select(community_keys.c.key_id, sa.func.count().label("n")).group_by(community_keys.c.key_id)
    return names | {row.key_id: row.n for row in tx.execute(query)}


def check_ring(tx: Tx, ring: KeyRing) -> None:
    """Refuse a key ring that does not open this database; changes nothing.

    Raises:
        WrongKey: a key is missing, or is not the one used before.
    """
    for name, proof in tx.execute(sa.select(keys.c.key_id, keys.c.proof)).all():
        if name not in ring:
            raise WrongKey("ENCRYPTION_KEYS lacks the key {name}, which this database needs. Put it back.", name=name)
        if not ring.fits(name, proof):
            raise WrongKey(
                "The key {name} in ENCRYPTION_KEYS is not the one this database was written with. "
                "Put the old one back.",
                name=name,
            )


def remember_ring(tx: Tx, ring: KeyRing) -> None:
    """Note the proof of the current key, so that a wrong one is noticed at the next start."""
    if tx.execute(sa.select(keys.c.key_id).where(keys.c.key_id == ring.current)).first() is None:
        tx.execute(keys.insert(), {"key_id": ring.current, "proof": ring.proof(ring.current)})


def _derived(data_key: bytes, purpose: bytes) -> bytes:
    # The data key is random already, so HKDF needs no extract step.
    return HKDFExpand(SHA256(), KEY_BYTES, purpose).derive(data_key)


def _equal(tx: Tx, community: str, kind: bytes, text: str) -> bytes:
    """Give a keyed hash that is equal for equal texts of one kind and community."""
    vault = vault_of(tx)
    asked = (kind, community, text)
    equal: bytes | None = vault.recent.get(asked)
    if equal is None:
        message = kind + b"\0" + unicodedata.normalize("NFC", text).encode()
        equal = vault.keys(tx, community).equality.of(message)[:EQUALITY_BYTES]
        vault.recent.put(asked, equal)
    return equal


def _bound(table: str, row: str) -> bytes:
    """Give the associated data that ties a sealed text to its row."""
    return f"{table}:{row}".encode()
