"""The key that is kept beside a database file, where no settings name one."""

import os
import stat
from pathlib import Path

from adapters.files import read_text
from adapters.runtime import new_keys
from bot.store.belonging import check_ours
from bot.store.errors import StartError, WrongKey
from bot.store.keyring import KeyRing
from bot.store.sqlite import real_path, url_of


def address_of(file: Path) -> tuple[Path, str]:
    """Give the real name of a database file, and its URL.

    Raises:
        StartError: there can be no file of that name.
    """
    path = real_path(file)
    return path, url_of(path)


def kept_keys(path: Path) -> str:
    """Read the key that is kept beside a file, making it together with the file, readable by its owner only.

    Raises:
        WrongKey: the file is there and its key is not, or what is kept is no key.
        StartError: the folder is not there, or nothing can be read or written in it.
    """
    kept = key_file(path)
    check_ours(path)
    begun = path.exists() and path.stat().st_size > 0
    if kept.exists() and (begun or not _is_empty(kept)):
        return _checked(kept)
    if begun:
        raise WrongKey(
            f"The key file {kept} is not there, and {path} cannot be read without it. Put it back from your copy. "
            "It holds what ENCRYPTION_KEYS is for the bot."
        )
    if not path.parent.is_dir():
        raise StartError(f"The folder {path.parent} is not there. Make it first, or correct the path.")
    try:
        return _new_key(kept)
    except OSError as error:
        raise StartError(
            f"The file {kept} cannot be made: {error.strerror}. Look for a full disk or missing rights."
        ) from None


def _is_empty(kept: Path) -> bool:
    """Tell whether a key file holds nothing, as one does that a full disk cut off."""
    return kept.is_file() and kept.stat().st_size == 0


def _checked(kept: Path) -> str:
    keys = read_text(kept, errors="replace").strip()
    try:
        KeyRing.parse(keys)
    except WrongKey as wrong:
        raise WrongKey(f"The file {kept} holds no key. {wrong} Put it back from your copy.") from None
    return keys


def _new_key(kept: Path) -> str:
    """Make a key that is there as a whole, or not at all."""
    keys, made = new_keys(), kept.with_name(f"{kept.name}.new")
    try:
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "w") as file:
            file.write(keys)
        made.replace(kept)
    except OSError:
        made.unlink(missing_ok=True)
        raise
    return keys


def key_file(path: Path) -> Path:
    """Name the file of a database's key."""
    return path.with_name(path.name + ".key")
