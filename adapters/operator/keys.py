"""The key that is kept beside a database file, where no settings name one."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from adapters.files import read_text
from adapters.runtime import new_keys
from bot.config import keys_of, load_settings
from bot.store.address import named
from bot.store.belonging import check_ours
from bot.store.errors import StartError, WrongKey
from bot.store.keyring import KeyRing
from bot.store.looking import has_begun
from bot.store.sqlite import real_path, url_of


@dataclass(frozen=True, slots=True)
class TrialPlace:
    """A database for a script or a demo: its URL, its key, where that key is kept, and whether nothing is in it yet.

    One on a server is that of a bot, so its backups, and the list of who was erased, are where the bot has them.
    """

    url: str
    keys: str
    key_place: str
    fresh: bool
    backups: Path | None = None


def place_of(typed: str) -> TrialPlace:
    """Find the place that a file or the URL of a server names; a file gets a key of its own beside it.

    Raises:
        StoreError: it cannot be used; the message names the fix.
        SettingsError: it is on a server, and no key is set.
    """
    path = named(typed)
    if isinstance(path, str):
        from adapters.operator.backups.place import folder_of  # noqa: PLC0415 - a file has its backups beside it

        settings = load_settings()
        return TrialPlace(path, keys_of(settings), "ENCRYPTION_KEYS", not has_begun(path), folder_of(settings))
    fresh, url = not path.exists(), url_of(path)
    return TrialPlace(url, kept_keys(path), str(key_file(path)), fresh)


def url_of_file(path: Path) -> str:
    """Write the URL of a file that has its key already."""
    return url_of(real_path(path))


def kept_keys(path: Path) -> str:
    """Read the key that is kept beside a file, making it together with the file, readable by its owner only.

    Raises:
        WrongKey: the file is there and its key is not, or what is kept is no key.
        StartError: the folder is not there, or nothing can be read or written in it.
    """
    key_path = key_file(path)
    check_ours(path)
    has_data = path.exists() and path.stat().st_size > 0
    if key_path.exists() and (has_data or not _is_empty(key_path)):
        return _checked(key_path)
    if has_data:
        raise WrongKey(
            "The key file {file} is not there, and {other} cannot be read without it. "
            "Put it back from your copy. "
            "It holds what ENCRYPTION_KEYS is for the bot.",
            file=key_path,
            other=path,
        )
    if not path.parent.is_dir():
        raise StartError("The folder {folder} is not there. Make it first, or correct the path.", folder=path.parent)
    try:
        return _new_key(key_path)
    except OSError as error:
        raise StartError(
            "The file {file} cannot be made: {reason}. Look for a full disk or missing rights.",
            file=key_path,
            reason=error.strerror,
        ) from None


def _is_empty(key_path: Path) -> bool:
    """Tell whether a key file holds nothing, as one does that a full disk cut off."""
    return key_path.is_file() and key_path.stat().st_size == 0


def _checked(key_path: Path) -> str:
    keys = read_text(key_path, errors="replace").strip()
    try:
        KeyRing.parse(keys)
    except WrongKey as wrong:
        raise WrongKey(
            "The file {file} holds no key. {problem} Put it back from your copy.", file=key_path, problem=wrong
        ) from None
    return keys


def _new_key(key_path: Path) -> str:
    """Make a key that is there as a whole, or not at all."""
    keys, new_path = new_keys(), key_path.with_name(f"{key_path.name}.new")
    try:
        handle = os.open(new_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "w") as file:
            file.write(keys)
        new_path.replace(key_path)
    except OSError:
        new_path.unlink(missing_ok=True)
        raise
    return keys


def key_file(path: Path) -> Path:
    """Name the file of a database's key."""
    return path.with_name(path.name + ".key")
