"""Damages a database file as disks do, and tells whether that was noticed or harmless."""

import random
import sqlite3
from pathlib import Path

from bot.store.database import open_database
from bot.store.errors import StartError
from bot.store.keyring import KeyRing
from tests.support.store import RING, path_in, url_of

NOTICED, HARMLESS = "noticed", "harmless"


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read every row of every table, past the bot, and past every index."""
    raw = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    raw.text_factory = bytes
    try:
        names = [name.decode() for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(raw.execute(f"SELECT * FROM {name} NOT INDEXED"), key=repr) for name in names}  # noqa: S608
    finally:
        raw.close()


def scribbled(whole: bytes, number: int) -> bytes:
    """Put 64 random bytes anywhere into a file; the same number gives the same file."""
    luck = random.Random(number)
    content = bytearray(whole)
    place = luck.randrange(len(content) - 64)
    content[place : place + 64] = luck.randbytes(64)
    return bytes(content)


async def tried(folder: Path, whole: bytes, content: bytes) -> str:
    """Open a damaged file; it must be refused and left as it is, or every row must be what it was."""
    path = path_in(folder)
    path.write_bytes(whole)
    before = rows_of(path)
    path.write_bytes(content)
    try:
        db = await open_database(url_of(folder), KeyRing.parse(RING))
    except StartError:
        assert path.read_bytes() == content, "a file that is refused was written"
        return NOTICED
    await db.close()
    assert rows_of(path) == before, "damage went unnoticed"
    return HARMLESS
