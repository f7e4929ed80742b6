"""The key that is kept beside a database file, where no settings name one."""

import os
import stat
from pathlib import Path

from adapters.runtime import new_keys
from bot.store.belonging import check_ours
from bot.store.errors import StartError, WrongKey
from bot.store.keyring import KeyRing


def kept_keys(path: Path) -> str:
    """Read the key that is kept beside a file, making it together with the file, readable by its owner only.

    Raises:
        WrongKey: the file is there and its key is not, or what is kept is no key.
        StartError: the folder is not there.
    """
    kept = key_file(path)
    if kept.exists():
        keys = kept.read_text(encoding="utf-8", errors="replace").strip()
        try:
            KeyRing.parse(keys)
        except WrongKey as wrong:
            raise WrongKey(f"The file {kept} holds no key. {wrong}") from None
        return keys
    check_ours(path)
    if path.exists() and path.stat().st_size:
        raise WrongKey(
            f"The key file {kept} is not there, and {path} cannot be read without it. Put it back from your copy. "
            "It holds what ENCRYPTION_KEYS is for the bot."
        )
    if not path.parent.is_dir():
        raise StartError(f"The folder {path.parent} is not there. Make it first, or correct the path.")
    handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "w") as file:
        file.write(new_keys())
    return kept.read_text().strip()


def key_file(path: Path) -> Path:
    """Name the file of a database's key."""
    return path.with_name(path.name + ".key")
