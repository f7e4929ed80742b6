"""The key that is kept beside a database file, where no settings name one."""

import os
import stat
from pathlib import Path

from adapters.files import read_text
from adapters.runtime import new_keys
from bot.store.belonging import check_ours
from bot.store.errors import StartError, WrongKey
from bot.store.keyring import KeyRing


def kept_keys(path: Path) -> str:
    """Read the key that is kept beside a file, making it together with the file, readable by its owner only.

    Raises:
        WrongKey: the file is there and its key is not, or what is kept is no key.
        StartError: the folder is not there, or cannot be written; or the key cannot be read.
    """
    kept = key_file(path)
    if kept.exists():
        keys = read_text(kept, errors="replace").strip()
        try:
            KeyRing.parse(keys)
        except WrongKey as wrong:
            raise WrongKey(f"The file {kept} holds no key. {wrong} Put it back from your copy.") from None
        return keys
    check_ours(path)
    if path.exists() and path.stat().st_size:
        raise WrongKey(
            f"The key file {kept} is not there, and {path} cannot be read without it. Put it back from your copy. "
            "It holds what ENCRYPTION_KEYS is for the bot."
        )
    if not path.parent.is_dir():
        raise StartError(f"The folder {path.parent} is not there. Make it first, or correct the path.")
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except OSError as problem:
        raise StartError(
            f"The file {kept} cannot be made: {problem.strerror}. Choose a folder where you may write."
        ) from None
    with os.fdopen(handle, "w") as file:
        file.write(new_keys())
    return kept.read_text().strip()


def key_file(path: Path) -> Path:
    """Name the file of a database's key."""
    return path.with_name(path.name + ".key")
